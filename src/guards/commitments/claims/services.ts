import { wordOf } from '../reading/words.ts';
import { SERVICE } from './forms.ts';

/** What is sent is a message, or goods and money; what is added is a note, or something that costs. */
function isBeyondChat(verb: string, text: string): boolean {
  return (
    (SENDS.test(verb) && SENT.test(text) && !MESSAGES.test(text)) ||
    (WRITES.test(verb) && !NOTES.test(text)) ||
    (verb === 'add' && FEATURES.test(text))
  );
}

const SENDS = /^(?:put|send|sent|mail|mailed|pass|passed|give|given|bring)$/;
/** Goods are sent to the customer. */
const SENT =
  /\b(?:send|mail|sent|mailed|give|bring)(?: out)? (?:(?:you|an?|the|your|back)\b|(?:it|that|this|them) to your (?:bank|card|account|home|door)\b)|\bsent (?:to you|off)\b|\bput (?:\w+ ){1,3}(?:aside|on hold|by for you|on your)\b/;
/** What the chat sends by itself. */
const MESSAGES =
  /\b(?:links?|e-?mails?|messages?|details?|info|information|confirmation|copy|summary|transcript|forms?|instructions?|steps?|updates?|reminder|invoice|receipt|codes?|notes?|list|documents?|photos?|reply|answer|survey|call|hand|idea|moment|overview|status|number|address|options?|date|time|results?|report|case|questions?|request|look|everything|it|colleague|team|person|someone|them|that|this)\b/;
/** What is added to what is sold. */
const FEATURES = /\b(?:features?|functions?|(?:dark|light) mode|next (?:release|version|update))\b/;
const WRITES = /^(?:added|created|updated|registered|moved|opened|set|made)$/;
export const NOTES =
  /\b(?:notes?|tickets?|case|requests?|comments?|messages?|remark|reports?|summary|details?|information|complaint|feedback|colleagues?|team|department|person|conversation|chat)\b/;

/** The verb of a form, where that is no service of the chat itself. */
export function beyondService(form: RegExp, text: string): string | null {
  const verb = form.exec(text)?.groups?.verb;
  if (verb === undefined) return null;
  if (SERVICE.has(verb)) return isBeyondChat(verb, text) ? verb : null;
  return wordOf(verb).content || /^(?:pay|charge|paid|charged)$/.test(verb) ? verb : null;
}
