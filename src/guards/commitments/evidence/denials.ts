import type { Source } from '../../../agent/guard.ts';
import type { Claim } from '../claims/claims.ts';
import { REQUIRED } from '../reading/concepts.ts';
import type { Figure } from '../reading/figures.ts';
import { wordOf } from '../reading/words.ts';
import { isMiscounted } from './counts.ts';
import { type Ground, groundsOf } from './grounds.ts';
import { isOtherHour } from './hours.ts';
import { OFFERED } from './matter.ts';
import { isSameFigure, meets } from './meets.ts';
import { isOtherVariant } from './variants.ts';

/** Whether a source denies what a claim without a promise says: nothing that is said otherwise has as many of its words. */
export function isDenied(claim: Claim, sources: readonly Source[]): boolean {
  const { scope, words, concepts, figure, negated, done, without, said, counts = [] } = claim;
  if (counts.some((count) => isMiscounted(count, sources))) return true;
  if (without.size > 0 && isRequired(without, sources)) return true;
  if (negated && UNNEEDED.test(claim.text) && isAsked(words, sources)) return true;
  if (!negated && isLimited(claim, sources)) return true;
  if (isOfOtherVariants(claim, sources)) return true;
  if (isOtherHour(claim, sources) || isOtherFrequency(claim, sources)) return true;
  if (figure && (figure.kind !== 'measure' || isOtherThan(figure, claim.text, sources)))
    return isOtherThan(figure, claim.text, sources);
  if (done !== null && isUndone(wordOf(done).key, sources)) return true;
  const shared = ({ scope: own }: Ground) => {
    let both = 0;
    for (const word of scope) if (own().has(word)) both += 1;
    return both;
  };
  for (const { all } of sources.map(groundsOf)) {
    for (const ground of all) {
      if (ground.clause.negated === negated || (!negated && ground.clause.figures.length > 0)) continue;
      const { clause } = ground;
      // What is denied is another thing.
      const denied = [...clause.concepts].filter((concept) => REQUIRED.has(concept));
      if (clause.negated && denied.length > 0 && !denied.some((concept) => said.has(concept))) continue;
      const most = meets(words, clause.words) || meets(concepts, clause.concepts) ? shared(ground) : 0;
      if (most < 2 || most < 0.6 * scope.size) continue;
      if (!all.some((other) => other.clause.negated === negated && shared(other) >= most)) return true;
    }
  }
  return false;
}

/** Whether a source says of all that a claim names that it is so for one thing only, which the claim does not name. */
function isLimited({ sentence }: Claim, sources: readonly Source[]): boolean {
  return sources.some((source) =>
    groundsOf(source).all.some(({ clause: { only, words } }) => {
      if (only.size === 0) return false;
      const others = [...words].filter((word) => !only.has(word));
      return (
        others.length > 1 && ![...only].some((word) => sentence.has(word)) && others.every((word) => sentence.has(word))
      );
    }),
  );
}

/** Whether a tool says of something that it was not done, and of nothing that it was: `status not confirmed`. */
function isUndone(verb: string, sources: readonly Source[]): boolean {
  const told = sources
    .filter(({ kind }) => kind === 'tool')
    .flatMap((source) => groundsOf(source).all.filter(({ clause }) => clause.words.has(verb)));
  return told.length > 0 && told.every(({ clause }) => clause.negated);
}

/** Whether all that sources say of what a claim names is said of others of its kind: `part of the Team plan`, `available on the Enterprise plan`. */
function isOfOtherVariants(claim: Claim, sources: readonly Source[]): boolean {
  const { before, words } = claim;
  if (![...before.keys()].some((word) => OFFERED.has(word))) return false;
  const own = new Set([...before].flat());
  const others = [...words].filter((word) => !own.has(word));
  if (others.length < 2) return false;
  const alike = sources.flatMap((source) => {
    const grounds = groundsOf(source);
    const shares = ({ clause, sentence }: Ground) =>
      clause.words.size > 0 && 3 * others.filter((word) => sentence.has(word)).length >= 2 * others.length;
    return grounds.all.filter(shares).map((ground) => ({ ground, grounds }));
  });
  return alike.length > 0 && alike.every(({ ground, grounds }) => isOtherVariant(claim, ground, grounds));
}

/** How often something is: `every month`, `quarterly`. */
const FREQUENCY =
  /\b(?:every|each|once an?|per) (day|week|month|quarter|year)\b|\b(dai|week|month|quarter|year)ly\b|\b(annual)(?:ly)?\b/g;

function frequenciesIn(text: string): string[] {
  return [...text.matchAll(FREQUENCY)].map(
    ([, one, other, year]) => one ?? (year ? 'year' : (other ?? '').replace('dai', 'day')),
  );
}

/** Whether what is said to be so often is so at other times in a source, and nowhere as often. */
function isOtherFrequency({ text, words, concepts }: Claim, sources: readonly Source[]): boolean {
  const own = frequenciesIn(text);
  if (own.length === 0) return false;
  const told = sources.flatMap((source) =>
    groundsOf(source)
      .all.filter(({ clause }) => meets(words, clause.words) || meets(concepts, clause.concepts))
      .flatMap(({ text: said }) => frequenciesIn(said)),
  );
  return told.length > 0 && !own.some((one) => told.includes(one));
}

/** `you don't need to see a doctor`, of what is only had with a doctor's letter. */
const UNNEEDED = /\b(?:n't|not|no) (?:have to|need(?:ed)?(?: to)?|required|necessary)\b/;

function isAsked(words: ReadonlySet<string>, sources: readonly Source[]): boolean {
  return sources.some((source) =>
    groundsOf(source).all.some(
      ({ clause }) => !clause.negated && NEEDS.test(clause.text) && meets(words, clause.words),
    ),
  );
}

/** Whether a source requires what is said not to be needed. */
function isRequired(without: ReadonlySet<string>, sources: readonly Source[]): boolean {
  return sources.some((source) =>
    groundsOf(source).all.some(
      ({ clause }) =>
        !clause.negated &&
        NEEDS.test(clause.text) &&
        [...without].every((word) => clause.words.has(word) && !clause.without.has(word)),
    ),
  );
}

const NEEDS =
  /\b(?:requires?|required|needs?|needed|must|necessary|with (?:a|an|the|your|valid|proof)|bring|present|show)\b/;

/** `a 4 kg parcel`: what somebody has is not what they are given. */
const WITH_ONE = /\b(?:an?|your|one of|at|of|with) \d[\d.,]* ?[a-z]+\b/;

/** Whether a measure is one that a limit allows. */
function isWithin({ kind, bound, value }: Figure, one: Figure): boolean {
  if (kind !== 'measure' || bound !== 'exact') return false;
  return one.bound === 'least' ? value >= one.value : one.bound !== 'exact' && value <= one.value;
}

/** Whether the sources tell hours, or amounts in its unit, and not this one. */
function isOtherThan(figure: Figure, text: string, sources: readonly Source[]): boolean {
  const isLike = ({ kind, unit }: Figure) =>
    kind === figure.kind && (kind === 'date' ? unit.startsWith('time ') : unit === figure.unit);
  const known = sources
    .flatMap((source) => groundsOf(source).byKind.get(figure.kind) ?? [])
    .flatMap(({ clause }) => clause.figures.filter(isLike));
  return (
    known.length > 0 &&
    !known.some((one) => isSameFigure(figure, one) || (WITH_ONE.test(text) && isWithin(figure, one)))
  );
}
