import { beforeAll, describe, expect, test } from 'vitest';
import { browse } from '../../bench/hostile/browser.ts';
import { cutEverywhere } from '../../bench/hostile/bytes.ts';
import { casesOf, type HostileRun, setUp } from '../../bench/hostile/run.ts';
import type { HostileCase } from '../../src/testing/hostile/cases.ts';
import { isDeep } from '../depth.ts';
import { skipBrowserTests } from './chromium.ts';
import { buildWeb } from './page-target.ts';

/** The cases on the page, and the stream of one of the last cut at some of its bytes. */
async function browsed(run: HostileRun) {
  const { url, model, close } = await setUp(run);
  try {
    const cases = [...casesOf(run)];
    const shown = await browse({ url, model, cases });
    const cut = await cutEverywhere({
      url,
      model,
      one: cases.at(-2) as HostileCase,
      seed: run.seed,
      cuts: isDeep ? 16 : 8,
    });
    return { ...shown, cut, troubles: [...shown.troubles, ...cut.troubles] };
  } finally {
    await close();
  }
}

/** Of the places of a script where it is cut, so many; all where tests go deep. */
const CUTS = 16;
const RUN = { agent: 'acme-insurance', seed: 4, deliveries: ['two deltas'] } as const;

describe.skipIf(skipBrowserTests)('a hostile model in a real browser', { timeout: 240_000 }, () => {
  beforeAll(buildWeb);

  test('cut at every place: nothing planted is ever on the page, and nobody else is asked', async () => {
    const { breaches, asked, states, troubles, cut } = await browsed({
      ...RUN,
      scripts: 1,
      ...(!isDeep && { cuts: CUTS }),
    });
    expect(troubles).toEqual([]);
    expect([...breaches, ...cut.breaches]).toEqual([]);
    expect(cut.states).toBeGreaterThan(cut.cuts);
    expect(asked).toBeGreaterThanOrEqual(isDeep ? 50 : CUTS);
    expect(states).toBeGreaterThan(asked);
  });

  test('without guards what is planted is on the page, and all the same nobody else is asked', async () => {
    const { breaches, troubles, cut } = await browsed({ ...RUN, scripts: 8, cuts: 1, sabotage: true });
    expect(troubles).toEqual([]);
    expect(cut.breaches).not.toEqual([]);
    expect(new Set(breaches.flatMap(({ leaks }) => leaks.map(({ plant }) => plant.kind))).size).toBeGreaterThan(4);
  });
});
