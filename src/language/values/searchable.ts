import { stripInvisible } from '../invisible.ts';
import { findSpokenEmails } from '../personal-data/address.ts';
import { foldInPlace } from '../personal-data/fold.ts';
import { daysIn, timesIn } from './days.ts';
import { numbersIn } from './numbers.ts';

/** Stands between texts that do not go on in each other. */
const APART = '|';
/** Digits that make a phone number the same with and without the code of its country. */
const OWN_DIGITS = 9;
/** A word of this many letters is the same with another ending. */
const STEM = 4;
const ENDING = 3;

/** A character of a script without spaces is a word of its own here. */
const WORD = /\p{N}+|[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]|[\p{L}]+/gu;

/** Lower case, without marks and what cannot be seen, digits and widths as in ASCII. */
export function plainOf(text: string): string {
  return foldInPlace(stripInvisible(text))
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');
}

/** The words and the numbers of a plain text, in order; letters and digits that touch are parted. */
export function wordsOf(plain: string): string[] {
  return plain.match(WORD) ?? [];
}

/**
 * Texts in which a value is found however it is written: letters and digits without what stands between them, and where a
 * word or a number begins. Everything is worked out when it is first asked for, in time linear in the texts.
 */
export class Searchable {
  readonly #texts: readonly string[];
  readonly #plain: string[];
  #squeezed: { text: string; begins: Uint8Array } | null = null;
  #numbers: Set<number> | null = null;
  #days: Set<string> | null = null;
  #times: Set<string> | null = null;
  #cased: Map<string, boolean> | null = null;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#plain = texts.map(plainOf).map((text) => withSpokenEmails(text));
  }

  /** Whether the letters and digits of `value` follow each other somewhere, as whole words and numbers. */
  has(value: string): boolean {
    return spellingsOf(value).some((wanted) => wanted !== '' && this.#find(wanted, true));
  }

  /** The same of a long number; the code of a country may stand before it, or be missing. */
  hasDigits(value: string): boolean {
    const wanted = plainOf(value).replace(/\D/g, '');
    if (wanted.length < OWN_DIGITS) return this.#find(wanted, true);
    return this.#find(wanted.slice(-OWN_DIGITS), false);
  }

  /** `2027-03-12`; a day without a year is one of any. */
  hasDay(day: string): boolean {
    this.#days ??= union(this.#plain, daysIn);
    return this.#days.has(day) || this.#days.has(day.slice(-5));
  }

  /** `09:30`. */
  hasTime(time: string): boolean {
    this.#times ??= union(this.#plain, timesIn);
    return this.#times.has(time);
  }

  /** A word in lower case, or the same with another ending. */
  hasWord(word: string): boolean {
    const { cased } = this;
    if (cased.has(word) || cased.has(withoutE(word))) return true;
    if (word.length < STEM) return false;
    for (const other of cased.keys()) if (isSameStem(word, other)) return true;
    return false;
  }

  /** A word in lower case that these texts have with a capital only, as a name is. */
  hasName(word: string): boolean {
    return this.#capital(word) === true;
  }

  /** A word in lower case that these texts have without a capital. */
  hasPlainWord(word: string): boolean {
    return this.#capital(word) === false;
  }

  #capital(word: string): boolean | undefined {
    return this.cased.get(word) ?? this.cased.get(withoutE(word));
  }

  /** Whether the value stands alone there: in quotation marks, or after a colon. */
  quotes(value: string): boolean {
    const plain = plainOf(value).trim();
    if (plain === '') return false;
    return this.#plain.some((text) => {
      for (let at = text.indexOf(plain); at >= 0; at = text.indexOf(plain, at + 1)) {
        const [before, after] = [
          text.slice(Math.max(0, at - 2), at),
          text.slice(at + plain.length, at + plain.length + 1),
        ];
        if (/["'“”«»`„:=] ?$/.test(before) && /^(?:["'”“»«`,;}\n.)]|$)/.test(after)) return true;
      }
      return false;
    });
  }

  get plain(): readonly string[] {
    return this.#plain;
  }

  get numbers(): ReadonlySet<number> {
    this.#numbers ??= union(this.#plain, numbersIn);
    return this.#numbers;
  }

  /** Each word in lower case; true where it has a capital wherever it stands. */
  private get cased(): ReadonlyMap<string, boolean> {
    if (this.#cased) return this.#cased;
    this.#cased = new Map();
    for (const chunk of this.#texts.flatMap((text) => text.split(/\s+/))) {
      // In an address a name is written small.
      const inAddress = /@|:\/\/|\p{L}\.\p{L}/u.test(chunk);
      for (const word of chunk
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .match(WORD) ?? []) {
        const lower = word.toLowerCase().replaceAll('ß', 'ss');
        const capital = inAddress || /^\p{Lu}/u.test(word);
        this.#cased.set(lower, capital && this.#cased.get(lower) !== false);
        // So that "München" is found where somebody wrote "Muenchen".
        const short = withoutE(lower);
        if (short !== lower && !this.#cased.has(short)) this.#cased.set(short, capital);
      }
    }
    return this.#cased;
  }

  #find(wanted: string, whole: boolean): boolean {
    this.#squeezed ??= squeeze(this.#plain);
    const { text, begins } = this.#squeezed;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      if (begins[at + wanted.length] === 1 && (!whole || begins[at] === 1)) return true;
    }
    return false;
  }
}

/** Letters and digits of a value; "Muenchen" is "München". */
function spellingsOf(value: string): string[] {
  const own = wordsOf(plainOf(value)).join('');
  const long = value.normalize('NFC').replace(/([äöü])/giu, '$1e');
  const short = wordsOf(plainOf(value)).map(withoutE).join('');
  return [...new Set([own, short, wordsOf(plainOf(long)).join('')])];
}

/** Letters of a word that is long enough to be told from another without its `e`: `Doe` is not `do`. */
const LONG = 7;

/** `ae`, `oe`, `ue` as the vowel alone, which an umlaut is without its mark. */
function withoutE(plain: string): string {
  return plain.length < LONG ? plain : plain.replace(/(?<![aeiouq])([aou])e(?!u)/g, '$1');
}

function isSameStem(one: string, other: string): boolean {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return same >= STEM && one.length - same <= ENDING && other.length - same <= ENDING;
}

function union<Item>(texts: readonly string[], of: (text: string) => Set<Item>): Set<Item> {
  const all = new Set<Item>();
  for (const text of texts) for (const item of of(text)) all.add(item);
  return all;
}

function squeeze(plain: readonly string[]): { text: string; begins: Uint8Array } {
  const words = plain.flatMap((text) => [...wordsOf(text), APART]);
  const text = words.join('');
  const begins = new Uint8Array(text.length + 1);
  let at = 0;
  for (const word of words) {
    begins[at] = 1;
    at += word.length;
  }
  begins[at] = 1;
  return { text, begins };
}

/** What "ann at mail dot org" stands for, after the text. */
function withSpokenEmails(plain: string): string {
  const found = findSpokenEmails(plain).map(({ start, end }) =>
    plain
      .slice(start, end)
      .replace(/[^\p{L}\p{N}]+(?:at|dot|arroba|arobase|chiocciola|punto|ponto|point|punkt|punt)[^\p{L}\p{N}]+/gu, ' '),
  );
  return found.length === 0 ? plain : `${plain}\n${found.join('\n')}`;
}
