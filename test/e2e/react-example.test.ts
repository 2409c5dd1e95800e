import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build, type Plugin, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Message } from '../../src/protocol/conversation.ts';
import { type MockHandler, startMockClaude } from '../../src/testing/mock-claude.ts';
import { actingAgent } from '../agents/acting-agent.ts';
import { launchChromium, skipBrowserTests } from './chromium.ts';
import { createProcesses } from './server/processes.ts';

const QUESTION = 'Does your cover for electric cars include a home charger?';
/** How the answer to it ends. */
const LAST_SENTENCE = 'Would you like me to get a quote for you?';
const EVERYTHING = 'Tell me everything.';
const CALL = 'Please call me back.';
const OPERATOR_TOKEN = 'operator-token-of-the-tests';
const CONFIG = 'examples/react/vite.config.ts';

const processes = createProcesses();
const pages: PreviewServer[] = [];
let browser: Browser;
/** The page over a server with the offline model, and over one with mock Claude behind it. */
let server: string;
let offline: string;
let claude: string;

describe.skipIf(skipBrowserTests)('the React example', { timeout: 240_000, concurrent: true }, () => {
  beforeAll(async () => {
    const env = { FRONTDESK_OPERATOR_TOKEN: OPERATOR_TOKEN, FRONTDESK_ENCODER: 'off' };
    const mock = await startMockClaude({ script: brokenOnce() });
    const [outDir, plain, clauded] = await Promise.all([
      buildPage(),
      processes.start({ ...env, FRONTDESK_DATA: processes.folder() }),
      processes.start({
        ...env,
        FRONTDESK_AGENT: actingAgent(processes.folder()),
        FRONTDESK_DATA: processes.folder(),
        ANTHROPIC_BASE_URL: mock.url,
      }),
      launchChromium().then((launched) => {
        browser = launched;
      }),
    ]);
    server = plain.url;
    offline = await servePage(outDir, server);
    claude = await servePage(outDir, clauded.url);
    return () => mock.close();
  });

  afterAll(async () => {
    await browser?.close();
    for (const page of pages) await page.close();
    await processes.cleanUp();
  });

  test('greets, streams an answer with its sources, shows a tool, and finds it all again', async () => {
    const { page, troubles } = await openChat(offline);
    await page.locator('.theirs', { hasText: 'AI' }).waitFor();
    await send(page, QUESTION);
    await answered(page, 2);
    const lengths = await page.evaluate(() => (window as unknown as { seenLengths: number[] }).seenLengths);
    expect(new Set(lengths).size).toBeGreaterThan(1);
    const { messages } = await history(page);
    expect(await texts(page)).toEqual(
      messages.filter(({ role }) => role !== 'customer').map(({ text }) => plain(text)),
    );
    const cited = messages.at(-1)?.citations.map(({ url, quote }) => [url, quote]);
    expect(cited?.length).toBeGreaterThan(0);
    const sources = page.locator('.sources li');
    expect(
      await sources.evaluateAll((items) =>
        items.map((item) => [item.querySelector('a')?.href, item.querySelector('q')?.textContent]),
      ),
    ).toEqual(cited);

    await send(page, 'Can I get a quote for a 2022 Tesla Model 3 with 15,000 miles? I am 34.');
    await answered(page, 3);
    await page.locator('.tool[data-phase="done"]', { hasText: 'Get quote' }).waitFor();
    expect((await texts(page)).at(-1)).toContain('$112.32 per month');

    const before = [await texts(page), await sources.count()];
    await page.reload();
    await vi.waitFor(async () => expect([await texts(page), await sources.count()]).toEqual(before), 30_000);
    expect(troubles).toEqual([]);
  });

  test('a reload in the middle of a reply goes on to the identical text', async () => {
    const { page, troubles } = await openChat(offline);
    await page.evaluate(() => sessionStorage.setItem('reload-at-first-piece', 'yes'));
    await send(page, QUESTION);
    await page.waitForFunction(() => sessionStorage.getItem('begun') !== null);
    await page.getByText(LAST_SENTENCE).waitFor();
    const begun = (await page.evaluate(() => sessionStorage.getItem('begun'))) ?? '';
    const whole = (await history(page)).messages.at(-1)?.text ?? '';
    await vi.waitFor(async () => expect((await texts(page)).at(-1)).toBe(plain(whole)), 30_000);
    expect(plain(whole).startsWith(begun)).toBe(true);
    expect(plain(whole).length).toBeGreaterThan(begun.length);
    expect(troubles).toEqual([]);
  });

  test('an error is the sentence of the server, and a retry sends the message once', async () => {
    const { page, troubles } = await openChat(offline);
    const error = { code: 'budget_spent', message: 'The assistant has answered as much as it may for now.' };
    await page.route('**/api/chat', (route) => route.fulfill({ status: 429, json: { error } }));
    await send(page, QUESTION);
    await page.getByRole('alert').filter({ hasText: error.message }).waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    expect(await page.getByRole('textbox').inputValue()).toBe(QUESTION);
    await page.getByRole('textbox').press('Enter');
    await page.getByRole('alert').waitFor();
    await page.unroute('**/api/chat');
    await page.route('**/api/chat', (route) => route.abort());
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').filter({ hasText: 'connection' }).waitFor();
    await page.unroute('**/api/chat');
    await page.getByRole('button', { name: 'Try again' }).click();
    await answered(page, 2);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect((await history(page)).messages.filter(({ role }) => role === 'customer')).toHaveLength(1);
    expect(troubles.filter((trouble) => !/Failed to load resource/.test(trouble))).toEqual([]);
  });

  test('a person is asked for, comes, and is seen', async () => {
    const { page, troubles } = await openChat(offline);
    await page.getByRole('button', { name: 'Talk to a person' }).click();
    await page.locator('[data-status="waiting_for_human"]').waitFor();
    const { id } = await access(page);
    await fetch(`${offline}/v1/operator/conversations/${id}/messages`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${OPERATOR_TOKEN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ text: 'Hello, I am Sam. See https://example.com/sam.' }),
    });
    await page.locator('[data-status="with_human"]').waitFor();
    await page
      .locator('.theirs', { hasText: 'I am Sam' })
      .getByRole('link', { name: 'https://example.com/sam' })
      .waitFor();
    await send(page, 'Hello Sam!');
    await page.getByRole('button', { name: 'Send' }).waitFor();
    expect([await page.locator('.theirs').count(), await page.getByRole('alert').count()]).toEqual([2, 0]);
    expect(troubles).toEqual([]);
  });

  test('stop ends the reply on the server too', async () => {
    const { page, troubles } = await openChat(claude);
    await send(page, EVERYTHING);
    await page.locator('.text', { hasText: 'Sentence 0.' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await answered(page, 2);
    await page.locator('.notice', { hasText: 'Stopped' }).waitFor();
    const shown = (await texts(page)).at(-1);
    expect(shown).toBe(plain((await history(page)).messages.at(-1)?.text ?? ''));
    expect(shown).not.toContain('Sentence 399.');
    expect(troubles).toEqual([]);
  });

  test('a reply that breaks off and begins again becomes the clean one by itself', async () => {
    const { page, troubles } = await openChat(claude);
    await send(page, QUESTION);
    await page.locator('.text', { hasText: 'Sentence 0.' }).waitFor();
    await page.locator('.text', { hasText: 'The clean answer.' }).waitFor();
    await answered(page, 2);
    expect((await texts(page)).at(-1)).toBe('The clean answer. <img src=x onerror=alert(1)> Bold.');
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  test('an action waits for its yes, happens, and is found again; a no is no', async () => {
    const { page, troubles } = await openChat(claude);
    await send(page, CALL);
    const cards = page.locator('.action');
    await cards.getByText('Call you back on 555-0101?').waitFor();
    await page.getByRole('button', { name: 'No, leave it' }).click();
    await page.getByText('Told: The customer declined.').waitFor();
    await send(page, CALL);
    await page.getByRole('button', { name: 'Yes, confirm' }).click();
    await page.getByText('Told: We call at nine.').waitFor();
    const told = ['You said no. Nothing was done.', 'Done.'];
    const states = () => cards.getByRole('status').allTextContents();
    await vi.waitFor(async () => expect(await states()).toEqual(told), 30_000);
    await page.reload();
    await vi.waitFor(async () => expect(await states()).toEqual(told), 30_000);
    expect(troubles).toEqual([]);
  });

  test('the few lines of docs/api.md are a chat', async () => {
    const docs = await readFile('docs/api.md', 'utf8');
    const lines = /```tsx\n([\s\S]*?)```/.exec(docs)?.[1] ?? '';
    const mount =
      'createRoot(document.getElementById("root")).render(<Chat conversation={await openConversation()} />);';
    const outDir = await buildPage(`import { createRoot } from 'react-dom/client';\n${lines}\n${mount}`);
    const page = await browser.newPage();
    await page.goto(await servePage(outDir, server));
    await page.getByText('AI assistant').waitFor();
    await send(page, QUESTION);
    await page.getByText('Home charging coverage').waitFor();
    await page.reload();
    await page.getByText('Home charging coverage').waitFor();
    expect(await page.getByText(QUESTION).count()).toBe(1);
  });

  test('fits a phone, by the keyboard alone', async () => {
    const { page, troubles } = await openChat(offline, { viewport: { width: 360, height: 740 } });
    await page.getByRole('textbox').focus();
    await page.keyboard.type('unbroken'.repeat(30));
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('charger');
    await page.keyboard.press('Enter');
    await answered(page, 2);
    const wide = await page.evaluate(
      () =>
        [...document.querySelectorAll('body, main, .log')].filter((box) => box.scrollWidth > box.clientWidth).length,
    );
    expect([wide, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([0, 360]);
    expect((await history(page)).messages[1]?.text).toMatch(/\ncharger$/);
    expect(troubles).toEqual([]);
  });
});

/** Builds the example, or the page with another `main.tsx`; gives the folder. */
async function buildPage(main?: string): Promise<string> {
  const outDir = processes.folder();
  const other: Plugin = {
    name: 'another-main',
    load: (id) => (id.endsWith('examples/react/main.tsx') ? main : undefined),
  };
  await build({ configFile: CONFIG, logLevel: 'error', plugins: [other], build: { outDir, emptyOutDir: true } });
  return outDir;
}

/** Serves a built page behind the proxy of the example's own configuration. */
async function servePage(outDir: string, server: string): Promise<string> {
  vi.stubEnv('FRONTDESK_URL', server);
  const options = { logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } } as const;
  const served = await preview({ configFile: CONFIG, ...options });
  pages.push(served);
  const address = served.httpServer.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

/** Claude that says much when asked for everything; its reply to anything else breaks off at the first time. */
function brokenOnce(): MockHandler {
  let calls = 0;
  return ({ messages }) => {
    const last = JSON.stringify(messages.at(-1));
    const outcome = /We call at nine\.|The customer declined\b/.exec(last);
    if (outcome) return { text: `Told: ${outcome[0].replace(/\.?$/, '.')}` };
    if (last.includes(CALL)) return { tools: [{ name: 'call_back', input: { phone: '555-0101' } }] };
    if (last.includes(EVERYTHING)) return { text: sentences(400), deltaMs: 20 };
    calls += 1;
    // Slowly, so that a busy browser shows it before it is withdrawn.
    if (calls === 1) return { text: sentences(12), deltaMs: 300, fault: { cut: 9 } };
    return { text: 'The clean answer. <img src=x onerror=alert(1)> **Bold.**' };
  };
}

function sentences(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `Sentence ${n}. `);
}

async function openChat(url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1024, height: 768 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  await page.addInitScript(watchReply);
  // The SDK forgets an error where its look for a reply to resume ends after it.
  const looked = page.waitForResponse((response) => new URL(response.url()).pathname.endsWith('/stream'));
  await page.goto(url);
  await answered(page, 1);
  await looked;
  return { page, troubles };
}

/** Runs in the page: notes the lengths of the second text, and reloads at its first piece where the test asked for it. */
function watchReply(): void {
  const lengths: number[] = [];
  Object.assign(window, { seenLengths: lengths });
  new MutationObserver(() => {
    const text = document.querySelectorAll('.theirs')[1]?.querySelector('.text')?.textContent;
    if (!text || text.length === lengths.at(-1)) return;
    lengths.push(text.length);
    if (sessionStorage.getItem('reload-at-first-piece') === null) return;
    sessionStorage.removeItem('reload-at-first-piece');
    sessionStorage.setItem('begun', text);
    location.reload();
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

async function send(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

/** Resolves when so many messages of the other side are there, whole. */
async function answered(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      document.querySelectorAll('.theirs[aria-busy="false"]').length >= wanted &&
      !document.querySelector('.theirs[aria-busy="true"], .thinking'),
    count,
  );
}

/** What the other side has said, as it is shown. */
function texts(page: Page): Promise<string[]> {
  return page
    .locator('.theirs')
    .evaluateAll((items) =>
      items.map((item) => [...item.querySelectorAll('.text')].map((text) => text.textContent).join('')),
    );
}

/** The text without the marks that the page takes for bold words and links. */
function plain(text: string): string {
  return text.replace(/\*\*(.+?)\*\*/g, '$1').replace(/\[([^\]\n]+)\]\(https?:[^\s)]+\)/g, '$1');
}

function access(page: Page): Promise<{ id: string; token: string }> {
  return page.evaluate(() => JSON.parse(localStorage.getItem('frontdesk-conversation') ?? '{}'));
}

async function history(page: Page): Promise<{ messages: Message[] }> {
  const { id, token } = await access(page);
  const answer = await fetch(`${new URL(page.url()).origin}/v1/conversations/${id}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return answer.json() as Promise<{ messages: Message[] }>;
}
