import type { Browser, Page } from 'playwright-core';
import type { Attacked } from '../../src/testing/hostile/attack.ts';
import { ask } from '../../src/testing/hostile/attack.ts';
import type { HostileCase } from '../../src/testing/hostile/cases.ts';
import type { HostileModel } from '../../src/testing/hostile/hostile-model.ts';
import { leaksIn, type Plant } from '../../src/testing/hostile/plants.ts';
import { launchChromium } from '../../test/e2e/chromium.ts';

/** `states`: what the replies have looked like, each once; `troubles`: requests elsewhere, dialogs, errors. */
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
      const { page, close } = await openPage(browser, url, result.troubles);
      const access = await startedIn(page);
      for (const one of some) {
        model.play(one);
        await ask({ url, ...access }, 'json', { text: `What does my cover include? (${one.id})` });
        result.asked += 1;
        onProgress?.(result.asked);
      }
      await shown(page, some.length + 1);
      const states = await page.evaluate(() => (window as unknown as Recorded).seen);
      result.states += states.length;
      result.bytes += Buffer.byteLength(states.join(''));
      look(some, states, result);
      await close();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return result;
  } finally {
    await browser.close();
  }
}

type Recorded = { seen: string[] };

/** Runs in the page: keeps everything that the newest message of the agent has ever been, as HTML and as text. */
function record(): void {
  const seen = new Set<string>();
  Object.defineProperty(window, 'seen', { get: () => [...seen] });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    const look = () => {
      const newest = [...root.querySelectorAll('[data-role="agent"]')].at(-1);
      if (!newest) return;
      seen.add(newest.innerHTML);
      seen.add(newest.textContent ?? '');
    };
    new MutationObserver(look).observe(root, { childList: true, subtree: true, characterData: true, attributes: true });
    return root;
  };
}

async function openPage(browser: Browser, url: string, troubles: string[]) {
  const context = await browser.newContext({ locale: 'en-US' });
  await context.route('**/*', (route) => {
    const asked = route.request().url();
    if (new URL(asked).origin === new URL(url).origin) return route.continue();
    troubles.push(`a request to ${asked}`);
    return route.abort();
  });
  context.on('dialog', (dialog) => {
    troubles.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('weberror', (error) => troubles.push(String(error.error())));
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(record);
  await page.goto(url);
  return { page, close: () => context.close() };
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

function look(cases: readonly HostileCase[], states: readonly string[], { breaches }: Browsed): void {
  const all: readonly Plant[] = [...new Set(cases.flatMap(({ plants }) => plants))];
  for (const text of states) {
    const found = leaksIn(JSON.stringify({ text }), all);
    const whose = cases.find(({ plants }) => found.some(({ plant }) => plants.includes(plant)));
    if (whose) breaches.push({ case: whose, face: 'the page', leaks: found });
  }
}
