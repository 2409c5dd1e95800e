import { cleanText } from '../language/invisible.ts';
import type { Pattern } from './suite.ts';

/** An expression looks at so much of a text: one that takes time grows with it. */
const LONGEST = 20_000;

/** Whether a reply holds what is asked. A text that begins or ends with a digit is not found within a longer figure. */
export function matches(pattern: Pattern, text: string): boolean {
  if (pattern.kind === 'expression') return pattern.expression.test(withoutMarks(text).slice(0, LONGEST));
  const [said, wanted] = [plainText(text), plainText(pattern.text)];
  for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + 1)) {
    if (isWhole(said, at, at + wanted.length)) return true;
  }
  return false;
}

/** The text without what makes no difference: case, white space, kinds of quotes and dashes, Markdown. */
export function plainText(text: string): string {
  return withoutMarks(text).toLowerCase().replace(/\s+/g, ' ').trim();
}

function withoutMarks(text: string): string {
  return cleanText(text)
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u201a\u02bc]/g, "'")
    .replace(/[\u201c-\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/!?\[([^\]\n]*)\]\([^)\s]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/(^|[\s(])[*_](?=\S)|(?<=\S)[*_](?=[\s).,;:!?]|$)/g, '$1');
}

/** `5` stands in neither `15` nor `5.50`, and `$12` not in `$12,000`. */
function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 2);
  if (/^\d/.test(text.slice(start)) && /\d[.,:]?$/.test(before)) return false;
  return !(/\d$/.test(text.slice(0, end)) && /^[.,:]?\d/.test(after));
}
