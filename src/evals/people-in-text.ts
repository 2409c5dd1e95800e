import { fieldOf } from '../guards/record-fields.ts';
import type { Known } from './masking.ts';

/** What a conversation holds: texts of either side, and what tools were called with. */
export type Held = { texts: readonly string[]; inputs: readonly unknown[] };

/** A word with a capital letter, with what belongs to names between two of them. */
const CAPITAL = String.raw`\p{Lu}[\p{L}'’-]*\p{L}\.?`;
const BETWEEN = String.raw`(?:(?:de|del|la|da|dos|di|van|der|den|von|zu|al|el|bin|le|[A-Z]\.)[ ])*`;
const NAME = `${CAPITAL}(?:[ ]${BETWEEN}${CAPITAL}){0,3}`;
const FULL_NAME = `${CAPITAL}(?:[ ]${BETWEEN}${CAPITAL}){1,3}`;
/** Words without capitals, as phones write them. */
const ANY_NAME = String.raw`\p{L}[\p{L}'’-]+(?:[ ]\p{L}[\p{L}'’-]+)?(?=\s*(?:[.,;!?\n]|$|and\b|und\b|y\b|et\b|e\b))`;

/** What comes before a name, in five languages. What says nothing but who somebody is takes any word; the rest needs capitals. */
const NAMED: readonly [before: string, name: string][] = [
  [
    String.raw`(?:(?:my|full|first|last|the|your|his|her) name(?:'s|’s| is)|\bname:|mein name ist|(?:ich|er|sie) hei(?:ß|ss)(?:e|t)|me llamo|mi nombre es|je m['’]appelle|mon nom est|mi chiamo|il mio nome è|meu nome é|chamo-me)`,
    `(?:${NAME}|${ANY_NAME})`,
  ],
  [
    String.raw`(?:\bi am|\bi['’]m|this is|speaking is|\bich bin|hier ist|\bsoy|je suis|c['’]est|\bsono|\bsou)`,
    FULL_NAME,
  ],
  [String.raw`(?:\b(?:mr|mrs|ms|miss|dr|herrn?|frau|señora?|sra?|monsieur|madame|mme|signora?|sig)\.?)`, NAME],
  [
    String.raw`\b(?:my|our|meine?|unsere?|mi|mon|ma|mio|mia) (?:wife|husband|son|daughter|mother|father|mom|mum|dad|partner|brother|sister|friend|neighbou?r|boss|colleague|frau|mann|sohn|tochter|mutter|vater|esposa|marido|hijo|hija|femme|mari|fils|fille|moglie|marito|figlio|figlia),?`,
    NAME,
  ],
  [
    String.raw`\b(?:regards|wishes|thanks|thank you|cheers|best|sincerely|yours|grüßen?|gruß|danke|saludos|gracias|cordialement|merci|saluti|grazie|abraços)[,.!]?`,
    String.raw`\s*\n\s*${NAME}(?=\s*$)`,
  ],
];
const NAMES = NAMED.map(([before, name]) => ({
  before: new RegExp(String.raw`(?<=^|[^\p{L}])${before}(?!\p{L})[ ]*`, 'giu'),
  name: new RegExp(name, 'myu'),
}));
/** An agent that asks for a name, and an answer that is hardly more. */
const ASKS_NAME = /\b(?:name|nombre|nom|nome)\b[^.!?]*\?/i;
const ONLY_NAME = new RegExp(String.raw`^\s*(?<value>(?:${NAME}|\p{L}+(?:[ ]\p{L}+){1,2}))[.!]?\s*$`, 'u');

/** Streets with their numbers, and the place behind them. */
const PLACE = String.raw`(?:,?[ ]+\d{4,6}[ ]+${CAPITAL})?`;
const NO_STREET =
  'miles?|km|days?|hours?|minutes?|weeks?|months?|years?|on|the|in|at|to|from|of|by|an?|and|or|is|my|your|per|times';
const STREETS = [
  String.raw`\b\d{1,5}[a-z]?[ ](?:(?!(?:${NO_STREET})[ ])[\p{L}'.-]+[ ]){1,4}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|square|sq|terrace|close|crescent)\b`,
  String.raw`\b\d{1,4}[,]?[ ](?:bis[ ])?(?:rue|avenue|boulevard|allée|place|chemin|quai)[ ](?:[\p{L}'’-]+[ ]?){1,5}`,
  String.raw`(?<![\p{L}-])\p{L}[\p{L}-]{1,40}(?:str\.|stra(?:ß|ss)e|weg|platz|allee|gasse|ring|damm|ufer)[ ]\d{1,4}[ ]?[a-z]?\b${PLACE}`,
  String.raw`\b(?:calle|c\/|avenida|avda\.?|plaza|paseo|camino|via|viale|piazza|corso|rua|travessa)[ ](?:[\p{L}'’.-]+[ ]?){1,5},?[ ]?(?:n\.?º?[ ]?)?\d{1,4}\b`,
].map((source) => new RegExp(source, 'giu'));

const PEOPLE = ['Sam Roe', 'Kim Poe', 'Max Moe', 'Pat Loe', 'Jo Coe', 'Lee Foe'];
const WORDS_NOT_NAMES =
  /^(?:not|sure|sorry|afraid|here|fine|happy|interested|looking|still|just|very|so|too|a|an|the|in|on|at|from|for|with|also|only|new|on it)$/i;

/**
 * Names and street addresses that somebody said or a tool was given, longest first, each with what stands for it. By rules, in five
 * languages: a name that is merely mentioned is not found.
 */
export function peopleIn({ texts, inputs }: Held): Known[] {
  const names = new Set<string>();
  const streets = new Set<string>();
  for (const [at, text] of texts.entries()) {
    for (const name of namedIn(text)) add(names, name);
    if (ASKS_NAME.test(texts[at - 1] ?? '')) add(names, ONLY_NAME.exec(text)?.groups?.value);
    for (const pattern of STREETS) for (const [found] of text.matchAll(pattern)) streets.add(found.trim());
  }
  for (const input of inputs) collect(input, null, { names, streets });
  const people = [...names].flatMap((name, at) => named(name, at));
  const places = [...streets].map((value, at) => ({ value, standIn: `${at + 1} Example Street` }));
  return [...people, ...places].sort((one, other) => other.value.length - one.value.length);
}

function* namedIn(text: string): Generator<string> {
  for (const { before, name } of NAMES) {
    for (const { 0: words, index } of text.matchAll(before)) {
      name.lastIndex = index + words.length;
      const [found] = name.exec(text) ?? [];
      if (found) yield found.trim();
    }
  }
}

function add(names: Set<string>, found: string | undefined): void {
  const name = found?.replace(/[.]$/, '').trim();
  if (name && name.length > 1 && !WORDS_NOT_NAMES.test(name.split(' ')[0] ?? '')) names.add(name);
}

/** A name whole, and its parts: it is said again by one of them. */
function named(name: string, at: number): Known[] {
  const standIn = PEOPLE[at % PEOPLE.length] ?? '';
  const parts = name.split(/\s+/);
  const standIns = standIn.split(' ');
  const inParts = parts.filter((part) => part.length > 2 && /^\p{Lu}/u.test(part));
  const first = inParts.map((value, index) => ({ value, standIn: standIns[Math.min(index, 1)] ?? standIn }));
  return parts.length === 1 ? [{ value: name, standIn: standIns[0] ?? standIn }] : [{ value: name, standIn }, ...first];
}

/** Values of fields that are called so. A town alone says little, and a tool may know only real ones. */
function collect(value: unknown, key: string | null, found: { names: Set<string>; streets: Set<string> }): void {
  if (typeof value === 'string' && key !== null) {
    const { kind, role } = fieldOf(key);
    if (role === 'company') return;
    if (kind === 'name' && /^\p{L}/u.test(value)) found.names.add(value.trim());
    if (kind === 'address' && /\p{L}/u.test(value) && /\d/.test(value)) found.streets.add(value.trim());
  } else if (Array.isArray(value)) {
    for (const one of value) collect(one, key, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) collect(inner, name, found);
  }
}
