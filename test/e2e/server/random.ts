import { randomInt } from 'node:crypto';

/** Numbers in [0, 1) that depend on the seed only (mulberry32). */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Runs a test with TEST_SEED, or a new seed; a failure names it. */
export async function seeded(test: (seed: number) => Promise<void>): Promise<void> {
  const seed = Number(process.env.TEST_SEED ?? randomInt(2 ** 31));
  try {
    await test(seed);
  } catch (error) {
    throw new Error(`failed with TEST_SEED=${seed}: ${(error as Error).message}`, { cause: error });
  }
}
