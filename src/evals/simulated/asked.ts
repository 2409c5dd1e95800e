import { stem } from '../../language/stem.ts';
import { STOP_WORDS } from '../../language/stop-words.ts';
import { words } from '../../language/tokens.ts';

/** What a reply leads a customer to: to be told something, a yes or no, or nothing. `facts`: names of what the customer can tell. */
export type Asked = { kind: 'facts'; facts: string[] } | { kind: 'unknown' } | { kind: 'yes_no' } | { kind: 'nothing' };

/** How people ask somebody for something, apart from the sign of a question. */
const REQUEST =
  /\b(?:please (?:tell|give|send|share|provide|enter|state|let)|could you (?:tell|give|send|share|provide)|can you (?:tell|give|send|share|provide)|may i (?:have|ask|know)|i(?:'ll| will|'d| would)?(?: still| just| also)? need|let me know|(?:still|is|are) missing|what(?:'s| is| are| was)|which|when|where|how (?:old|many|much|far))\b/i;
const YES_NO =
  /\b(?:would you like|do you want|shall i|should i|is that (?:right|correct|ok|okay)|are you|do you|did you|have you|is it|is this|was it|can i|may i)\b[^.!?]*\?/i;
/** What ends a reply out of manners. */
const MANNERS = /\b(?:anything else|something else|other questions?|further questions?|else i can|more i can)\b/i;

/** Other names of the same thing, each line. */
const SAME = [
  'number no id code reference',
  'mail email e-mail address',
  'phone telephone mobile',
  'amount sum money euros dollars price much',
  'mileage miles driven distance kilometers',
  'age old born',
  'brand make manufacturer',
  'postcode zip postal',
  'street road house',
  'town city',
  'reason why because',
  'when date day time',
].map((line) => new Set(line.split(' ').map((word) => stem(word))));

/** Reads a reply as a customer does who knows `facts`. */
export function askedFor(reply: string, facts: Readonly<Record<string, string>>): Asked {
  const sentences = reply.match(/[^.!?\n]+[.!?]*|\n/g) ?? [];
  const asking = sentences.filter((one) => (one.includes('?') || REQUEST.test(one)) && !MANNERS.test(one));
  if (asking.length === 0) return { kind: 'nothing' };
  const text = asking.join(' ');
  const asked = contentOf(text);
  const named = Object.keys(facts).filter((name) =>
    contentOf(name).every((word) => asked.some((one) => isSame(one, word))),
  );
  if (named.length > 0) return { kind: 'facts', facts: named };
  if (YES_NO.test(text)) return { kind: 'yes_no' };
  return { kind: 'unknown' };
}

function contentOf(text: string): string[] {
  return words(text.toLowerCase())
    .map((word) => ({ word, root: stem(word) }))
    .filter(({ word, root }) => !STOP_WORDS.has(word) || SAME.some((set) => set.has(root)))
    .map(({ root }) => root);
}

function isSame(one: string, other: string): boolean {
  return one === other || SAME.some((set) => set.has(one) && set.has(other));
}
