import { editDistance } from './edit-distance.ts';

/** ` (did you mean "x"?)` for the nearest known word, or nothing where none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  const near = best && best.distance <= Math.floor(best.candidate.length / 3);
  return near ? ` (did you mean "${best.candidate}"?)` : '';
}
