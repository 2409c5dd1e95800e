import type { Source } from '../../../agent/guard.ts';
import { BySource } from '../../by-source.ts';
import type { Claim } from '../claims/claims.ts';
import { byText } from '../reading/by-text.ts';
import { weekdayOf } from '../reading/dates.ts';
import type { Figure } from '../reading/figures.ts';
import { groundsOf } from './grounds.ts';
import { isSameFigure } from './meets.ts';

/** What a source says of the days of the week, from Monday, 1, to Sunday, 7: at which hours something is, and when it is closed. */
type Hours = { byDay: ReadonlyMap<number, readonly Figure[]>; closed: ReadonlySet<number> };

const HOURS = new BySource<Hours>();

/**
 * Whether sources tell the hours of a day that a claim names, and not this one; or that something is closed then which it says is open, or
 * the other way round.
 */
export function isOtherHour({ figure, scope, text, negated }: Claim, sources: readonly Source[]): boolean {
  const days = new Set([...(EVERY_DAY.test(text) ? ALL : []), ...daysIn(text)]);
  for (const word of scope) if (word.startsWith(KEY)) days.add(Number(word.slice(KEY.length)));
  if (days.size === 0) return false;
  const told = sources
    .filter(({ from }) => from !== 'contact' || REACHED.test(text))
    .map((source) => HOURS.get(source, hoursOf));
  const [saysOpen, saysClosed] = [OPEN.test(text) && !CLOSED.test(text) && !negated, CLOSED.test(text) && !negated];
  const isTime = figure?.unit.startsWith('time ') ?? false;
  return [...days].some((day) => {
    const known = told.flatMap(({ byDay }) => byDay.get(day) ?? []);
    if (saysOpen && told.some(({ closed }) => closed.has(day)) && known.length === 0) return true;
    if (!figure || !isTime) return saysClosed && known.length > 0 && !told.some(({ closed }) => closed.has(day));
    return known.length > 0 && !known.some((one) => isSameFigure(figure, one));
  });
}

const KEY = 'date 100 weekday ';
const ALL = [1, 2, 3, 4, 5, 6, 7];
const OPEN = /\b(?:open|opens|geoffnet|abiert[oa]s?|ouverte?s?|abert[oa]s?|apert[oi]|open)\b/;
const CLOSED = /\b(?:closed|closes all day|geschlossen|cerrad[oa]s?|fermee?s?|fechad[oa]s?|chius[oi]|gesloten)\b/;
/** Said of the hours of the company itself. */
const REACHED = /\b(?:open\w*|clos\w+|reach\w*|call|phone|available|hours)\b/;
const EVERY_DAY = /\b(?:every day|daily|seven days|all week)\b/;
const WORD = /\p{L}+|[-–]/gu;
const TO: ReadonlySet<string> = new Set('to through until till - – bis a au al ate tot'.split(' '));
const SPANS: ReadonlyMap<string, readonly number[]> = new Map([
  ['weekdays', [1, 2, 3, 4, 5]],
  ['weekends', [6, 7]],
  ['weekend', [6, 7]],
  ['daily', ALL],
]);

/** The days of the week that a plain text names, with those between two of them. */
const daysIn = byText((text): readonly number[] => {
  const days: number[] = [];
  let [last, isTo] = [0, false];
  for (const [word] of text.matchAll(WORD)) {
    const day = weekdayOf(word);
    if (day === null) {
      days.push(...(SPANS.get(word) ?? []));
      isTo = last > 0 && TO.has(word);
      if (!isTo) last = 0;
      continue;
    }
    if (isTo) for (let at = last; at !== day; at = (at % 7) + 1) days.push(at);
    days.push(day);
    [last, isTo] = [day, false];
  }
  return days;
});

/** Whether a plain text says on which days something is open, or closed. */
export function saysDays(text: string): boolean {
  return (OPEN.test(text) || CLOSED.test(text)) && (EVERY_DAY.test(text) || daysIn(text).length > 0);
}

function hoursOf(source: Source): Hours {
  const [byDay, closed] = [new Map<number, Figure[]>(), new Set<number>()];
  let [days, sentence]: [readonly number[], string] = [[], ''];
  for (const { clause, text } of groundsOf(source).all) {
    const named = EVERY_DAY.test(clause.text) ? ALL : daysIn(clause.text);
    if (named.length > 0) days = named;
    else if (text !== sentence) days = [];
    sentence = text;
    const times = clause.figures.filter(({ unit }) => unit.startsWith('time '));
    for (const day of days) {
      if (times.length > 0) byDay.set(day, [...(byDay.get(day) ?? []), ...times]);
      else if (CLOSED.test(clause.text)) closed.add(day);
    }
  }
  return { byDay, closed };
}
