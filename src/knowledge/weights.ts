/**
 * What a lexical score is made of. Fitted on questions to a company's documentation, checked on two other companies'
 * (docs/decisions/0012). K1 and B are BM25's; the others multiply what a part adds.
 */
export const WEIGHTS = {
  k1: 1.6,
  b: 0.75,
  /** Neighbouring words that stand together in the passage too. */
  pairs: 0.3,
  /** The better one of the passages before and after it in its document. */
  neighbour: 0.1,
  /** Taken off the score of a passage in another language than the question, where both are plain: a share of it. */
  foreign: 0.3,
  /**
   * The score of the whole document, where it has several passages: in an index where most documents are code, and in
   * others. What only some documents got would tell nothing of them beside the rest.
   */
  document: { prose: 0, code: 1 },
} as const;

/**
 * How often one occurrence counts, in halves, which is how the index keeps counts: in the passage itself, in its title
 * and headings, in the noted ways to ask.
 */
export const HALVES = { body: 2, heading: 3, asked: 1 } as const;
