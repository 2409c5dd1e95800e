import { stem } from '../../language/stem.ts';
import { STOP_WORDS } from '../../language/stop-words.ts';
import { words } from '../../language/tokens.ts';
import { meantCodes } from './codes.ts';
import { dateSpans, spokenDate, withIsoDates } from './dates.ts';
import { type Field, isAge, isYear } from './fields.ts';
import { type BrandAndModel, blank, findBrandAndModel, findName, type Span } from './names.ts';
import { assignNumbers, findNumbers } from './numbers.ts';
import { postalRole, readAddress, readPlaces } from './postal.ts';
import { alike } from './synonyms.ts';

export type ExtractContext = {
  /** Names of the fields that the agent asked for last. */
  asked: readonly string[];
  values: Readonly<Record<string, unknown>>;
  today: Date;
};

/**
 * Values found in one message. `strong` are those that carry their own sign ("15,000 miles"), asked for or not; `out`
 * are numbers outside their field's bounds.
 */
export type Extracted = { values: Record<string, unknown>; strong: Set<string>; out: Set<string> };

const CORRECTION =
  /^(?:no\b|nope\b)|\b(?:actually|sorry|i mean|i meant|make (?:it|that)|change|correction|correct that|should be|wrong|mistake|instead|rather|what if|what about|how about|if (?:i|it|he|she|we|the \w+|my \w+)\b|not right)\b/i;

/** "And Treasure Island?" */
const ANOTHER_NAME = /^[Aa]nd (?:for )?(?:an? |the )?[A-Z0-9][^?.]*\?$/;

/** True where the customer mends or varies what they said before. */
export function isCorrection(text: string): boolean {
  return CORRECTION.test(text.trim()) || ANOTHER_NAME.test(text.trim());
}

/** Reads a tool's fields out of free text, by what the schema says of them. */
export function extract(message: string, fields: readonly Field[], context: ExtractContext): Extracted {
  const text = plainly(message, fields, context.today);
  const found: Extracted = { values: {}, strong: new Set(), out: new Set() };
  const take = (field: Field, value: unknown, strong: boolean) => {
    found.values[field.name] = value;
    if (strong) found.strong.add(field.name);
  };
  const codes = takeCodes(text, fields, { context, take });
  const labels = [...codes, ...takeLabelled(blank(text, codes), fields, take), ...takePhrases(text, fields, take)];
  labels.push(...takeAddress(blank(text, labels), fields, { context, take }));
  for (const field of fields) takeClosed(blank(text, labels), field, { context, take, fields });
  const dates = dateSpans(text, fields, context.today);
  const names = takeNames(blank(text, [...labels, ...dates]), fields, { context, take });
  const rest = blank(text, [...labels, ...dates, ...names]);
  for (const { field, number, strong, out } of assignNumbers(rest, fields, {
    ...context,
    correcting: isCorrection(text),
  })) {
    take(field, number.value, strong);
    if (out) found.out.add(field.name);
  }
  takeFreeText(rest, fields, { context, take, found });
  return found;
}

/** Numbers of things on record, such as an order's. What a message leaves out is no longer what is spoken of. */
function takeCodes(
  text: string,
  fields: readonly Field[],
  { context, take }: { context: ExtractContext; take: Take },
): Span[] {
  return fields.flatMap((field) => {
    const { meant, leftOut } = meantCodes(text, field.shapes);
    if (meant[0]) take(field, meant[0].code, true);
    else if (leftOut.some(({ code }) => code === context.values[field.name])) take(field, undefined, true);
    return [...meant, ...leftOut];
  });
}

/** A postal address, where the tool asks for one in parts. */
function takeAddress(
  text: string,
  fields: readonly Field[],
  { context, take }: { context: ExtractContext; take: Take },
): Span[] {
  const parts = fields.map((field) => ({ field, role: postalRole(field) }));
  if (parts.filter(({ role }) => role !== null).length < 2) return [];
  const { address, spans } = readAddress(text);
  for (const { field, role } of parts) if (role && address[role]) take(field, address[role], true);
  const open = parts.filter(({ field, role }) => role !== null && context.asked.includes(field.name));
  const asksPlaces = open.length > 1 && open.every(({ role }) => role === 'city' || role === 'country');
  const places = asksPlaces && spans.length === 0 ? readPlaces(text) : null;
  for (const [at, place] of (places ?? []).entries()) if (open[at]) take(open[at].field, place, true);
  return spans;
}

/** "Make: Mazda, model: CX-5": values that stand behind the field's own name. Needs two, so that no word is taken for a label. */
function takeLabelled(text: string, fields: readonly Field[], take: Take): Span[] {
  const labels = fields.map((field) => ({ field, label: field.name.split('_').at(-1) ?? field.name }));
  const any = labels.map(({ label }) => label).join('|');
  const found = labels.flatMap(({ field, label }) => {
    const value = `\\b${label}\\b\\s*(?:[:=]|\\bis\\b|\\s)\\s*(.+?)(?=\\s*(?:[,;\\n]|$|\\.\\s|\\b(?:${any})\\b\\s*(?:[:=]|\\bis\\b|\\s)))`;
    const match = new RegExp(value, 'i').exec(text);
    return match?.[1] && !/^(?:is|of|the|and)\b/i.test(match[1])
      ? [{ field, value: match[1].trim(), start: match.index, end: match.index + match[0].length }]
      : [];
  });
  found.push(...reversedLabels(text, labels));
  const separated = found.filter(({ start, end }) => /[:=]|\bis\b/i.test(text.slice(start, end)));
  const sure = found.length >= 3 || separated.length >= 2 ? found : [];
  const taken: Span[] = [];
  for (const { field, value, start, end } of sure) {
    const number = field.kind === 'number' ? findNumbers(value)[0] : undefined;
    if (field.kind === 'text') take(field, value, true);
    else if (number) take(field, number.value, true);
    else continue;
    taken.push({ start, end });
  }
  return taken;
}

/** "R1S is the model, Rivian the make": the value before the field's name. */
function reversedLabels(
  text: string,
  labels: readonly { field: Field; label: string }[],
): { field: Field; value: string; start: number; end: number }[] {
  return labels.flatMap(({ field, label }) => {
    const match = new RegExp(`([\\w-]+)\\s+(?:is|being) (?:the|its) ${label}\\b`, 'i').exec(text);
    if (!match?.[1] || field.kind !== 'text' || STOP_WORDS.has(match[1].toLowerCase())) return [];
    return [{ field, value: match[1], start: match.index, end: match.index + match[0].length }];
  });
}

/** "Month to month" for 1, where the schema says so. */
function takePhrases(text: string, fields: readonly Field[], take: Take): Span[] {
  const taken: Span[] = [];
  for (const field of fields) {
    for (const { value, phrase } of field.numbers.flatMap((one) => one.phrases.map((phrase) => ({ ...one, phrase })))) {
      const spelled = phrase
        .split(/[\s-]+/)
        .map((word) => word.replace(/[^\w]/g, '\\$&'))
        .join('[\\s-]+');
      const match = new RegExp(`\\b${spelled}\\b`, 'i').exec(text);
      if (!match) continue;
      take(field, value, true);
      taken.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return taken;
}

/** What is left of an answer goes to a field for free text, where one was asked for and nothing else took the message. */
function takeFreeText(
  rest: string,
  fields: readonly Field[],
  { context, take, found }: { context: ExtractContext; take: Take; found: Extracted },
): void {
  const open = fields.filter(
    (field) => isFreeText(field) && context.asked.includes(field.name) && found.values[field.name] === undefined,
  );
  const [field] = open;
  if (!field || open.length > 1 || /\?\s*$/.test(rest)) return;
  const alone = context.asked.length === 1;
  const head = isNamed(field) ? beforeTurn(rest) : rest;
  const said = head
    .replace(/[|]+/g, ' ')
    .replace(/^\W*(?:(?:ok|okay|well|um|so|yes|hi|sure|oh)\b[\s,]*)+/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  const telling = words(said).filter((word) => !STOP_WORDS.has(word));
  // What else was taken stands behind the second thought.
  const tookOthers = head === rest && Object.keys(found.values).length > 0;
  if (telling.length < (alone ? 1 : 2) || (tookOthers && telling.length < 3) || words(said).length > 40) return;
  if (/^(?:no|not|never mind|why|what|how|can|could|do|does|is|are|let me)\b/i.test(said)) return;
  take(field, said.replace(/[.!]+$/, ''), false);
}

/** True for a text field that wants a description, not a name. */
function isFreeText(field: Field): boolean {
  return (
    field.kind === 'text' && !isNameField(field) && !/(?:^|_)(?:make|brand|manufacturer|model)(?:_|$)/.test(field.name)
  );
}

/** True for a field that holds what somebody or something is called. */
function isNamed({ name, label }: Field): boolean {
  return /name(?![a-z])/i.test(name) || /\bname\b/i.test(label);
}

function isNameField({ cues }: Field): boolean {
  return ['titl', 'name', 'author', 'person', 'patient', 'product', 'item', 'book', 'citi', 'street'].some((cue) =>
    cues.has(cue),
  );
}

/** Says the same in the forms that the rest looks for: one number for a range, whole years, the field's own unit. */
function plainly(message: string, fields: readonly Field[], today: Date): string {
  const year = today.getUTCFullYear();
  const miles = fields.some(({ cues }) => cues.has('mile'));
  const dated = fields.some(({ kind }) => kind === 'date');
  let text = (dated ? withIsoDates(message) : message)
    // "2021, not 2022": what is denied is not said.
    .replace(/,?\s*\bnot\s+(?:an?\s+|the\s+|in\s+)?[$]?\d[\d,]*(?:k|thousand)?\b/gi, '')
    .replace(/\bminus (?=\d)/gi, '-')
    .replace(/(\d)(mi|miles|kms?|yrs?|yo|y\/o)\b/gi, '$1 $2')
    .replace(/\b\d[\d,]*\s*(?:to|-|–|or)\s*(?=\d[\d,]*\s*(?:k|thousand|miles|mi)\b)/gi, '')
    .replace(/\b(?:just|only) (?:me|myself)\b/gi, '1 person')
    .replace(
      /\bme and my (?:wife|husband|partner|friend|boyfriend|girlfriend|mother|father|mom|dad|son|daughter)\b/gi,
      '2 people',
    );
  text = withMoneyInWords(text, fields);
  if (fields.some(isYear)) {
    // "The 24 model"; a car that was given away is not the one that is spoken of.
    text = text
      .replace(/\b(?:the|a|it'?s a) (\d\d)(?= model\b)/gi, "'$1")
      .replace(/\b(?:trad(?:ed|ing)|swapp(?:ed|ing)|replac(?:ed|ing))\b[^.?!]*?\b(?:for|with)\b/gi, ' ');
    text = text.replace(/(?<!\w)['’](\d\d)\b/g, (_, two: string) =>
      String(Number(two) <= (year % 100) + 1 ? 2000 + Number(two) : 1900 + Number(two)),
    );
  }
  if (fields.some(isAge))
    text = text.replace(
      /\b(?:born in|birth ?(?:day|date|year) (?:is|was)?(?: in)?|dob:?) ((?:19|20)\d\d)\b/gi,
      (_, born: string) => `aged ${year - Number(born)}`,
    );
  const months = fields.some(({ kind, cues }) => kind === 'number' && cues.has('month'));
  if (months && !fields.some((field) => isYear(field) || isAge(field)))
    text = text.replace(
      /\b(an?|one|two|three|\d)[\s-]*(?:years?|yrs?)\b/gi,
      (_, n: string) => `${12 * (YEARS[n.toLowerCase()] ?? Number(n))} months`,
    );
  for (const field of fields.filter(({ kind, min }) => kind === 'number' && min === 0)) text = withZeros(text, field);
  if (miles)
    text = text.replace(
      /(\d[\d,]*)\s*(?:km|kms|kilomet(?:er|re)s)\b/gi,
      (_, km: string) => `${Math.round(Number(km.replaceAll(',', '')) * 0.621371)} miles`,
    );
  return text;
}

/** "15 for my order", "my 12.50 back": a number of nothing else. */
const BARE = /(?<![\w.,-])(\d+(?:[.,]\d{1,2})?)(?=\s+(?:back|for|on|of|from|please)\b)/gi;

const CURRENCIES: [cue: string, sign: string][] = [
  ['euro', '€|eur\\b'],
  ['dollar', '\\$|usd\\b'],
  ['pound', '£|gbp\\b'],
];

/** "€20" and "20 EUR" as "20 euro", "12,50" as "12.50", where a field is in that currency. */
function withMoneyInWords(message: string, fields: readonly Field[]): string {
  const [cue, sign] =
    CURRENCIES.find(([cue]) => fields.some((one) => one.kind === 'number' && one.cues.has(cue))) ?? [];
  if (!cue) return message;
  const amount = '\\d+(?:[.,]\\d{1,2})?(?![\\d])';
  return message
    .replace(new RegExp(`(?:${sign})\\s?(${amount})`, 'gi'), `$1 ${cue}`)
    .replace(new RegExp(`(${amount})\\s?(?:${sign})`, 'gi'), `$1 ${cue}`)
    .replace(BARE, `$1 ${cue}`)
    .replace(/(\d),(\d{1,2})(?!\d)/g, '$1.$2');
}

const YEARS: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3 };

/** "No extenders", "don't need any of those extender things": 0 in words. */
function withZeros(text: string, { cues }: Field): string {
  return text.replace(
    /\b(?:no|without|zero|not? any|do(?:n'?t| not) (?:need|want)(?: any| the)?(?: of (?:those|these|the))?)\s+((?:[\w-]+\s+)??)([\w-]+)\b/gi,
    (whole, between: string, word: string) =>
      [word, between.trim()].some((one) => one !== '' && cues.has(stem(one.toLowerCase()))) ? `0 ${word}` : whole,
  );
}

type Take = (field: Field, value: unknown, strong: boolean) => void;

function takeClosed(
  text: string,
  field: Field,
  { context, take, fields }: { context: ExtractContext; take: Take; fields: readonly Field[] },
): void {
  const asked = context.asked.includes(field.name);
  if (field.kind === 'choice') {
    const choice = field.choices.find((one) => mentions(text, one));
    const meant = choice ?? meantChoice(text, field.choices);
    if (meant) take(field, meant, choice !== undefined);
  }
  if (field.kind === 'email') {
    const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0];
    if (email) take(field, email, true);
  }
  if (field.kind === 'date') {
    const iso = /\b\d{4}-\d{2}-\d{2}\b/.exec(text)?.[0];
    const date = iso ?? spokenDate(text, field, context.today);
    if (date) take(field, date, true);
  }
  if (field.kind === 'boolean') {
    const value = booleanIn(text, field, { asked, fields });
    if (value !== null) take(field, value, !asked);
  }
}

/** True where the text says a choice, whole or by its telling words ("the riverside one" for "riverside-branch"). */
function mentions(text: string, choice: string): boolean {
  const said = new Set(words(text).map(stem));
  const all = (form: string) => words(form).every((word) => said.has(stem(word)));
  return [choice.replaceAll('_', ' '), choice.replace(/[_-]/g, ' '), choice.replaceAll('_', '-')].some(all);
}

/** What happened, in words that are names of it. Plain English, no company's wording. */
const EVENTS: [RegExp, string][] = [
  [
    /\b(?:drove|driven|ran|backed|slid|bumped|smashed|slammed|rolled) (?:in)?to\b|\brear[- ]?ended\b|\bcollided\b/gi,
    ' accident ',
  ],
  [
    /\b(?:drove|driven|took|ran|sped) (?:off|away)\b|\bfled\b|\bleft the scene\b|\b(?:didn['’]?t|did not|without) stop(?:ping)?\b/gi,
    ' run ',
  ],
  [/\b(?:took off with|made off with|nicked|pinched|robbed)\b/gi, ' theft '],
];

/** The choice that other words speak of, the one with most of them; "other …" only where no certain one is. */
function meantChoice(text: string, choices: readonly string[]): string | undefined {
  const told = EVENTS.reduce((rest, [sign, name]) => rest.replace(sign, name), text);
  const said = new Set(words(told).flatMap((word) => [...alike(stem(word))]));
  const termsOf = (choice: string) =>
    words(choice.replace(/[_-]/g, ' ')).filter((word) => !STOP_WORDS.has(word) && word !== 'other');
  const isOther = (choice: string) => /^other[ _-]/i.test(choice);
  return choices
    .filter((choice) => termsOf(choice).length > 0 && termsOf(choice).every((term) => said.has(stem(term))))
    .sort((a, b) => Number(isOther(a)) - Number(isOther(b)) || termsOf(b).length - termsOf(a).length)[0];
}

function booleanIn(
  text: string,
  field: Field,
  { asked, fields }: { asked: boolean; fields: readonly Field[] },
): boolean | null {
  if (asked && /^\s*(?:yes|yeah|yep|sure|please|y\b|of course|definitely)/i.test(text)) return true;
  if (asked && /^\s*(?:no|nope|not|n\b)/i.test(text)) return false;
  const own = words(field.name.replaceAll('_', ' '))
    .map(stem)
    .filter((cue) => !['need', 'is', 'has', 'with'].includes(cue));
  const said = words(text);
  if (asked && own.includes('new') && /\b(?:existing|regular|returning|already|before|current)\b/i.test(text))
    return false;
  // "Telephone" and "landline" name a phone line too.
  const names = (word: string, cue: string) => stem(word) === cue || (cue.length > 3 && word.endsWith(cue));
  const at = said.findIndex((word) => own.some((cue) => names(word, cue)));
  const whole = own.every((cue) => said.some((word) => names(word, cue)));
  const alone = own.filter((cue) => !fields.some((other) => other !== field && other.cues.has(cue)));
  const named = /\?/.test(text) ? whole : said.some((word) => alone.some((cue) => names(word, cue)));
  if (own.length === 0 || at < 0 || !(named || whole || asked)) return null;
  const before = said.slice(Math.max(0, at - 4), at);
  return !before.some((word) => /^(?:no|not|without|don't|dont|doesn't|won't|never|zero|skip)$/.test(word));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Holds what was found against what is known: the product's name alone is no new maker. */
function settle(
  found: BrandAndModel,
  { brand, named, mending }: { brand: Field; named: { brand: string | null; model: string | null }; mending: boolean },
): BrandAndModel {
  if (!found.brand || named.brand === null || brand.examples.includes(found.brand)) return found;
  const phrase = [found.brand, found.model].filter(Boolean).join(' ');
  const { sure, spans } = found;
  if (named.model === null) return { model: phrase, sure, spans };
  const same = named.model.toLowerCase().includes(found.brand.toLowerCase());
  return same || !mending ? { sure, spans: same ? spans : [] } : found;
}

/** Takes names; gives back where they stand, so that their numbers are not taken for something else. */
function takeNames(
  text: string,
  fields: readonly Field[],
  { context, take }: { context: ExtractContext; take: Take },
): Span[] {
  const texts = fields.filter(({ kind }) => kind === 'text');
  const brand = texts.find(({ name }) => /(?:^|_)(?:make|brand|manufacturer)(?:_|$)/.test(name));
  const model = texts.find(({ name }) => /(?:^|_)model(?:_|$)/.test(name));
  const asks = (field: Field) => context.asked.includes(field.name);
  const spans: Span[] = [];
  if (brand && model) {
    const known = context.values[model.name];
    const knownModel = typeof known === 'string' && isCorrection(text) ? known : null;
    const named = { brand: textOf(context.values[brand.name]), model: textOf(known) };
    const first = findBrandAndModel(text, {
      brand,
      model,
      asksBrand: asks(brand),
      asksModel: asks(model),
      knownModel,
      named,
    });
    const found = settle(first, { brand, named, mending: isCorrection(text) });
    if (found.brand !== undefined) take(brand, found.brand === '' ? undefined : found.brand, found.sure);
    if (found.model !== undefined) take(model, found.model, found.sure);
    // Another maker's vehicle is another product.
    else if (found.brand && context.values[brand.name] !== undefined && found.brand !== context.values[brand.name])
      take(model, undefined, true);
    spans.push(...found.spans);
  }
  const others = texts.filter((field) => isNameField(field) && field !== brand && field !== model && field.required);
  for (const field of others) {
    const only = asks(field) && context.asked.length === 1;
    const settled = context.values[field.name] !== undefined && !asks(field) && !isCorrection(text);
    const found = !settled && (others.length === 1 || only) ? findName(beforeTurn(text), field, only) : null;
    if (found) take(field, found.name, found.sure);
  }
  return spans;
}

/** Where somebody thinks better of it, behind a comma. */
const TURN =
  /\s*[,;–—]\s*(?:(?:oh|no|but|hm+)\b,?\s+)?(?:wait|actually|sorry|scratch that|hold on|hang on|on second thoughts?)\b[\s,:–—-]*/i;
const MENDED = /^(?:(?:it'?s|it is|i mean|i meant|make it|make that|that'?s)\s+)?((?:[A-Z][\w'’-]*\s?){1,4})[.!]?$/;

/** "Ann Lee, no wait, make it an e-bike": what stands before the second thought, or the name that is one ("Ann Lee, sorry, Anne Leigh"). */
function beforeTurn(text: string): string {
  const turn = TURN.exec(text);
  if (!turn || words(text.slice(0, turn.index)).length === 0) return text;
  return MENDED.exec(text.slice(turn.index + turn[0].length).trim())?.[1] ?? text.slice(0, turn.index);
}
