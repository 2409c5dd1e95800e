import type { Filter, Found, Passage } from './documents.ts';
import type { Fit } from './fusion.ts';
import { admitsPassage } from './held-segment.ts';

/** A passage that is looked at, and how the words of each unit of the query fit it. */
export type Candidate = { passage: Passage; coverage: number; fits: Omit<Fit, 'likeness'>[] };

/**
 * What the words of any unit found, one entry of `found` each, and of `rest` what they did not. `coverage` is the best
 * unit's.
 */
export function candidatesOf(
  found: readonly Found[],
  { rest, filter }: { rest: readonly Passage[]; filter: Filter | undefined },
): Candidate[] {
  const masses = found.map(({ words }) => words?.mass ?? 0);
  const byId = new Map<string, Candidate>();
  const add = (passage: Passage): Candidate => {
    const known = byId.get(passage.id);
    if (known) return known;
    const made = { passage, coverage: 0, fits: masses.map((mass) => ({ score: 0, mass })) };
    byId.set(passage.id, made);
    return made;
  };
  for (const [unit, { passages }] of found.entries()) {
    for (const { passage, score, coverage } of passages) {
      const candidate = add(passage);
      candidate.fits[unit] = { score, mass: masses[unit] ?? 0 };
      candidate.coverage = Math.max(candidate.coverage, coverage);
    }
  }
  for (const passage of rest) if (!filter || admitsPassage(filter, passage)) add(passage);
  return [...byId.values()];
}
