import type { Source } from '../../../agent/guard.ts';
import { BySource } from '../../by-source.ts';
import type { Figure } from '../reading/figures.ts';
import { figuresIn, type Operands, type Reckoned } from './operands.ts';

const DAY = 86_400_000;
/** Any year: which one only matters in leap years. */
const SOME_YEAR = 2_025;
/** So many times and dates are tried; no promise reaches further. */
const TRIED = { spans: 6, dates: 24 };
const LONGEST_DAYS = 36_525;

/** A day or an hour so long after or before another: of the answer, or of what a tool gave back; null where it is none. */
export function laterOrEarlier(figure: Figure, answer: Operands): Reckoned | null {
  const others = answer.beside(figure);
  const said = others.flatMap((one): Span[] => {
    const source = one.kind === 'duration' ? answer.known(one) : null;
    return source ? [{ ...one, source }] : [];
  });
  const told = [...said, ...spansOf(answer.sources)];
  const [first, second] = said;
  // `three years on top of the two-year warranty`
  const isSum = first && second && first.unit === second.unit && said.length === 2;
  const sum = isSum ? { ...first, value: first.value + second.value } : null;
  const spans = sum ? [...told, sum] : told;
  const tools = answer.sources.filter(({ kind }) => kind === 'tool');
  const dates = [
    ...others.filter(({ kind }) => kind === 'date'),
    ...answer.said.filter(({ kind }) => kind === 'date').slice(-TRIED.spans),
    ...tools.flatMap((source) => figuresIn(source, 'date')),
  ].slice(0, TRIED.dates);
  for (const span of spans.slice(0, 2 * TRIED.spans))
    for (const from of dates)
      if (isReached(figure, from, span)) return { source: span.source, of: [...(span === sum ? said : [span]), from] };
  return null;
}

/** Dates and times from which another is counted. */
export type Given = { dates: readonly Figure[]; spans: readonly Figure[] };

/**
 * Whether a date is one of those given and a time later or earlier, or a time lies between two of the dates, or is what two of the times
 * come to, or differ by; one of each two is from the `sources`.
 */
export function isCounted(figure: Figure, sources: Given, others: Given): boolean {
  const [dates, spans] = [sources.dates.slice(0, TRIED.dates), sources.spans.slice(0, TRIED.dates)];
  const allDates = [...others.dates.slice(-TRIED.spans), ...dates];
  const allSpans = [...others.spans.slice(-TRIED.spans), ...spans];
  if (figure.kind === 'date') {
    const isFrom = (from: readonly Figure[], within: readonly Figure[]) =>
      from.some((date) => within.some((span) => isReached(figure, date, span)));
    return isFrom(allDates, spans) || isFrom(dates, allSpans);
  }
  if (figure.kind !== 'duration') return false;
  const alike = (span: Figure) => span.unit === figure.unit;
  const isOfTwo = (one: Figure, other: Figure) =>
    one !== other && (one.value + other.value === figure.value || Math.abs(one.value - other.value) === figure.value);
  if (spans.filter(alike).some((one) => allSpans.filter(alike).some((other) => isOfTwo(one, other)))) return true;
  return dates.some((one) => allDates.some((other) => isApart(one, other, figure)));
}

/**
 * Whether a time lies between two of some dates, `isAbout` to a twentieth, or so many days and between two hours: 26 of them from six to
 * eight the day after.
 */
export function daysBetween(figure: Figure, dates: readonly Figure[], isAbout = false): boolean {
  const { unit, value } = figure;
  const within = isAbout ? 0.05 : 0;
  const few = dates.filter(({ kind }) => kind === 'date').slice(-TRIED.spans);
  const hours = few.flatMap(timesOf);
  const isBetween = (one: number, other: number) => value >= other - one && (value - (other - one)) % 1_440 === 0;
  return (
    (unit === 'minute' || (unit === 'month' && isAbout)) &&
    (few.some((one) => few.some((other) => one !== other && isApart(one, other, figure, within))) ||
      (value <= 7 * 1_440 && hours.some((one) => hours.some((other) => one !== other && isBetween(one, other)))))
  );
}

/**
 * Whether a time lies between two dates: whole days, `within` a part of them more or less, or full months, the last day included; or
 * between two hours of a day.
 */
export function isApart(one: Figure, other: Figure, { unit, value }: Figure, within = 0): boolean {
  if (unit === 'minute' && timesOf(one).some((from) => timesOf(other).some((to) => to - from === value))) return true;
  const isIt = (from: Date, to: Date) => {
    const apart = Math.abs(to.getTime() - from.getTime()) / DAY;
    if (unit === 'month' && within > 0) return Math.abs(apart / DAYS_OF_MONTH - value) <= ABOUT_MONTHS;
    if (unit === 'month') return value > 0 && (from < to ? monthsBetween(from, to) : monthsBetween(to, from)) === value;
    const days = value / 1_440;
    return unit === 'minute' && apart > 0 && Math.abs(apart - days) <= within * days;
  };
  const isOfYears = one.per !== null && other.per !== null;
  // Where a year is not said, the dates are of the same or of two that follow.
  const inYears = isOfYears ? [0] : [0, -1, 1];
  const year = Number(one.per ?? other.per) || SOME_YEAR;
  return daysOf(one, undefined, year).some((from) =>
    daysOf(other, undefined, year).some((to) => inYears.some((by) => isIt(from, moved(to, 'month', 12 * by)))),
  );
}

const DAYS_OF_MONTH = 365.25 / 12;
/** About two months may be so much more or less. */
const ABOUT_MONTHS = 0.25;

/** Full months from one day to another, which is the last of them. */
function monthsBetween(from: Date, to: Date): number {
  const end = new Date(to.getTime() + DAY);
  const months = 12 * (end.getUTCFullYear() - from.getUTCFullYear()) + end.getUTCMonth() - from.getUTCMonth();
  return moved(from, 'month', months) > end ? months - 1 : months;
}

/** A time that a source gives. */
type Span = Figure & { source: Source };

/** The times that passages give. */
function spansOf(sources: readonly Source[]): Span[] {
  const passages = sources.filter(({ kind }) => kind === 'passage');
  return passages
    .flatMap((source) =>
      [...figuresIn(source, 'duration'), ...figuresIn(source, 'measure').flatMap(nightsOf)].map((span) => ({
        ...span,
        source,
      })),
    )
    .slice(0, TRIED.spans);
}

/** Nights as a time. */
function nightsOf(figure: Figure): Figure[] {
  return figure.unit === 'night' ? [{ ...figure, kind: 'duration', unit: 'minute', value: 1_440 * figure.value }] : [];
}

/** Whether a date is another and a time later or earlier. */
export function isReached(figure: Figure, from: Figure, { unit, value }: Figure): boolean {
  const days = unit === 'working day' ? value : unit === 'month' ? 31 * value : value / 1_440;
  if (!(days <= LONGEST_DAYS)) return false;
  // `Seven days before the 15th`
  const [day, other] = [figure, from].map((one) => Number(/^day (\d+)$/.exec(one.unit)?.[1]));
  if (day && other && unit === 'minute') return Math.abs(day - other) === days;
  const weekday = weekdayOf(from);
  if (weekday !== null)
    return [1, -1].some((sign) => weekdayOf(figure) === steppedBy(weekday, sign * days, unit === 'working day'));
  const hours = timesOf(from);
  if (hours.length > 0 && unit === 'minute')
    return timesOf(figure).some((own) =>
      hours.some((hour) => [1, -1].some((sign) => (own - hour + sign * value) % 1_440 === 0)),
    );
  return daysOf(from, [1, 31]).some((day) =>
    [1, -1].some((sign) => reachedFrom(day, unit, sign * value).some((to) => isOn(figure, to, from.per === null))),
  );
}

/** A month after the last day of one is the last day of the next, or the same day. */
function reachedFrom(day: Date, unit: string, by: number): Date[] {
  const to = moved(day, unit, by);
  return unit === 'month' && isLast(day) ? [to, lastOfMonth(to)] : [to];
}

function lastOfMonth(day: Date): Date {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0));
}

function isLast(day: Date): boolean {
  return lastOfMonth(day).getTime() === day.getTime();
}

/** Whether a date is a day; of a month alone, that month of its year. */
function isOn(figure: Figure, day: Date, ofAnyYear: boolean): boolean {
  const isOfYear = figure.per === null || Number(figure.per) === day.getUTCFullYear();
  const month = /^(\d{1,2})-$/.exec(figure.unit)?.[1];
  if (month !== undefined) return figure.per !== null && isOfYear && Number(month) === day.getUTCMonth() + 1;
  return daysOf(figure).some(
    (own) =>
      own.getUTCMonth() === day.getUTCMonth() && own.getUTCDate() === day.getUTCDate() && (isOfYear || ofAnyYear),
  );
}

/** The days that a date may be; none for one without a day or month. `ofMonth`: what a month alone stands for, its first day, or 31, its last. */
function daysOf({ unit, per }: Figure, ofMonth: readonly number[] = [1], year = SOME_YEAR): Date[] {
  return unit.split('|').flatMap((key) => {
    const [, month, day] = /^(\d{1,2})-(\d{0,2})$/.exec(key) ?? [];
    if (month === undefined) return [];
    const of = (day: number) => new Date(Date.UTC(Number(per) || year, Number(month) - 1, day));
    return day ? [of(Number(day))] : ofMonth.map((one) => (one === 1 ? of(1) : lastOfMonth(of(1))));
  });
}

function moved(day: Date, unit: string, by: number): Date {
  const to = new Date(day);
  if (unit === 'month') to.setUTCMonth(to.getUTCMonth() + by);
  else if (unit === 'minute') to.setTime(day.getTime() + Math.trunc(by / 1_440) * DAY);
  else
    for (let left = Math.min(Math.abs(by), 366); left > 0; left -= isWorkday(to) ? 1 : 0)
      to.setTime(to.getTime() + Math.sign(by) * DAY);
  return to;
}

function isWorkday(day: Date): boolean {
  return day.getUTCDay() % 6 !== 0;
}

/** The minutes of a day that an hour may be. */
function timesOf({ unit }: Figure): number[] {
  return unit.split('|').flatMap((key) => (key.startsWith('time ') ? [Number(key.slice(5))] : []));
}

function weekdayOf({ unit }: Figure): number | null {
  return unit.startsWith('weekday ') ? Number(unit.slice(8)) : null;
}

/** From Monday, 1, to Sunday, 7; 0 where the steps are no whole days, or too many to be told by a day of the week. */
function steppedBy(weekday: number, steps: number, isWorking: boolean): number {
  if (!Number.isInteger(steps) || Math.abs(steps) > 14) return 0;
  let at = weekday;
  for (let left = Math.abs(steps); left > 0; ) {
    at = ((at - 1 + Math.sign(steps) + 7) % 7) + 1;
    if (!isWorking || at < 6) left -= 1;
  }
  return at;
}

/** Minutes between the hours that a tool's result has of what was planned and what was: `14:10` and `15:20`. */
function hoursApart(source: Source): ReadonlySet<number> {
  return APART.get(source, () => {
    const hours = figuresIn(source, 'date')
      .filter(({ unit }) => unit.startsWith('time '))
      .slice(0, TRIED.spans)
      .map((hour) => timesOf(hour)[0] ?? 0);
    return new Set(hours.flatMap((one) => hours.map((other) => other - one)).filter((minutes) => minutes > 0));
  });
}

/** Behind a time by which something was not at its hour. */
const LATE = /^ (?:late|delayed|early|behind)\b/;
const APART = new BySource<ReadonlySet<number>>();

/** The time that two others come to, or differ by; the days between two dates, the minutes between two hours. All of them are in sources. */
export function between(figure: Figure, answer: Operands): Reckoned | null {
  const others = answer.beside(figure);
  const spans = others.filter((one) => one.kind === 'duration' && one.unit === figure.unit && answer.known(one));
  for (const one of spans)
    for (const other of spans)
      if (one !== other && [one.value + other.value, one.value - other.value].includes(figure.value))
        return { source: answer.known(one) as Source, of: [one, other] };
  if (figure.unit !== 'minute') return null;
  const isDelay = LATE.test(answer.text.slice(figure.end, figure.end + 12));
  const delayed = isDelay
    ? answer.sources.find((source) => source.kind === 'tool' && hoursApart(source).has(figure.value))
    : undefined;
  if (delayed) return { source: delayed, of: [] };
  const tools = answer.sources.filter(({ kind }) => kind === 'tool').flatMap((source) => figuresIn(source, 'date'));
  const dates = [...others, ...tools.slice(0, TRIED.spans)].filter(
    (one) => one.kind === 'date' && daysOf(one).length > 0,
  );
  let own: Reckoned | null = null;
  for (const one of dates)
    for (const other of dates) {
      if (one === other || !isApart(one, other, figure)) continue;
      const source = answer.known(other) ? answer.known(one) : null;
      if (source) return { source, of: [one, other] };
      if (answer.isSaid(one) && answer.isSaid(other)) own = { source: null, of: [one, other] };
    }
  return own;
}
