import { stem } from '../../language/stem.ts';
import { words } from '../../language/tokens.ts';
import { type Field, holds, isAge, isYear } from './fields.ts';
import { isUncounted, measures, unitOf } from './units.ts';

/** A number in a text, with what stands around it. */
export type FoundNumber = { value: number; start: number; end: number; text: string };

export type NumberContext = {
  asked: readonly string[];
  values: Readonly<Record<string, unknown>>;
  /** The customer mends something they said. */
  correcting: boolean;
};

const SPELLED_VALUES = new Map<string, number>();
'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
  .split(' ')
  .forEach((word, value) => {
    SPELLED_VALUES.set(word, value);
  });
'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').forEach((word, at) => {
  SPELLED_VALUES.set(word, (at + 2) * 10);
});
SPELLED_VALUES.set('fourty', 40).set('ninty', 90);
const SPELLED_WORD = [...SPELLED_VALUES.keys()].join('|');
const SPELLED = new RegExp(
  `\\b(?:a (?=hundred|thousand))?(?:(?:${SPELLED_WORD}|hundred|thousand)\\b(?:(?:[ -]| and )(?=(?:${SPELLED_WORD}|hundred|thousand)\\b))?)+`,
  'gi',
);
const DIGITS =
  /(?<![\w.]|\w-)(-?)[$€£]?(\d{1,3}(?:[.,]\d{3})+|\d+)(\.\d+)?(?:\s?(k|thousand|grand))?(?![\w]|-[a-z0-9])/gi;

/** The words for a distance that a field about miles or kilometres goes by. */
const DISTANCE = new Set(['mile', 'mileag', 'mi', 'km', 'kilomet', 'odomet', 'clock', 'distanc', 'driven']);

export function findNumbers(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const match of text.matchAll(DIGITS)) {
    const base = Number(`${match[1] ?? ''}${(match[2] ?? '').replace(/[.,]/g, '')}${match[3] ?? ''}`);
    found.push(place(match, base * (match[4] ? 1000 : 1)));
  }
  for (const match of text.matchAll(SPELLED)) {
    const value = spelled(match[0], text.slice(match.index + match[0].length));
    if (value !== null) found.push(place(match, value));
  }
  return found.sort((a, b) => a.start - b.start);
}

/** "A hundred and twenty thousand" as a number; null for a "one" that counts nothing. */
function spelled(text: string, after: string): number | null {
  let total = 0;
  let group = 0;
  const parts = text
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((word) => word !== 'and' && word !== 'a');
  const counts = /^\s(?:night|day|week|hour|person|guest|adult|people|room|ticket|mile|year|month)/i.test(after);
  if (parts.length === 1 && /^(?:one|zero)$/.test(parts[0] ?? '') && !counts) return null;
  for (const part of parts) {
    if (part === 'hundred') group = (group || 1) * 100;
    else if (part === 'thousand') {
      total += (group || 1) * 1000;
      group = 0;
    } else group += SPELLED_VALUES.get(part) ?? 0;
  }
  return total + group;
}

function place(match: RegExpExecArray, value: number): FoundNumber {
  return { value, start: match.index, end: match.index + match[0].length, text: match[0] };
}

/** `out`: the number is meant for the field and outside its bounds. */
export type AssignedNumber = { field: Field; number: FoundNumber; strong: boolean; out: boolean };

/** Gives each number at most one field and each field at most one number, the clearest first. */
export function assignNumbers(text: string, fields: readonly Field[], context: NumberContext): AssignedNumber[] {
  const numeric = fields.filter((field) => field.kind === 'number');
  const numbers = findNumbers(text);
  const only = numbers.length === 1;
  const pairs = numbers.flatMap((number) =>
    numeric
      .filter((field) => isMeant(text, number, field, context.asked))
      .map((field) => ({ field, number, ...rate(text, number, field, { ...context, only }) })),
  );
  const assigned: AssignedNumber[] = [];
  for (const { field, number, score, strong } of pairs.sort((a, b) => b.score - a.score)) {
    const taken = assigned.some((one) => one.field === field || one.number === number);
    if (taken || score < (context.asked.includes(field.name) ? 1.6 : 2.5)) continue;
    assigned.push({ field, number, strong, out: !holds(field, number.value) });
  }
  return [...assigned, ...lastOne(text, numbers, numeric, { assigned, values: context.values })];
}

/** False where a number is said in a unit that the field is not counted in. Who is asked for one thing answers in any. */
function isMeant(
  text: string,
  { text: number, start, end }: FoundNumber,
  field: Field,
  asked: readonly string[],
): boolean {
  const said = unitOf(number, text.slice(0, start), text.slice(end));
  if (said === null || measures(field, said)) return true;
  return asked.length === 1 && asked[0] === field.name && isUncounted(field);
}

/** "2018 Camry, 62,000 miles, 45": the one number left goes to the one field left. */
function lastOne(
  text: string,
  numbers: readonly FoundNumber[],
  fields: readonly Field[],
  { assigned, values }: { assigned: readonly AssignedNumber[]; values: NumberContext['values'] },
): AssignedNumber[] {
  const open = fields.filter(
    (field) => field.required && values[field.name] === undefined && !assigned.some((taken) => taken.field === field),
  );
  const [field] = open;
  if (!field || open.length > 1 || assigned.length < 2) return [];
  const left = numbers.filter((one) => !assigned.some((taken) => taken.number === one));
  const [number, ...others] = left.filter((one) => isMeant(text, one, field, []));
  if (!number || others.length > 0) return [];
  return holds(field, number.value) && number.value >= 10 ? [{ field, number, strong: false, out: false }] : [];
}

/** How well a number fits a field: what stands beside it, its range, and whether it was asked for. */
function rate(
  text: string,
  number: FoundNumber,
  field: Field,
  { asked, values, correcting, only }: NumberContext & { only: boolean },
): { score: number; strong: boolean } {
  const { value } = number;
  const fits = holds(field, value);
  const said = Math.max(cueBeside(text, number, field), typicalForm(text, number, field));
  const place = asked.indexOf(field.name);
  // A number that is said as somebody's age is nothing else; "two cars" are no distance.
  if (!isAge(field) && typicalAge(text, number) >= 3.5) return { score: -9, strong: false };
  if (/^[a-z]/i.test(number.text) && value < 10 && field.max > 200 && said < 2) return { score: -9, strong: false };
  // The only thing asked for is what a lone number answers, in range or not; else only what is clearly said may be out.
  const alone = asked.length === 1 && place === 0 && (only || leads(text, number));
  let score = (fits ? 1 : said >= 2 ? 0.5 : -1) + said + (alone ? 2.6 : 0);
  if (fits) score += 0.4 * (1 - Math.min(8, Math.log10(field.max - field.min + 1)) / 8);
  if (place >= 0) score += 1 - Math.min(place, 4) * 0.08;
  if (values[field.name] === undefined) score += 0.5;
  const current = values[field.name];
  if (correcting && typeof current === 'number' && current > 0 && value > 0) {
    score += 2 * (1 - Math.min(1, Math.abs(Math.log10(value / current))));
  }
  return { score, strong: said >= 2 };
}

/** True where a message begins with the number: the answer comes first, the rest is beside it. */
function leads(text: string, number: FoundNumber): boolean {
  return words(text.slice(0, number.start)).every((word) =>
    /^(?:it|is|it's|i'm|i|am|about|around|oh|um|well|yes|ok|okay|just|only|turned|he's|she's)$/.test(word),
  );
}

/** A word of the field directly after the number (a unit) or shortly before it (a name). */
function cueBeside(text: string, number: FoundNumber, field: Field): number {
  const after = clause(text.slice(number.end)).slice(0, 3);
  const before = clauseBefore(text.slice(0, number.start)).slice(-3).reverse();
  const fits = (word: string) => {
    const cue = stem(word);
    return (
      (field.cues.has(cue) || (DISTANCE.has(cue) && [...field.cues].some((own) => DISTANCE.has(own)))) && !OLD.has(word)
    );
  };
  const next = after.findIndex(fits);
  const previous = before.findIndex(fits);
  return Math.max(next < 0 ? 0 : 3 - next * 0.75, previous < 0 ? 0 : 2.5 - previous * 0.5);
}

const OLD = new Set(['old', 'year', 'years']);

function clause(text: string): string[] {
  return words(text.split(/[,.;!?\n]|\d/)[0] ?? '');
}

function clauseBefore(text: string): string[] {
  return words(text.split(/[,;!?\n]|\.\s|\d/).at(-1) ?? '');
}

/** Forms in which ages, years and numbers of people are said. */
function typicalForm(text: string, number: FoundNumber, field: Field): number {
  if (isYear(field))
    return /^(?:19|20)\d\d$/.test(number.text) ? 2.2 : /^1[0-8]\d\d$|^2[1-9]\d\d$/.test(number.text) ? 2 : 0;
  if (isAge(field)) return typicalAge(text, number);
  if (/k$|thousand$|grand$/i.test(number.text) && [...field.cues].some((cue) => DISTANCE.has(cue))) return 2.2;
  return PEOPLE.some((cue) => field.cues.has(cue)) ? typicalPeople(text, number) : 0;
}

function typicalAge(text: string, number: FoundNumber): number {
  const before = text.slice(0, number.start);
  const after = text.slice(number.end);
  if (/^[\s-]*(?:years?|yrs?)?[\s-]*(?:y\/?o\b|old\b|years? of age|yrs?\b|years?\b)/i.test(after)) {
    if (/^[\s-]*(?:years?|yrs?)\b(?![\s-]*(?:old|of age|young))/i.test(after)) return 1;
    return /\b(?:car|vehicle|it|bike|truck|house)(?:'s| is| was)?\s*(?:only |about )?$/i.test(before) ? -2 : 4;
  }
  if (/^\s*(?:k\b|thousand|miles?\b|mi\b|km\b|%|dollars|of us|people|months?|minutes?)/i.test(after)) return 0;
  const said =
    /\b(?:i'?m|i am|i’m|i were|i was|he'?s|she'?s|he is|she is|they are|aged?|turned|turning|turn|driver(?: is|'s)?)\s*(?:now |currently |only |about |just |almost )?$/i;
  return said.test(before) ? 3.5 : 0;
}

const PEOPLE = ['peopl', 'person', 'guest', 'adult', 'seat', 'attende', 'group', 'parti'];

function typicalPeople(text: string, number: FoundNumber): number {
  const before = text.slice(0, number.start);
  const after = text.slice(number.end);
  if (/^\s*(?:of us|people|persons?|guests?|adults?|pax|kids|friends|folks)/i.test(after)) return 4;
  if (/\b(?:party|group|family|table|team) of\s*$/i.test(before)) return 4;
  if (
    /\b(?:for|we'?re|we are|we’re|be)\s*(?:about |around )?$/i.test(before) &&
    !/^\s*(?:nights?|days?|hours?|weeks?|minutes?|am|pm)/i.test(after)
  )
    return 2.6;
  return 0;
}
