import { expect, test } from 'vitest';
import { runCrash } from '../../bench/crash/run.ts';

test('servers that are killed lose nothing and do nothing twice', async () => {
  const { violations, outcomes, faults } = await runCrash({
    ...{ turns: 8, kills: 2, seed: 5, store: 'sqlite', sabotage: false },
  });
  expect(violations).toEqual([]);
  expect(outcomes.confirmed).toBeGreaterThan(0);
  expect(faults.kills).toBe(2);
});
