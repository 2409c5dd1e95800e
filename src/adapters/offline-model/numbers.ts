import { stem } from '../../language/stem.ts';
import { words } from '../../language/tokens.ts';
import { type Field, isAge, isYear } from './fields.ts';

/** A number in a text, with what stands around it. */
export type FoundNumber = { value: number; start: number; end: number; text: string };

export type NumberContext = {
  asked: readonly string[];
  values: Readonly<Record<string, unknown>>;
  /** The customer mends something they said. */
  correcting: boolean;
};

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const WORD_NUMBER = new RegExp(
  `\\b(?:(${TENS.slice(2).join('|')})(?:[ -](${UNITS.slice(1, 10).join('|')}))?|(${UNITS.slice(2).join('|')}))\\b( thousand| hundred)?`,
  'gi',
);
const DIGITS = /(?<![\w.-])[$€£]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s?(k|thousand|grand))?(?![\w]|-[a-z0-9])/gi;

/** The words for a distance that a field about miles or kilometres goes by. */
const DISTANCE = new Set(['mile', 'mileag', 'mi', 'km', 'kilomet', 'odomet', 'clock', 'distanc', 'driven']);

export function findNumbers(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const match of text.matchAll(DIGITS)) {
    const base = Number(`${(match[1] ?? '').replaceAll(',', '')}${match[2] ?? ''}`);
    found.push(place(match, base * (match[3] ? 1000 : 1)));
  }
  for (const match of text.matchAll(WORD_NUMBER)) {
    const tens = match[1] ? TENS.indexOf(match[1].toLowerCase()) * 10 : 0;
    const units = UNITS.indexOf((match[2] ?? match[3] ?? 'zero').toLowerCase());
    const scale = match[4] ? (match[4].trim().toLowerCase() === 'hundred' ? 100 : 1000) : 1;
    found.push(place(match, (tens + units) * scale));
  }
  return found.sort((a, b) => a.start - b.start);
}

function place(match: RegExpExecArray, value: number): FoundNumber {
  return { value, start: match.index, end: match.index + match[0].length, text: match[0] };
}

export type AssignedNumber = { field: Field; number: FoundNumber; strong: boolean };

/** Gives each number at most one field and each field at most one number, the clearest first. */
export function assignNumbers(text: string, fields: readonly Field[], context: NumberContext): AssignedNumber[] {
  const numeric = fields.filter((field) => field.kind === 'number');
  const pairs = findNumbers(text).flatMap((number) =>
    numeric.map((field) => ({ field, number, ...rate(text, number, field, context) })),
  );
  const assigned: AssignedNumber[] = [];
  for (const pair of pairs.sort((a, b) => b.score - a.score)) {
    const taken = assigned.some(({ field, number }) => field === pair.field || number === pair.number);
    if (taken || pair.score < (context.asked.includes(pair.field.name) ? 1.6 : 2.5)) continue;
    assigned.push({ field: pair.field, number: pair.number, strong: pair.strong });
  }
  return assigned;
}

/** How well a number fits a field: what stands beside it, its range, and whether it was asked for. */
function rate(
  text: string,
  number: FoundNumber,
  field: Field,
  { asked, values, correcting }: NumberContext,
): { score: number; strong: boolean } {
  const { value } = number;
  const inRange = value >= field.min && value <= field.max;
  const beside = cueBeside(text, number, field);
  const typical = typicalForm(text, number, field);
  const said = Math.max(beside, typical);
  // What is clearly said to be this field is taken out of range too: the tool then says what is wrong with it.
  let score = (inRange ? 1 : said >= 2 ? 0.5 : -1) + said;
  if (inRange) score += 0.4 * (1 - Math.min(8, Math.log10(field.max - field.min + 1)) / 8);
  if (asked.includes(field.name)) score += 1;
  if (values[field.name] === undefined) score += 0.5;
  const current = values[field.name];
  if (correcting && typeof current === 'number' && current > 0 && value > 0) {
    score += 2 * (1 - Math.min(1, Math.abs(Math.log10(value / current))));
  }
  return { score, strong: said >= 2 };
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

/** Forms in which ages and years are said. */
function typicalForm(text: string, number: FoundNumber, field: Field): number {
  if (isYear(field)) return /^(19|20)\d\d$/.test(number.text) ? 2.2 : 0;
  if (!isAge(field)) return 0;
  const before = text.slice(0, number.start);
  const after = text.slice(number.end);
  if (/^[\s-]*(?:years?|yrs?)?[\s-]*(?:y\/?o\b|old\b|years? of age|yrs?\b|years?\b)/i.test(after)) {
    return /\b(?:car|vehicle|it|bike|truck|house)(?:'s| is| was)?\s*(?:only |about )?$/i.test(before) ? -2 : 4;
  }
  if (/^\s*(?:k\b|thousand|miles?\b|mi\b|km\b|%|dollars)/i.test(after)) return 0;
  return /\b(?:i'?m|i am|i’m|i were|i was|he'?s|she'?s|he is|she is|they are|aged?|turned|turning|driver(?: is|'s)?)\s*(?:now |currently |only |about |just )?$/i.test(
    before,
  )
    ? 3.5
    : 0;
}
