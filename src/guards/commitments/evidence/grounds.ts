import type { Source } from '../../../agent/guard.ts';
import { once } from '../../../language/once.ts';
import { BySource } from '../../by-source.ts';
import type { Claim } from '../claims/claims.ts';
import { type Concept, SAME } from '../reading/concepts.ts';
import { withFullDays } from '../reading/dates.ts';
import type { Figure } from '../reading/figures.ts';
import { type Clause, type Statement, scopeOf, statementsOf } from '../reading/statements.ts';
import { plainSource } from '../reading/tokens.ts';
import { UNITS } from '../reading/units.ts';
import { languageOfWords } from '../reading/words.ts';
import { asSentences, tablesAsSentences } from './as-sentences.ts';
import { isArranged } from './done.ts';
import { meets } from './meets.ts';

/** What one clause of a source says, with what stands around it. */
export type Ground = {
  clause: Clause;
  /** Its sentence. */
  text: string;
  /** Of its sentence, and of the headings above it. */
  concepts: ReadonlySet<Concept>;
  sentence: ReadonlySet<string>;
  heads: ReadonlySet<string>;
  /** A row of a table, or what a tool gave back: each cell is of its own. */
  isRow: boolean;
  /** It says what holds later or else: `after that, …`. */
  isTurned: boolean;
  /** Its source says of something that it is so of all. */
  ofAll: boolean;
  /** Its source says of something that it costs nothing. */
  ofFree: boolean;
  /** As `scopeOf` has it, once asked for. */
  scope: () => ReadonlySet<string>;
};

/** `byKind`: those with a figure of the kind; `denials`: those that deny something altogether. */
type Grounds = {
  all: readonly Ground[];
  byKind: ReadonlyMap<Figure['kind'], readonly Ground[]>;
  byConcept: ReadonlyMap<Concept, readonly Ground[]>;
  denials: readonly Ground[];
  language: string;
};

const GROUNDS = new BySource<Grounds>();

/** What a source says, as claims are compared with it. */
export function groundsOf(source: Source): Grounds {
  return GROUNDS.get(source, read);
}

function read({ kind, text: raw }: Source): Grounds {
  const text = withFullDays(plainSource(kind === 'tool' ? asSentences(raw) : tablesAsSentences(raw)));
  const grounds: Ground[] = [];
  let heads: { concepts: Set<Concept>; words: Set<string> } = { concepts: new Set(), words: new Set() };
  let before: ReadonlySet<string> = new Set();
  let lastConcepts: readonly Concept[] = [];
  for (const [at, statement] of statementsOf(text).entries()) {
    // A field that says no says nothing of the others.
    const concepts = new Set(
      statement.clauses.flatMap((clause) => (kind === 'tool' && clause.negated ? [] : [...clause.concepts])),
    );
    const words = new Set(statement.clauses.flatMap((clause) => [...clause.words]));
    // A title, a heading or a question says what the sentences below it are about.
    if (isHead(statement, at)) heads = { concepts, words };
    // "It has no exit fee" is of what the sentence before is of.
    const own = REFERS.test(statement.text) ? { ...heads, words: new Set([...heads.words, ...before]) } : heads;
    before = new Set([...words, ...[...concepts].filter((concept) => concept !== 'free')]);
    // `Refund 4711 approved. Amount €20`
    const last = AMOUNT.test(statement.text) ? lastConcepts : [];
    const around = new Set([...concepts, ...own.concepts, ...last]);
    lastConcepts = [...concepts];
    const isRow = statement.text.trimStart().startsWith('|');
    if (!isRow && kind !== 'tool') completeNumbers(statement.clauses);
    for (const [index, clause] of statement.clauses.entries()) {
      if ((isRow || kind === 'tool') && clause.figures.length === 0) clause.figures.push(...numberIn(clause));
      const scope = once(() => scopeOf(statement.clauses, index, true));
      grounds.push({
        clause,
        text: statement.text,
        concepts: around,
        sentence: words,
        heads: own.words,
        scope,
        isRow: isRow || kind === 'tool',
        ...{ ofAll: false, ofFree: false },
        isTurned: index > 0 && TURNED.test(statement.clauses[index - 1]?.text ?? ''),
      });
    }
  }
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
  for (const ground of grounds) {
    ground.ofAll = byConcept.has('unlimited');
    ground.ofFree = byConcept.has('free');
  }
  const denials = grounds.filter(({ clause }) => clause.negated && clause.figures.length === 0);
  return {
    all: grounds,
    ...{ byKind, byConcept, denials },
    language: languageOfWords(text.slice(0, 1_500).match(/\p{L}+/gu) ?? []),
  };
}

/** A bare number is counted in what the nearest one of its sentence with a unit is: `3 days in the city, 7 on the islands`. */
function completeNumbers(clauses: readonly Clause[]): void {
  const known = clauses.map(({ figures }) => figures.findLast(({ kind }) => COUNTED.has(kind)));
  for (const [at, { figures, numbers, words, before, start, end }] of clauses.entries()) {
    const like = known.slice(0, at + 1).findLast(Boolean) ?? known.slice(at).find(Boolean);
    // `(16 to 25)` are ages.
    if (!like || figures.length > 0 || (numbers.length > 1 && words.size === 0)) continue;
    for (const number of numbers) {
      // `Fibre 500` is a name.
      if (before.has(number)) continue;
      const value = Number(number.replace(/,(?=\d{3}\b)/g, '')) * factorOf(like);
      if (Number.isFinite(value)) figures.push({ ...like, value, start, end });
    }
  }
}

const COUNTED: ReadonlySet<Figure['kind']> = new Set(['duration', 'measure', 'percent']);

/** How many of what a figure is kept in are one of what it was written in. */
function factorOf({ kind, value, unit }: Figure): number {
  if (kind !== 'duration') return 1;
  const steps = unit === 'minute' ? [10_080, 1_440, 60] : unit === 'month' ? [12] : [];
  return steps.find((step) => value % step === 0) ?? 1;
}

/** A number at the end of a cell or field: its unit is not told. */
function numberIn({ text, start, end }: Clause): Figure[] {
  const number = /(?:^|\s)(\d+(?:[.,]\d+)*)\s*$/.exec(text)?.[1];
  if (number === undefined) return [];
  const value = Number(number.replace(/,(?=\d{3}\b)/g, ''));
  // The name of a field or column tells what it counts: `meeting room hours 6`.
  const unit = UNITS.get(COUNTS.exec(text)?.[0] ?? '');
  if (unit)
    return [{ kind: 'duration', value: value * unit.factor, unit: unit.name, bound: 'exact', per: null, start, end }];
  return [{ kind: 'number', value, unit: '', bound: 'exact', per: null, start, end }];
}

const TURNED = /^(?:(?:after|beyond|below) that|afterwards|thereafter|later(?: on)?|otherwise|sonst|danach)$/;
const REFERS =
  /^[^\p{L}\p{N}]*\p{N}+ ?[-–] ?\p{N}|^\W*(?:free of|free when|free for|free if|otherwise|afterwards|(?:after|above|below|beyond) that|sonst|danach|it|they|this|these|both|(?:the )?(?:amount|total|sum)(?! of)|es|sie|diese|elle|ils|elles|esso|essa|ele|ela|deze)\b/u;
const AMOUNT = /^\W*(?:the )?(?:amount|total|sum)\b(?! of)/;
const COUNTS = /\b(?:minutes|hours|days|weeks|months|years)\b/;

function isHead({ text }: Statement, at: number): boolean {
  const line = text.trim();
  return (
    /^#/.test(line) ||
    line.endsWith(':') ||
    ((at === 0 || line.endsWith('?')) && !/^(?:[-*•|]|\d+[.)]) /.test(line) && line.length < 80 && !/[.!]$/.test(line))
  );
}

const INCLUDES = /\binclud(?:es?|ing)\b/;
export const NO_GROUNDS: readonly Ground[] = [];

/** Those that may say the same as the claim, or the opposite. */
export function* groundsFor(claim: Claim, { all, byKind, byConcept, denials }: Grounds): Generator<Ground> {
  const { figure, negated, concept, verb } = claim;
  if (figure) {
    if (figure.kind === 'duration') {
      yield* byKind.get('money') ?? NO_GROUNDS;
      yield* byKind.get('percent') ?? NO_GROUNDS;
    }
    yield* byKind.get(figure.kind) ?? NO_GROUNDS;
    if (figure.kind !== 'date') yield* byKind.get('number') ?? NO_GROUNDS;
    if (figure.kind === 'percent' && figure.value === 100) yield* byConcept.get('full') ?? NO_GROUNDS;
    if (!negated) yield* denials;
  } else if (concept !== null) {
    yield* byConcept.get(concept) ?? NO_GROUNDS;
    if (concept === 'included') for (const ground of all) if (INCLUDES.test(ground.clause.text)) yield ground;
    // `tax included`, of prices that include tax.
    if (concept === 'included' && claim.concepts.has('tax')) yield* byConcept.get('tax') ?? NO_GROUNDS;
    for (const same of SAME[concept] ?? []) yield* byConcept.get(same) ?? NO_GROUNDS;
    if (concept === 'free' || concept === 'included') {
      yield* byKind.get('money') ?? NO_GROUNDS;
      yield* byKind.get('percent') ?? NO_GROUNDS;
    }
    if (!negated || concept === 'free') yield* denials;
  } else {
    for (const ground of all)
      if (
        verb === null ||
        ground.sentence.has(verb) ||
        ground.text.includes(verb) ||
        isArranged(claim, ground) ||
        meets(claim.concepts, ground.clause.concepts)
      )
        yield ground;
  }
}
