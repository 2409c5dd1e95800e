/** What a guard decides about a candidate segment before it is released. */
export type Verdict =
  | { action: 'allow' }
  /** Release `text` in place of the candidate. */
  | { action: 'replace'; text: string; reason: string };

/** Looks at what is about to be released. Pure and fast: it runs on every segment. A guard that throws withholds the segment. */
export type Guard = {
  name: string;
  check(candidate: string, seen: { released: string; question: string }): Verdict;
};
