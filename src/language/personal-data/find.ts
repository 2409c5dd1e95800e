import { findEmails, findIps, findSpokenEmails, maySpellAddress } from './address.ts';
import { cardsIn } from './card.ts';
import { isCalled } from './context.ts';
import { BLANK, blankDates } from './fold.ts';
import { findIbans } from './iban.ts';
import { findNationalIds } from './national-id.ts';
import { numbersOf } from './numbers.ts';
import { phonesIn } from './phone.ts';
import { asShown, placed, type Shown, shownAt, withoutWideGaps } from './shown.ts';
import { vocabulary } from './vocabulary.ts';

export type PersonalDataKind = 'email' | 'iban' | 'card' | 'ssn' | 'national-id' | 'ip' | 'phone';

/** A value in a text: its characters from `start` to before `end`. */
export type Finding = { kind: PersonalDataKind; start: number; end: number };

type Range = { start: number; end: number };

/** `1) 4000 … 2) 5454 …` */
const LIST_MARK = /(?<=^|[\s,;:])\d{1,2}\)(?=\s)/g;

/** The text without the marks of a list within it, but not what ends in brackets; each character in its place. */
function withoutListMarks(text: string): string {
  return text.replace(LIST_MARK, (mark, at: number) => {
    const isInBrackets = text.lastIndexOf('(', at) > text.lastIndexOf(')', at);
    return isInBrackets ? mark : BLANK.repeat(mark.length);
  });
}

/** A UUID of RFC 9562, with a letter: some of its digits are now and then in the form of a card, or of an IBAN. */
const UUID = /(?<![\dA-F])[\dA-F]{8}-[\dA-F]{4}-[1-8][\dA-F]{3}-[89AB][\dA-F]{3}-[\dA-F]{12}(?![\dA-F])/gi;

function withoutUuids(text: string): string {
  return text.replace(UUID, (id) => (/[A-F]/i.test(id) ? BLANK.repeat(id.length) : id));
}

/** Six digits near each other. */
const DIGITS = /\d(?:.{0,3}\d){5}/;

/**
 * In this order: what one has found is not looked at by those after it. `needs` is quick to see, and nothing of the kind is
 * without it.
 */
const DETECTORS: { kind: PersonalDataKind; needs: Pick<RegExp, 'test'>; find(text: string, since: number): Range[] }[] =
  [
    { kind: 'email', needs: /@/, find: findEmails },
    { kind: 'email', needs: { test: maySpellAddress }, find: findSpokenEmails },
    { kind: 'iban', needs: DIGITS, find: findIbans },
    { kind: 'card', needs: DIGITS, find: findCards },
    { kind: 'ssn', needs: DIGITS, find: findSsns },
    { kind: 'national-id', needs: DIGITS, find: findNationalIds },
    { kind: 'ip', needs: /\d(?:\.\d{1,3}){3}|:[0-9a-fA-F]{0,4}:/, find: findIps },
    { kind: 'phone', needs: DIGITS, find: findPhones },
  ];

/**
 * Personal data of a fixed form, in order, none over another: e-mail addresses, phone numbers of all countries, card numbers
 * (by Luhn), IBANs (by their check digits), United States social security numbers, national numbers of ten countries (by their
 * check digits), IP addresses. They are looked for in the text as it is shown, so digits may be of another script or full width, spaced,
 * spelt as references, with what cannot be seen between them. Takes time linear in the text. Of values that end by `since`, a place in the text, some
 * may be left out.
 */
export function findPersonalData(text: string, since = 0): Finding[] {
  const shown = asShown(text);
  const found = findShown(shown, since);
  const apart = shown.at === null ? [] : findShown(asShown(text, ' '), since);
  return withOthers(withOthers(found, apart), findWide(shown, since)).sort((a, b) => a.start - b.start);
}

function findShown(shown: Shown, since: number): Finding[] {
  const found: Finding[] = [];
  let left = withoutUuids(withoutListMarks(shown.text));
  const from = shownAt(shown, since);
  for (const { kind, needs, find } of DETECTORS) {
    if (!needs.test(left)) continue;
    const ranges = apart(find(left, from));
    if (ranges.length > 0) left = without(left, ranges);
    for (const range of ranges) found.push(placed({ kind, ...range }, shown));
  }
  return found;
}

const ACROSS = /[A-Z\d)](?:\t| {2})[ \t]*[\d(]/i;

/** Values with wide gaps in them, which may be columns of a table: those that no numbers side by side are taken for. */
function findWide(shown: Shown, since: number): Finding[] {
  if (!ACROSS.test(shown.text)) return [];
  const narrow = withoutWideGaps(shown);
  if (narrow === null) return [];
  const isSure = ({ kind, start, end }: Finding) => isUnlike(kind, narrow.text.slice(start, end));
  return findShown({ ...narrow, at: null }, shownAt(narrow, since))
    .filter(isSure)
    .map((finding) => placed(finding, narrow));
}

const SURE: ReadonlySet<PersonalDataKind> = new Set(['card', 'iban', 'email']);
const SURE_PHONE = /^\W?(?:\+|\(\d{3}\) ?\d{3}-\d{4})/;

/** Whether a value is one that numbers side by side are not taken for. */
export function isUnlike(kind: PersonalDataKind, written: string): boolean {
  return SURE.has(kind) || (kind === 'phone' && SURE_PHONE.test(written));
}

/** Those found, and of the others those that lie over none, or around one. */
function withOthers(found: Finding[], others: readonly Finding[]): Finding[] {
  if (others.length === 0) return found;
  const isOver = (one: Finding, other: Finding) => one.start < other.end && other.start < one.end;
  const isAround = (one: Finding, other: Finding) => one.start <= other.start && other.end <= one.end;
  const added = others.filter((other) => found.every((one) => !isOver(one, other) || isAround(other, one)));
  return [...found.filter((one) => !added.some((other) => isOver(one, other))), ...added];
}

/** The ranges in order, each that begins within one before it left out. */
function apart(ranges: Range[]): Range[] {
  let end = 0;
  return ranges
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((range) => {
      if (range.start < end) return false;
      end = range.end;
      return true;
    });
}

function without(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    parts.push(text.slice(at, start), BLANK.repeat(end - start));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

const SSN =
  /(?<![\p{L}\p{N}]|\d[-.])(?!000|666)\d{3}(?:([ -])(?!00)\d\d\1|(?!00)\d\d)(?!0000)\d{4}(?![\p{L}\p{N}]|[-.]\d)/gu;
const SSN_NAMES = vocabulary('ssn social_security tax_id taxid itin tin');

const SSN_AFTER = /^,? (?:is|was|as|being) (?:\w+ ){0,3}(?:ssn|social security)\b/i;

/** Of its own form with dashes; otherwise where it is called so. */
function findSsns(text: string, since: number): Range[] {
  return [...text.matchAll(SSN)]
    .filter(
      ({ 0: { length }, 1: separator, index }) =>
        index + length > since &&
        (separator === '-' ||
          isCalled(text, index, SSN_NAMES) ||
          SSN_AFTER.test(text.slice(index + length, index + length + 50))),
    )
    .map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}

function findCards(text: string, since: number): Range[] {
  return numbersOf(text).flatMap((number) => (number.end > since ? cardsIn(text, number) : []));
}

function findPhones(text: string, since: number): Range[] {
  const dateless = blankDates(text);
  return numbersOf(dateless).flatMap((number) => (number.end > since ? phonesIn(dateless, number) : []));
}
