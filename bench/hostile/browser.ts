import type { Browser, Page } from 'playwright-core';
import type { Attacked } from '../../src/testing/hostile/attack.ts';
import { ask } from '../../src/testing/hostile/attack.ts';
import type { HostileCase } from '../../src/testing/hostile/cases.ts';
import type { HostileModel } from '../../src/testing/hostile/hostile-model.ts';
import { leaksIn, type Plant } from '../../src/testing/hostile/plants.ts';
import { launchChromium } from '../../test/e2e/chromium.ts';

/** `states`: what was on the pages, each once; `troubles`: requests elsewhere, what loads something, dialogs, errors. */
export type Browsed = Pick<Attacked, 'breaches' | 'asked' | 'bytes'> & { states: number; troubles: string[] };

type Options = { url: string; model: HostileModel; cases: Iterable<HostileCase>; onProgress?(done: number): void };

/** Conversations get slow when they get long. */
const A_CONVERSATION = 25;
const AT_ONCE = 3;
const PATIENCE_MS = 60_000;

/**
 * Shows the replies of the cases in the real page of the server, in a real browser, while they come: of all that was ever on it,
 * nothing may be a plant, and it may ask nobody but the server.
 */
export async function browse({ url, model, cases, onProgress }: Options): Promise<Browsed> {
  const browser = await launchChromium();
  const result: Browsed = { breaches: [], asked: 0, bytes: 0, states: 0, troubles: [] };
  const left = cases[Symbol.iterator]();
  const nextCases = () => Array.from({ length: A_CONVERSATION }, () => left.next()).flatMap(({ value }) => value ?? []);
  const work = async () => {
    for (let some = nextCases(); some.length > 0; some = nextCases()) {
      const opened = await openPage(browser, url, result.troubles);
      const { page } = opened;
      const access = await startedIn(page);
      for (const one of some) {
        model.play(one);
        await ask({ url, ...access }, 'json', { text: `What does my cover include? (${one.id})` });
        result.asked += 1;
        onProgress?.(result.asked);
      }
      await shown(page, some.length + 1);
      const states = await seenOn(opened);
      result.states += states.length;
      result.bytes += Buffer.byteLength(states.join(''));
      look(some, states, result);
      await opened.close();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return result;
  } finally {
    await browser.close();
  }
}

export type Recorded = { seen: string[]; loading: string[] };

/**
 * Runs in the page: keeps everything that a message of the agent has ever been, as HTML and as text, with whatever else was ever
 * put on the page (attributes, title, what is read out) or into its storage, and what in it would load something.
 */
function record(): void {
  const [seen, loading] = [new Set<string>(), new Set<string>()];
  Object.defineProperty(window, 'seen', { get: () => [...seen] });
  Object.defineProperty(window, 'loading', { get: () => [...loading] });
  const LOADS =
    'img, image, iframe, object, embed, video, audio, source, link, meta, base, script, style, form[action]';
  const note = (text: string | null) => void (text && seen.add(text));
  const noteNode = (node: Node | null) => {
    note(node?.textContent ?? null);
    if (!(node instanceof Element)) return;
    note(node.outerHTML);
    if (!(node.getRootNode() instanceof ShadowRoot)) return;
    for (const element of node.querySelectorAll(LOADS)) loading.add(element.outerHTML);
  };
  const look = (changes: MutationRecord[]) => {
    for (const { target, oldValue, addedNodes, attributeName } of changes) {
      note(oldValue);
      const element = target instanceof Element ? target : target.parentElement;
      if (attributeName !== null) note(element?.getAttribute(attributeName) ?? null);
      for (const node of addedNodes) noteNode(node);
      noteNode(element?.closest('[data-role="agent"], dialog') ?? null);
    }
  };
  const watch = (root: Node) =>
    new MutationObserver(look).observe(root, {
      ...{ childList: true, subtree: true, characterData: true, attributes: true },
      ...{ characterDataOldValue: true, attributeOldValue: true },
    });
  watch(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    watch(root);
    return root;
  };
  const keep = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    note(`${key} ${value}`);
    keep.call(this, key, value);
  };
}

/** All that was ever on the page, in its storage or in its console; what would load something is a trouble. */
export async function seenOn({ page, said, troubles }: Opened): Promise<string[]> {
  const { seen, loading, kept } = await page.evaluate(async () => {
    const { seen, loading } = window as unknown as Recorded;
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const caches = await window.caches?.keys();
    return { seen, loading, kept: JSON.stringify([databases, caches ?? [], document.cookie, window.name]) };
  });
  troubles.push(...loading.map((html) => `on the page: ${html}`));
  if (kept !== '[[],[],"",""]') troubles.push(`kept: ${kept}`);
  return [...seen, ...said, page.url()];
}

export type Opened = { page: Page; said: string[]; troubles: string[]; close(): Promise<void> };

export async function openPage(browser: Browser, url: string, troubles: string[]): Promise<Opened> {
  const context = await browser.newContext({ locale: 'en-US' });
  const said: string[] = [];
  await context.route('**/*', (route) => {
    const asked = route.request().url();
    const isOwn = new URL(asked).origin === new URL(url).origin;
    // The page has one image: its own.
    if (isOwn && (route.request().resourceType() !== 'image' || /\/(?:icon\.svg|favicon\.ico)$/.test(asked))) {
      return route.continue();
    }
    troubles.push(`a request to ${asked}`);
    return route.abort();
  });
  context.on('dialog', (dialog) => {
    troubles.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('weberror', (error) => troubles.push(String(error.error())));
  context.on('console', (message) => void said.push(message.text()));
  const page = await context.newPage();
  context.on('page', (other) => troubles.push(`a page of ${other.url()}`));
  page.on('websocket', (socket) => troubles.push(`a socket to ${socket.url()}`));
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(record);
  await page.goto(url);
  return { page, said, troubles, close: () => context.close() };
}

/** The access to the conversation that the page has begun. */
async function startedIn(page: Page): Promise<{ id: string; token: string }> {
  await shown(page, 1);
  const stored = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith('frontdesk ')) ?? '';
    return localStorage.getItem(key);
  });
  return (JSON.parse(stored ?? '{}') as { access: { id: string; token: string } }).access;
}

/** Resolves when the agent has said so many messages, the greeting among them. */
async function shown(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const root = document.querySelector('frontdesk-chat')?.shadowRoot;
    return (root?.querySelectorAll('[data-role="agent"][data-state="done"]').length ?? 0) >= wanted;
  }, count);
}

export function look(
  cases: readonly HostileCase[],
  states: readonly string[],
  { breaches }: Pick<Browsed, 'breaches'>,
): void {
  const all: readonly Plant[] = [...new Set(cases.flatMap(({ plants }) => plants))];
  for (const text of states) {
    const found = leaksIn(JSON.stringify({ text }), all);
    const whose = cases.find(({ plants }) => found.some(({ plant }) => plants.includes(plant)));
    if (whose) breaches.push({ case: whose, face: 'the page', leaks: found });
  }
}
