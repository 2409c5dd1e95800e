import { ASCII } from '../language/ascii.ts';
import { isStopWord } from '../language/stop-words.ts';
import { isCommonWord } from './common-words.ts';
import { areOrdinary } from './ordinary-words.ts';
import type { RemovedKind } from './removed.ts';

/** A value that is not to be said. `listed`: only as it is; else also in its parts, as people write it. */
export type Known = { kind: RemovedKind; text: string };

/** Where in a text a value stands, and the value as it stands there. */
export type KnownPlace = { kind: RemovedKind; start: number; end: number };

/** How a value may stand in a text: its letters and digits. `isCapital`: each of its words must have its capital. */
type Shape = { kind: RemovedKind; plain: string; isCapital: boolean };

/** Found by its form, and made of names. */
const MAIL = /[\p{L}\p{N}._+-]{1,64}@[\p{L}\p{N}.-]{1,255}/gu;

/** Between the parts of a value in a text. */
const WIDEST_GAP = 4;

/** So many letters and digits of a value are looked up at once: fewer where the text has a shorter word. */
const LOOKED_UP = 3;

/** Values in all ways in which they may stand in a text, by their beginnings up to `LOOKED_UP` and by what they are. */
export type Values = ReadonlyMap<string, ReadonlyMap<string, Shape>>;

/** Values as they can be looked for. */
export function toValues(values: readonly Known[]): Values {
  const byBeginning = new Map<string, Map<string, Shape>>();
  for (const shape of values.flatMap(shapesOf)) {
    for (let length = 1; length <= LOOKED_UP; length += 1) {
      const beginning = shape.plain.slice(0, length);
      const shapes = byBeginning.get(beginning) ?? new Map<string, Shape>();
      byBeginning.set(beginning, shapes.set(shape.plain, shapes.get(shape.plain) ?? shape));
    }
  }
  return byBeginning;
}

/**
 * Finds values in a text however they are grouped, set apart, capitalised or accented: a name also last name first and each of
 * its parts, an address also its street alone, a phone number with and without its country.
 */
export function findValues(text: string, values: readonly Values[]): KnownPlace[] {
  const words = wordsIn(text.replace(MAIL, (found) => ' '.repeat(found.length)));
  const found: KnownPlace[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const place = longestAt(words, at, values);
    if (!place) continue;
    const before = found.at(-1);
    // A name of which each word is known is one name.
    if (
      before?.kind === 'name' &&
      place.found.kind === 'name' &&
      !/[\p{L}\p{N}]/u.test(text.slice(before.end, place.found.start))
    ) {
      before.end = place.found.end;
    } else found.push(place.found);
    at = place.last;
  }
  return found;
}

const NO_SHAPES: readonly Shape[] = [];

type Word = { plain: string; start: number; end: number; isCapital: boolean };

function longestAt(words: readonly Word[], at: number, values: readonly Values[]) {
  let longest: { found: KnownPlace; last: number } | null = null;
  const first = words[at] as Word;
  const beginning = first.plain.slice(0, LOOKED_UP);
  for (const byBeginning of values) {
    for (const { kind, plain, isCapital } of byBeginning.get(beginning)?.values() ?? NO_SHAPES) {
      if (!plain.startsWith(first.plain) || (isCapital && !first.isCapital)) continue;
      const last = endOf(words, at, plain);
      if (last === null || (isCapital && words.slice(at, last + 1).some((word) => !word.isCapital))) continue;
      if (longest && longest.last >= last) continue;
      longest = { found: { kind, start: first.start, end: (words[last] as Word).end }, last };
    }
  }
  return longest;
}

/** So many letters and digits of a value at the end of a text are its beginning: what follows is not there yet. */
const BEGUN = 5;

/** The word with which the value ends that begins with the word at `at`, or breaks off; null where it does not stand there. */
function endOf(words: readonly Word[], at: number, plain: string): number | null {
  let said = '';
  for (let word = at; word < words.length; word += 1) {
    const { plain: next, start } = words[word] as Word;
    if (word > at && start - (words[word - 1]?.end ?? 0) > WIDEST_GAP) return null;
    said += next;
    if (said === plain) return word;
    if (!plain.startsWith(said))
      return isMost(said.slice(0, -next.length), plain) && !/\d/.test(next) ? word - 1 : null;
  }
  return said.length >= BEGUN ? words.length - 1 : null;
}

/** Without its end a long number still tells whose it is. */
function isMost(said: string, plain: string): boolean {
  return /(?:\d\D*){8}/.test(said) && said.length * 3 >= plain.length * 2;
}

/** Streets are cut short in many ways. */
const STREET = /(?:stra(?:ss|ß)e|straat|street|str)$/;
const SHORT = new Map(
  Object.entries({
    avenue: 'ave',
    road: 'rd',
    boulevard: 'blvd',
    apartment: 'apt',
    suite: 'ste',
    lane: 'ln',
    drive: 'dr',
  }),
);

function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    plain: plainOf(word),
    start: index,
    end: index + word.length,
    isCapital: /^\p{Lu}/u.test(word) || !/\p{Ll}/u.test(word),
  }));
}

function plainOf(word: string): string {
  const lower = word.toLowerCase();
  const plain = ASCII.test(lower) ? lower : lower.normalize('NFKD').replace(/\p{M}/gu, '');
  return (SHORT.get(plain) ?? plain).replace(STREET, 'st');
}

/** Fewer letters and digits tell nobody. */
const SHORTEST = { name: 3, other: 5, listed: 2 };
/** With which a national number begins that has its country before it elsewhere. */
const COUNTRY_DIGITS = [1, 2, 3];
const OWN_DIGITS = 7;

function shapesOf({ kind, text }: Known): Shape[] {
  const plain = (of: string) => wordsIn(of).map((word) => word.plain);
  const whole = plain(text);
  const shape = (parts: readonly string[], isCapital = false): Shape => ({ kind, plain: parts.join(''), isCapital });
  const isLong = ({ plain: said }: Shape) => said.length >= (kind === 'listed' ? SHORTEST.listed : SHORTEST.other);
  if (kind === 'email') return [];
  if (kind === 'name') return namesOf(whole, shape);
  if (kind === 'phone')
    return phonesOf(text)
      .map((digits) => shape([digits]))
      .filter(isLong);
  if (kind !== 'address') return [shape(whole)].filter(isLong);
  const parts = text.split(/[,;\n]/).filter((part) => /\p{L}/u.test(part) && /\d/.test(part));
  return [text, ...parts].map((part) => shape(plain(part))).filter(isLong);
}

/** A name of words that are often said is one only with its capitals, as a single word is: "we will page the team". */
function namesOf(parts: readonly string[], shape: (parts: readonly string[], isCapital?: boolean) => Shape): Shape[] {
  const single = parts
    .filter((part) => part.length >= SHORTEST.name && !isWord(part))
    .map((part) => shape([part], true));
  if (parts.length < 2) return single;
  const turned = [parts.at(-1) ?? '', ...parts.slice(0, -1)];
  const areWords = parts.some(isWord) && areOrdinary(parts);
  return [shape(parts, areWords), shape(turned, areWords), ...single];
}

/** As it is, and without the code of its country, with a zero in its place or none. */
function phonesOf(text: string): string[] {
  const digits = text.replace(/(?:x|ext\.?) ?\d+$/i, '').replace(/\D/g, '');
  const isAbroad = /^\s*\(?(?:\+|00)/.test(text);
  const full = isAbroad ? digits.replace(/^00/, '') : digits;
  const national = isAbroad
    ? COUNTRY_DIGITS.map((length) => full.slice(length).replace(/^0/, ''))
    : [full.replace(/^0/, '')];
  return [full, ...national.filter(({ length }) => length >= OWN_DIGITS).flatMap((own) => [own, `0${own}`])];
}

const DAYS =
  /^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|mrs?|dr|prof|herr|frau|mme|van|von|der|den)$/;

/** A part of a name that is a word of everyday talk as well. */
function isWord(part: string): boolean {
  return isStopWord(part) || isCommonWord(part) || DAYS.test(part);
}
