import type { Problem } from './api-error.ts';
import type { Sentences } from './locale.ts';

/** What went wrong, in a sentence for the customer. */
export function problemWords({ code, wait }: Problem, sentences: Sentences): string {
  const known = Object.hasOwn(sentences.problems, code) ? (code as keyof Sentences['problems']) : 'other';
  return sentences.problems[known](waitWords(wait, sentences));
}

/** Longer than this, in seconds, a customer is not left to wait without being offered a person. */
const LONG_WAIT = 600;

/** True where the assistant cannot answer for a while, but a person can. */
export function needsPerson(problem: Problem | null | undefined): boolean {
  const { code, wait } = problem ?? {};
  return code === 'paused' || code === 'budget_spent' || (code === 'too_many_messages' && (wait ?? 0) > LONG_WAIT);
}

/** "40 seconds", "3 minutes", "2 hours": never shorter than it is. */
function waitWords(seconds: number | null, { locale, aMoment }: Sentences): string {
  if (seconds === null || seconds < 1) return aMoment;
  const [size, unit] = seconds < 90 ? [1, 'second'] : seconds < 5400 ? [60, 'minute'] : [3600, 'hour'];
  const words = new Intl.NumberFormat(locale, { style: 'unit', unit: String(unit), unitDisplay: 'long' });
  return words.format(Math.ceil(seconds / Number(size)));
}
