import type Anthropic from '@anthropic-ai/sdk';
import { stem } from '../../language/stem.ts';
import { tokenize, words } from '../../language/tokens.ts';
import { askedOf, informs } from './asking.ts';
import { contentStems } from './concepts.ts';
import { extract } from './extract.ts';
import type { Field } from './fields.ts';
import { findName } from './names.ts';
import { isRecordTool, recordWish } from './record-wish.ts';
import { clauses } from './scene.ts';
import { alike } from './synonyms.ts';

/** A tool that a customer may want, with its inputs. */
export type Candidate = { tool: Anthropic.Tool; fields: Field[] };

/** Words for the same errand. Plain English, no company's wording. */
const PRICES = new Set(words('quote price cost premium estimate rate pricing quotation').map(stem));
const ERRANDS = [
  PRICES,
  ...[
    'book reserve reservation booking appointment schedule rent hire',
    'available availability free vacancy',
    'order purchase parcel package delivery shipment',
    'track status',
    'cancel cancellation',
    'room space hall',
    'stay night accommodation',
  ].map((line) => new Set(words(line).map(stem))),
];

const GENERIC = new Set(
  words(
    'get check find look up lookup calculate compute create make list fetch request search show tell give do of for a an the and',
  ).map(stem),
);

const REQUEST =
  /\b(?:get|have|want|need|like|give|gimme|start|calculate|make|see|reserve|book|check|find|look|searching|looking|send|work out|figure out|help me with|let'?s|ready|please|pls|run|interested in (?:a|getting)|arrange|any|is there)\b/i;
const WISH =
  /\b(?:want|wanna|need|would like|'d like|looking|trying|hoping|ready|have|going)\b.*\b(?:to|for|a|some|my|this)\b|\b(?:want|need|get)\b/i;
const PRICE =
  /\bhow (?:much|expensive)\b|\bwhat(?:'s| is| would| will|'d| do| does| are)\b.*\b(?:pay|cost|price|premium|rate|rates|run (?:me|us)|charge)\b|\b(?:price|premium|rate|estimate|quotation|quote) (?:for|on|of) (?:my|a|an|the|\d|[A-Z'’])|\bset me back\b/i;
const ABOUT =
  /^\W*(?:(?:and|so|but|ok|okay|also|hi|hello),?\s)?(?:how long|how do|how does|how are|how is|how many|how can|why|what|when|where|who|which|is|are|does|do|did|will|if|can (?:a|the|i|you|my)|could|should)\b|\b(?:talk|walk) me through\b|\b(?:tell|explain|know|hear|learn|read|information|info|details)\b.*\b(?:about|how|why|what)\b/i;
/** "Can you give me …": a request in the form of a question. */
const FAVOUR =
  /^\W*(?:\w+,?\s)?(?:can|could|would|will|may) (?:you|i|we) (?:please |pls )?(?:give|get|have|do|make|send|calculate|work out|run|check|book|find|reserve)\b/i;
const OWN = /\b(?:my|me|i|i'm|i’d|our|us|we)\b/i;
const ABORTED = /\b(?:lost|broke|broken|return|returned|renew|cancel|complain|claim|existing|current)\b/i;

/** `offered`: the agent has offered the tool. `asksPrice`: whether a text means "how much is it for me?". */
export type Around = { today: Date; offered: boolean; asksPrice: (text: string) => boolean };

/**
 * How much a message asks for a tool: 0 for not at all. It does when it names the errand and speaks of nothing else,
 * when it asks for a price of what the tool prices, or when it gives two values that are plainly the tool's.
 */
export function wish(candidate: Candidate, text: string, { today, offered, asksPrice }: Around): number {
  if (isRecordTool(candidate)) return recordWish(candidate, text);
  const whole = extract(text, candidate.fields, { asked: [], values: {}, today });
  const names = new Set(candidate.fields.filter(({ kind }) => kind === 'text').map(({ name }) => name));
  const isNamed = [...whole.strong].some((name) => names.has(name));
  if (!isNamed && acts(candidate.tool) && asksFigureOnly(text, asksPrice)) return 0;
  if (asksForThing(candidate, text)) return 1.1;
  const asked = askedOf(candidate, text, whole.values);
  if (asked > 0 || informs(candidate.tool)) return asked || namedWhole(candidate.tool, text);
  const asksElse = clauses(text).some(
    (part) => ABOUT.test(part) && !PRICE.test(part) && !FAVOUR.test(part) && !asksPrice(part.trim()),
  );
  const facts = [...whole.strong].filter((name) => !names.has(name)).length;
  if (facts >= 2 && !asksElse && !ABORTED.test(text)) return 1 + whole.strong.size;
  if (offered && facts >= 1 && !asksElse && !ABORTED.test(text)) return 1;
  return Math.max(
    0,
    ...clauses(text).map((sentence) =>
      sentenceWish(candidate, sentence, { today, asksPrice, strong: whole.strong.size }),
    ),
  );
}

/** A tool that does something rather than to let know something, as its description or its name begins. */
export function acts({ name, description = '' }: Anthropic.Tool): boolean {
  return ACTS.test(description) || ACTS.test(name.replaceAll('_', ' '));
}

const ACTS =
  /^(?:reserve|book|order|create|open|file|send|register|schedule|submit|place|sign|add|change|cancel|request|arrange|start|rent|buy)s?\b/i;

/** True where all that a message wants is a price or a time: who asks for that has not ordered anything. */
function asksFigureOnly(text: string, asksPrice: (text: string) => boolean): boolean {
  const parts = clauses(text).filter((part) => contentStems(part).length > 0);
  const asks = (part: string) => FIGURE.test(part) || PRICE.test(part) || asksPrice(part.trim());
  return parts.length > 0 && parts.every((part) => asks(part) && !FAVOUR.test(part) && !ORDERS.test(part));
}

const FIGURE = /\bhow (?:much|long|soon|expensive)\b|\bwhat\b.*\bcosts?\b/i;
const ORDERS =
  /\b(?:i|we)(?:['’]d| would| really)* (?:want|need|like|love|wish)\b(?! to know)|^\W*(?:please )?(?:book|reserve|order|rent|schedule)\b/i;

/** "Give me the opening hours": a tool whose whole name is said, in what is no question. */
function namedWhole(tool: Anthropic.Tool, text: string): number {
  const said = new Set(words(text).map(stem));
  return !ABOUT.test(text) && keysOf(tool).every((key) => said.has(key)) ? 1 : 0;
}

/** "Do you have 'Walden'?": a tool that looks one thing up by its name is wanted for a thing that is named. */
function asksForThing({ fields }: Candidate, text: string): boolean {
  const required = fields.filter((field) => field.required);
  const [field] = required;
  if (required.length !== 1 || field?.kind !== 'text') return false;
  const found = findName(text, field, false);
  if (!found) return false;
  return ASKS_FOR_THING.test(text);
}

/** "Do you have …?", "is … in?" */
export const ASKS_FOR_THING =
  /\b(?:do|have) (?:you|u|they) (?:have|got|carry|stock|lend|sell)\b|\b(?:have you|got) (?:got )?|\blooking for\b|\bis\b.*\b(?:in|available|there|on the shelf|in stock|checked out|out)\b|\bcopy of\b/i;

function sentenceWish(
  { tool, fields }: Candidate,
  sentence: string,
  known: Pick<Around, 'today' | 'asksPrice'> & { strong: number },
): number {
  const said = verbless(sentence);
  const literal = keysOf(tool).filter((key) => said.has(key));
  const hits = keysSaid(tool, said);
  const purpose = [...purposeOf(tool)].some((token) => overlaps(alike(token), said));
  const others = unexplained(sentence, { tool, fields }, known.today).length;
  const about = ABOUT.test(sentence) && !PRICE.test(sentence) && !FAVOUR.test(sentence);
  const priced = keysOf(tool).some((key) => PRICES.has(key));
  const strength = 0.5 * known.strong + literal.length * 0.4 + hits.length * 0.2;
  if (
    priced &&
    PRICE.test(sentence) &&
    others <= (known.strong > 0 ? 1 : 0) &&
    (purpose || known.strong > 0) &&
    (purpose || OWN.test(sentence))
  )
    return 1.5 + strength;
  if (
    priced &&
    PRICE.test(sentence) &&
    others === 0 &&
    /\b(?:for me|for us|for mine|my|i pay|we pay|(?:it|that|this) (?:cost|run)|(?:cost|run|charge) (?:me|us))\b/i.test(
      sentence,
    )
  )
    return 1.2 + strength;
  if (priced && known.asksPrice(sentence.trim()) && others <= (known.strong > 0 ? 1 : 0)) return 1.1 + strength;
  if (about && known.strong < 2) return 0;
  if (ABORTED.test(sentence)) return 0;
  if (literal.length > 0 && isObject(sentence, literal)) return others <= 3 ? 1.4 + strength : 0;
  const short = words(sentence).length <= 5;
  if (hits.length > 0 && (REQUEST.test(sentence) || short) && others === 0)
    return (literal.length > 0 ? 1.2 : 1) + strength;
  if (hits.length > 0 && known.strong > 0 && others <= 1 && (purpose || literal.length > 0 || OWN.test(sentence)))
    return 1 + strength;
  if (purpose && WISH.test(sentence) && others <= (known.strong > 0 ? 1 : 0)) return 1 + strength;
  return 0;
}

/** The stems of a sentence; "book" as a verb ("book a table") is not the thing. */
function verbless(sentence: string): Set<string> {
  return new Set(words(sentence.replace(/\bbook(?= (?:a|an|the|me|us|my|one|this|that)\b)/gi, 'reserve')).map(stem));
}

/** True where the sentence wants the thing itself: "I need a room", "book the hall". */
function isObject(sentence: string, keys: readonly string[]): boolean {
  const wanted =
    /\b(?:want|need|like|get|book|reserve|find|have|looking for|any|check)\s+(?:to\s+\w+\s+)?(?:a|an|the|my|some|your|another|me an?|us an?)?\s*((?:[\w-]+\s*){1,3})/i.exec(
      sentence,
    )?.[1] ?? '';
  return words(wanted)
    .map(stem)
    .some((token) => keys.includes(token));
}

/** Content words of a sentence that neither the tool's description nor a value of it explains. */
function unexplained(sentence: string, { tool, fields }: Candidate, today: Date): string[] {
  const known = stemsOf({ tool, fields });
  const found = extract(sentence, fields, { asked: [], values: {}, today }).values;
  const values = new Set(tokenize(Object.values(found).join(' ')));
  return contentStems(sentence).filter(
    (token) =>
      !known.has(token) &&
      !values.has(token) &&
      !overlaps(alike(token), known) &&
      !/^\d/.test(token) &&
      !COURTESY.has(token),
  );
}

const stemsByTool = new WeakMap<Anthropic.Tool, ReadonlySet<string>>();

/** The words of a tool's description, its fields and its errand. */
function stemsOf({ tool, fields }: Candidate): ReadonlySet<string> {
  const known = stemsByTool.get(tool);
  if (known) return known;
  const stems = new Set([
    ...tokenize(`${tool.name.replaceAll('_', ' ')} ${tool.description ?? ''}`),
    ...fields.flatMap((field) => [...field.cues, ...tokenize(field.label), ...field.choices.flatMap(tokenize)]),
    ...ERRANDS.filter((errand) => keysOf(tool).some((key) => errand.has(key))).flatMap((errand) => [...errand]),
  ]);
  stemsByTool.set(tool, stems);
  return stems;
}

const COURTESY = new Set(
  words(
    'pls plz wanna gonna gotta yo yr yrs cool nice great awesome used buying buy bought wife husband son daughter drive driver year old today approximately roughly month monthly per paying pay damage figures ballpark total come sum gimme dear sweet please kindly',
  ).map(stem),
);

/** What the tool is for: the first sentence of its description. */
function purposeOf(tool: Anthropic.Tool): Set<string> {
  const first = (tool.description ?? '').split(/\.\s/)[0] ?? '';
  return new Set(tokenize(first).filter((token) => !GENERIC.has(token) && !PRICES.has(token)));
}

/** The words of a tool's name that say what it is about. */
export function keysOf(tool: Anthropic.Tool): string[] {
  return words(tool.name.replaceAll('_', ' '))
    .map(stem)
    .filter((key) => !GENERIC.has(key));
}

/** Those of them that a text speaks of, in its own words. */
export function keysSaid(tool: Anthropic.Tool, said: ReadonlySet<string>): string[] {
  return keysOf(tool).filter(
    (key) => said.has(key) || ERRANDS.some((errand) => errand.has(key) && overlaps(errand, said)),
  );
}

export function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a) if (b.has(one)) return true;
  return false;
}
