import type { Source } from '../../agent/guard.ts';
import { BySource } from '../by-source.ts';
import type { Claim } from './claims.ts';
import { type Concept, REMEDIES, REQUIRED, ROLES, SAME } from './concepts.ts';
import type { Bound, Figure } from './figures.ts';
import { IS_DONE } from './forms.ts';
import { type Clause, type Statement, statementsOf } from './statements.ts';
import { plainSource } from './tokens.ts';
import { languageOfWords, wordOf } from './words.ts';

/** What one clause of a source says, with what stands around it. */
type Ground = {
  clause: Clause;
  /** Its sentence. */
  text: string;
  /** Of its sentence, and of the headings above it. */
  concepts: ReadonlySet<Concept>;
  sentence: ReadonlySet<string>;
  heads: ReadonlySet<string>;
};

/** `byKind`: those with a figure of the kind; `denials`: those that deny something altogether. `bare`: numbers of a tool's result. */
type Grounds = {
  all: readonly Ground[];
  byKind: ReadonlyMap<Figure['kind'], readonly Ground[]>;
  byConcept: ReadonlyMap<Concept, readonly Ground[]>;
  denials: readonly Ground[];
  language: string;
  bare: ReadonlySet<number>;
};

const GROUNDS = new BySource<Grounds>();

/** What a source says, as claims are compared with it. */
export function groundsOf(source: Source): Grounds {
  return GROUNDS.get(source, read);
}

function read({ kind, text: raw }: Source): Grounds {
  const text = plainSource(kind === 'tool' ? asSentences(raw) : raw);
  const grounds: Ground[] = [];
  let heads: { concepts: Set<Concept>; words: Set<string> } = { concepts: new Set(), words: new Set() };
  for (const [at, statement] of statementsOf(text).entries()) {
    const concepts = new Set(statement.clauses.flatMap((clause) => [...clause.concepts]));
    const words = new Set(statement.clauses.flatMap((clause) => [...clause.words]));
    // A title, a heading or a question says what the sentences below it are about.
    if (isHead(statement, at)) heads = { concepts, words };
    const around = new Set([...concepts, ...heads.concepts]);
    const isRow = statement.text.trimStart().startsWith('|');
    for (const clause of statement.clauses) {
      if (isRow && clause.figures.length === 0) clause.figures.push(...cellOf(clause));
      grounds.push({ clause, text: statement.text, concepts: around, sentence: words, heads: heads.words });
    }
  }
  const bare = new Set(kind === 'tool' ? numbersIn(text) : []);
  const byKind = new Map<Figure['kind'], Ground[]>();
  const byConcept = new Map<Concept, Ground[]>();
  for (const ground of grounds) {
    for (const kind of new Set(ground.clause.figures.map((figure) => figure.kind))) {
      const known = byKind.get(kind);
      if (known) known.push(ground);
      else byKind.set(kind, [ground]);
    }
  }
  for (const ground of grounds) {
    for (const concept of ground.concepts) {
      const known = byConcept.get(concept);
      if (known) known.push(ground);
      else byConcept.set(concept, [ground]);
    }
  }
  const denials = grounds.filter(({ clause }) => clause.negated && clause.figures.length === 0);
  return {
    all: grounds,
    ...{ byKind, byConcept, denials },
    language: languageOfWords(text.slice(0, 1_500).match(/\p{L}+/gu) ?? []),
    bare,
  };
}

/** A number alone in a cell: its unit is in the head of the table. */
function cellOf({ text, start, end }: Clause): Figure[] {
  const number = /^\s*(\d[\d.,]*)\s*$/.exec(text)?.[1];
  if (number === undefined) return [];
  return [
    { kind: 'money', value: Number(number.replaceAll(',', '')), unit: '', bound: 'exact', per: null, start, end },
  ];
}

function isHead({ text }: Statement, at: number): boolean {
  const line = text.trim();
  return (
    /^#/.test(line) ||
    line.endsWith(':') ||
    ((at === 0 || line.endsWith('?')) && line.length < 80 && !/[.!]$/.test(line))
  );
}

function numbersIn(text: string): number[] {
  return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).map((number) => Number(number.replace(/,(?=\d{3}\b)/g, '')));
}

/** JSON as one sentence an object: `refund days: 30 days`. Anything else as it is. */
function asSentences(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return sentencesOf(JSON.parse(text)).join('\n');
  } catch {
    return text;
  }
}

function sentencesOf(value: unknown, path = '', depth = 0): string[] {
  if (depth > 6 || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => sentencesOf(one, path, depth + 1));
  if (typeof value !== 'object') return [`${path} ${value}.`];
  const [fields, below]: [string[], string[]] = [[], []];
  const currency = Object.entries(value).find(([key]) => /currency/i.test(key))?.[1];
  for (const [key, field] of Object.entries(value)) {
    const name = `${path} ${key.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_.-]/g, ' ')}`.trim();
    if (typeof field === 'object') below.push(...sentencesOf(field, name, depth + 1));
    else fields.push(`${name} ${typeof field === 'number' ? figureOf(name, field, currency) : field}`);
  }
  return [...(fields.length > 0 ? [`${fields.join('; ')}.`] : []), ...below];
}

function figureOf(name: string, value: number, currency: unknown): string {
  if (/percent|pct/i.test(name)) return `${value} %`;
  const unit = /\b(days?|hours?|weeks?|months?|years?|minutes?)\b/i.exec(name)?.[1];
  if (unit && /days|hours|weeks|months|years|minutes/i.test(name)) return `${value} ${unit}`;
  if (/\bcents\b|minor/i.test(name)) return `${value / 100} ${currency ?? ''}`;
  return typeof currency === 'string' && /price|amount|total|cost|fee|refund|premium|balance|paid|due/i.test(name)
    ? `${value} ${currency}`
    : String(value);
}

/** What a claim is compared with. `languages`: how much the text looks like each. */
export type Shown = { languages: ReadonlyMap<string, number>; sources: readonly Source[] };

/** The source that says the very same as the claim; null where none does, or where one that is more about it says otherwise. */
export function supportOf(claim: Claim, shown: Shown): Source | null {
  let best: { source: Source; score: number } | null = null;
  const others: { ground: Ground; isFree: boolean; isTool: boolean }[] = [];
  for (const source of shown.sources) {
    const grounds = groundsOf(source);
    const isTool = source.kind === 'tool';
    const isFree = isTool || isOther(grounds.language, shown.languages);
    for (const ground of groundsFor(claim, grounds)) {
      const met = claim.figure ? meetsFigure(claim, claim.figure, ground) : meetsPromise(claim, ground);
      if (met === 'other') others.push({ ground, isFree, isTool });
      if (met !== 'same' || !isDone(claim, ground.text) || !agrees(claim, ground, isTool)) continue;
      const score = scoreOf(claim, ground, isFree);
      if (score !== null && (!best || score > best.score)) best = { source, score };
    }
    if (!best && isBare(claim, source, grounds)) best = { source, score: Number.POSITIVE_INFINITY };
  }
  if (!best) return null;
  for (const { ground, isFree, isTool } of others) {
    if (!isDone(claim, ground.text) || !agrees(claim, ground, isTool)) continue;
    const score = scoreOf(claim, ground, isFree) ?? Number.NEGATIVE_INFINITY;
    if (claim.figure ? score > best.score + RIVAL_LEAD : score >= best.score) return null;
  }
  return best.source;
}

/** How much more a source must be about the same thing to speak against another. */
const RIVAL_LEAD = 0.5;

/** Whether a tool's result has the number, without a unit. */
function isBare(claim: Claim, source: Source, { bare }: Grounds): boolean {
  const { figure } = claim;
  if (!figure || figure.kind === 'date' || !bare.has(figure.value)) return false;
  return isDone(claim, source.text.toLowerCase());
}

const NO_GROUNDS: readonly Ground[] = [];

/** Those that may say the same as the claim, or the opposite. */
function* groundsFor(claim: Claim, { all, byKind, byConcept, denials }: Grounds): Generator<Ground> {
  const { figure, negated, concept, verb } = claim;
  if (figure) {
    yield* byKind.get(figure.kind) ?? NO_GROUNDS;
    if (!negated) yield* denials;
  } else if (concept !== null) {
    yield* byConcept.get(concept) ?? NO_GROUNDS;
  } else {
    for (const ground of all) if (verb === null || ground.sentence.has(verb)) yield ground;
  }
}

/** True where a text is in another language than a source, so that their words cannot be compared. */
function isOther(language: string, languages: ReadonlyMap<string, number>): boolean {
  let most = 0;
  for (const score of languages.values()) if (score > most) most = score;
  // A source of few words tells no language: most are English.
  if (language === 'und') return most > 0.5 && (languages.get('en') ?? 0) < 0.5 * most;
  return language !== 'und' && most > 0 && (languages.get(language) ?? 0) < 0.7 * most;
}

/** False where the claim says that something was done, and the text does not. */
function isDone({ done, negated }: Claim, text: string): boolean {
  return done === null || negated || text.includes(done) || IS_DONE.test(text);
}

const OPTIONAL = /\b(?:optional|add-ons?|can be added)\b/;
const OPTION_KEYS = ['optional', 'added', 'add'].map((word) => wordOf(word).key);

/** Whether a clause says yes or no alike to what is promised, or the opposite, or nothing firm. */
function meetsPromise({ negated, conditional, sentence }: Claim, { clause, text }: Ground): 'same' | 'other' | 'no' {
  if (clause.negated !== negated) return 'other';
  if (OPTIONAL.test(text) && !OPTION_KEYS.some((key) => sentence.has(key))) return 'no';
  // "Free from 50 euros on" is not "free".
  if (!conditional && clause.figures.some(({ kind, bound }) => kind === 'money' && bound === 'least')) return 'no';
  return clause.hedged || clause.open ? 'no' : 'same';
}

/** Whether a clause has the figure, or another of its kind in its place, or neither. */
function meetsFigure(claim: Claim, figure: Figure, { clause }: Ground): 'same' | 'other' | 'no' {
  // What is denied altogether holds under no figure.
  if (clause.figures.length === 0)
    return clause.negated && !claim.negated && sharesMatter(claim, clause) ? 'other' : 'no';
  let met: 'same' | 'other' | 'no' = 'no';
  for (const other of clause.figures) {
    if (other.kind !== figure.kind) continue;
    if (isUnit(figure, other) && isSameFigure(figure, other)) {
      if (fits(figure, other)) return 'same';
    } else if (figure.kind !== 'date' && isEnd(figure) === isEnd(other)) met = 'other';
  }
  return met;
}

/** One end of a range. */
function isEnd({ bound }: Figure): boolean {
  return bound === 'low' || bound === 'high';
}

function isUnit(one: Figure, other: Figure): boolean {
  if (one.kind === 'date' || one.unit === other.unit) return true;
  return one.kind === 'money' && (one.unit === '' || other.unit === '');
}

function isSameFigure(one: Figure, other: Figure): boolean {
  if (one.kind === 'date') {
    const theirs = other.unit.split('|');
    return (
      one.unit === other.unit ||
      one.unit
        .split(' ')
        .some((key) => theirs.includes(key) || (key.endsWith('-') && theirs.some((their) => their.startsWith(key))))
    );
  }
  return Math.abs(one.value - other.value) < 1e-6 * Math.max(1, Math.abs(one.value));
}

/** Which bounds of a source allow which of a claim, for amounts and for spans of time. */
const AMOUNTS: Record<Bound, readonly Bound[]> = {
  exact: ['exact'],
  most: ['exact', 'most', 'high'],
  least: ['least', 'exact', 'low'],
  low: ['low', 'least'],
  high: ['high', 'most', 'exact'],
};
const SPANS: Record<Bound, readonly Bound[]> = {
  exact: ['exact', 'most', 'high'],
  most: ['exact', 'most', 'high'],
  least: ['least', 'exact'],
  low: ['low', 'least'],
  high: ['high', 'most', 'exact'],
};

function fits(figure: Figure, other: Figure): boolean {
  if (figure.per !== other.per && figure.per !== null && (other.per !== null || figure.kind === 'money')) {
    if (other.per !== null) return false;
  }
  return (figure.kind === 'duration' ? SPANS : AMOUNTS)[figure.bound].includes(other.bound) || figure.kind === 'date';
}

/** Whether a clause is about the same matter and says yes or no to it alike. */
function agrees(claim: Claim, { clause, concepts, text }: Ground, isTool: boolean): boolean {
  for (const limit of claim.limits) if (!new RegExp(`\\b${limit}\\b`).test(text)) return false;
  if (claim.figure && clause.figures.length > 0 && claim.negated !== clause.negated) return false;
  for (const concept of claim.concepts) {
    if (clause.subject.concepts.has(concept)) continue;
    const other = SAME[concept]?.some((same) => concepts.has(same)) ?? false;
    if (ROLES.has(concept) && hasRival(ROLES, claim, clause)) return false;
    if (!REQUIRED.has(concept) || other) continue;
    if (REMEDIES.has(concept) && hasRival(REMEDIES, claim, clause)) return false;
    // What a tool gives back has few words.
    if (!concepts.has(concept) && !(isTool && claim.figure)) return false;
  }
  if (
    claim.concepts.has('full') &&
    !concepts.has('full') &&
    (claim.verb === PAID || WHOLE.some((concept) => claim.concepts.has(concept)))
  ) {
    return false;
  }
  return true;
}

/** What may be had in full or in part. */
const PAID = wordOf('paid').key;
const WHOLE: readonly Concept[] = ['refund', 'cover', 'compensation'];

function sharesMatter(claim: Claim, clause: Clause): boolean {
  return [...claim.concepts].some((concept) => REQUIRED.has(concept) && clause.concepts.has(concept));
}

/** A concept of the group that the claim is not about. */
function hasRival(group: ReadonlySet<Concept>, claim: Claim, clause: Clause): boolean {
  return [...clause.subject.concepts].some((concept) => group.has(concept) && !claim.concepts.has(concept));
}

/** What comes in kinds, so that the word before it tells which. */
const OFFERED: ReadonlySet<string> = new Set(
  'plan package tier delivery shipping membership subscription account card coverage insurance room suite ticket fare edition version model course class license seat bundle discount fee premium deductible service warranty tarif plan abo'
    .split(' ')
    .map((word) => wordOf(word).key),
);

/** How much of what the claim is about the clause is about, too; null where that is nothing, or it is about another thing. */
function scoreOf(
  { words, sentence: own, concepts, before, figure, verb }: Claim,
  { clause, sentence, heads, concepts: around }: Ground,
  free: boolean,
): number | null {
  const { subject } = clause;
  let [score, shared, matched] = [0, 0, 0];
  for (const concept of concepts) {
    const isShared = subject.concepts.has(concept);
    if (isShared) shared += 1;
    score += isShared ? 1 : around.has(concept) ? 0.3 : 0;
  }
  for (const word of words) {
    const found = subject.words.has(word) ? 1 : heads.has(word) ? 0.7 : sentence.has(word) ? 0.3 : 0;
    score += found;
    if (found > 0) matched += 1;
  }
  for (const word of own) if (sentence.has(word)) score += 0.05;
  if (free) return score;
  for (const [word, modifier] of before) {
    const other = subject.before.get(word);
    if (!OFFERED.has(word) || other === undefined || other === modifier || words.has(other)) continue;
    if (!sentence.has(modifier) && !heads.has(modifier)) return null;
  }
  if (verb !== null && !sentence.has(verb) && shared === 0) return null;
  if (words.size === 0) return figure || shared > 0 ? score : null;
  const needed = figure ? (shared > 0 ? 0 : 1) : Math.ceil(words.size / 3) - (shared > 1 ? 1 : 0);
  return matched >= needed && (figure !== null || shared + matched > 0) ? score : null;
}
