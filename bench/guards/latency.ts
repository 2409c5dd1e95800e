import { personalData } from '../../src/guards/personal-data.ts';
import { GUARDS, SEEN } from './words.ts';

/** Milliseconds. */
export type Latency = { p50: number; p99: number };

/** What was said before each segment. */
const RELEASED = 4_000;
/** Segments are about as long as this; the first rounds warm up. */
const LENGTH = 240;
const ROUNDS = { cold: 10, warm: 30 };

/** How long one segment takes through all guards, one after the other. The segments are the lines, joined to their length. */
export function latencyOfAll(lines: readonly string[]): Latency {
  const text = lines.join(' ');
  const segments = text.match(new RegExp(`[^]{1,${LENGTH}}`, 'g')) ?? [];
  const guards = [...Object.values(GUARDS), personalData];
  const times: number[] = [];
  for (let round = 0; round < ROUNDS.cold + ROUNDS.warm; round += 1) {
    for (const [at, segment] of segments.slice(0, 50).entries()) {
      const seen = { ...SEEN, released: text.slice(Math.max(0, at * LENGTH - RELEASED), at * LENGTH) };
      const begun = performance.now();
      for (const guard of guards) guard.check(segment, seen);
      if (round >= ROUNDS.cold) times.push(performance.now() - begun);
    }
  }
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { p50: quantile(0.5), p99: quantile(0.99) };
}
