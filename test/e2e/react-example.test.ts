import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Message } from '../../src/protocol/conversation.ts';
import { type MockTurn, startMockClaude } from '../../src/testing/mock-claude.ts';
import { launchChromium, skipBrowserTests } from './chromium.ts';
import { createProcesses, type Environment } from './server/processes.ts';

const QUESTION = 'Does your cover for electric cars include a home charger?';
const OPERATOR_TOKEN = 'operator-token-of-the-tests';
const CONFIG = 'examples/react/vite.config.ts';

const processes = createProcesses();
const closers: (() => Promise<unknown>)[] = [];
let browser: Browser;
let outDir: string;
/** The page over a server with the offline model. */
let offline: string;

describe.skipIf(skipBrowserTests)('the React example', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    outDir = processes.folder();
    const building = build({ configFile: CONFIG, logLevel: 'error', build: { outDir, emptyOutDir: true } });
    [browser] = await Promise.all([launchChromium(), building]);
    offline = (await servePage({ FRONTDESK_OPERATOR_TOKEN: OPERATOR_TOKEN })).url;
  });

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  afterAll(async () => {
    await browser?.close();
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
    await page.locator('.tool[data-phase="done"]', { hasText: 'get quote' }).waitFor();
    expect((await texts(page)).at(-1)).toContain('$112.32 per month');

    const before = [await texts(page), await sources.count()];
    await page.reload();
    await answered(page, 3);
    expect([await texts(page), await sources.count()]).toEqual(before);
    expect(troubles).toEqual([]);
  });

  test('a reload in the middle of a reply goes on to the identical text', async () => {
    const { page, troubles } = await openChat(offline);
    await page.evaluate(() => sessionStorage.setItem('reload-at-first-piece', 'yes'));
    await send(page, QUESTION);
    await page.waitForFunction(() => sessionStorage.getItem('begun') !== null);
    await answered(page, 2);
    const begun = (await page.evaluate(() => sessionStorage.getItem('begun'))) ?? '';
    const whole = (await history(page)).messages.at(-1)?.text ?? '';
    expect((await texts(page)).at(-1)).toBe(plain(whole));
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
    const { url } = await servePageOverClaude([{ text: sentences(400), deltaMs: 20 }]);
    const { page, troubles } = await openChat(url);
    await send(page, 'Tell me everything.');
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
    const { url } = await servePageOverClaude([
      { text: sentences(12), deltaMs: 30, fault: { cut: 9 } },
      { text: 'The clean answer. <img src=x onerror=alert(1)> **Bold.**' },
    ]);
    const { page, troubles } = await openChat(url);
    await send(page, QUESTION);
    await page.locator('.text', { hasText: 'Sentence 0.' }).waitFor();
    await page.locator('.text', { hasText: 'The clean answer.' }).waitFor();
    await answered(page, 2);
    expect((await texts(page)).at(-1)).toBe('The clean answer. <img src=x onerror=alert(1)> Bold.');
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(troubles).toEqual([]);
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

/** A server, and the built page in front of it. */
async function servePage(env: Environment): Promise<{ url: string }> {
  const server = await processes.start({ FRONTDESK_DATA: processes.folder(), FRONTDESK_ENCODER: 'off', ...env });
  // Behind the proxy of the example's own configuration.
  vi.stubEnv('FRONTDESK_URL', server.url);
  const page: PreviewServer = await preview({
    configFile: CONFIG,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  const address = page.httpServer.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` };
}

async function servePageOverClaude(turns: MockTurn[]): Promise<{ url: string }> {
  const claude = await startMockClaude({ script: { turns } });
  closers.push(() => claude.close());
  return servePage({ ANTHROPIC_BASE_URL: claude.url });
}

function sentences(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `Sentence ${n}. `);
}

async function openChat(url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1024, height: 768 }, ...options });
  closers.push(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  await page.addInitScript(watchReply);
  await page.goto(url);
  await answered(page, 1);
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
