import type { Claim } from '../claims/claims.ts';
import { limitsOf } from '../claims/limits.ts';
import { REQUIRED } from '../reading/concepts.ts';
import { BOTH, type Bound, type Figure } from '../reading/figures.ts';
import { type Clause, keyOfFigure } from '../reading/statements.ts';
import { PERIODS } from '../reading/units.ts';
import { areYounger } from './ages.ts';
import type { Ground } from './grounds.ts';

export function meets(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const word of one) if (other.has(word)) return true;
  return false;
}

/** Says what holds where a condition is not met. */
const OTHERWISE = /^\W*(?:otherwise|if not|sonst|andernfalls|si no|sinon|altrimenti|se nao|zo niet)\b/;
const COSTS = /\b(?:costs?|fees?|charged?|charges)\b/;
/** Somebody's age: whether it is below a limit is not compared. */
const AGE = /\b[a-z\d]+[- ]year[- ]old|\b\d+ (?:anos|ans|anni|jahre alt|jaar oud)\b/;

/** Whether a clause says yes or no alike to what is promised, or the opposite, or nothing firm. */
export function meetsPromise(claim: Claim, { clause, isTurned }: Ground): 'same' | 'other' | 'no' {
  const { negated, conditional, concept } = claim;
  // What is denied later is no denial of what has its own time.
  if (isTurned && conditional && clause.negated && !negated) return 'no';
  if (concept !== null && !clause.concepts.has(concept) && !clause.subject.concepts.has(concept)) {
    // What has a price is not free, and what is denied is not promised.
    const costs =
      !OTHERWISE.test(clause.text) &&
      (concept === 'free' || concept === 'included') &&
      clause.figures.some(
        ({ kind, value }) => value > 0 && (kind === 'money' || (kind === 'percent' && COSTS.test(clause.text))),
      );
    if (costs || (clause.negated && sharesMatter(claim, clause))) return 'other';
  }
  if (clause.negated !== negated) return 'other';
  // "Free from 50 euros on" is not "free".
  if (!conditional && clause.figures.some(({ kind, bound }) => kind === 'money' && bound === 'least')) return 'no';
  if (!conditional && !claim.isLimited && !AGE.test(claim.text) && limitsOf(clause.text).length > 0)
    return areYounger(claim, clause) === true ? 'same' : 'no';
  if (areYounger(claim, clause) === false) return 'no';
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
      if (isSameFigure(figure, other) && (isRare(other) || sharesWord(claim, ground))) return 'same';
      continue;
    }
    // `$150 for seven days` is $150 a week.
    if (
      figure.kind === 'duration' &&
      (other.kind === 'money' || other.kind === 'percent') &&
      other.per !== null &&
      claim.scope.has(keyOfFigure(other)) &&
      PERIOD_OF.get(`${figure.value} ${figure.unit}`) === other.per
    )
      return 'same';
    // How often something happens is no rival of how long it takes.
    if (other.kind !== figure.kind || (figure.kind === 'duration' && other.per !== null)) continue;
    if (isUnit(figure, other) && (isSameFigure(figure, other) || isRoundedTo(claim, figure, other))) {
      if ((fits(figure, other) || isBelow(claim, figure, other, clause)) && !isOtherPeriod(figure, ground))
        return 'same';
    } else if (figure.kind !== 'date' || isOfSame(claim, figure, ground)) met = 'other';
  }
  return met;
}

/** Whether a clause with another date is of the same: what happens then, or of an hour what it is of. */
function isOfSame({ concepts, words }: Claim, { unit }: Figure, { clause }: Ground): boolean {
  return meets(concepts, clause.concepts) || (unit.startsWith('time ') && meets(words, clause.words));
}

export function isUnit(one: Figure, other: Figure): boolean {
  if (one.kind === 'date' || one.unit === other.unit) return true;
  if (one.kind !== 'money') return false;
  return one.unit === '' || other.unit === '' || (DOLLARS.has(one.unit) && DOLLARS.has(other.unit));
}

/** All of them are written with the same sign. */
const DOLLARS: ReadonlySet<string> = new Set(['usd', 'aud', 'cad', 'nzd', 'brl', 'mxn']);

/** Whether two figures are the same, whatever they are of. */
export function isSame(one: Figure, other: Figure): boolean {
  return one.kind === other.kind && isUnit(one, other) && isSameFigure(one, other);
}

export function isSameFigure(one: Figure, other: Figure): boolean {
  if (one.kind === 'date') {
    const theirs = other.unit.split('|');
    // `the 17th` of whatever month.
    if (one.unit.startsWith('day '))
      return theirs.some((key) => key === one.unit || key.endsWith(`-${one.unit.slice(4)}`));
    return (
      one.unit === other.unit ||
      one.unit
        .split('|')
        .some((key) => theirs.includes(key) || (key.endsWith('-') && theirs.some((their) => their.startsWith(key))))
    );
  }
  return Math.abs(one.value - other.value) < 1e-6 * Math.max(1, Math.abs(one.value));
}

/** Whether a claim rounds what a source says: `about two hours` of 117 minutes, `about 17 %` of 16.7. */
function isRoundedTo({ text }: Claim, figure: Figure, other: Figure): boolean {
  if (!ABOUT.test(text)) return false;
  const isWhole = Number.isInteger(figure.value) && !Number.isInteger(other.value);
  if (figure.kind === 'percent' || figure.kind === 'money') return isWhole && Math.round(other.value) === figure.value;
  if (figure.kind !== 'duration' || figure.unit !== 'minute' || figure.value < 60 || !ABOUT.test(text)) return false;
  return other.value % 60 !== 0 && Math.abs(figure.value - other.value) <= 0.05 * figure.value;
}

/** Says that a figure is rounded. */
export const ABOUT =
  /\b(?:about|around|roughly|approximately|nearly|almost|just (?:over|under|short of)|a (?:bit|little|shade) (?:over|under|less|more)|close to|some|rund|etwa|unos|environ|circa|ongeveer)\b/;

const PERIOD_OF: ReadonlyMap<string, string> = new Map([
  ['60 minute', 'hour'],
  ['1440 minute', 'day'],
  ['10080 minute', 'week'],
  ['1 month', 'month'],
  ['12 month', 'year'],
]);

/** Whether a claim says what holds below what a source says something else from: `free over €50` and `under €50 it costs €5`. */
function isBelow(
  { concepts, words, said }: Claim,
  { kind, bound }: Figure,
  other: Figure,
  { concepts: theirs }: Clause,
): boolean {
  if (kind !== 'money' || bound !== 'most' || other.bound !== 'least') return false;
  return theirs.has('free') && !said.has('free') && concepts.size + words.size === 0;
}

/** Which bounds of a source allow which of a claim. */
const BOUNDS: Record<Bound, readonly Bound[]> = {
  exact: ['exact'],
  most: ['exact', 'most', 'high'],
  // "Free up to $400" and "2% beyond $400" are of the same.
  least: ['least', 'exact', 'low', 'most'],
  low: ['low', 'least', 'exact'],
  high: ['high', 'most', 'exact'],
};
/** Of spans of time the same is said from either side: `up to 48 hours before`, `not less than 48 hours ahead`. */
const BOUNDED: ReadonlySet<Figure['kind']> = new Set(['money', 'percent', 'measure', 'number']);

function isPeriod(per: string): boolean {
  return per === 'all' || KNOWN.has(per);
}

/** What else a price may be for is told by any word, in any language. */
const KNOWN: ReadonlySet<string> = new Set([...PERIODS.values()].filter((period) => !/person|way/.test(period)));

const isYear = (per: string) => /^(?:19|20)\d\d$/.test(per);

/** `per week` is not `per month`, and `per room` not `per person`; what else a price is for has many names. */
function isOtherPer(one: string, other: string): boolean {
  if (one.includes(BOTH) || other.includes(BOTH)) {
    const [ones, others] = [one.split(BOTH), other.split(BOTH)];
    return !ones.some((per) => others.includes(per)) && ones.some((per) => others.some((of) => isOtherPer(per, of)));
  }
  if (isYear(one) && isYear(other)) return true;
  if (one === 'all' || other === 'all') return one !== other;
  if (isPeriod(one) || isPeriod(other)) return (isPeriod(one) && isPeriod(other)) || one === 'way' || other === 'way';
  return one === 'person' || other === 'person';
}

export function fits(figure: Figure, other: Figure): boolean {
  if (figure.per !== other.per && figure.per !== null && (other.per !== null || figure.kind === 'money')) {
    if (other.per !== null && isOtherPer(figure.per, other.per)) return false;
  }
  // Nobody waits only as long as the shorter end of a range.
  if (figure.kind === 'duration') return other.bound !== 'low' || figure.bound === 'low' || figure.bound === 'least';
  return !BOUNDED.has(figure.kind) || figure.unit === 'night' || BOUNDS[figure.bound].includes(other.bound);
}

/** Whether a price is of another period than the claim says, as the fields beside it tell: `price 4.50; interval month`. */
export function isOtherPeriod({ per }: Figure, { clause, text }: Ground): boolean {
  if (per === null || per === 'all' || !isPeriod(per) || clause.figures.some((figure) => figure.per !== null))
    return false;
  const said = [...text.matchAll(/\p{L}+/gu)].flatMap(([word]) => PERIODS.get(word) ?? []).filter(isPeriod);
  return (said.length > 0 || ONCE.test(text)) && !said.includes(per);
}

const ONCE =
  /\bone[- ](?:time|off)\b|\b(?:once|single payment|einmal\w*|(?:un|una) solo pago|pago unico|une (?:seule )?fois)\b/;

/** A number that is hardly there by chance. */
function isRare({ value }: Figure): boolean {
  return value >= 1_000 ? value % 1_000 !== 0 : !Number.isInteger(value);
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
