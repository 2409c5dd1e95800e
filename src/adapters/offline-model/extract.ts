import * as chrono from 'chrono-node/en';
import { stem } from '../../language/stem.ts';
import { words } from '../../language/tokens.ts';
import { type Field, isYear } from './fields.ts';
import { blank, findBrandAndModel, findName } from './names.ts';
import { assignNumbers, findNumbers } from './numbers.ts';

export type ExtractContext = {
  /** Names of the fields that the agent asked for last. */
  asked: readonly string[];
  values: Readonly<Record<string, unknown>>;
  today: Date;
};

/** Values found in one message. `strong` are those that carry their own sign ("15,000 miles"), asked for or not. */
export type Extracted = { values: Record<string, unknown>; strong: Set<string> };

const CORRECTION =
  /^(?:no\b|nope\b)|\b(?:actually|sorry|i mean|i meant|make (?:it|that)|change|correction|correct that|should be|wrong|mistake|instead|rather|what if|if i (?:was|were))\b/i;

/** True where the customer mends or varies what they said before. */
export function isCorrection(text: string): boolean {
  return CORRECTION.test(text.trim());
}

/** Reads a tool's fields out of free text, by what the schema says of them. */
export function extract(message: string, fields: readonly Field[], context: ExtractContext): Extracted {
  // "2021, not 2022": what is denied is not said.
  const text = message.replace(/,?\s*\bnot\s+(?:an?\s+|the\s+|in\s+)?[$]?\d[\d,]*\b/gi, '');
  const found: Extracted = { values: {}, strong: new Set() };
  const take = (field: Field, value: unknown, strong: boolean) => {
    found.values[field.name] = value;
    if (strong) found.strong.add(field.name);
  };
  const years = fields.filter(isYear);
  const numbers = assignNumbers(withoutNames(text, fields), fields, { ...context, correcting: isCorrection(text) });
  for (const { field, number, strong } of numbers) take(field, number.value, strong);
  for (const field of fields) takeClosed(text, field, { context, take });
  const spans = numbers.map(({ number }) => number);
  const year = numbers.find(({ field }) => years.includes(field))?.number ?? null;
  takeNames(blank(text, spans), fields, { context, take, year });
  return found;
}

type Take = (field: Field, value: unknown, strong: boolean) => void;

/** Blanks numbers that are part of a product's name that the schema gives as an example ("Model 3"). */
function withoutNames(text: string, fields: readonly Field[]): string {
  let rest = text;
  for (const example of fields.filter(({ kind }) => kind === 'text').flatMap(({ examples }) => examples)) {
    if (!/\d/.test(example) || !/[a-z]/i.test(example)) continue;
    const at = rest.toLowerCase().indexOf(example.toLowerCase());
    if (at >= 0) rest = blank(rest, [{ start: at, end: at + example.length }]);
  }
  // A lone digit after a name is part of it ("Mazda 3", "Ioniq 5") unless a unit follows.
  for (const { start, end, text: digits } of findNumbers(rest)) {
    if (digits.length > 1 || !/[A-Za-z]{3,} $/.test(rest.slice(0, start))) continue;
    if (/\b(?:for|of|about|least|most|than|to|with|are|be|need|only|just|say|we)\s$/i.test(rest.slice(0, start)))
      continue;
    if (/^\s*(?:people|person|guest|mile|year|day|seat|k\b|hour|month|of us|item|copies|x\b)/i.test(rest.slice(end)))
      continue;
    rest = blank(rest, [{ start, end }]);
  }
  return rest;
}

function takeClosed(text: string, field: Field, { context, take }: { context: ExtractContext; take: Take }): void {
  const asked = context.asked.includes(field.name);
  if (field.kind === 'choice') {
    const choice = field.choices.find((one) => mentions(text, one));
    if (choice) take(field, choice, true);
  }
  if (field.kind === 'email') {
    const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0];
    if (email) take(field, email, true);
  }
  if (field.kind === 'date') {
    const iso = /\b\d{4}-\d{2}-\d{2}\b/.exec(text)?.[0];
    const parsed = iso ? null : chrono.parse(text, context.today, { forwardDate: true })[0];
    const date =
      iso ??
      (parsed?.start.isCertain('day') || parsed?.start.isCertain('weekday') ? isoDate(parsed.start.date()) : null);
    if (date) take(field, date, true);
  }
  if (field.kind === 'boolean') {
    const value = booleanIn(text, field, asked);
    if (value !== null) take(field, value, !asked);
  }
}

function isoDate(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** True where the text says a choice, whole or by its telling words ("the riverside one" for "riverside-branch"). */
function mentions(text: string, choice: string): boolean {
  const said = new Set(words(text).map(stem));
  return words(choice.replace(/[_-]/g, ' ')).every((word) => said.has(stem(word)));
}

function booleanIn(text: string, field: Field, asked: boolean): boolean | null {
  if (asked && /^\s*(?:yes|yeah|yep|sure|please|y\b|of course|definitely)/i.test(text)) return true;
  if (asked && /^\s*(?:no|nope|not|n\b)/i.test(text)) return false;
  const own = words(field.name.replaceAll('_', ' '))
    .map(stem)
    .filter((cue) => !['need', 'is', 'has', 'with'].includes(cue));
  const said = words(text);
  const at = said.findIndex((word) => own.includes(stem(word)));
  if (at < 0) return null;
  const before = said.slice(Math.max(0, at - 4), at);
  return !before.some((word) => /^(?:no|not|without|don't|dont|doesn't|won't|never)$/.test(word));
}

function takeNames(
  text: string,
  fields: readonly Field[],
  {
    context,
    take,
    year,
  }: { context: ExtractContext; take: Take; year: { text: string; start: number; end: number } | null },
): void {
  const texts = fields.filter(({ kind }) => kind === 'text');
  const brand = texts.find(({ name }) => /(?:^|_)(?:make|brand|manufacturer)(?:_|$)/.test(name));
  const model = texts.find(({ name }) => /(?:^|_)model(?:_|$)/.test(name));
  const asks = (field: Field | undefined) => field !== undefined && context.asked.includes(field.name);
  if (brand && model) {
    const found = findBrandAndModel(text, { brand, model, asked: asks(brand) || asks(model), year });
    const onlyModel = asks(model) && !asks(brand) && found.brand && !brand.examples.includes(found.brand);
    if (onlyModel) take(model, [found.brand, found.model].filter(Boolean).join(' '), false);
    else {
      if (found.brand) take(brand, found.brand, brand.examples.includes(found.brand) || year !== null);
      if (found.model) take(model, found.model, year !== null);
    }
  }
  const others = texts.filter((field) => field !== brand && field !== model && field.required);
  for (const field of others) {
    const only = others.filter(asks).length === 1 && asks(field);
    const name = others.length === 1 || only ? findName(text, field, only) : null;
    if (name) take(field, name, false);
  }
}
