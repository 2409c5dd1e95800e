import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipBrowserTests } from './chromium.ts';
import { groups } from './hostile-markdown/cases/index.ts';
import { type OpenHarness, openHarness } from './hostile-markdown/open-harness.ts';

let opened: OpenHarness;

/** Of the cases that go to the same places, one: their addresses are compared in the other test. */
const places = new Set<string>();
const linked = Object.entries(groups).flatMap(([group, cases]) =>
  cases
    .filter(({ links }) => links.length > 0 && !places.has(links.join()) && places.add(links.join()))
    .map((one) => ({ group, ...one })),
);

describe.skipIf(skipBrowserTests)('links of hostile Markdown, clicked', () => {
  beforeAll(async () => {
    opened = await openHarness();
  });

  afterAll(() => opened?.close());

  test.each(linked)('$group: $name', async ({ group, name, links }) => {
    const { page, troubles } = opened;
    await page.evaluate(([of, which]) => harness.whole(of, which), [group, name] as const);
    expect(await page.locator('.fd-text a').count()).toBe(links.length);
    for (const [index, link] of links.entries()) {
      const isMail = link.startsWith('mailto:');
      expect(await clickedTo(index, isMail ? MAIL_OPENS_MS : 30_000)).toEqual(isMail ? [] : [link.split('#')[0]]);
    }
    expect(troubles).toEqual([]);
    expect(page.url()).toBe(opened.url);
  });
});

/** How long a page may take to open that a mail program would take over at once. A browser without a window opens none. */
const MAIL_OPENS_MS = 1_000;

/** Clicks a link and gives back the requests of the page that it opens, if it does in time. A mail program that would open is none. */
async function clickedTo(index: number, timeout: number): Promise<string[]> {
  const { page, context, requests } = opened;
  const shown = context.waitForEvent('page', { timeout }).catch(() => null);
  await page
    .locator('.fd-text a')
    .nth(index)
    .click({ position: { x: 2, y: 4 } });
  await (await shown)?.close();
  return requests.splice(0);
}
