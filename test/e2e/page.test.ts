import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../src/protocol/conversation.ts';
import { launchChromium, skipBrowserTests } from './chromium.ts';
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';
import { startTarget, type Target } from './page-target.ts';

const QUESTION = 'Does your cover for electric cars include a home charger?';
const PATIENCE = 20_000;

let browser: Browser;
let target: Target;
let network: CuttableProxy;
const closers: (() => Promise<void>)[] = [];

describe.skipIf(skipBrowserTests)('the page', { timeout: 90_000 }, () => {
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
    expect(new Set(await hrefs(page, '.fd-chip a'))).toEqual(expected);
    expect(new Set(await hrefs(page, '.fd-sources a'))).toEqual(expected);
    const rel = await page.locator('.fd-chip a').first().getAttribute('rel');
    expect(rel).toContain('noopener');
    expect(troubles).toEqual([]);
  });

  test('holds the whole conversation of a customer who wants a quote', async () => {
    const { page, troubles } = await openChat();
    const ask = async (text: string, count: number) => {
      await send(page, text);
      await replied(page, count);
      return (await agentTexts(page)).at(-1) ?? '';
    };
    expect(await ask('I have just bought an electric car. What cover do you have for it?', 2)).toMatch(/electric car/i);
    expect(await ask('What is so special about insuring electric cars?', 3)).toMatch(/battery/i);
    expect(await page.locator('.fd-sources a').count()).toBeGreaterThan(0);
    expect(await ask('Who won the football on Sunday?', 4)).toMatch(/cannot help with that/);
    expect(await ask('All right. Can I get a quote for a 2022 Tesla Model 3?', 5)).toMatch(/mileage/);
    expect(await ask('15,000 miles', 6)).toMatch(/age/);
    expect(await ask("I'm 34", 7)).toContain('$112.32 per month');
    expect(await ask('Do you insure my house too?', 8)).toMatch(/does not (?:offer|sell)/);
    expect(await ask('When can I call you?', 9)).toMatch(/Monday to Friday/);
    expect(await ask("Thanks, that's all. Bye!", 10)).toMatch(/welcome/i);
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
    // The page may have given the second message up by then: it is still there, and one click away.
    const retry = page.locator('[data-outgoing="failed"] .fd-link').first();
    await page
      .locator('[data-outgoing="failed"], [data-role="customer"]:not([data-outgoing]) >> nth=1')
      .first()
      .waitFor();
    if (await retry.isVisible()) await retry.click();
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
      const wide = [...document.querySelectorAll('body, .fd, .fd-scroll')].filter(
        (element) => element.scrollWidth > element.clientWidth,
      );
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

type Probed = { firstPiece?: () => void };

/**
 * Runs in the page: notes every length that the second text of the agent has had. At its first piece it tells the test
 * or reloads the page, as the test asked: from outside, a quick reply is over before anyone sees it begin.
 */
function watchReply(): void {
  const lengths: number[] = [];
  Object.assign(window, { seenLengths: lengths });
  new MutationObserver(() => {
    const text = document.querySelectorAll('[data-role="agent"] .fd-text')[1]?.textContent;
    if (!text || text.length === lengths.at(-1)) return;
    if (lengths.push(text.length) > 1) return;
    (window as Probed).firstPiece?.();
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

/** Resolves when the agent has said `count` messages, greeting included, and none of them is being written. */
async function replied(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      document.querySelectorAll('[data-role="agent"][data-state="done"]').length >= wanted &&
      !document.querySelector('[data-state="streaming"], [data-thinking], [data-outgoing]'),
    count,
    { timeout: PATIENCE * 2 },
  );
}

function agentTexts(page: Page): Promise<string[]> {
  return texts(page, '[data-role="agent"] .fd-text');
}

function allTexts(page: Page): Promise<string[]> {
  return texts(page, '.fd-text, .fd-bubble');
}

/** The texts as they are shown, chips left out. */
function texts(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const copy = element.cloneNode(true) as HTMLElement;
      for (const chip of copy.querySelectorAll('sup')) chip.remove();
      for (const block of copy.querySelectorAll('p, li, td, th, br')) block.append(' ');
      return copy.textContent ?? '';
    }),
  );
}

function hrefs(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
}

/** What the API says about the conversation on the page. */
async function history(page: Page): Promise<Message[]> {
  const stored = await page.evaluate(() => localStorage.getItem('frontdesk.conversation'));
  const { access } = JSON.parse(stored ?? '{}') as { access: { id: string; token: string } };
  const response = await fetch(`${target.url}v1/conversations/${access.id}`, {
    headers: { Authorization: `Bearer ${access.token}` },
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { messages: Message[] }).messages;
}

/** Markdown without its signs. */
function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/^\s*([-*>|]|\d+\.|#+)\s/gm, ' ');
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
