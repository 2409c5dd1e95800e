import * as chrono from 'chrono-node/en';
import { STOP_WORDS } from '../../language/stop-words.ts';
import { words } from '../../language/tokens.ts';
import type { Field } from './fields.ts';
import { blank, type Span } from './names.ts';

const ISO = /\b\d{4}-\d{2}-\d{2}\b/g;

/** "01.12.2026": with dots, the day stands first. */
const DOTTED = /\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b/g;

/** "5 days", "for a week": how long, not when. "In 5 days", "5 days ago", "next week" do say when. */
const HOW_LONG =
  /^(?!(?:in|within|next|last|past|this|coming|after)\b|[+-])(?:.*\W|\d+)?(?:sec(?:ond)?|min(?:ute)?|h(?:ou)?r|day|week|wk|month|quarter|year|yr)s?$/i;

/** Dates with dots, as year-month-day. */
export function withIsoDates(text: string): string {
  return text.replace(DOTTED, (whole, day: string, month: string, year: string) =>
    Number(month) <= 12 && Number(day) <= 31 ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : whole,
  );
}

/** Where dates stand, so that their numbers are taken for nothing else; only where a field wants a date. */
export function dateSpans(text: string, fields: readonly Field[], today: Date): Span[] {
  if (!fields.some(({ kind }) => kind === 'date')) return [];
  const iso = [...text.matchAll(ISO)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const spoken = datesIn(text, today)
    .filter(({ start }) => start.isCertain('day') || start.isCertain('weekday'))
    .map((result) => ({ start: result.index, end: result.index + result.text.length }));
  return [...iso, ...spoken];
}

/** True of a message that says a date and nothing else. */
export function isDateAlone(text: string, fields: readonly Field[], today: Date): boolean {
  const plain = withIsoDates(text);
  const spans = dateSpans(plain, fields, today);
  return spans.length > 0 && words(blank(plain, spans)).every((word) => STOP_WORDS.has(word));
}

function datesIn(text: string, today: Date, option?: chrono.ParsingOption): chrono.ParsedResult[] {
  return chrono.parse(text, today, option).filter((one) => !HOW_LONG.test(one.text));
}

/** "Delivered on", "day of purchase": what has been already. */
function isPast({ name, label }: Field): boolean {
  return (
    /(?:^|_)\w+(?:ed|ght)(?:_|$)/i.test(name) ||
    /\b(?:delivery|purchase|birth|loss|accident|incident|event)\b/i.test(label)
  );
}

/** A day, as year-month-day; of a past day the earliest that is said, and the last one where no year is. */
export function spokenDate(text: string, field: Field, today: Date): string | null {
  const past = isPast(field);
  // "The last day to …" is what is asked for.
  const told = text.replace(/\b(?:last|first|final|latest) day\b/gi, ' ');
  const spoken = datesIn(told, today, { forwardDate: !past });
  const days = spoken.filter(({ start }) => start.isCertain('day'));
  const found = days.length > 0 ? days : spoken.filter(({ start }) => start.isCertain('weekday'));
  const dates = found.map((one) => (past ? lastOf(one, today) : one.start.date()));
  const [date] = past ? dates.sort((a, b) => a.getTime() - b.getTime()) : dates;
  return date ? isoDate(date) : null;
}

/** The newest such day that is not ahead, where no year is said. */
function lastOf({ start }: chrono.ParsedResult, today: Date): Date {
  const day = start.date();
  if (start.isCertain('year') || day <= today) return day;
  if (start.isCertain('month')) day.setFullYear(day.getFullYear() - 1);
  else day.setDate(day.getDate() - 7);
  return day;
}

function isoDate(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
