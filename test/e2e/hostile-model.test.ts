import { beforeAll, describe, expect, test } from 'vitest';
import { browse } from '../../bench/hostile/browser.ts';
import { casesOf, type HostileRun, setUp } from '../../bench/hostile/run.ts';
import { skipBrowserTests } from './chromium.ts';
import { buildWeb } from './page-target.ts';

async function browsed(run: HostileRun) {
  const stage = await setUp(run);
  try {
    return await browse({ url: stage.url, model: stage.model, cases: casesOf(run) });
  } finally {
    await stage.close();
  }
}

const RUN = { agent: 'acme-insurance', seed: 4, deliveries: ['two deltas'] } as const;

describe.skipIf(skipBrowserTests)('a hostile model in a real browser', { timeout: 240_000 }, () => {
  beforeAll(buildWeb);

  test('cut at every place: nothing planted is ever on the page, and nobody else is asked', async () => {
    const { breaches, asked, states, troubles } = await browsed({ ...RUN, scripts: 1 });
    expect(troubles).toEqual([]);
    expect(breaches).toEqual([]);
    expect(asked).toBeGreaterThan(50);
    expect(states).toBeGreaterThan(asked);
  });

  test('without guards what is planted is on the page, and all the same nobody else is asked', async () => {
    const { breaches, troubles } = await browsed({ ...RUN, scripts: 12, cuts: 1, sabotage: true });
    expect(troubles).toEqual([]);
    expect(new Set(breaches.flatMap(({ leaks }) => leaks.map(({ plant }) => plant.kind))).size).toBeGreaterThan(4);
  });
});
