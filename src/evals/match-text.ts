import { createContext, Script } from 'node:vm';
import { cleanText } from '../language/invisible.ts';
import type { Pattern } from './suite.ts';

/** An expression that takes longer than this over one reply would not end. */
const MOST_MS = 1_000;
/** Passes over marks within marks: bold within italics, within struck out. */
const NESTED_MARKS = 3;

/**
 * Whether a reply holds what is asked. A text is looked for among the words of the reply and in the addresses of its links; one that
 * begins or ends with a digit is not found within a longer figure. An expression is tried on the words, line by line as they stand,
 * and on the reply as it was written, marks and all. Throws a sentence where an expression runs for more than a second.
 */
export function matches(pattern: Pattern, text: string): boolean {
  if (pattern.kind === 'expression') {
    return [wordsOf(text), cleanText(text)].some((form) => holds(pattern.expression, form));
  }
  const wanted = plainText(pattern.text);
  return [text, ...addressesOf(text)].some((form) => isIn(plainText(form), wanted));
}

/** The text without what makes no difference: case, white space, kinds of quotes, dashes and dots, Markdown. Figures stay as written. */
export function plainText(text: string): string {
  return wordsOf(text).toLowerCase().replace(/\s+/g, ' ').trim();
}

function isIn(said: string, wanted: string): boolean {
  if (wanted === '') return false;
  for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + 1)) {
    if (isWhole(said, at, at + wanted.length)) return true;
  }
  return false;
}

/** `5` stands in neither `15` nor `5.50`, and `$12` not in `$12,000`. */
function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 2);
  if (/^\d/.test(text.slice(start, end)) && /\d[.,:]?$/.test(before)) return false;
  return !(/\d$/.test(text.slice(start, end)) && /^[.,:]?\d/.test(after));
}

const inside = createContext({});
const TEST = new Script('new RegExp(source, flags).test(text)');

/** In a context of its own, which is what can be stopped. */
function holds({ source, flags }: RegExp, text: string): boolean {
  Object.assign(inside, { source, flags, text });
  try {
    return TEST.runInContext(inside, { timeout: MOST_MS }) === true;
  } catch {
    const over = `over a text of ${text.length} characters`;
    throw new Error(
      `/${source}/${flags} did not come to an end within a second ${over}: write it with fewer repetitions`,
    );
  }
}

const LINK =
  /!?\[((?:[^[\]\n\\]|\\.){0,500})\]\(\s{0,20}<?([^()\s<>]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?)>?(?:\s[^()\n]{0,500})?\)/g;

function addressesOf(text: string): string[] {
  return text.includes('](') ? Array.from(text.matchAll(LINK), ([, , address = '']) => address) : [];
}

function wordsOf(text: string): string {
  return withoutEmphasis(withoutBlocks(cleanText(text).replace(LINK, '$1')))
    .replace(/\\([\\`*_{}[\]()#+\-.!$~|>])/g, '$1')
    .replace(/[\u2018-\u201b\u2032\u02bc\u00b4]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212\ufe58\uff0d]/g, '-')
    .replace(/\u2026/g, '...')
    .replace(/[^\S\n]+/g, ' ');
}

/** What stands at the beginning of lines: headings, bullets, quotes, fences; and the rules of tables. */
function withoutBlocks(text: string): string {
  return text
    .replace(/^[^\S\n]*(?:>[^\S\n]?|#{1,6}[^\S\n]+|[-*+\u2022][^\S\n]+)+/gm, '')
    .replace(/^[^\S\n]*(?:```|~~~)[\w-]*[^\S\n]*$/gm, '')
    .replace(/^[-:| \t]*-{3}[-:| \t]*$/gm, '')
    .replace(/^[^\S\n]*\|.*$/gm, (row) => row.replace(/(?<!\\)\|/g, ' '));
}

/** Marks that embrace something and do not stand within a word: `5*3*2` and `order_id` keep theirs. */
const MARKS = /(?<![\p{L}\p{N}\\])(\*{1,3}|_{1,3}|~~|`{1,2})(?=\S)([^\n]{0,499}?[^\s\\])\1(?![\p{L}\p{N}])/gu;

function withoutEmphasis(text: string): string {
  let before = text;
  for (let pass = 0; pass < NESTED_MARKS; pass++) {
    const after = before.replace(MARKS, '$2');
    if (after === before) return after;
    before = after;
  }
  return before;
}
