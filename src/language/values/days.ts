import { numbersIn } from './numbers.ts';

/** Languages whose names of months are known. */
const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da'];

const MONTHS = new Map<string, number>();
for (const locale of LOCALES) {
  for (const style of ['long', 'short'] as const) {
    // With a day, since some languages inflect the name then.
    const format = new Intl.DateTimeFormat(locale, { month: style, day: 'numeric', timeZone: 'UTC' });
    for (let month = 1; month <= 12; month += 1) {
      const parts = format.formatToParts(Date.UTC(2024, month - 1, 1));
      const name = parts.find(({ type }) => type === 'month')?.value ?? '';
      MONTHS.set(name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\.$/, ''), month);
    }
  }
}
MONTHS.set('sept', 9);

const YEAR_FIRST = /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g;
const SOLID = /(?<![\d.,])((?:19|20)\d{2})(\d{2})(\d{2})(?![\d]|[.,]\d)/g;
const BOTH_WAYS = /(?<![\d./-])(\d{1,2})[./-] ?(\d{1,2})(?:[./-] ?(\d{4}|\d{2}))?(?![\d]|[./-]\d)/g;
const DAY_FIRST =
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?(?: {0,2}|[-/.])(?:of |de |di |van )?(?:the )?(\p{L}{3,12})\.?(?:(?:,? {1,2}(?:de )?|[-/.])(\d{4}|(?<=[-/.])\d{2}(?!\d)))?/gu;
const MONTH_FIRST = /(?<!\p{L})(\p{L}{3,12})\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,? {1,2}(\d{4}))?/gu;
const EAST_ASIAN = /(?:(\d{4}) ?年 ?)?(\d{1,2}) ?月 ?(\d{1,2}) ?日/g;

/** The days that a plain text names, as `2027-03-12`, or `03-12` where it gives no year; 3/4 is two days. */
export function daysIn(plain: string): Set<string> {
  const days = new Set<string>();
  const add = (year: string | undefined, month: number, day: number) => {
    if (month < 1 || month > 12 || day < 1 || day > 31) return;
    const long = year?.length === 2 ? `${Number(year) > 40 ? '19' : '20'}${year}` : year;
    const rest = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    days.add(long === undefined ? rest : `${long}-${rest}`);
  };
  for (const [, year, month, day] of plain.matchAll(YEAR_FIRST)) add(year, Number(month), Number(day));
  for (const [, year, month, day] of plain.matchAll(SOLID)) add(year, Number(month), Number(day));
  for (const [, one, other, year] of plain.matchAll(BOTH_WAYS)) {
    add(year, Number(one), Number(other));
    add(year, Number(other), Number(one));
  }
  for (const [, day, name = '', year] of plain.matchAll(DAY_FIRST)) add(year, MONTHS.get(name) ?? 0, Number(day));
  for (const [, name = '', day, year] of plain.matchAll(MONTH_FIRST)) add(year, MONTHS.get(name) ?? 0, Number(day));
  for (const [, year, month, day] of plain.matchAll(EAST_ASIAN)) add(year, Number(month), Number(day));
  return days;
}

const CLOCK =
  /(?<![\d.:])(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?(?:\.\d{1,6})?(?: ?([ap])\.?m\b| ?(uhr|h|o'?clock)\b)?(?![\d]|[./-]\d)/g;

/** The times of day that a plain text names, as `09:30`; a bare hour is none. */
export function timesIn(plain: string): Set<string> {
  const times = new Set<string>();
  for (const [, hours, minutes, half, word] of plain.matchAll(CLOCK)) {
    if (minutes === undefined && half === undefined && word === undefined) continue;
    const hour = (Number(hours) % (half ? 12 : 24)) + (half === 'p' ? 12 : 0);
    if (Number(hours) > 24 || Number(minutes ?? 0) > 59) continue;
    times.add(`${String(hour).padStart(2, '0')}:${minutes ?? '00'}`);
  }
  for (const time of spokenTimes(plain)) times.add(time);
  return times;
}

const HOUR = '(?<hour>\\p{L}{2,10}|\\d{1,2})(?![\\p{L}\\d])';
/** Times in words, and the minutes from the hour that they name. */
const SPOKEN: readonly (readonly [RegExp, number])[] = [
  [new RegExp(`(?<!\\p{L})half past ${HOUR}`, 'gu'), 30],
  [new RegExp(`(?<!\\p{L})halb ${HOUR}`, 'gu'), -30],
  [new RegExp(`(?<!\\p{L})(?:quarter past|viertel nach|kwart over) ${HOUR}`, 'gu'), 15],
  [new RegExp(`(?<!\\p{L})(?:quarter to|viertel vor|kwart voor) ${HOUR}`, 'gu'), -15],
  [new RegExp(`(?<![\\p{L}\\d])${HOUR} (?:heures? et demie|y media|e mezza|e meia)(?!\\p{L})`, 'gu'), 30],
  [new RegExp(`(?<![\\p{L}\\d])${HOUR} (?:heures? et quart|y cuarto|e un quarto)(?!\\p{L})`, 'gu'), 15],
];

/** "Half past two", by day and by night. */
function spokenTimes(plain: string): string[] {
  return SPOKEN.flatMap(([pattern, minutes]) =>
    [...plain.matchAll(pattern)].flatMap(({ groups }) => {
      const [hour] = numbersIn(groups?.hour ?? '');
      if (hour === undefined || hour < 1 || hour > 24) return [];
      return [hour, hour + 12].map((one) => clock((one * 60 + minutes) % 1_440));
    }),
  );
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
