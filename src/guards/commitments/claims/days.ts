import type { Figure } from '../reading/figures.ts';
import type { Clause } from '../reading/statements.ts';

/** Days near now, and hours, are said all the time: they commit where something is to happen then. */
export function nearIn({ text, start }: Clause, happens: boolean): (figure: Figure) => boolean {
  const [isAsked, isToCome, isPast] = [/\bplease\b/.test(text), TO_COME.test(text), PAST.test(text)];
  return ({ unit, start: at }) => {
    if (isAsked) return false;
    if (UNTIL.test(text.slice(0, Math.max(0, at - start)))) return true;
    const isNow =
      unit === 'at once' || unit === 'today' || unit === 'tonight' || unit === 'same day' || unit.startsWith('this ');
    if (isNow && isPast) return false;
    return happens || (!isNow && isToCome);
  };
}

/** Whether a day is told by its date as well, or an hour's: `Wednesday 12 February`, `by 4 pm today`. */
export function isBesideDate({ kind, unit, start, end }: Figure, { figures, text }: Clause): boolean {
  if (kind !== 'date' || !/^(?:weekday|today|tonight|tomorrow|this |\d)/.test(unit)) return false;
  if (/^\d/.test(unit))
    return figures.some((one) => one.unit === 'today' && start - one.end >= 0 && start - one.end < 3);
  return figures.some(
    (one) =>
      one.kind === 'date' &&
      ((/^\d/.test(one.unit) && one.start >= end && one.start - end < 8) ||
        (unit === 'today' &&
          TO_DO.test(text) &&
          one.unit.startsWith('time ') &&
          start - one.end >= 0 &&
          start - one.end < 3)),
  );
}

/** Whether a day of the week or a year is told by its date: `Monday, 7 April`, `14 January next year`. */
export function isOfDate(
  { unit, start, end }: Figure,
  { text, start: from }: { text: string; start: number },
): boolean {
  if (unit.startsWith('weekday ')) return DATE_BEHIND.test(text.slice(end - from));
  return /^(?:next|this) year$/.test(unit) && DATE_BEFORE.test(text.slice(0, start - from));
}

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const DATE_BEHIND = new RegExp(`^s?,? (?:the )?(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}|${MONTH} \\d{1,2})\\b`);
const DATE_BEFORE = new RegExp(`(?:\\d{1,2}(?:st|nd|rd|th)? ${MONTH}|${MONTH} \\d{1,2}),? $`);
/** `the 9:14 train` */
export const NAMED_BY_HOUR = /^ (?:train|flight|bus|ferry|sailing|crossing|show|performance|departure|service)\b/;

/** Says what the customer is to do. */
const TO_DO = /^\W*(?:please )?(?:order|place|book|call|send|pay|drop|bring|return|reply|cancel)\b/;
/** Says what was, or would be. */
const PAST = /\b(?:was|were|had|would|left)\b|'d\b|\b(?:has|have) been\b/;
export const TO_COME = /'ll\b|\bwill\b|\bgoing to\b/;

/** Begins a day or an hour that something is allowed until. */
const UNTIL = /\b(?:until|till|by|before|no later than|bis|hasta|jusqu|ate|fino|tot|uiterlijk|entro)(?: \w+){0,3} ?$/;

/** Whether the customer does something on a day: `if you cancel it today`, but not `today, the 17th`. */
export function isDayOfCustomer(
  { unit, start, end }: Figure,
  { text, start: from }: { text: string; start: number },
): boolean {
  const before = text.slice(0, start - from);
  return NEAR_DAY.test(unit) && IF_YOU.test(before) && !/^,? (?:the )?\d/.test(text.slice(end - from));
}

const IF_YOU = /\bif you [a-z]+ (?:(?:it|them|that|this) )?$/;
const NEAR_DAY = /^(?:today|tonight|tomorrow)$/;
