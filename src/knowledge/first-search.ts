import { contentWords, saysSomething } from '../language/small-talk.ts';
import { STOP_WORDS } from '../language/stop-words.ts';
import { words } from '../language/tokens.ts';

/** A stop word that shows that even a message of nothing but stop words asks something: "How much is it?" */
const ASKING = /^(?:what|how|why|when|where|who|whom|which|can|could|do|does|did|is|are|will|would|should|may|and)\b/i;
const PLEASANTRY =
  /^(?:(?:and |so )?how (?:are|r) (?:you|u)(?: doing)?|how do you do|how is it going|can you help(?: me)?|are you there)\b/;
/** A message that leans on what was said before it. */
const LEANING =
  /^(?:and|what about|how about|but|or|so)\b|\b(?:it|its|that|this|these|those|they|them|their|there|one|ones|same|instead|else|too)\b/i;

/**
 * Whether a search is worth making before the first model call. Generous: any word of content will do, and so does a
 * question of stop words only; small talk and bare numbers do not.
 */
export function readsLikeQuestion(text: string): boolean {
  const said = words(text);
  if (saysSomething(text)) return true;
  if (PLEASANTRY.test(said.join(' '))) return false;
  return (
    said.length > 1 && said.some((word) => STOP_WORDS.has(word)) && (/[?？؟]/.test(text) || ASKING.test(said.join(' ')))
  );
}

const SHORT = 2;
const LEANING_LIMIT = 8;
const EARLIER_MESSAGES = 2;
const LAST_WEIGHT = 3;
const LONGEST_EARLIER = 600;

/**
 * The query of that search from the customer's messages, oldest first, or null where none is worth making. The last
 * message alone when it says enough; else with up to two earlier ones that asked something, the last one repeated so
 * that it outweighs them when the topic has changed.
 */
export function firstSearchQuery(customerMessages: readonly string[]): string | null {
  const last = customerMessages.at(-1) ?? '';
  if (!readsLikeQuestion(last)) return null;
  if (!leansOnEarlier(last)) return last;
  const earlier = customerMessages
    .slice(0, -1)
    .filter(saysSomething)
    .slice(-EARLIER_MESSAGES)
    .reverse()
    .map((message) => message.slice(0, LONGEST_EARLIER));
  if (earlier.length === 0) return last;
  return [...Array<string>(LAST_WEIGHT).fill(last), ...earlier].join('\n');
}

function leansOnEarlier(text: string): boolean {
  const content = contentWords(words(text)).length;
  return content <= SHORT || (content <= LEANING_LIMIT && LEANING.test(text.trim()));
}
