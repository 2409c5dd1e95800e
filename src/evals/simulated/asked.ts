import { stem } from '../../language/stem.ts';
import { STOP_WORDS } from '../../language/stop-words.ts';
import { words } from '../../language/tokens.ts';

/**
 * What a reply leads a customer to. `facts`: to tell what stands under these names. `offer`: to say whether something shall be done.
 * `check`: to say whether something was understood rightly. `unknown`: asked for what they do not know.
 */
export type Asked =
  | { kind: 'facts'; facts: string[] }
  | { kind: 'offer' }
  | { kind: 'check' }
  | { kind: 'unknown' }
  | { kind: 'nothing' };

/** How people ask somebody for something without the sign of a question. */
const REQUEST =
  /^(?:please |kindly |just |then |now |first )*(?:tell|give|share|provide|enter|state|specify|confirm (?:the|your))\b|^(?:please )?(?:send|let) (?:me|us)\b|\bplease (?:tell|give|share|provide|enter|state|specify|(?:send|let) (?:me|us))\b|\b(?:could|can|would|will) you (?:please )?(?:tell|give|send|share|provide)\b|\bmay i (?:have|ask|know)\b|\b(?:i|we)(?:'ll| will|'d| would)?(?: still| just| also| only)? need\b|\blet (?:me|us) know (?:wh|how|the|your)|\b(?:still|is|are) missing\b/i;
/** What follows asks openly, whatever else the sentence has. */
const OPEN = /\b(?:what|which|when|where|who|whose|why|how)\b/i;
const OFFER = /\b(?:would you like|do you want|shall (?:i|we)|should (?:i|we)|may i|can i|could i|want me to)\b/i;
const CHECK = /\b(?:is (?:that|this|it) (?:right|correct|ok|okay|true|so)|right|correct)\s*\?/i;
/** What ends a reply out of manners. */
const MANNERS = /\b(?:anything else|something else|other questions?|further questions?|else i can|more i can)\b/i;
/** A line that belongs to what asks before it. */
const ITEM = /^\s*(?:[-*•]|\d+[.)])\s+/;

/** Other names of the same thing, each line. */
const SAME = [
  'number no id code reference which',
  'mail email e-mail address',
  'phone telephone mobile',
  'amount sum money euros dollars price much',
  'mileage miles driven drive far distance kilometers',
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
  const asking = sentencesOf(reply).filter((one) => isAsking(one) && !MANNERS.test(one));
  if (asking.length === 0) return { kind: 'nothing' };
  const asked = contentOf(asking.join(' '));
  const named = Object.keys(facts).filter((name) => {
    const content = contentOf(name);
    return content.length > 0 && content.every((word) => asked.some((one) => isSame(one, word)));
  });
  if (named.length > 0) return { kind: 'facts', facts: named };
  if (asking.some((one) => beginsBefore(one, OFFER, OPEN))) return { kind: 'offer' };
  if (asking.some((one) => CHECK.test(one))) return { kind: 'check' };
  return { kind: 'unknown' };
}

/** What asks and ends with a colon is one sentence with the list below it. */
function sentencesOf(reply: string): string[] {
  const sentences: string[] = [];
  let isListed = false;
  for (const line of reply.split('\n')) {
    if (line.trim() === '') continue;
    if (isListed && ITEM.test(line)) {
      sentences.push(`${sentences.pop()} ${line.replace(ITEM, '')}`);
      continue;
    }
    sentences.push(...(line.replace(ITEM, '').match(/[^.!?]+[.!?]*/g) ?? []).map((one) => one.trim()));
    isListed = /:\s*$/.test(line.replace(/[*_]+\s*$/, ''));
  }
  return sentences;
}

function isAsking(sentence: string): boolean {
  return sentence.includes('?') || REQUEST.test(sentence);
}

/** Whether `first` occurs, and no `other` before it. */
function beginsBefore(text: string, first: RegExp, other: RegExp): boolean {
  const at = text.search(first);
  const otherAt = text.search(other);
  return at >= 0 && (otherAt < 0 || at < otherAt);
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
