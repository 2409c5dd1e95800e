import { literal } from '../../language/literal.ts';
import { STOP_WORDS } from '../../language/stop-words.ts';
import { words } from '../../language/tokens.ts';
import type { Field } from './fields.ts';
import { unitOf } from './units.ts';

export type Span = { start: number; end: number };

/** Words that end a name in running text, beside the usual stop words. */
const STOP = new Set(
  `approximately roughly driven from im ive miles mile mileage mi km year years yrs yo old car cars vehicle truck van suv bike motorcycle
  quote insurance insured insure cover coverage premium price cost rate much many use used driver driving drives drive age aged bought buy buying
  maybe actually sorry sure okay ok well hmm um oh make model brand today tomorrow yesterday thanks thank hello hi hey instead too also then
  think thought guess believe looking need want currently now k thousand per month yes yeah yep no nope not never mind pls plz ty it's i'm that's what's she's he's we're they're there's here's run runs cost costs set last right exactly obviously basically coming arriving please figures total asap
  january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday`.split(
    /\s+/,
  ),
);
const LEADING = new Set(
  'new used brand-new electric red blue black white grey gray silver green old my our his her your own pre-owned certified second-hand the a an'.split(
    ' ',
  ),
);

type Token = Span & { text: string; word: string; breaks: boolean };

/** A maker's name and the name of its product, as in "2022 Hyundai Ioniq 5", and where they stand. */
export type BrandAndModel = { brand?: string; model?: string; sure: boolean; spans: Span[] };

/** Takes out the parts of `text` that other fields have claimed; the places stay the same. */
export function blank(text: string, spans: readonly Span[]): string {
  let rest = text;
  for (const { start, end } of spans) rest = rest.slice(0, start) + '|'.repeat(end - start) + rest.slice(end);
  return rest;
}

export type BrandContext = {
  brand: Field;
  model: Field;
  /** Whether the agent has just asked for the brand, or for the model. */
  asksBrand: boolean;
  asksModel: boolean;
  /** The product named before, where the customer mends it. */
  knownModel: string | null;
  /** The brand and the product named before, if any. */
  named: { brand: string | null; model: string | null };
};

/**
 * Finds a brand and a model: by the schema's examples, beside a model year, as capitalised words, or as the bare answer
 * to the question for them.
 */
export function findBrandAndModel(text: string, context: BrandContext): BrandAndModel {
  const all = tokens(text);
  return (
    knownBrand(text, all, context) ??
    besideYear(all, context) ??
    (context.asksBrand || context.asksModel ? capitals(all) : null) ??
    (context.asksBrand ? bareBrand(text) : context.asksModel ? bareModel(text) : null) ??
    mendedModel(text, all, context) ??
    modelByExample(text, context.model) ?? { sure: false, spans: [] }
  );
}

function knownBrand(text: string, all: Token[], { brand, model: models }: BrandContext): BrandAndModel | null {
  const known = longestExample(text, brand.examples);
  if (!known) return null;
  let at = all.findIndex(({ start }) => start >= known.end);
  // "A Mercedes, a C300 to be precise".
  if (/^an?$/.test(all[at]?.word ?? '')) at += 1;
  const after = at < 0 ? [] : modelRun(all, at);
  const model = after.length > 0 ? after : madeBy(text, all, { known, models });
  return toResult(known.example, model, { sure: true, spans: [known] });
}

/** "A Model 3 from Tesla": the product before its maker. */
function madeBy(text: string, all: Token[], { known, models }: { known: Span; models: Field }): Token[] {
  const example = modelByExample(text, models);
  const at = example?.spans[0];
  if (at) return all.filter(({ start, end }) => start >= at.start && end <= at.end);
  const by = all.findIndex(({ start }) => start >= known.start) - 1;
  return /^(?:from|by)$/.test(all[by]?.word ?? '') ? namesBefore(all, by, false) : [];
}

/** "2019 Peugeot 3008", "Kia EV6 2023", "Kia EV6 from 2023". */
function besideYear(all: Token[], { asksBrand }: BrandContext): BrandAndModel | null {
  for (const [at, token] of all.entries()) {
    if (!isYearLike(token)) continue;
    let next = at + 1;
    while (all[next] && LEADING.has(all[next]?.word ?? '')) next += 1;
    const after = all[next];
    if (after && !token.breaks && isNameStart(after)) {
      return toResult(after.text, after.breaks ? [] : modelRun(all, next + 1), { sure: true, spans: [after] });
    }
    const before = namesBefore(all, at, asksBrand);
    const [first, ...rest] = before;
    if (first) return toResult(first.text, rest, { sure: true, spans: [first] });
  }
  return null;
}

function namesBefore(all: Token[], at: number, lowerCaseToo: boolean): Token[] {
  let end = at;
  if (/^(?:from|of|in)$/.test(all[end - 1]?.word ?? '')) end -= 1;
  const names: Token[] = [];
  for (let i = end - 1; i >= 0 && names.length < 4; i--) {
    const token = all[i];
    if (!token || (token.breaks && i < end - 1) || isStop(token)) break;
    if (!lowerCaseToo && !/^[A-Z0-9]/.test(token.text)) break;
    names.unshift(token);
  }
  while (names[0] && !isNameStart(names[0])) names.shift();
  return names.length > 1 || lowerCaseToo ? names : [];
}

/** "It's a Peugeot 3008": a capitalised word, and what belongs to it. */
function capitals(all: Token[]): BrandAndModel | null {
  for (const [at, token] of all.entries()) {
    if (!/^[A-Z][A-Za-z-]+$/.test(token.text) || !isNameStart(token) || token.breaks) continue;
    const model = modelRun(all, at + 1);
    if (model[0] && /^[A-Z0-9]/.test(model[0].text))
      return toResult(token.text, model, { sure: false, spans: [token] });
  }
  return null;
}

function bareBrand(text: string): BrandAndModel | null {
  const [first, ...rest] = bareWords(text);
  return first && isNameStart(first) ? toResult(first.text, rest, { sure: false, spans: [first] }) : null;
}

function bareModel(text: string): BrandAndModel | null {
  const found = bareWords(text);
  if (found.length === 1 && /^\d{1,2}$/.test(found[0]?.text ?? '')) return null;
  if (
    found.length === 0 ||
    (found[0] && isYearLike(found[0])) ||
    found.some(({ text: part }) => /,\d{3}|^\d{5,}/.test(part))
  )
    return null;
  return { model: pretty(found), sure: false, spans: found };
}

/** "Actually it's a Q7": a name alone, where the customer mends the product that they named. */
function mendedModel(text: string, all: Token[], { knownModel }: BrandContext): BrandAndModel | null {
  if (!knownModel || !/\b(?:it'?s|it is|about|make (?:it|that)|for|to|meant|mean)\b/i.test(text)) return null;
  for (const [at, token] of all.entries()) {
    const named = token.word === 'model' && /^\w{1,2}$/.test(all[at + 1]?.text ?? '');
    // "Commercial insurance, I mean": what is insured is no name.
    const kind = /^(?:insurance|coverage|cover|policy)$/.test(all[at + 1]?.word ?? '');
    if (!/^[A-Z][\w-]*$/.test(token.text) || (isStop(token) && !named) || at === 0 || kind) continue;
    const model = [token, ...(token.breaks ? [] : modelRun(all, at + 1))];
    const name = pretty(model);
    // "Q5" and "Q7", "Model 3" and "Model Y" have one maker; of anything else the maker must be asked.
    return name[0]?.toLowerCase() === knownModel[0]?.toLowerCase()
      ? { model: name, sure: true, spans: model }
      : { brand: '', model: name, sure: true, spans: model };
  }
  return null;
}

function modelByExample(text: string, model: Field): BrandAndModel | null {
  const known = longestExample(
    text,
    model.examples.filter((example) => /[a-z]/i.test(example)),
  );
  return known ? { model: known.example, sure: true, spans: [known] } : null;
}

function toResult(brand: string, model: Token[], found: { sure: boolean; spans: Span[] }): BrandAndModel {
  const named = brand === brand.toLowerCase() ? pretty([{ text: brand }]) : brand;
  const spans = [...found.spans, ...model];
  return { brand: named, ...(model.length > 0 ? { model: pretty(model) } : {}), sure: found.sure, spans };
}

/** The words of a product's name from `at` on. Numbers belong to it where they are not a year, an age or a distance. */
function modelRun(all: Token[], at: number): Token[] {
  const taken: Token[] = [];
  for (let i = at; i >= 0 && i < all.length && taken.length < 4; i++) {
    const token = all[i];
    if (!token) break;
    const next = all[i + 1]?.text ?? '';
    // "Model 3", "K 1600".
    const named =
      !token.breaks &&
      ((token.word === 'model' && /^\w{1,2}$/.test(next)) || (/^[A-Z]$/.test(token.text) && /^\d{3,4}$/.test(next)));
    if ((isStop(token) && !named) || isYearLike(token) || token.text.includes('|')) break;
    if (/^[$€£]/.test(token.text)) break;
    if (
      /^\d/.test(token.text) &&
      !isModelNumber(token, all[i + 1], { last: taken.at(-1), apart: all[i - 1]?.breaks === true })
    )
      break;
    taken.push(token);
    if (token.breaks) break;
  }
  return taken;
}

/** `last`: the part of the name before the number, if any. `apart`: a comma or the like stands before it. */
function isModelNumber(
  token: Token,
  next: Token | undefined,
  { last, apart }: { last: Token | undefined; apart: boolean },
): boolean {
  const after = token.breaks ? '' : (next?.word ?? '');
  if (/^(?:k|yo|thousand|people|of)$/.test(after) || unitOf('', '', ` ${after}`)) return false;
  if (/^\d+(?:[.,]\d+)*k?$/i.test(token.text) === false) return true;
  const digits = token.text.replace(/\D/g, '').length;
  if (/k$|,/i.test(token.text)) return false;
  // "CX 5" and "R 1200" are names; behind a comma, a number of two digits is rather an age.
  if (!last) return digits <= 4 && !(apart && digits < 3);
  return digits === 1 || digits === 3 || (digits === 4 && last.text.length <= 2);
}

function tokens(text: string): Token[] {
  return [...text.matchAll(/(?:\d,(?=\d{3}(?!\d))|[^\s,;:!?()])+/g)].map((match) => {
    const end = /[.]+$/.test(match[0]) ? match[0].replace(/[.]+$/, '') : match[0];
    const after = text[match.index + match[0].length] ?? '';
    return {
      text: end,
      word: end.toLowerCase().replace(/’/g, "'"),
      start: match.index,
      end: match.index + end.length,
      breaks: end !== match[0] || /[,;:!?()]/.test(after),
    };
  });
}

function isStop({ word, text }: Token): boolean {
  if (text === 'ID') return false;
  // No product's name is an adverb or a verb in lower case: "starting", "obviously".
  const plain = text === text.toLowerCase() && /^[a-z]{4,}(?:ing|ly)$/.test(text);
  return plain || STOP.has(word) || STOP_WORDS.has(word) || word === '-' || word === '&';
}

function isNameStart(token: Token): boolean {
  return /^[A-Za-zÀ-ž]/.test(token.text) && !isStop(token) && !LEADING.has(token.word) && !/^\d|\|/.test(token.text);
}

function isYearLike({ text }: { text: string }): boolean {
  return /^(?:19|20)\d\d$/.test(text);
}

const ASKS =
  /^\W*(?:(?:and|so|ok|okay|but|also|wait),?\s)?(?:tell|give|show|write|play|order|explain|talk|help|let|please|any|can|could|do|does|did|is|are|will|would|should|what|how|why|when|where|who|which)\b/i;

/** The answer to "what is …?" without the words around it; empty where the message is a sentence about something else. */
function bareWords(text: string): Token[] {
  if (/\?\s*$/.test(text) || ASKS.test(text)) return [];
  const all = tokens(text);
  let at = 0;
  const isName = (n: number) => all[n]?.word === 'model' && /^\w{1,2}$/.test(all[n + 1]?.text ?? '');
  while (at < all.length && !isName(at) && (isStop(all[at] as Token) || LEADING.has(all[at]?.word ?? ''))) at += 1;
  // A few words may lead to the answer ("it's a …"); a whole clause before it means that it is none.
  if (at > 5 || /^(?:i|you|he|she|we|they)$/.test(all[at - 1]?.word ?? '')) return [];
  const more = /[.!?]\s+\S/.test(text.trim());
  if (more && !/^[A-Z0-9]/.test(all[at]?.text ?? '')) return [];
  const answer: Token[] = [];
  for (const [n, token] of all.slice(at).entries()) {
    if (isYearLike(token)) break;
    if (isStop(token) && !isName(at + n))
      return answer.length > 0 && /^(?:with|and|from|in|but|please|for|-)$/.test(token.word) ? answer : [];
    if (token.text.includes('|')) break;
    answer.push(token);
    if (token.breaks) break;
  }
  return answer.length <= 5 ? answer : [];
}

/** A single name: quoted, an example, after "called", capitalised, or the bare answer when it was asked for. */
export function findName(text: string, field: Field, asked: boolean): { name: string; sure: boolean } | null {
  const introduced =
    /\b(?:my name is|the name is|name's|i am called|it is for|it's for|for)\s+((?:[A-Z][\w'’-]+)(?:\s+[A-Z][\w'’-]+)+)/.exec(
      text,
    )?.[1];
  if (introduced) return { name: introduced, sure: true };
  const quoted = /["“”«]([^"“”«»]{2,80})["“”»]|(?:^|\s)'([^']{2,80})'(?=\s|[.,!?]|$)/.exec(text);
  if (quoted) return { name: (quoted[1] ?? quoted[2] ?? '').trim(), sure: true };
  const known = longestExample(text, field.examples);
  if (known) return { name: known.example, sure: true };
  const called = /\b(?:called|titled|named|entitled)\s+([^,.!?\n]{2,80})/i.exec(text)?.[1];
  if (called) return { name: called.trim(), sure: true };
  const few = asked && words(text).length <= 4 && /^[A-Z]/.test(text.trim());
  if (few && !/\?\s*$/.test(text) && !text.includes('|'))
    return { name: text.trim().replace(/[.!]+$/, ''), sure: false };
  const title =
    /(?<=[a-z,]\s)((?:[A-Z][\w'’-]*)(?:\s+(?:of|the|and|a|an|in|to|for|on|de|la|&)\b|\s+[A-Z0-9][\w'’-]*)*)/.exec(
      text,
    )?.[1];
  if (
    title &&
    !/^(?:I\b|I'm|I’m|I've|I’ve|OK|Hi|Hello|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)/.test(
      title,
    )
  )
    return { name: title.replace(/\s+(?:of|the|and|a|an|in|to|for|on)$/i, ''), sure: false };
  if (!asked || /\?\s*$/.test(text) || words(text).length > 9) return null;
  const bare = text
    .trim()
    .replace(/^(?:(?:it'?s|it is|the title is|title|called|i think|um|oh|yes|sure|ok|okay|well)\b[\s,:]*)+/i, '')
    .replace(/[.!\s]+$/, '');
  return /^(?:i|my|no|not|can|could|what|how|why|do|does|is|are|we|i've|i'm)\b/i.test(bare) ||
    /[|]/.test(bare) ||
    bare === ''
    ? null
    : { name: bare, sure: false };
}

/** Everyday words that are names too: they are one only with a capital letter. */
const EVERYDAY = new Set(
  'zero giant indian triumph ram mini specialized genesis lotus trek smart focus spark escape edge fit note leaf bolt volt soul rebel shadow fusion explorer ranger compass patriot dart charger journey legend passport pilot element insight clarity'.split(
    ' ',
  ),
);

function longestExample(text: string, examples: readonly string[]): (Span & { example: string }) | null {
  let best: (Span & { example: string }) | null = null;
  for (const example of examples) {
    if (example.length <= (best?.example.length ?? 0) || !/\p{L}/u.test(example)) continue;
    const match = spellingOf(example).exec(text);
    const plain = match && EVERYDAY.has(example.toLowerCase()) && match[0] === match[0].toLowerCase();
    if (match && !plain) best = { example, start: match.index, end: match.index + match[0].length };
  }
  return best;
}

const SPELLINGS = new Map<string, RegExp>();
const MOST_SPELLINGS = 5_000;

/** A schema has hundreds of examples, and each message of a conversation is held against all of them. */
function spellingOf(example: string): RegExp {
  const known = SPELLINGS.get(example);
  if (known) return known;
  const spelled = literal(example).replace(/[\s-]+/g, '[\\s-]*');
  const made = new RegExp(`(?<![\\w-])${spelled}(?![\\w])`, 'i');
  if (SPELLINGS.size >= MOST_SPELLINGS) SPELLINGS.clear();
  SPELLINGS.set(example, made);
  return made;
}

/** Gives lower-case words a capital, and codes such as "ev6" capitals: how the name would be printed. */
function pretty(parts: readonly { text: string }[]): string {
  return parts
    .map(({ text: word }) => {
      if (word !== word.toLowerCase() || /^\d/.test(word)) return word;
      if (/^[a-hj-z]{1,3}[.-]?\d/.test(word)) return word.toUpperCase();
      return /^i\d/.test(word) ? word : (word[0] ?? '').toUpperCase() + word.slice(1);
    })
    .join(' ');
}
