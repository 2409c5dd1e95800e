import { ASCII } from '../ascii.ts';
import { REFERENCES } from '../references.ts';
import { foldInPlace } from './fold.ts';

/** A text as a browser shows it, and where in the original each character of it begins, the original's length at the end; null: each in its own place. */
export type Shown = { text: string; at: readonly number[] | null };

/** What shows nothing: control characters but tabs and line ends, and what a font leaves out. */
const UNSEEN = '\\p{DI}\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufff9-\\ufffb';
/** A reference, an at sign as links have it, marks over a plain character, what shows nothing. */
const WRITTEN_ELSE = new RegExp(
  `&(?:#(\\d{1,7})|#x([\\da-f]{1,6})|([a-z]{2,16}\\d{0,2}));|%40|(?<=[!-~])\\p{M}+|[${UNSEEN}]+`,
  'giu',
);
/** What a text has that is not shown as it is written; of ASCII, as most texts are, it is seen sooner. */
const MAY_BE_ELSE = {
  ascii: /[&%\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/,
  any: new RegExp(`[&%\\p{M}${UNSEEN}]`, 'u'),
};
const UNSEEN_ALL = new RegExp(`^[${UNSEEN}]+$`, 'u');

/**
 * The text as a reader sees it: references as their characters, without what shows nothing, digits, dashes and spaces plain.
 * `unseen` stands for what shows nothing; takes time linear in the text.
 */
export function asShown(text: string, unseen: '' | ' ' = ''): Shown {
  const mayBeElse = ASCII.test(text) ? MAY_BE_ELSE.ascii : MAY_BE_ELSE.any;
  const written = mayBeElse.test(text) ? [...text.matchAll(WRITTEN_ELSE)] : [];
  if (written.length === 0) return { text: foldInPlace(text), at: null };
  const parts: string[] = [];
  const at: number[] = [];
  let from = 0;
  const keep = (to: number) => {
    parts.push(text.slice(from, to));
    for (; from < to; from += 1) at.push(from);
  };
  for (const found of written) {
    keep(found.index);
    const sign = signOf(found) || unseen;
    parts.push(sign);
    for (let index = 0; index < sign.length; index += 1) at.push(from);
    from += found[0].length;
  }
  keep(text.length);
  at.push(text.length);
  return { text: foldInPlace(parts.join('')), at };
}

function signOf({ 0: written, 1: decimal, 2: hexadecimal, 3: name }: RegExpExecArray): string {
  if (name !== undefined) return REFERENCES.get(name.toLowerCase()) ?? written;
  if (written === '%40') return '@';
  if (decimal === undefined && hexadecimal === undefined) return '';
  const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
  const sign = code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  return UNSEEN_ALL.test(sign) ? '' : sign;
}

const WIDE = /\t[ \t]*| {2,}\t?[ \t]*/g;

/** The same with one space for each wide gap, as HTML shows it; null where there is none. */
export function withoutWideGaps({ text, at }: Shown): Shown | null {
  const gaps = [...text.matchAll(WIDE)];
  if (gaps.length === 0) return null;
  const places: number[] = [];
  let from = 0;
  const keep = (to: number) => {
    for (; from < to; from += 1) places.push(at?.[from] ?? from);
  };
  for (const { 0: gap, index } of gaps) {
    keep(index + 1);
    from = index + gap.length;
  }
  keep(text.length);
  places.push(at?.at(-1) ?? text.length);
  return { text: text.replace(WIDE, ' '), at: places };
}

/** Where in the original a place of the shown text is. */
export function placed<Place extends { start: number; end: number }>(place: Place, { at }: Shown): Place {
  return at === null ? place : { ...place, start: at[place.start] ?? 0, end: at[place.end] ?? 0 };
}

/** Where in the shown text a place of the original is. */
export function shownAt({ at }: Shown, place: number): number {
  return at === null ? place : at.findIndex((from) => from >= place);
}
