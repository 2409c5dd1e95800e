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
  /** How far the best passage's score is above the fifth's, as a share of it. */
  lead: number;
};

type Weights = { bias: number; likeness: number; words: number; coverage: number; unknown: number; lead: number };

/**
 * A logistic regression, fitted by `node bench/fit-relevance.ts` with the data that docs/decisions/0012 names, where its
 * figures on data that it was not fitted on are too.
 */
export const WEIGHTS: { meaning: Weights; words: Weights } = {
  meaning: { bias: -4.99, likeness: 7.11, words: 0.95, coverage: 1.03, unknown: -0.7, lead: 3.6 },
  words: { bias: -0.59, likeness: 0, words: 2.93, coverage: -0.16, unknown: -2.95, lead: 1.53 },
};

/** Below this hardly anything that was found answers: it loses 1 of 100 answers and catches 3 of 10 other questions. */
export const IRRELEVANT = 0.1;

/** How probable it is, 0 to 1, that a passage that was found answers the question. */
export function relevanceOf(signals: Signals, weights = weightsFor(signals)): number {
  const sum =
    weights.bias +
    weights.likeness * (signals.likeness ?? 0) +
    weights.words * signals.words +
    weights.coverage * signals.coverage +
    weights.unknown * signals.unknown +
    weights.lead * signals.lead;
  return 1 / (1 + Math.exp(-sum));
}

function weightsFor({ likeness }: Signals): Weights {
  return likeness === null ? WEIGHTS.words : WEIGHTS.meaning;
}
