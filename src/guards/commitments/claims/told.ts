import type { Statement } from '../reading/statements.ts';
import { SAID_BY_CUSTOMER } from './forms.ts';

/** Where a sentence tells back at length what the customer said: up to where it speaks of the company. */
export function toldIn({ start, text }: Statement): { start: number; end: number }[] {
  const told = TOLD.exec(text);
  if (!told) return [];
  TURNS_TO_US.lastIndex = told.index + told[0].length;
  return [{ start, end: start + (TURNS_TO_US.exec(text)?.index ?? text.length) }];
}

const TOLD = new RegExp(
  [
    "^\\W*(?:(?:so|and|okay|ok|right|to sum up),? )?you(?:'re| are|'ve| have)?(?: just)? (?:ask|asked|asking|want|wanted|say|said|saying|write|wrote|writing|mention|mentioned|told|tell|telling)\\b",
    '\\bif i (?:read|understand|understood) you (?:right|correctly)\\b',
    "^\\W*(?:(?:i'm|i am|we're|we are) )?(?:(?:so|very|really|truly) )?sorry (?:to hear|that|about|your|you|the)\\b",
    "^\\W*(?:i see|i understand|i hear you|got it),? (?:so )?you(?:'re| are| were| have| had)?\\b",
    "^\\W*thanks? (?:you )?for\\b|^\\W*(?:so|understood|okay|ok),? you(?:'re| are| were| have| had| need| want| fly| booked| bought| sent| paid)\\b",
  ].join('|'),
);
const TURNS_TO_US = /\b(?:but|however|we|our|i|you(?:'ll| will| get| can))\b|[;—]/g;

export const ASKED = /^\W*(?:and |so )?you(?:'ve)? (?:asked|wanted to know|were wondering|wondered)\b/;

/** "The cover that you asked for": names a thing, and what is said of it next is not the customer's. */
const NAMED_BY_CUSTOMER = new RegExp(`\\b(?:that|which)\\s+(?:${SAID_BY_CUSTOMER.source})`, 'g');
/** Verbs of saying: what stands behind them is what was said. */
const SAYS = /\b(?:sa(?:id|y|ying)|to?ld|tell|mention\w*|wrote|quoted|report\w*|describe\w*|promised)$/;
/** Begins a statement of its own. */
const STATES =
  /\b(?:you(?:'ll| can| may| get| will| have)|i|we|they|is|are|costs?|comes to|takes|lasts|will|has|have|gets?|gives?|includes?|guarantee\w*)\b/;

/** Up to where a clause tells back what the customer said or wishes: 0 where it does not, Infinity where all of it does. */
export function saidUntil(text: string): number {
  if (!SAID_BY_CUSTOMER.test(text)) return 0;
  const named = [...text.matchAll(NAMED_BY_CUSTOMER)].filter(([words]) => !SAYS.test(words)).at(-1);
  if (!named) return Number.POSITIVE_INFINITY;
  const from = named.index + named[0].length;
  const rest = text.slice(from);
  const states = SAID_BY_CUSTOMER.test(rest) ? null : STATES.exec(rest);
  return states ? from + states.index : Number.POSITIVE_INFINITY;
}
