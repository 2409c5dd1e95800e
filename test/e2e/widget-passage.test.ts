import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { send } from './chat-page.ts';
import { skipBrowserTests } from './chromium.ts';
import { openPanel, type Stage, setStage, TERMS_TEXT } from './widget-stage.ts';

const QUOTE = '- The cable that belongs to it, up to 7 metres (23 feet) long.';
let stage: Stage;

describe.skipIf(skipBrowserTests)('the view of a source', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage?.close());

  test('shows a PDF at its page: the passage whole, the quote marked, in a modal dialog', async () => {
    const { page, troubles } = await stage.visit();
    await askForTerms(page);
    const opener = page.locator('.fd-chip button');
    await opener.click();
    const source = page.getByRole('dialog', { name: 'Source 1: Terms of cover 2026' });
    expect(await source.getByRole('heading').textContent()).toBe('Terms of cover 2026');
    const place = 'Home charging › What counts as part of your house · Page 3';
    expect(await source.locator('.fd-passage-head .fd-place').textContent()).toBe(place);
    await expect.poll(() => source.locator('.fd-words').textContent()).toBe(TERMS_TEXT.join('').trim());
    expect(await source.locator('mark').textContent()).toBe(QUOTE);
    expect(await isInSight(source.locator('mark'), source.locator('.fd-words'))).toBe(true);
    // Nothing else can be reached: neither in the chat nor on the site.
    expect(await stops(page, 6)).toEqual(['fd-words', 'Open the source', 'Close the source']);
    await page.keyboard.press('Escape');
    await source.waitFor({ state: 'detached' });
    expect(await opener.evaluate((chip) => chip.matches(':focus'))).toBe(true);
    expect(await page.locator('.fd').isVisible()).toBe(true);

    await opener.click();
    const pdf = 'https://www.acme-insurance.example/files/terms-of-cover-2026.pdf#page=3';
    await expect.poll(() => source.getByRole('link').getAttribute('href')).toBe(pdf);
    await page.context().route(/terms-of-cover/, (route) => route.fulfill({ body: 'A file' }));
    const opened = page.context().waitForEvent('page');
    await source.getByRole('link').click();
    expect((await opened).url()).toBe(pdf);
    await page.bringToFront();

    await page.setViewportSize({ width: 700, height: 600 });
    await expect.poll(() => page.locator('.fd-cover').boundingBox()).toEqual(await page.locator('.fd').boundingBox());
    await page.evaluate(() => (document.querySelector('frontdesk-chat') as unknown as { close(): void }).close());
    await page.locator('.fd-cover').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'A link' }).click();
    expect(page.url()).toMatch(/#top$/);
    expect(troubles).toEqual([]);
  });

  test('has the quote at once; what does not come, its own code too, is told and comes with the next try', async () => {
    const { page } = await stage.visit();
    await askForTerms(page);
    await page.route(CODE, (route) => route.abort());
    await page.locator('.fd-sources button').click();
    await page.locator('.fd-bar-trouble').getByText('The source could not be shown.').waitFor();
    await page.unroute(CODE);
    stage.fake.faults.push({ path: /citations/, status: 503, code: 'unavailable', times: 1 });
    await page.getByRole('button', { name: 'Try again' }).click();
    const source = page.getByRole('dialog', { name: 'Source 1' });
    await source.getByText('The text around the quote could not be loaded.').waitFor();
    expect(await page.locator('.fd-bar-trouble').count()).toBe(0);
    expect(await source.locator('.fd-words').textContent()).toBe(QUOTE);
    await source.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => source.locator('.fd-words').textContent()).toBe(TERMS_TEXT.join('').trim());
    expect(await source.getByRole('button').count()).toBe(1);
  });

  test('the chat that a site shows at once leaves the focus where it is', async () => {
    const { page } = await stage.visit({ attributes: 'data-open' });
    await page.locator('[data-role="agent"]').first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body');
  });
});

/** The code of what is shown on demand; not its words. */
const CODE = /\/assets\/cards-(?!en-|es-)[\w-]+\.js$/;

async function askForTerms(page: Page): Promise<void> {
  await openPanel(page);
  await send(page, 'What do your terms say of the cable?');
  await page.locator('.fd-sources').waitFor();
  await page.locator('[data-state="streaming"]').waitFor({ state: 'detached' });
}

async function isInSight(inner: Locator, outer: Locator): Promise<boolean> {
  const [mark, box] = [await inner.boundingBox(), await outer.boundingBox()];
  return mark !== null && box !== null && mark.y >= box.y && mark.y + mark.height <= box.y + box.height;
}

/** The names of what the tabulator leads to, each once; the browser's own bar is a stop too. */
async function stops(page: Page, count: number): Promise<string[]> {
  const names = new Set<string>();
  for (let pressed = 0; pressed < count; pressed += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const inner = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
      const { ariaLabel, firstChild, className, localName } = inner as HTMLElement;
      return ariaLabel ?? (localName === 'a' ? firstChild?.textContent : className) ?? '';
    });
    if (name !== '' && name !== 'fd-cover') names.add(name);
  }
  return [...names];
}
