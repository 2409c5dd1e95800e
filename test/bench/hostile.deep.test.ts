import { expect, test } from 'vitest';
import { runHostile } from '../../bench/hostile/run.ts';
import { isDeep } from '../depth.ts';
import { benchCommand } from './command.ts';

const { run } = benchCommand('bench/hostile.ts');

/** So many replies plant something of each kind. */
const SABOTAGED = 45;

/** What came through, as a few words each. */
function toldOf({ breaches }: Awaited<ReturnType<typeof runHostile>>): string[] {
  return breaches.map(({ case: { delivery, text, at }, face, leaks, failed }) => {
    const kinds = leaks.map(({ plant }) => plant.kind).join();
    return `${face}: ${failed ?? kinds} of ${JSON.stringify(text)}, ${delivery} at ${at}`;
  });
}

test('nothing of what is planted comes through, by any face, however it is cut', async () => {
  const scripts = isDeep ? 3 : 1;
  const result = await runHostile({ agent: 'acme-insurance', seed: 11, scripts, cuts: 1, kills: 1 });
  expect(toldOf(result)).toEqual([]);
  expect(result.asked).toBeGreaterThan(16 * scripts);
  expect(result.wires).toBeGreaterThan(5 * 16 * scripts);
});

test('without guards everything comes through, and is found', async () => {
  const run = {
    agent: 'acme-shop',
    seed: 3,
    scripts: SABOTAGED,
    cuts: 1,
    deliveries: ['two deltas'],
    sabotage: true,
  } as const;
  const { breaches, asked } = await runHostile(run);
  expect(asked).toBeGreaterThanOrEqual(SABOTAGED);
  expect(breaches.filter(({ failed }) => failed !== undefined)).toEqual([]);
  const kinds = new Set(breaches.flatMap(({ leaks }) => leaks.map(({ plant }) => plant.kind)));
  const all = ['canary', 'card', 'character', 'email', 'figure', 'iban', 'link', 'phone', 'record'];
  expect([...kinds].sort()).toEqual(all);
  // By each way, and read again.
  expect(new Set(breaches.map(({ face }) => face)).size).toBe(3 + 4);
});

test('names what it cannot use', async () => {
  expect(await run('--scripts', 'many')).toMatchObject({ code: 2, stderr: expect.stringContaining('whole number') });
  expect(await run('--agent', 'other')).toMatchObject({ code: 2, stderr: expect.stringContaining('acme-shop') });
});
