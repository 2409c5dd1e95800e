import { DAYS as NAMES_OF_DAYS, MONTHS as NAMES_OF_MONTHS } from '../../../language/figure-words.ts';
import { foldWord } from '../../fold.ts';
import { textAt } from './bounds.ts';
import type { Figure } from './figures.ts';
import { numberAt } from './numbers.ts';
import type { Token } from './tokens.ts';

/** As tokens have the words: without marks. `dez` is ten in Portuguese, and counts here where a date can stand only. */
const MONTHS = folded(NAMES_OF_MONTHS).set('dez', 12);
/** One of each: `Monday to Friday` are hours, but not `Saturdays and Sundays`. */
const WEEKDAYS = folded(
  new Map([...NAMES_OF_DAYS].filter(([name]) => !(name.endsWith('s') && NAMES_OF_DAYS.has(name.slice(0, -1))))),
);

function folded(names: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...names].map(([name, at]) => [foldWord(name), at] as const));
}

/** Before `-feira`, from Monday on. */
const FEIRAS = ['segunda', 'terca', 'quarta', 'quinta', 'sexta'];
/** Months that are words as well count only beside a day or a preposition. */
const AFTER: ReadonlySet<string> = new Set(
  'by in to until till before after between since end of from on im bis ab ende am en hasta desde para antes finales avant fin jusqu jusque em ate entro di fine per in voor eind tegen'.split(
    ' ',
  ),
);
const NEAR: ReadonlyMap<string, string> = new Map(
  [
    ["today heute hoy aujourd'hui hoje oggi vandaag", 'today'],
    ['tonight', 'tonight'],
    ['tomorrow morgen manana demain amanha domani', 'tomorrow'],
    ['overnight', 'overnight'],
    ['midnight mitternacht medianoche minuit mezzanotte middernacht', 'time 0'],
    ['noon mittag mediodia midi mezzogiorno', 'time 720'],
    [
      'immediately immediate instantly instant sofort inmediatamente immediatement imediatamente immediatamente onmiddellijk',
      'at once',
    ],
  ].flatMap(([words = '', key = '']) => words.split(' ').map((word) => [word, key] as const)),
);
const UNTIL: ReadonlySet<string> = new Set(['until', 'till', 'to', 'by', 'on', 'before']);
const STREET = /^(?:street|st|road|rd|avenue|ave|lane|square|court|drive)$/;
const PERIOD = /^(?:day|week|month|year|quarter|weekend|business|morning)$/;

/** The day of the week that a word names, from Monday, 1, on; null for none. */
export function weekdayOf(word: string): number | null {
  return WEEKDAYS.get(word) ?? WEEKDAYS.get(word.replace(/s$/, '')) ?? null;
}

/** As lists of hours have the days: `Mon–Fri 9–18`. */
const SHORT =
  /\b(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b(?=\.?,? ?(?:[-–&:+]|to |and |\d|(?:mon|tue|wed|thu|fri|sat|sun)))|(?<=(?:[-–&+]|to|and) ?)(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b/g;
const LONG: ReadonlyMap<string, string> = new Map(
  'monday tuesday wednesday thursday friday saturday sunday'.split(' ').map((day) => [day.slice(0, 3), day]),
);

/** A plain text with its days of the week in full. */
export function withFullDays(text: string): string {
  return text.replace(SHORT, (short) => LONG.get(short.slice(0, 3)) ?? short);
}

/** Dates that need not be about anything: days of the week, and words that count from now, need something to happen then. */
export const NEAR_DATE = 100;

/** True for a word that may begin a date. */
export function isDateWord(word: string): boolean {
  return (
    MONTHS.has(word) ||
    FEIRAS.includes(word) ||
    NEAR.has(word) ||
    WEEKDAYS.has(word.replace(/s$/, '')) ||
    WEEKDAYS.has(word) ||
    /^(?:right|straight|at|same|next|following|end|between|this|day|veille|vispera|vortag)$/.test(word)
  );
}

type Found = { figures: Figure[]; to: number };

/** The date that begins with this token; null where none does. Its value is `month * 31 + day`, or a key for days near now. */
export function dateAt(tokens: readonly Token[], at: number): Found | null {
  const token = tokens[at] as Token;
  if (token.kind === 'sign') return null;
  const hour = hourInWords(tokens, at);
  if (hour) return hour;
  return token.kind === 'numeral' ? dateOfDigits(tokens, at) : (dateOfWords(tokens, at) ?? nearDate(tokens, at));
}

function date(tokens: readonly Token[], at: number, to: number, unit: string): Found {
  const [start, end] = [(tokens[at] as Token).start, (tokens[to - 1] as Token).end];
  const years = [tokens[at]?.text, tokens[to - 1]?.text];
  const per = years.find((year) => year !== undefined && /^(?:19|20)\d\d$/.test(year)) ?? null;
  return { figures: [{ kind: 'date', value: 0, unit, bound: 'exact', per, start, end }], to };
}

/** The first and the last day of a span. */
function days(tokens: readonly Token[], at: number, to: number, units: readonly string[]): Found {
  return { figures: units.flatMap((unit) => date(tokens, at, to, unit).figures), to };
}

const RANGE = /^(?:-|–|to|through|until|bis|au|al|ate|tot|a)$/;
const key = (month: number, day: number) => `${month}-${day}`;

/** `3 pm`, `10:30`, `14 Uhr`; none where it begins or ends opening hours. */
function timeOfDay(tokens: readonly Token[], at: number): Found | null {
  const text = (index: number) => tokens[index]?.text ?? '';
  // The number of a code is no hour: `code SPRING15: 15%`.
  if (tokens[at - 1]?.kind === 'word' && tokens[at - 1]?.end === tokens[at]?.start) return null;
  const behindIt = /^[ap]$/.test(text(at + 1)) ? [1, 2, 3].map((step) => text(at + step)).join('') : text(at + 1);
  const dotted = DOTTED_BEFORE.test(behindIt) ? /^([01]?\d|2[0-4])\.([0-5]\d)$/.exec(text(at)) : null;
  if (dotted) {
    const hour = /^u/.test(behindIt)
      ? Number(dotted[1])
      : (Number(dotted[1]) % 12) + (behindIt.startsWith('p') ? 12 : 0);
    return near(tokens, at, /^[ap]$/.test(text(at + 1)) ? at + 4 : at + 2, `time ${hour * 60 + Number(dotted[2])}`);
  }
  const [hour, isSplit] = [Number(text(at)), text(at + 1) === ':' && /^\d\d$/.test(text(at + 2))];
  const next = isSplit ? at + 3 : at + 1;
  const behind = text(next);
  const isDotted = /^[ap]$/.test(behind) && text(next + 1) === '.' && text(next + 2) === 'm';
  const half = isDotted ? `${behind}m` : /^(?:am|pm)$/.test(behind) ? behind : null;
  if (!(hour >= 0 && hour <= 24) || !(half || isSplit || /^(?:uhr|o'clock)$/.test(behind))) return null;
  const minutes = ((half ? hour % 12 : hour) + (half === 'pm' ? 12 : 0)) * 60 + (isSplit ? Number(text(at + 2)) : 0);
  // `7:50` may be in the evening.
  const unit = half || hour >= 12 || hour === 0 ? `time ${minutes}` : `time ${minutes}|time ${minutes + 720}`;
  return near(tokens, at, next + (isDotted ? (text(next + 3) === '.' ? 4 : 3) : half ? 1 : 0), unit);
}

const DOTTED_BEFORE = /^(?:uhr|uur|[ap]\.?m)$/;

/** Before a year: its last day. */
function isEnd(tokens: readonly Token[], at: number): boolean {
  const [before, first] = [tokens[at - 1]?.text ?? '', tokens[at - 2]?.text ?? ''];
  return END.test(/^(?:of|de|di)$/.test(before) ? first : before);
}

const END = /^(?:end|ende|fin|fim|fine|final|finales|eind)$/;

function dateOfDigits(tokens: readonly Token[], at: number): Found | null {
  if (/^20\d\d$/.test(tokens[at]?.text ?? '') && !/^[-/]$/.test(tokens[at + 1]?.text ?? '') && isEnd(tokens, at))
    return date(tokens, at, at + 1, key(12, 31));
  const time = timeOfDay(tokens, at);
  if (time) return time;
  const text = tokens[at]?.text ?? '';
  const touching = (index: number) => tokens[index]?.start === tokens[index - 1]?.end;
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})?$/.exec(text);
  if (dotted) return numeric(tokens, at, at + 1, [Number(dotted[1]), Number(dotted[2])]);
  const sign = tokens[at + 1]?.text ?? '';
  const parts = [0, 2, 4].map((step) => Number(tokens[at + step]?.text ?? Number.NaN));
  const [first = 0, second = 0, third = 0] = parts;
  if (/^[/.-]$/.test(sign) && touching(at + 1) && touching(at + 2)) {
    const whole = tokens[at + 3]?.text === sign && touching(at + 3) && touching(at + 4) && Number.isInteger(third);
    if (whole && first > 1_900 && second <= 12) return date(tokens, at, at + 5, key(second, third));
    if (whole && sign !== '.') return numeric(tokens, at, at + 5, [first, second]);
    if (sign === '/' && AFTER.has(tokens[at - 1]?.text ?? '')) return numeric(tokens, at, at + 3, [first, second]);
  }
  const day = Number(text);
  if (!(Number.isInteger(day) && day >= 1 && day <= 31)) return null;
  // `20 to 27 November`
  const joint = behindOrdinal(tokens, at + 1);
  const last = RANGE.test(tokens[joint]?.text ?? '') ? Number(tokens[joint + 1]?.text) : Number.NaN;
  const lastAt = behindOrdinal(tokens, joint + 2);
  const lastMonth = last > day && last <= 31 ? MONTHS.get(tokens[lastAt]?.text ?? '') : undefined;
  if (lastMonth !== undefined)
    return days(tokens, at, yearFrom(tokens, lastAt + 1), [key(lastMonth, day), key(lastMonth, last)]);
  let to = at + 1;
  while (to < at + 4 && /^(?:st|nd|rd|th|er|\.|de|di|of|do|le|o|º|ª)$/.test(tokens[to]?.text ?? '')) to += 1;
  const month = MONTHS.get(tokens[to]?.text ?? '');
  if (month !== undefined && STREET.test(tokens[to + 1]?.text ?? '')) return null;
  if (month !== undefined) return date(tokens, at, yearFrom(tokens, to + 1), key(month, day));
  const ordinal = /^(?:st|nd|rd|th)$/.test(tokens[at + 1]?.text ?? '') && tokens[at - 1]?.text === 'the';
  return ordinal && AFTER.has(tokens[at - 2]?.text ?? '') ? date(tokens, at, at + 2, `day ${day}`) : null;
}

/** Behind the letters of an ordinal: `3rd to 9th January`. */
function behindOrdinal(tokens: readonly Token[], at: number): number {
  return /^(?:st|nd|rd|th)$/.test(tokens[at]?.text ?? '') ? at + 1 : at;
}

/** Either may be the month where both could be. */
function numeric(tokens: readonly Token[], at: number, to: number, [one, other]: [number, number]): Found | null {
  if (one < 1 || other < 1 || one > 31 || other > 31 || (one > 12 && other > 12)) return null;
  if (one > 12) return date(tokens, at, to, key(other, one));
  if (other > 12) return date(tokens, at, to, key(one, other));
  return date(tokens, at, to, one === other ? key(one, one) : `${key(one, other)}|${key(other, one)}`);
}

function dateOfWords(tokens: readonly Token[], at: number): Found | null {
  const word = tokens[at]?.text ?? '';
  const month = MONTHS.get(word);
  if (month === undefined) return spelledDay(tokens, at);
  const next = tokens[at + 1];
  const of = next?.text === 'the' ? tokens[at + 2] : next;
  const day = of?.kind === 'numeral' ? Number(of.text) : Number.NaN;
  const dayTo = of === next ? at + 2 : at + 3;
  const hasUnit = /^(?:%|percent|days?|hours?|weeks?|months?|years?|-|to|business|working)$/.test(
    tokens[dayTo]?.text ?? '',
  );
  if (Number.isInteger(day) && day >= 1 && day <= 31 && !(hasUnit && /^(?:may|mar|march)$/.test(word))) {
    const to = /^(?:st|nd|rd|th)$/.test(tokens[dayTo]?.text ?? '') ? dayTo + 1 : dayTo;
    // `November 20-27`
    const last = RANGE.test(tokens[to]?.text ?? '') ? Number(tokens[to + 1]?.text) : Number.NaN;
    if (last > day && last <= 31)
      return days(tokens, at, yearFrom(tokens, to + 2), [key(month, day), key(month, last)]);
    return date(tokens, at, yearFrom(tokens, to), key(month, day));
  }
  if (word.length < 4 && word !== 'may' && word !== 'mai' && word !== 'mei') return null;
  const before = tokens[at - 1]?.text ?? '';
  // `Orders from 50 euros on may be split` names no month.
  const isOfYear = yearFrom(tokens, at + 1) > at + 1;
  if (!(AFTER.has(before) || isOfYear) || ((word === 'may' || word === 'march') && /^(?:on|to)$/.test(before)))
    return null;
  if (isEnd(tokens, at)) return date(tokens, at, yearFrom(tokens, at + 1), lastOf(month));
  return date(tokens, at, yearFrom(tokens, at + 1), `${month}-`);
}

/** The last day of a month, as `key` has it. */
function lastOf(month: number): string {
  if (month === 2) return `${key(2, 28)}|${key(2, 29)}`;
  return key(month, [4, 6, 9, 11].includes(month) ? 30 : 31);
}

/** `the twelfth` is left out; `twelve March` and `doce de marzo` are dates. */
function spelledDay(tokens: readonly Token[], at: number): Found | null {
  const number = numberAt(tokens, at);
  if (!number || number.value < 1 || number.value > 31) return null;
  const to = /^(?:de|di|of)$/.test(tokens[number.to]?.text ?? '') ? number.to + 1 : number.to;
  const month = MONTHS.get(tokens[to]?.text ?? '');
  if (month === undefined || ['may', 'mar'].includes(tokens[to]?.text ?? '')) return null;
  // `due June 15` is English.
  if (
    tokens[at]?.text === 'due' &&
    !/^(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)$/.test(
      tokens[to]?.text ?? '',
    )
  )
    return null;
  return date(tokens, at, yearFrom(tokens, to + 1), key(month, number.value));
}

function yearFrom(tokens: readonly Token[], at: number): number {
  const from = /^(?:,|de|del)$/.test(tokens[at]?.text ?? '') ? at + 1 : at;
  return /^(?:19|20)\d\d$/.test(tokens[from]?.text ?? '') ? from + 1 : at;
}

function nearDate(tokens: readonly Token[], at: number): Found | null {
  const word = tokens[at]?.text ?? '';
  const text = (index: number) => tokens[index]?.text ?? '';
  const weekday = weekdayOf(word);
  if (weekday !== null) {
    // Opening hours are from one day to another.
    const joint = /^(?:to|-|–|through|bis|a|au|ate|tot|and|y|et|und|e|en|,)$/;
    if (joint.test(text(at + 1)) && WEEKDAYS.has(text(at + 2))) return { figures: [], to: at + 3 };
    return near(tokens, at, at + 1, `weekday ${weekday}`);
  }
  const feira = text(at + 1) === '-' && text(at + 2) === 'feira' ? FEIRAS.indexOf(word) : -1;
  if (feira >= 0) return near(tokens, at, at + 3, `weekday ${feira + 1}`);
  // `half past midnight`
  if (text(at - 1) === 'past') return null;
  const known = NEAR.get(word);
  if (known === 'tomorrow' && word === 'morgen' && /^(?:guten|guter|goede)$/.test(text(at - 1))) return null;
  if (known !== undefined) return near(tokens, at, at + 1, known);
  const isNow =
    (/^(?:right|straight)$/.test(word) && text(at + 1) === 'away') || (word === 'at' && text(at + 1) === 'once');
  if (isNow) return near(tokens, at, at + 2, 'at once');
  if (word === 'following' && PERIOD.test(text(at + 1))) return near(tokens, at, at + 2, `next ${text(at + 1)}`);
  if (word === 'same' || word === 'next') {
    const to = text(at + 1) === '-' ? at + 2 : at + 1;
    if (/^(?:business|working)$/.test(text(to)) && /^days?$/.test(text(to + 1))) {
      return word === 'next' ? duration(tokens, at, to + 2, 'working day', 1) : near(tokens, at, to + 2, 'same day');
    }
    if (!PERIOD.test(text(to))) return null;
    return near(tokens, at, to + 1, `${word} ${text(to)}`);
  }
  // A day before what it is said of, and the day itself.
  if (word === 'day' && text(at - 1) === 'the' && UNTIL.has(text(at - 2))) {
    if (text(at + 1) === 'before') return duration(tokens, at, at + 2, 'minute', 1_440);
    if (text(at + 1) === 'of' || text(at + 1) === 'you') return near(tokens, at, at + 1, 'the day');
  }
  if (/^(?:veille|vispera|vortag)$/.test(word)) return duration(tokens, at, at + 1, 'minute', 1_440);
  if (word === 'between') return hoursBetween(tokens, at);
  if (word === 'end' && text(at + 1) === 'of') {
    const to = /^(?:the|this|next)$/.test(text(at + 2)) ? at + 3 : at + 2;
    return PERIOD.test(text(to))
      ? near(tokens, at, to + 1, `end of ${text(at + 2) === 'next' ? 'next ' : ''}${text(to)}`)
      : null;
  }
  if (word === 'this' && /^(?:week|month|year|weekend|afternoon|evening)$/.test(text(at + 1)))
    return near(tokens, at, at + 2, `this ${text(at + 1)}`);
  return null;
}

/** `four in the morning`, `half past two in the afternoon`, `ten at night` */
function hourInWords(tokens: readonly Token[], at: number): Found | null {
  const next = tokens[at + 1]?.text;
  const hour = next === 'in' || next === 'at' ? numberAt(tokens, at) : null;
  if (!hour || hour.to !== at + 1 || !Number.isInteger(hour.value) || hour.value < 1 || hour.value > 12) return null;
  const behind = textAt(tokens, hour.to, 3);
  const half = IN_THE.exec(behind)?.[1] ?? (/^at night\b/.test(behind) ? 'night' : null);
  const [lead, part] = [tokens[at - 1]?.text ?? '', tokens[at - 2]?.text ?? ''];
  const past = MINUTES_PAST.get(`${part} ${lead}`) ?? 0;
  if (half === null || /^(?:of|for|past)$/.test(past === 0 ? lead : '')) return null;
  const isEarly = half === 'morning' || (half === 'night' && (hour.value < 6 || hour.value === 12));
  const minutes = 60 * ((hour.value % 12) + (isEarly ? 0 : 12)) + past;
  return near(tokens, at, hour.to + (half === 'night' ? 2 : 3), `time ${minutes}`);
}

const MINUTES_PAST: ReadonlyMap<string, number> = new Map([
  ['half past', 30],
  ['quarter past', 15],
  ['quarter to', -15],
]);

/** `between eight and ten in the morning`, `between 8 and 10 on Thursday` */
function hoursBetween(tokens: readonly Token[], at: number): Found | null {
  const one = numberAt(tokens, at + 1);
  if (!one || tokens[one.to]?.text !== 'and') return null;
  const other = numberAt(tokens, one.to + 1);
  const behind = other ? textAt(tokens, other.to, 3) : '';
  const [, half] = IN_THE.exec(behind) ?? [];
  const isHour = ({ value }: { value: number }) => Number.isInteger(value) && value >= 1 && value <= 12;
  if (!other || !isHour(one) || !isHour(other) || !(half || ON_DAY.test(behind))) return null;
  const to = half ? other.to + 3 : other.to;
  const figures = [one, other].flatMap(({ value }) => {
    const [early, late] = [60 * (value % 12), 60 * ((value % 12) + 12)];
    const unit = half === undefined ? `time ${early}|time ${late}` : `time ${half === 'morning' ? early : late}`;
    return near(tokens, at, to, unit).figures;
  });
  return { figures, to };
}

const IN_THE = /^in the (morning|afternoon|evening)/;
const ON_DAY = /^(?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:today|tomorrow)\b|o'clock)/;

function near(tokens: readonly Token[], at: number, to: number, unit: string): Found {
  const found = date(tokens, at, to, unit);
  return { ...found, figures: found.figures.map((figure) => ({ ...figure, value: NEAR_DATE })) };
}

function duration(tokens: readonly Token[], at: number, to: number, unit: string, value: number): Found {
  const found = date(tokens, at, to, unit);
  return { ...found, figures: found.figures.map((figure) => ({ ...figure, kind: 'duration' as const, value })) };
}
