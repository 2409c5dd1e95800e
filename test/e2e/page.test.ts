import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  agentTexts,
  allTexts,
  history as historyAt,
  holdConversation,
  PATIENCE,
  plain,
  QUESTION,
  replied,
  send,
  watchReply,
  wordsOf,
} from './chat-page.ts';
import { launchChromium, skipBrowserTests } from './chromium.ts';
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';
import { startTarget, type Target } from './page-target.ts';

let browser: Browser;
let target: Target;
let network: CuttableProxy;
const closers: (() => Promise<void>)[] = [];
const history = (page: Page) => historyAt(page, target.url);

describe.skipIf(skipBrowserTests)('the page', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    [browser, target] = await Promise.all([launchChromium(), startTarget()]);
    network = await startCuttableProxy(target.url);
  });

  afterEach(async () => {
    network.restore();
    for (const close of closers.splice(0).reverse()) await close();
  });

  afterAll(async () => {
    await browser?.close();
    await network?.close();
    await target?.close();
  });

  test('greets, thinks, answers in pieces, and cites its sources as links', async () => {
    const { page, troubles } = await openChat();
    expect(await agentTexts(page)).toHaveLength(1);
    await send(page, QUESTION);
    await page.locator('[data-thinking]').waitFor();
    await replied(page, 2);
    const seen = await page.evaluate(() => (window as unknown as { seenLengths: number[] }).seenLengths);
    expect(new Set(seen).size).toBeGreaterThan(1);

    const answer = (await history(page)).at(-1);
    expect(wordsOf((await agentTexts(page)).at(-1) ?? '')).toEqual(wordsOf(plain(answer?.text ?? '')));
    const expected = new Set(answer?.citations.map((citation) => citation.url));
    expect(expected.size).toBeGreaterThan(0);
    const shown = new Set<string>();
    for (const source of await page.locator('.fd-sources button').all()) {
      await source.click();
      const link = page.locator('.fd-passage a');
      // The passage around the quote is there when the link leads to its words.
      await expect.poll(() => link.getAttribute('href')).toContain('#:~:text=');
      shown.add((await link.getAttribute('href'))?.replace(/#.*/, '') ?? '');
      expect(await link.getAttribute('rel')).toContain('noopener');
      const quote = (await page.locator('.fd-passage mark').textContent()) ?? '';
      expect(answer?.citations.map((citation) => citation.quote)).toContain(quote);
      expect(await page.locator('.fd-words').textContent()).toContain(quote);
      await page.keyboard.press('Escape');
      await page.locator('.fd-cover').waitFor({ state: 'detached' });
    }
    expect(shown).toEqual(expected);
    expect(await page.locator('.fd-chip button').count()).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
  });

  test('holds the whole conversation of a customer who wants a quote', async () => {
    const { page, troubles } = await openChat();
    await holdConversation(page);
    expect(troubles).toEqual([]);
  });

  test('a reload in the middle of a reply goes on and ends with the identical text', async () => {
    const { page, troubles } = await openChat();
    await page.evaluate(() => sessionStorage.setItem('reload-at-first-piece', 'yes'));
    await send(page, QUESTION);
    await page.waitForFunction(() => sessionStorage.getItem('begun') !== null);
    await replied(page, 2);
    const begun = (await page.evaluate(() => sessionStorage.getItem('begun'))) ?? '';
    const finished = await agentTexts(page);
    expect(begun).not.toBe('');
    expect(wordsOf(finished.at(-1) ?? '').slice(0, 3)).toEqual(wordsOf(begun).slice(0, 3));
    expect(wordsOf(finished.at(-1) ?? '')).toEqual(wordsOf(plain((await history(page)).at(-1)?.text ?? '')));
    await page.reload();
    await replied(page, 2);
    expect(await agentTexts(page)).toEqual(finished);
    expect(troubles).toEqual([]);
  });

  test('a customer who comes back finds the whole history', async () => {
    const { page } = await openChat();
    await send(page, QUESTION);
    await replied(page, 2);
    await send(page, 'Thank you!');
    await replied(page, 3);
    const before = await allTexts(page);
    const context = page.context();
    await page.close();
    const returned = await context.newPage();
    await returned.goto(network.url);
    await replied(returned, 3);
    expect(await allTexts(returned)).toEqual(before);
  });

  test('a network that fails and comes back loses nothing', async () => {
    const { page, troubles } = await openChat();
    const cut = new Promise<void>((resolve) => {
      void page.exposeFunction('firstPiece', () => resolve(network.cut()));
    });
    await send(page, QUESTION);
    await cut;
    await page.locator('.fd-bar-quiet').waitFor();
    await send(page, 'Thank you!');
    await page.locator('[data-outgoing]').waitFor();
    network.restore();
    await replied(page, 3);
    const logged = await history(page);
    expect(logged.map((message) => wordsOf(plain(message.text)))).toEqual((await allTexts(page)).map(wordsOf));
    expect(logged.filter((message) => message.text === 'Thank you!')).toHaveLength(1);
    expect(troubles.filter((trouble) => !trouble.includes('net::ERR_'))).toEqual([]);
  });

  test('fits a phone', async () => {
    const { page, troubles } = await openChat({
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    await send(page, `${QUESTION} ${'unbroken'.repeat(30)}`);
    await replied(page, 2);
    const overflow = await page.evaluate(() => {
      const inside = document.querySelector('frontdesk-chat')?.shadowRoot?.querySelectorAll('.fd, .fd-scroll') ?? [];
      const wide = [document.body, ...inside].filter((element) => element.scrollWidth > element.clientWidth);
      return { wide: wide.map((element) => element.className), page: document.documentElement.scrollWidth };
    });
    expect(overflow).toEqual({ wide: [], page: 360 });
    // With the keyboard open.
    await page.setViewportSize({ width: 360, height: 380 });
    await page.getByRole('textbox').click();
    const box = await page.getByRole('textbox').boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(380);
    expect(troubles).toEqual([]);
  });

  test('the keyboard alone is enough, and a line break is not a message', async () => {
    const { page } = await openChat();
    await page.getByRole('textbox').focus();
    await page.keyboard.type('First line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('charger');
    await page.keyboard.press('Enter');
    await replied(page, 2);
    expect((await history(page)).find((message) => message.role === 'customer')?.text).toBe('First line\ncharger');
    expect(await page.getByRole('textbox').inputValue()).toBe('');
  });

  test('an Enter that ends a composition does not send', async () => {
    const { page } = await openChat();
    const field = page.getByRole('textbox');
    await field.fill('にほん');
    await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true });
    expect(await field.inputValue()).toBe('にほん');
    expect(await page.locator('[data-role="customer"]').count()).toBe(0);
    await field.press('Enter');
    await page.locator('[data-role="customer"]').waitFor();
  });

  test('a person can be asked for', async () => {
    const { page, troubles } = await openChat();
    await page.getByRole('button', { name: 'Talk to a person' }).click();
    await page.locator('[data-status="waiting_for_human"]').waitFor();
    expect(await page.getByRole('button', { name: 'Talk to a person' }).isDisabled()).toBe(true);
    expect(troubles).toEqual([]);
  });

  test('speaks Spanish when asked to', async () => {
    const { page } = await openChat({ locale: 'es-ES' });
    await page.getByRole('button', { name: 'Hablar con una persona' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
  });
});

/** A fresh customer's page with its greeting. `troubles` collects console errors and requests to other origins. */
async function openChat(options: BrowserContextOptions = {}): Promise<{ page: Page; troubles: string[] }> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1024, height: 768 }, ...options });
  closers.push(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(network.url)) troubles.push(`a request to ${request.url()}`);
  });
  await page.addInitScript(watchReply);
  await page.goto(network.url);
  await page.locator('[data-role="agent"]').first().waitFor();
  return { page, troubles };
}
