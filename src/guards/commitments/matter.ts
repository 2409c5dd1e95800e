import type { Claim } from './claims.ts';
import { type Concept, REMEDIES, REQUIRED, ROLES, SAME } from './concepts.ts';
import { OVERRIDES } from './forms.ts';
import type { Ground } from './grounds.ts';
import type { Clause } from './statements.ts';
import { UNITS } from './units.ts';
import { wordOf } from './words.ts';

/** Whether a clause is about the same matter and says yes or no to it alike. */
export function agrees(claim: Claim, ground: Ground, isTool: boolean): boolean {
  const { clause, concepts, text, sentence } = ground;
  if (isOpposite(claim.scope, ground)) return false;
  if (claim.overrides && !OVERRIDES.test(text)) return false;
  for (const word of clause.only) if (!claim.sentence.has(word)) return false;
  if (!ELSE.test(text))
    for (const word of claim.without) if (sentence.has(word) && !clause.without.has(word)) return false;
  if (isOfFirst(clause, claim.sentence) || isOtherMeasure(claim.scope, ground)) return false;
  for (const word of clause.without) if (claim.sentence.has(word) && !claim.lacks.has(word)) return false;
  if (clause.concepts.has('deduct') !== claim.concepts.has('deduct') && claim.concepts.has('refund')) return false;
  for (const limit of claim.limits) if (!new RegExp(`\\b${limit}\\b`).test(text)) return false;
  const isWaived = waives(claim) && waives(clause);
  if (claim.figure && clause.figures.length > 0 && claim.negated !== clause.negated && !isWaived) return false;
  for (const concept of claim.concepts) {
    if (clause.subject.concepts.has(concept)) continue;
    const other = SAME[concept]?.some((same) => concepts.has(same)) ?? false;
    if (ROLES.has(concept) && hasRival(ROLES, claim, clause)) return false;
    if (!REQUIRED.has(concept) || other) continue;
    if (REMEDIES.has(concept) && hasRival(REMEDIES, claim, clause)) return false;
    // What a tool gives back has few words.
    if (!concepts.has(concept) && !(isTool && claim.figure && !FIRM.has(concept))) return false;
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

/** Says what holds without what is said before. */
const ELSE = /\b(?:otherwise|unless|sonst|ansonsten|si no|sinon|altrimenti|senao|anders)\b/;
const FIRST =
  /\b(first|erste[nmrs]?|prim[ao]|primer[ao]?|premiere?|primeir[ao]|eerste) (?!floor|name|class|time|come|aid)([a-z]+)/;

/** Whether a claim is for a distance, a weight and the like, and a clause for another. */
function isOtherMeasure(claimed: ReadonlySet<string>, { scope }: Ground): boolean {
  for (const key of claimed) {
    if (!key.startsWith('measure ') || scope().has(key)) continue;
    const unit = key.slice(key.lastIndexOf(' '));
    for (const other of scope()) if (other.startsWith('measure ') && other.endsWith(unit)) return true;
  }
  return false;
}

/** Whether a clause is of the first of something, and a claim is not. */
function isOfFirst({ text }: Clause, claimed: ReadonlySet<string>): boolean {
  const [, first = '', word = ''] = FIRST.exec(text) ?? [];
  if (word === '' || UNITS.has(word) || !wordOf(word).content || !FIRSTS.includes(wordOf(first).key)) return false;
  // A premium is one as well, in Italian.
  if (!wordOf(first).content || wordOf(first).concepts.length > 0) return false;
  return !FIRSTS.some((key) => claimed.has(key));
}

const FIRSTS: readonly string[] =
  'first erste ersten erster erstes prima primo primer primera primero premier premiere primeiro primeira eerste initial new'
    .split(' ')
    .map((word) => wordOf(word).key);

/** Whether a charge is said not to be made. */
function waives({ negated, concepts }: { negated: boolean; concepts: ReadonlySet<Concept> }): boolean {
  return concepts.has('free') || (negated && concepts.has('fee'));
}

/** What few words of a tool do not say by themselves. */
const FIRM: ReadonlySet<Concept> = new Set<Concept>(['assured', 'unconditional', 'unlimited', 'lifetime', 'free']);

/** Of each row a sentence means one, unless it names more. */
const OPPOSITES: ReadonlyMap<string, readonly string[]> = new Map(
  [
    'new existing current returning',
    'domestic international overseas abroad',
    'adult child children kids senior pensioner student infant baby',
    'online store counter phone airport',
    'business private personal residential consumer',
    'weekday weekend',
    'morning evening',
    'upload download',
    'damaged opened unopened used',
    'refurbished new used',
    'first further additional',
    'cash voucher credit card balance wallet',
  ].flatMap((row) => {
    const keys = row.split(' ').map((word) => wordOf(word).key);
    return keys.map((key) => [key, keys] as const);
  }),
);

/** Whether a claim is for one of a row, and the clause for another. */
export function isOpposite(scope: ReadonlySet<string>, { scope: scopeOfGround, heads, sentence }: Ground): boolean {
  for (const word of scope) {
    const row = OPPOSITES.get(word);
    if (!row) continue;
    const own = scopeOfGround();
    if (own.has(word) || heads.has(word) || sentence.has(word)) continue;
    if (row.some((other) => (own.has(other) || heads.has(other)) && !scope.has(other))) return true;
  }
  return false;
}

/** What may be had in full or in part. */
const PAID = wordOf('paid').key;
const WHOLE: readonly Concept[] = ['refund', 'cover', 'compensation'];

/** A concept of the group that the claim is not about. */
function hasRival(group: ReadonlySet<Concept>, claim: Claim, clause: Clause): boolean {
  return [...clause.subject.concepts].some((concept) => group.has(concept) && !claim.concepts.has(concept));
}

/** What comes in kinds, so that the word before it tells which. */
export const OFFERED: ReadonlySet<string> = new Set(
  'plan policy contract order booking item product package tier delivery shipping membership subscription account card coverage insurance room suite ticket fare edition version model course class license seat bundle discount fee premium deductible service warranty tarif plan abo'
    .split(' ')
    .map((word) => wordOf(word).key),
);

/** How much of what the claim is about the clause is about, too; null where that is nothing, or it is about another thing. */
export function scoreOf(
  { words, isOwn, sentence: own, scope: around, concepts, before, figure, verb }: Claim,
  { clause, sentence, heads, scope, concepts: near }: Ground,
  free: boolean,
): number | null {
  const { subject } = clause;
  let [score, shared, matched] = [0, 0, 0];
  for (const concept of concepts) {
    const isShared = subject.concepts.has(concept);
    if (isShared) shared += 1;
    score += isShared ? 1 : near.has(concept) ? 0.3 : 0;
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
  if (figure && matched === 0 && shared === 0 && figure.per === null) {
    for (const word of own) if (sentence.has(word)) matched += 0.5;
    for (const word of around) if (!word.includes(' ') && scope().has(word)) matched += 1;
  }
  const needed = figure
    ? shared > 0 || figure.per !== null
      ? 0
      : 1
    : (isOwn ? Math.ceil(words.size / 2) : Math.floor(words.size / 2)) - (shared > 1 ? 1 : 0);
  return matched >= needed && (figure !== null || shared + matched > 0) ? score : null;
}
