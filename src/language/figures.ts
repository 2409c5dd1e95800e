import { ASCII } from './ascii.ts';
import { DAYS, MONTHS, MULTIPLES, NUMBERS, PHRASES, UNITS, WORK } from './figure-words.ts';

/**
 * A number in a text, with what it counts. `count` is the number as it is written, `value` the same in the unit's base: durations in `minute` or `month`, times of day in
 * minutes (`clock`), data in bytes, dates as month × 100 + day, weekdays 1 (Monday) to 7, money in its currency (`EUR`). `unit` is
 * empty for a bare number. A `code` is an identifier or a phone number: its letters and digits are `key`; else that is value and unit.
 */
export type Figure = { start: number; end: number; count: number; value: number; unit: string; key: string };

type Token = { start: number; end: number; text: string; lower: string; kind: 'number' | 'word' | 'code' | 'sign' };

/**
 * A code begins with a letter: what begins with a digit, such as 500GB or 9am, is a number and its unit. A mark is of a list: "1) this, 2) that".
 */
const TOKEN = new RegExp(
  [
    '((?<![\\p{L}\\d])(?!(?:EUR|USD|GBP|CHF)\\d)\\p{L}+(?:-\\p{L}+){0,3}-?\\d[\\p{L}\\d]*(?:-[\\p{L}\\d]+)*|\\d{4}-\\d{2}-\\d{2})',
    '(\\d{1,2}[:h]\\d{2}(?!\\d))',
    '((?:\\+|\\b1-)\\d[\\d ().-]{6,20}\\d)',
    '(?<=^|[\\s(])\\d\\)(?=\\s)',
    "(\\d+(?:[.,'’\\u00a0\\u202f]\\d+)*)",
    '(\\p{L}[\\p{L}\\p{M}]*)',
    '[€$£¥%°.–—-]',
  ].join('|'),
  'gu',
);

/** All figures of a text in their order, in the seven languages of the search. Numbers spelt as words are figures too. */
export function figuresIn(text: string): Figure[] {
  if (!mayHaveFigures(text)) return [];
  const tokens = tokensOf(text);
  const found: Figure[] = [];
  let at = 0;
  while (at < tokens.length) {
    const read = readAt(tokens, at);
    if (read === null) {
      at += 1;
      continue;
    }
    found.push(...read.figures);
    at = read.next;
  }
  return ranged(found, text);
}

/** Quick to see of a text of ASCII; true of any other. */
function mayHaveFigures(text: string): boolean {
  if (!ASCII.test(text) || /[\d$]/.test(text)) return true;
  return text.match(/[A-Za-z]+/g)?.some((word) => BEGINNINGS.has(word.toLowerCase())) ?? false;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  // Full-width digits and the like are read as what they look like; positions stay where nothing changes its length.
  const plain = text.normalize('NFKC');
  const normal = plain.length === text.length ? plain : text;
  for (const match of normal.matchAll(TOKEN)) {
    const [text, code, time, phone, number, word] = match;
    const kind =
      word !== undefined
        ? 'word'
        : (code ?? phone) !== undefined
          ? 'code'
          : (time ?? number) !== undefined
            ? 'number'
            : 'sign';
    const start = match.index;
    tokens.push({ start, end: start + text.length, text, lower: text.toLowerCase(), kind });
  }
  return tokens;
}

const CURRENCY: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' };
const CURRENCY_WORDS: ReadonlySet<string> = new Set(['eur', 'usd', 'gbp', 'chf', 'jpy']);

type Read = { figures: Figure[]; next: number };

/** The words and signs that a figure may begin with: most words are none. */
const BEGINNINGS: ReadonlySet<string> = new Set(
  [PHRASES, MONTHS, DAYS, NUMBERS]
    .flatMap((named) => [...named.keys()])
    .concat(...CURRENCY_WORDS, Object.keys(CURRENCY)),
);

function readAt(tokens: readonly Token[], at: number): Read | null {
  const token = tokens[at] as Token;
  if (token.kind === 'code') return { figures: codeOf(token), next: at + 1 };
  if (token.kind !== 'number' && !BEGINNINGS.has(token.lower)) return null;
  return phraseAt(tokens, at) ?? dateAt(tokens, at) ?? dayAt(tokens, at) ?? amountAt(tokens, at);
}

function codeOf({ text, start, end }: Token): Figure[] {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!iso) {
    const key = text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
    return [{ start, end, count: 0, value: 0, unit: 'code', key }];
  }
  const [, year, month, day] = iso.map(Number) as [number, number, number, number];
  return [figure({ start, end }, month * 100 + day, 'date'), figure({ start, end }, year, '')];
}

type Place = { start: number; end: number };

/** `factor`: what the number is multiplied with to be in the base of its unit. */
function figure({ start, end }: Place, count: number, unit: string, factor = 1): Figure {
  const value = Number((count * factor).toFixed(4));
  return { start, end, count, value, unit, key: `${value} ${unit}` };
}

/** What is a figure as a whole: "half an hour", "fortnight". */
function phraseAt(tokens: readonly Token[], at: number): Read | null {
  if (tokens[at]?.kind !== 'word') return null;
  for (const [words, value, unit] of PHRASES.get(tokens[at]?.lower ?? '') ?? []) {
    if (words.every((word, n) => tokens[at + n]?.lower === word)) {
      const next = at + words.length;
      return { figures: [figure(span(tokens, at, next), value, unit)], next };
    }
  }
  return null;
}

function span(tokens: readonly Token[], from: number, to: number): Place {
  return { start: tokens[from]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 };
}

/** "March 6", "6 March 2026", "6. März", "6 de marzo"; the year, where there is one, is a figure of its own. */
function dateAt(tokens: readonly Token[], at: number): Read | null {
  const month = MONTHS.get(tokens[at]?.lower ?? '');
  let next = at + 1;
  let parts: { month: number; day: number } | null = null;
  if (month !== undefined && /^\p{Lu}/u.test(tokens[at]?.text ?? '')) {
    if (tokens[next]?.text === '.') next += 1;
    const day = dayOfMonth(tokens[next]);
    if (day !== null) parts = { month, day };
    next += 1;
  } else {
    const day = dayOfMonth(tokens[at]);
    if (day === null) return null;
    while (/^(?:\.|de|of|st|nd|rd|th|er|º|ª)$/.test(tokens[next]?.lower ?? '')) next += 1;
    const named = MONTHS.get(tokens[next]?.lower ?? '');
    if (named !== undefined) parts = { month: named, day };
    next += 1;
  }
  if (parts === null) return null;
  const found = [figure(span(tokens, at, next), parts.month * 100 + parts.day, 'date')];
  while (
    /^(?:\.|de|st|nd|rd|th)$/.test(tokens[next]?.lower ?? '') &&
    /^(?:19|20)\d\d$/.test(tokens[next + 1]?.text ?? '')
  )
    next += 1;
  const year = tokens[next];
  if (year && /^(?:19|20)\d\d$/.test(year.text)) {
    found.push(figure(year, Number(year.text), ''));
    next += 1;
  }
  return { figures: found, next };
}

function dayOfMonth(token: Token | undefined): number | null {
  const day = token?.kind === 'number' && /^\d{1,2}$/.test(token.text) ? Number(token.text) : 0;
  return day >= 1 && day <= 31 ? day : null;
}

/** A weekday, or several from one to another. */
function dayAt(tokens: readonly Token[], at: number): Read | null {
  const first = DAYS.get(tokens[at]?.lower ?? '');
  if (first === undefined) return null;
  const link = tokens.slice(at + 1, at + 5).findIndex((token) => DAYS.has(token.lower));
  const between = tokens.slice(at + 1, at + 1 + Math.max(0, link));
  const last =
    link < 0 || !between.some(({ lower }) => TO.test(lower))
      ? first
      : (DAYS.get(tokens[at + 1 + link]?.lower ?? '') ?? first);
  const next = last === first ? at + 1 : at + 2 + link;
  const days = Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, n) => ((first + n - 1) % 7) + 1);
  return { figures: days.map((day) => figure(span(tokens, at, next), day, 'weekday')), next };
}

const TO = /^(?:to|through|thru|until|till|bis|a|al|à|au|até|ao|tot|[–—-])$/;
function amountAt(tokens: readonly Token[], at: number): Read | null {
  let from = at;
  const currency =
    CURRENCY[tokens[at]?.text ?? ''] ??
    (CURRENCY_WORDS.has(tokens[at]?.lower ?? '') ? tokens[at]?.lower.toUpperCase() : undefined);
  if (currency !== undefined) from += 1;
  const number = numberAt(tokens, from);
  if (number === null) return null;
  let { next } = number;
  const { value } = number;
  if (currency !== undefined) return { figures: [figure(span(tokens, at, next), value, currency)], next };
  const end = afterClock(tokens, next);
  if (number.clock || (end > next && value <= 24)) {
    const minutes = clockOf(number.clock ? value : value * 60, tokens[next]);
    return { figures: [figure(span(tokens, at, end), minutes, 'clock')], next: end };
  }
  if (tokens[next]?.text === '-') next += 1;
  const unit = unitAt(tokens, next);
  if (unit !== null)
    return { figures: [figure(span(tokens, at, unit.next), value, unit.unit, unit.factor)], next: unit.next };
  if (!number.sure) return null;
  return { figures: [figure(span(tokens, at, number.next), value, '')], next: number.next };
}

function clockOf(minutes: number, mark: Token | undefined): number {
  if (/^pm?$/.test(mark?.lower ?? '')) return (minutes % 720) + 720;
  return /^am$/.test(mark?.lower ?? '') ? minutes % 720 : minutes;
}

/** Behind "AM", "a.m." or "Uhr", where that stands there: an "a" alone is a word. */
function afterClock(tokens: readonly Token[], at: number): number {
  const mark = tokens[at]?.lower ?? '';
  if (/^(?:am|pm|uhr)$/.test(mark)) return at + 1;
  return /^[ap]$/.test(mark) && tokens[at + 1]?.text === '.' && tokens[at + 2]?.lower === 'm' ? at + 3 : at;
}

type Counted = { value: number; next: number; clock: boolean; sure: boolean };

/** `sure`: a number even where no unit follows. */
function numberAt(tokens: readonly Token[], at: number): Counted | null {
  const token = tokens[at];
  if (token?.kind === 'number') {
    const time = /^(\d{1,2})[:h](\d{2})$/.exec(token.text);
    if (time) return { value: Number(time[1]) * 60 + Number(time[2]), next: at + 1, clock: true, sure: true };
    const multiple = MULTIPLES.get(tokens[at + 1]?.lower ?? '');
    const value = digitsOf(token.text) * (multiple ?? 1);
    return { value, next: at + (multiple === undefined ? 1 : 2), clock: false, sure: true };
  }
  return token?.kind === 'word' ? wordsAt(tokens, at) : null;
}

/** "twenty-five", "two hundred and fifty". */
function wordsAt(tokens: readonly Token[], at: number): Counted | null {
  let [total, group, next, sure] = [0, 0, at, false];
  for (;;) {
    const lower = tokens[next]?.lower ?? '';
    const small = NUMBERS.get(lower);
    const multiple = group > 0 || total > 0 ? MULTIPLES.get(lower) : undefined;
    if (small !== undefined && (group === 0 || group % 100 === 0 || (group % 10 === 0 && small.value < 10))) {
      group += small.value;
      sure ||= small.sure;
    } else if (multiple !== undefined && lower.length > 1) {
      group *= multiple;
      sure = true;
      if (multiple >= 1_000) [total, group] = [total + group, 0];
    } else break;
    next += 1;
    const joins =
      /^(?:-|and|y|e|et|und|en)$/.test(tokens[next]?.lower ?? '') && NUMBERS.has(tokens[next + 1]?.lower ?? '');
    if (joins && (group >= 20 || total > 0)) next += 1;
  }
  return next === at ? null : { value: total + group, next, clock: false, sure };
}

/** 1,240.50 and 1.240,50 are one number; a single separator is of thousands where three digits follow it. */
function digitsOf(text: string): number {
  const decimals = (/[.,](\d{1,2}|\d{4,})$/.exec(text) ?? /^0[.,](\d+)$/.exec(text))?.[1] ?? '';
  const whole = text.slice(0, decimals === '' ? undefined : -decimals.length - 1).replace(/\D/g, '');
  return Number(`${whole}.${decimals}`);
}

function unitAt(tokens: readonly Token[], at: number): { unit: string; factor: number; next: number } | null {
  const sign = CURRENCY[tokens[at]?.text ?? ''];
  if (sign !== undefined) return { unit: sign, factor: 1, next: at + 1 };
  if (tokens[at]?.text === '%') return { unit: '%', factor: 1, next: at + 1 };
  if (tokens[at]?.text === '°') return { unit: '°', factor: 1, next: at + 1 };
  const works = WORK.before.has(tokens[at]?.lower ?? '');
  const skipped = works || SKIPPED.test(tokens[at]?.lower ?? '') ? at + 1 : at;
  const two = UNITS.get(`${tokens[skipped]?.lower} ${tokens[skipped + 1]?.lower}`);
  const one = two ?? UNITS.get(tokens[skipped]?.lower ?? '');
  if (one === undefined) return null;
  let next = skipped + (two ? 2 : 1);
  const worksAfter = WORK.after.has(tokens[next]?.lower ?? '');
  if (worksAfter) next += 1;
  const isDay = one.unit === 'minute' && one.factor === 1_440;
  return (works || worksAfter) && isDay ? { unit: 'workday', factor: 1, next } : { ...one, next };
}

const SKIPPED =
  /^(?:us|full|calendar|consecutive|whole|further|more|additional|other|extra|weitere|volle|ganze|autres|otros|altri|outros)$/;

/** What stands between the numbers of a range: the first has the unit of the second. */
const LINK = /^\s*(?:to|and|or|bis|und|oder|a|à|y|o|e|et|ou|até|tot|en|of|–|—|-)\s*$/;

function ranged(figures: Figure[], text: string): Figure[] {
  for (let at = figures.length - 2; at >= 0; at--) {
    const [one, other] = [figures[at], figures[at + 1]] as [Figure, Figure];
    if (one.unit !== '' || ['', 'code', 'date', 'weekday'].includes(other.unit)) continue;
    if (!LINK.test(text.slice(one.end, other.start))) continue;
    figures[at] = figure(one, one.count, other.unit, other.unit === 'clock' ? 60 : other.value / other.count);
  }
  return figures;
}
