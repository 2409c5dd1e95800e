/** What tells whether anything that was found answers. All of them mean the same in every index. */
export type Signals = {
  /** The best likeness to a sentence or a whole passage; null without an encoder. */
  likeness: number | null;
  /** The best lexical score as a share of twice what the query's words weigh. */
  words: number;
  /** The share of the query's content that the best passage has words for. */
  coverage: number;
  /** The share of the query's content that no passage has. */
  unknown: number;
};

/** How probable it is, 0 to 1, that a passage that was found answers the question. */
export function relevanceOf({ coverage }: Signals): number {
  return coverage;
}
