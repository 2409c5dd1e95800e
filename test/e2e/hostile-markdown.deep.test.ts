import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { partOf } from '../depth.ts';
import { skipBrowserTests } from './chromium.ts';
import { citations } from './hostile-markdown/cases/citations.ts';
import { groups } from './hostile-markdown/cases/index.ts';
import { type OpenHarness, openHarness } from './hostile-markdown/open-harness.ts';

/** Milliseconds that no text may keep the page busy: a guard against hangs, not a measure of speed. */
const HANGS = 5_000;

/** Of the texts each so many-th, where not all. */
const EVERY = 6;

let opened: OpenHarness;

describe.skipIf(skipBrowserTests)('hostile Markdown in the browser', () => {
  beforeAll(async () => {
    opened = await openHarness();
  });

  afterEach(() => {
    const { page, url, requests, troubles } = opened;
    expect({ requests: requests.splice(0), troubles: troubles.splice(0), at: page.url() }).toEqual({
      requests: [],
      troubles: [],
      at: url,
    });
  });

  afterAll(() => opened?.close());

  describe.each(Object.entries(groups))('%s', (group, all) => {
    const cases = partOf(all, EVERY);

    test.each(cases)('$name', async ({ name, links, shows }) => {
      const agent = await opened.page.evaluate(([of, which]) => harness.stream(of, which, 'agent'), [
        group,
        name,
      ] as const);
      expect(agent.problems.join('\n')).toBe('');
      expect(agent.links.join('\n')).toBe(links.join('\n'));
      if (shows !== undefined) expect(agent.shows).toBe(shows);
      expect(agent.slowest).toBeLessThan(HANGS);
    });

    test('as words of a person, of a source, of a customer, and with a citation at every place', async () => {
      const problems = await opened.page.evaluate(
        async ([of, names]) => {
          const found: string[] = [];
          for (const name of names) {
            const operator = harness.stream(of, name, 'operator').problems;
            const marked = harness.mark(of, name);
            const wrong = [...operator, ...marked, ...(await harness.cite(of, name))];
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

  test.each(partOf(citations, EVERY))('source: $name', async ({ name, goesTo }) => {
    const seen = await opened.page.evaluate((which) => harness.source(which), name);
    expect(seen.problems.join('\n')).toBe('');
    expect(seen.shows).toBe('An answer with a source.');
    expect(seen.sources).toEqual(goesTo === null ? [] : [goesTo, goesTo]);
  });
});
