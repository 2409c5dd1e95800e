import type { Likeness } from './meanings.ts';

/**
 * What a passage's words count for beside its meaning. The lexical score is taken as a share of twice what the query's
 * words weigh, which is about the most that it can be: so words have much to say where a passage has most of the
 * query's, and little where it has one or two. Fitted on four companies' questions (docs/decisions/0012).
 */
const WORDS_WEIGHT = 1.3;
const MOST_OF_MASS = 2;
/** What the likeness to the best sentence is joined by. Where only whole passages were read, that stands alone. */
const WHOLE_WEIGHT = 0.2;
const HEADING_WEIGHT = 0.3;
/** Of several units each says less of what a passage means: the best of many likenesses is high by chance. */
const UNITS_EXPONENT = 0.6;

/** How one unit of a query fits a passage: its lexical score there, what its words weigh, and its likeness. */
export type Fit = { score: number; mass: number; likeness: Likeness | null };

export type Fused = { score: number; parts: { words: number; meaning: number } };

/**
 * The score of a passage for all units of a query: the root of the sum of squares, between a sum, by which a passage
 * that fits nothing well beats one that answers one question, and the best alone. A unit counts by what its words weigh.
 */
export function fuse(fits: readonly Fit[], trust: number): Fused {
  const most = Math.max(...fits.map(({ mass }) => mass)) || 1;
  const weight = trust * fits.length ** -UNITS_EXPONENT;
  const units = fits.map(({ score, mass, likeness }) => {
    const share = fits.length === 1 ? 1 : mass / most;
    const words = (WORDS_WEIGHT * score) / (MOST_OF_MASS * (mass || 1));
    return { words: share * words, meaning: likeness ? share * weight * meaningOf(likeness) : 0 };
  });
  const score = Math.hypot(...units.map(({ words, meaning }) => words + meaning));
  const parts = { words: 0, meaning: 0 };
  for (const { words, meaning } of units) {
    const part = score === 0 ? 0 : (words + meaning) / score;
    parts.words += part * words;
    parts.meaning += part * meaning;
  }
  return { score, parts };
}

function meaningOf({ whole, heading, sentence }: Likeness): number {
  if (sentence === 0 && heading === 0) return Math.max(0, whole);
  return Math.max(0, sentence + WHOLE_WEIGHT * whole + HEADING_WEIGHT * heading);
}
