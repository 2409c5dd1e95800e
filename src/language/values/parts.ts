import { findEmails } from '../personal-data/address.ts';
import { foldInPlace } from '../personal-data/fold.ts';
import { findIbans } from '../personal-data/iban.ts';
import { daysIn, timesIn } from './days.ts';
import { readings } from './numbers.ts';
import { plainOf, wordsOf } from './searchable.ts';

/**
 * A value within an argument that can be told from other words by its form. `code`: letters and digits, as the number of an
 * order. `digits`: of a phone, a card, an account. `money`: a number that is said to be an amount.
 */
export type Part = {
  kind: 'email' | 'address' | 'iban' | 'digits' | 'code' | 'day' | 'time' | 'money' | 'number';
  text: string;
};

const WEB = /(?:\b[a-z][a-z0-9+.-]{1,15}:\/\/|\bwww\.)[^\s<>"'`]{1,2000}/gi;
const HOST =
  /(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}(?![\p{L}\p{N}])(?:[/?#][^\s<>"'`]{0,2000})?/gu;
/** In digits, the year first or last or all in one, or with the name of a month. */
const DAYS = [
  /(?<![\d.,/-])\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/g,
  /(?<![\d.,/-])\d{1,2}([./-]) ?\d{1,2}\1 ?(?:\d{4}|\d{2})(?!\d|[./-]\d)/g,
  /(?<![\p{L}\d.,/-])(?:19|20)\d{6}(?![\p{L}\d]|[.,/-]\d)/gu,
  /(?<![\p{L}\d.,/-])\d{1,2}([-/.])\p{L}{3,12}\.?\1(?:\d{4}|\d{2})(?![\p{L}\d])/gu,
];
const TIME = /(?<!\d)(?:\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?(?: ?[ap]\.?m\b)?|\d{1,2} ?[ap]m\b)/gi;
const DIGITS = /\+? ?\(?\d(?:[ .()/-]{0,2}\d){6,30}/g;
const CODE = /[\p{L}\p{N}]+(?:[-_./#:][\p{L}\p{N}]+)*/gu;
const MONEY =
  /(?:[$€£¥₹]|\b(?:usd|eur|gbp|chf|sek|pln|cad|aud)) ?(\d[\d.,'’]*)|(\d[\d.,'’]*) ?(?:[$€£¥₹]|(?:usd|eur|gbp|chf|sek|pln|cad|aud|euros?|dollars?|pounds?|francs?|cents?|bucks)\b)/gi;
const NUMBER = /\d+(?:[.,'’]\d+)*/g;
/** `10kg`, `2nd`: a number and what it counts. */
const COUNTED = /^\d+-?\p{L}+$/u;

/** What a text has of values with a form of their own, each once; what one has taken is not looked at again. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let left = foldInPlace(text);
  const take = (kind: Part['kind'], ranges: Iterable<{ start: number; end: number }>) => {
    for (const { start, end } of ranges) {
      const found = left.slice(start, end);
      if (/^\0*$/.test(found)) continue;
      parts.push({ kind, text: found });
      left = left.slice(0, start) + '\0'.repeat(end - start) + left.slice(end);
    }
  };
  take('email', findEmails(left));
  take('address', matches(left, WEB));
  take('address', matches(left, HOST));
  take('iban', findIbans(left));
  for (const pattern of DAYS)
    take(
      'day',
      matches(left, pattern).filter(({ start, end }) => isDay(left.slice(start, end))),
    );
  take('time', matches(left, TIME));
  take('money', matches(left, MONEY));
  take(
    'code',
    matches(left, CODE).filter(({ start, end }) => isCode(left.slice(start, end))),
  );
  take('digits', matches(left, DIGITS));
  take('number', matches(left, NUMBER));
  return parts;
}

/** The days that a part of kind `day` may mean. */
export function daysOf(part: Part): string[] {
  return [...daysIn(plainOf(part.text))];
}

export function timeOf(part: Part): string {
  return [...timesIn(plainOf(part.text))][0] ?? '';
}

/** What a part of kind `number` or `money` may mean; nothing for the others. */
export function numbersOf(part: Part): number[] {
  if (part.kind !== 'number' && part.kind !== 'money') return [];
  return readings(NUMBER_ONCE.exec(part.text)?.[0] ?? '');
}

const NUMBER_ONCE = new RegExp(NUMBER.source);

function isDay(written: string): boolean {
  return daysIn(plainOf(written)).size > 0;
}

function isCode(word: string): boolean {
  return /\p{L}/u.test(word) && /\d/.test(word) && !COUNTED.test(word) && wordsOf(plainOf(word)).join('').length > 2;
}

function matches(text: string, pattern: RegExp): { start: number; end: number }[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}
