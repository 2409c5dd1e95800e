import { ALLOW, type Guard, type Seen, type Source } from '../agent/guard.ts';
import { maySpellAddress } from '../language/personal-data/address.ts';
import { type Finding, findPersonalData, isUnlike } from '../language/personal-data/find.ts';
import { asShown, placed, type Shown as ShownText, shownAt } from '../language/personal-data/shown.ts';
import { inLanguage, type Wording } from '../language/wording.ts';
import { BySource } from './by-source.ts';
import { findValues, type KnownPlace, toValues, type Values } from './known-values.ts';
import { type Unmarked, withoutMarks } from './marks.ts';
import { type Split, splitRecords } from './records.ts';
import { type RemovedKind, removed } from './removed.ts';

/** Characters of the reply before a segment that may begin a value of it, or say what its number is. */
const BEFORE = 100;
/** So often a segment is looked at again after something was removed. */
const MOST_ROUNDS = 5;

export type PersonalDataOptions = {
  /** Names and other values that are never said, whoever has said them before. */
  names?: readonly string[];
  /** Names of tools whose calls the runtime binds to the customer (`fromCustomer`). */
  bound?: readonly string[];
  say?: Wording;
};

/**
 * Removes personal data from what is released, but for what this customer may read: what they said themselves or their token
 * shows, the company's contact, what the prompt, the knowledge and a colleague have given, and of the results of tools what
 * is no record of somebody else's (`records.ts`). Found are values of a fixed form wherever they come from; names, addresses
 * and customer numbers where such a record has them.
 */
export function personalDataGuard({ names = [], bound = [], say }: PersonalDataOptions = {}): Guard {
  const boundTools = new Set(bound);
  const listed = names.length > 0 ? [toValues(names.map((text) => ({ kind: 'listed', text })))] : [];
  return {
    name: 'personal-data',
    ofRecords: true,
    read(source, seen) {
      if (source.kind === 'tool') valuesOf(splitRecords(source, seen, boundTools));
      shownOf(source, seen, boundTools);
    },
    check(candidate, seen) {
      const before = seen.released.slice(-BEFORE);
      const kinds: RemovedKind[] = [];
      let text = candidate;
      // What stood beside a value may be seen for one itself once that is gone.
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const found = [...findIn(text, before), ...knownIn(text, before, othersIn(seen, boundTools))].filter(
          ({ value }) => !isAllowed(value, seen, boundTools),
        );
        found.push(...knownIn(text, before, listed));
        if (found.length === 0) break;
        kinds.push(...found.map(({ value }) => value.kind));
        text = without(text, found, (kind) => inLanguage(removed(kind), seen.language, say));
      }
      return kinds.length === 0 ? ALLOW : { action: 'redact', text, found: kinds };
    },
  };
}

/** The text with `instead` in place of each value; of two that overlap the first counts. */
function without(text: string, found: readonly Found[], instead: (kind: RemovedKind) => string): string {
  let left = '';
  let at = 0;
  for (const { value, start, end } of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue;
    left += text.slice(at, Math.max(at, start)) + instead(value.kind);
    at = end;
  }
  return left + text.slice(at);
}

/** The values of other people's records in a tool's result, by what was made of it. */
const VALUES = new WeakMap<Split, Values>();

function valuesOf(split: Split): Values {
  const known = VALUES.get(split) ?? toValues(split.foreign);
  VALUES.set(split, known);
  return known;
}

/** Those of all results that were shown. */
function othersIn(seen: Seen, bound: ReadonlySet<string>): Values[] {
  return seen.sources
    .filter(({ kind }) => kind === 'tool')
    .map((source) => valuesOf(splitRecords(source, seen, bound)))
    .filter(({ size }) => size > 0);
}

function knownIn(candidate: string, before: string, values: readonly Values[]): Found[] {
  if (values.length === 0) return [];
  const text = before + candidate;
  const shown = asShown(text);
  const plain = withoutMarks(shown.text);
  const apart = plain ? findValues(plain.text, values).map((place) => inMarked(place, plain)) : [];
  const found = [...findValues(shown.text, values), ...apart].map((place) => placed(place, shown));
  return within(found, text, before.length);
}

/** Where a place of the text without marks is in the text itself. */
function inMarked<Place extends { start: number; end: number }>(place: Place, { at }: Unmarked): Place {
  return { ...place, start: at[place.start] ?? 0, end: (at[place.end - 1] ?? 0) + 1 };
}

type Value = { kind: RemovedKind; text: string };
/** Where in the candidate a value, or the end of one, stands. */
type Found = { value: Value; start: number; end: number };

function findIn(candidate: string, before: string): Found[] {
  const joined = findAfter(before, candidate);
  // Two paragraphs, perhaps: digits that end the one would hide a number that begins the other.
  const isGlued = /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}+]/u.test(candidate);
  return isGlued ? [...joined, ...findAfter('', candidate)].sort((a, b) => a.start - b.start) : joined;
}

function findAfter(before: string, candidate: string): Found[] {
  const text = before + candidate;
  const shown = asShown(text);
  if (!mayEnd(shown.text, shownAt(shown, before.length))) return [];
  const plain = findPersonalData(text, before.length);
  const others = formatted(shown).filter(({ start, end }) => !plain.some((one) => one.start < end && start < one.end));
  const all = [...plain, ...others].sort((a, b) => a.start - b.start);
  return within(all, text, before.length);
}

/** Whether a value may end after a place in a text: quick to see. */
function mayEnd(text: string, from: number): boolean {
  if (text.slice(0, from).includes('@') || maySpellAddress(text)) return true;
  return SIGN.test(text.slice(Math.max(0, from - LAST_PART))) && MAY_END.test(text.slice(Math.max(0, from - REACH)));
}

/** What no value is without, but an address in words: its sign, six digits near each other, or eight with whatever between them. */
const MAY_END = /[@:]|\p{N}(?:.{0,3}\p{N}){5}|(?:\p{N}\P{N}*){8}/u;
const SIGN = /[@:\p{N}]/u;
/** Characters before a segment that the last part of a value without digits may follow: `… 89 C`. */
const LAST_PART = 12;
/** Of the longest value so many characters at most stand before the digits with which it ends. */
const REACH = 40;

/** What ends after `from`, by its place after it. */
function within(found: readonly KnownPlace[], text: string, from: number): Found[] {
  return found
    .filter(({ end }) => end > from)
    .map(({ kind, start, end }) => {
      const value = { kind, text: text.slice(start, end) };
      return { value, start: Math.max(0, start - from), end: end - from };
    });
}

/** Formatting between two digits, digits one by one, formatting in the letters before some or behind them, or in an address. */
const FORMATTED = [
  /\p{N}[^\p{L}\p{N}]{0,12}(?:[\n|*_`~\\·][^\p{L}\p{N}]{0,12}|<[^\p{N}]{1,60})\p{N}/u,
  /(?:\p{N} ){6}/u,
  /\p{Lu}(?:[*_`~\\]{1,4}|<[^\p{N}]{1,60})\p{Lu}?\p{N}{2}/u,
  /\p{Lu}\p{N}{2}[^\p{L}\p{N}\n]{0,6}[*_`~\\<|][^\p{L}\p{N}\n]{0,6}\p{Lu}{4}/u,
  /[*`~\\<]\S{0,80}@|@\S{0,80}[*`~\\<]/u,
];
const LIKELY = /@|(?:\p{N}\P{N}*){8}/u;

/** Values whose parts stand in cells, items or signs of their own. */
function formatted(shown: ShownText): Finding[] {
  const { text } = shown;
  if (!LIKELY.test(text) || !FORMATTED.some((form) => form.test(text))) return [];
  const plain = withoutMarks(text);
  if (plain === null) return [];
  return findPersonalData(plain.text).flatMap(({ kind, start, end }) => {
    const written = plain.text.slice(start, end);
    const place = inMarked({ kind, start, end }, plain);
    const isFormatted = text.slice(place.start, place.end) !== written;
    return isUnlike(kind, written) && isFormatted ? [placed(place, shown)] : [];
  });
}

function isAllowed({ kind, text }: Value, seen: Seen, bound: ReadonlySet<string>): boolean {
  const parts = partsOf(kind, asShown(text).text);
  const squeezed = squeeze(parts.join(''));
  let pattern: RegExp | null = null;
  return shownIn(seen, bound).some((shown) => {
    if (!shown.squeezed.includes(squeezed)) return false;
    pattern ??= patternOf(kind, parts);
    return pattern.test(shown.text);
  });
}

/** A text that the customer may read, and its plain letters and digits: what does not have a value's has not the value. */
type Shown = { text: string; squeezed: string };

function shownIn(seen: Seen, bound: ReadonlySet<string>): Shown[] {
  const { said, sources, prompt, contact, customer } = seen;
  return [
    toShown(said.join('\n')),
    ...sources.map((source) => shownOf(source, seen, bound)),
    kept(prompt, () => prompt.join('\n')),
    kept(contact, () => Object.values(contact).join('\n')),
    ...(customer ? [kept(customer, () => JSON.stringify(customer))] : []),
  ];
}

function shownOf(source: Source, seen: Seen, bound: ReadonlySet<string>): Shown {
  if (source.kind !== 'tool') return SHOWN.get(source, ({ text }) => toShown(text));
  const split = splitRecords(source, seen, bound);
  return kept(split, () => split.open);
}

const SHOWN = new BySource<Shown>();
/** By what they are made from, which stays the same for as long as a reply takes. */
const KEPT = new WeakMap<object, Shown>();

function kept(key: object, text: () => string): Shown {
  const known = KEPT.get(key);
  if (known) return known;
  const made = toShown(text());
  KEPT.set(key, made);
  return made;
}

function toShown(raw: string): Shown {
  const { text } = asShown(raw);
  return { text, squeezed: squeeze(text) };
}

function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/** The last digits that make a phone number the same with and without the code of its country. */
const OWN_DIGITS = 9;
/** Fewer are no number of their own. */
const LEAST_DIGITS = 5;
/** What is dialled before those by ITU-T E.164, from abroad or within the country: `+49 (0)`, `0044`, `0`. */
const DIALLED_BEFORE =
  /^(?:(?:\+|00)\D{0,3}(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})\D{0,3})?(?:0(?!0)\D{0,3})?/;
/** Signs of an address, written as words. */
const SPOKEN = /^(?:at|dot|arroba|arobase|chiocciola|apenstaartje|ma[lł]pa|punto|ponto|point|punkt|punt|kropka)$/iu;

/** What stays the same of a value however it is grouped and set apart: the words of an address, the signs of a number. */
function partsOf(kind: RemovedKind, text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (kind === 'email') return text.includes('@') ? words : words.filter((word) => !SPOKEN.test(word));
  if (kind === 'phone') {
    const withoutExtension = text.replace(/,? ?(?:[a-z]+\.?|#) ?\d+$/i, '');
    const [own, whole, all = ''] = [withoutExtension.replace(DIALLED_BEFORE, ''), withoutExtension, text].map(digitsOf);
    return [...([own, whole].find((digits = '') => digits.length >= LEAST_DIGITS) ?? all)].slice(-OWN_DIGITS);
  }
  return [...words.join('')];
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

const APART = '[^\\p{L}\\p{N}]';

function patternOf(kind: RemovedKind, parts: readonly string[]): RegExp {
  const code = kind === 'phone' ? `(?:(?:\\+|00)[1-9]\\d{0,2}${APART}{0,3})?(?:0${APART}{0,3})?` : '';
  const before = kind === 'phone' && parts.length === OWN_DIGITS ? '' : `(?<![\\p{L}\\p{N}])${code}`;
  const between = kind === 'email' ? `${APART}{1,3}` : `${APART}{0,3}`;
  // With the flag `u` the same takes 400 ms to make for a text that is not all Latin-1.
  return new RegExp(`${before}${parts.join(between)}(?![\\p{L}\\p{N}])`, 'iv');
}
