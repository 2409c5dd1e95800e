import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, skipBrowserTests } from './chromium.ts';
import { citations } from './hostile-markdown/cases/citations.ts';
import { groups } from './hostile-markdown/cases/index.ts';
import type { Harness } from './hostile-markdown/harness.tsx';
import { serveHarness } from './hostile-markdown/serve-harness.ts';

declare const harness: Harness;

/** Milliseconds that no text may keep the page busy: a guard against hangs, not a measure of speed. */
const HANGS = 3_000;

let browser: Browser;
let context: BrowserContext;
let page: Page;
let served: Awaited<ReturnType<typeof serveHarness>>;
/** Every request that leaves the harness. All of them are refused. */
const requests: string[] = [];
const dialogs: string[] = [];

describe.skipIf(skipBrowserTests)('hostile Markdown in the browser', () => {
  beforeAll(async () => {
    [browser, served] = await Promise.all([launchChromium(), serveHarness()]);
    context = await browser.newContext();
    await context.route('**/*', (route) => {
      if (new URL(route.request().url()).origin === new URL(served.url).origin) return route.continue();
      requests.push(route.request().url());
      return route.abort();
    });
    context.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    page = await context.newPage();
    page.on('pageerror', (error) => dialogs.push(String(error)));
    await page.goto(served.url);
  });

  afterEach(() => {
    expect({ requests: requests.splice(0), dialogs: dialogs.splice(0), at: page.url() }).toEqual({
      requests: [],
      dialogs: [],
      at: served.url,
    });
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  describe.each(Object.entries(groups))('%s', (group, cases) => {
    test.each(cases)('$name', async ({ name, links, shows }) => {
      const agent = await page.evaluate(([of, which]) => harness.stream(of, which, 'agent'), [group, name] as const);
      expect(agent.problems.join('\n')).toBe('');
      expect(agent.links.join('\n')).toBe(links.join('\n'));
      if (shows !== undefined) expect(agent.shows).toBe(shows);
      expect(agent.slowest).toBeLessThan(HANGS);
    });

    test('as words of a person, of a source, of a customer, and with a citation at every place', async () => {
      const problems = await page.evaluate(
        ([of, names]) => {
          const found: string[] = [];
          for (const name of names) {
            const operator = harness.stream(of, name, 'operator').problems;
            const marked = harness.mark(of, name);
            const wrong = [...operator, ...marked, ...harness.cite(of, name)];
            if (!harness.plain(of, name)) wrong.push('a customer’s words are not plain');
            found.push(...wrong.map((problem) => `${name}: ${problem}`));
          }
          return found;
        },
        [group, cases.map(({ name }) => name)] as const,
      );
      expect(problems.join('\n')).toBe('');
    });
  });

  test.each(citations)('source: $name', async ({ name, goesTo }) => {
    const seen = await page.evaluate((which) => harness.source(which), name);
    expect(seen.problems.join('\n')).toBe('');
    expect(seen.shows).toBe('An answer with a source.');
    expect(seen.sources).toEqual(goesTo === null ? [] : [goesTo, goesTo]);
  });

  test('every link goes where it was said to go', async () => {
    const withLinks = Object.entries(groups).flatMap(([group, cases]) =>
      cases.filter(({ links }) => links.length > 0).map((one) => ({ group, ...one })),
    );
    for (const { group, name, links } of withLinks) {
      await page.evaluate(([of, which]) => harness.whole(of, which), [group, name] as const);
      const anchors = page.locator('.fd-text a');
      expect(await anchors.count(), name).toBe(links.length);
      for (const [index, link] of links.entries()) {
        expect(await clickedTo(index), name).toEqual(link.startsWith('mailto:') ? [] : [link.split('#')[0]]);
      }
    }
  });
});

/** Clicks a link and gives back the requests that follow. A mail program that would open is none. */
async function clickedTo(index: number): Promise<string[]> {
  const opened = context.waitForEvent('page');
  await page
    .locator('.fd-text a')
    .nth(index)
    .click({ position: { x: 2, y: 4 } });
  await (await opened).close();
  return requests.splice(0);
}
