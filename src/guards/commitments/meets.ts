import { type Claim, limitsOf } from './claims.ts';
import { REQUIRED } from './concepts.ts';
import type { Bound, Figure } from './figures.ts';
import type { Ground } from './grounds.ts';
import type { Clause } from './statements.ts';
import { PERIODS } from './units.ts';
import { wordOf } from './words.ts';

export function meets(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const word of one) if (other.has(word)) return true;
  return false;
}

const MAY = /\b(?:can|may|could)\b/;
const DECIDED = /\b(?:decid|decision|discretion|review|approv|subject to|depend)/;
const OPTIONAL = /\b(?:optional|add-ons?|can be added)\b/;
const OPTION_KEYS = ['optional', 'added', 'add'].map((word) => wordOf(word).key);

/** Whether a clause says yes or no alike to what is promised, or the opposite, or nothing firm. */
export function meetsPromise(claim: Claim, { clause, text, said }: Ground): 'same' | 'other' | 'no' {
  const { negated, conditional, sentence, concept } = claim;
  if (concept !== null && !clause.concepts.has(concept) && !clause.subject.concepts.has(concept)) {
    // What has a price is not free, and what is denied is not promised.
    const costs =
      (concept === 'free' || concept === 'included') &&
      clause.figures.some(({ kind, value }) => kind === 'money' && value > 0);
    if (costs || (clause.negated && sharesMatter(claim, clause))) return 'other';
    // Another part of the sentence says it, and of something else.
    if (said.has(concept)) return 'no';
  }
  if (clause.negated !== negated) return 'other';
  // What somebody decides will not just be so.
  if (claim.verb !== null && MAY.test(clause.text) && DECIDED.test(text)) return 'no';
  if (OPTIONAL.test(text) && !OPTION_KEYS.some((key) => sentence.has(key))) return 'no';
  // "Free from 50 euros on" is not "free".
  if (!conditional && clause.figures.some(({ kind, bound }) => kind === 'money' && bound === 'least')) return 'no';
  if (!conditional && claim.limits.length === 0 && limitsOf(clause.text).length > 0) return 'no';
  return clause.hedged || clause.open ? 'no' : 'same';
}

/** Whether a clause has the figure, or another of its kind in its place, or neither. */
export function meetsFigure(claim: Claim, figure: Figure, ground: Ground): 'same' | 'other' | 'no' {
  const { clause } = ground;
  if (figure.kind === 'percent' && figure.value === 100 && clause.concepts.has('full')) return 'same';
  // What is denied altogether holds under no figure.
  if (clause.figures.length === 0)
    return clause.negated && !claim.negated && sharesMatter(claim, clause) ? 'other' : 'no';
  let met: 'same' | 'other' | 'no' = 'no';
  for (const other of clause.figures) {
    if (other.kind === 'number' && figure.kind !== 'date') {
      if (isSameFigure(figure, other) && sharesWord(claim, ground)) return 'same';
      continue;
    }
    // `$150 for seven days` is $150 a week.
    if (
      figure.kind === 'duration' &&
      other.per !== null &&
      PERIOD_OF.get(`${figure.value} ${figure.unit}`) === other.per
    )
      return 'same';
    if (other.kind !== figure.kind) continue;
    if (isUnit(figure, other) && isSameFigure(figure, other)) {
      if (fits(figure, other)) return 'same';
    } else if (figure.kind !== 'date') met = 'other';
  }
  return met;
}

export function isUnit(one: Figure, other: Figure): boolean {
  if (one.kind === 'date' || one.unit === other.unit) return true;
  return one.kind === 'money' && (one.unit === '' || other.unit === '');
}

export function isSameFigure(one: Figure, other: Figure): boolean {
  if (one.kind === 'date') {
    const theirs = other.unit.split('|');
    return (
      one.unit === other.unit ||
      one.unit
        .split('|')
        .some((key) => theirs.includes(key) || (key.endsWith('-') && theirs.some((their) => their.startsWith(key))))
    );
  }
  return Math.abs(one.value - other.value) < 1e-6 * Math.max(1, Math.abs(one.value));
}

const PERIOD_OF: ReadonlyMap<string, string> = new Map([
  ['60 minute', 'hour'],
  ['1440 minute', 'day'],
  ['10080 minute', 'week'],
  ['1 month', 'month'],
  ['12 month', 'year'],
]);

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

function isPeriod(per: string): boolean {
  return per === 'all' || KNOWN.has(per);
}

/** What else a price may be for is told by any word, in any language. */
const KNOWN: ReadonlySet<string> = new Set(PERIODS.values());

export function fits(figure: Figure, other: Figure, isForeign = false): boolean {
  if (figure.per !== other.per && figure.per !== null && (other.per !== null || figure.kind === 'money')) {
    if (other.per !== null && !(isForeign && !isPeriod(figure.per) && !isPeriod(other.per))) return false;
  }
  return (figure.kind === 'duration' ? SPANS : AMOUNTS)[figure.bound].includes(other.bound) || figure.kind === 'date';
}

/** A number without unit needs its name, where it has one. */
function sharesWord({ sentence, concepts }: Claim, { clause, sentence: own, heads }: Ground): boolean {
  if (clause.words.size === 0 && clause.concepts.size === 0) return true;
  for (const concept of concepts) if (clause.concepts.has(concept)) return true;
  for (const word of sentence) if (own.has(word) || heads.has(word)) return true;
  return false;
}

export function sharesMatter({ scope }: Claim, clause: Clause): boolean {
  for (const concept of clause.concepts)
    if (REQUIRED.has(concept) && (scope.has(concept) || (concept === 'refund' && scope.has('return')))) return true;
  return false;
}
