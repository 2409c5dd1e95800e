import type { Source } from '../../../agent/guard.ts';
import { once } from '../../../language/once.ts';
import type { Claim } from '../claims/claims.ts';
import { type Concept, isConcept, SAME } from '../reading/concepts.ts';
import type { Figure } from '../reading/figures.ts';
import { type Clause, keyOfFigure } from '../reading/statements.ts';
import { isOfOtherAge } from './ages.ts';
import { isOfAnotherBand } from './bands.ts';
import { isMiscounted } from './counts.ts';
import { isDone } from './done.ts';
import { isOfOtherField, isOfShare } from './fields.ts';
import { type Ground, groundsFor, groundsOf, NO_GROUNDS } from './grounds.ts';
import { isOtherHour } from './hours.ts';
import { isOfAnotherKind } from './kinds.ts';
import { agrees, scoreOf } from './matter.ts';
import { fits, isOtherPeriod, isSameFigure, isUnit, meets, meetsFigure, meetsPromise, sharesMatter } from './meets.ts';
import { isOfAnotherRow } from './rows.ts';
import { isOfAnotherCell } from './tables.ts';
import { isOfAnotherThing } from './things.ts';
import { isOtherVariant, isWithheld } from './variants.ts';

/** What a claim is compared with. `languages`: how much the text looks like each, once asked for; `said`: by the customer, as it was written. */
export type Shown = {
  languages: () => ReadonlyMap<string, number>;
  sources: readonly Source[];
  said: readonly string[];
};

/**
 * The source that says the very same as the claim, which is not barred; null where none does, or where one that is more about it says
 * otherwise.
 */
export function supportOf(claim: Claim, shown: Shown): Source | null {
  const same: Compared[] = [];
  const others: Compared[] = [];
  for (const source of shown.sources) {
    // How the company is reached says nothing of what anybody will do.
    if (source.from === 'contact' && !claim.figure) continue;
    const grounds = groundsOf(source);
    const isTool = source.kind === 'tool';
    const isForeign = once(() => isOther(grounds.language, shown.languages()));
    for (const ground of groundsFor(claim, grounds)) {
      const met = claim.figure ? meetsFigure(claim, claim.figure, ground) : meetsPromise(claim, ground);
      if (met === 'no') continue;
      const score = once(() =>
        isDone(claim, ground, isTool) &&
        agrees(claim, ground, isTool) &&
        !isOtherVariant(claim, ground, grounds) &&
        !isOfAnotherKind(claim, ground, shown.sources) &&
        !isOfAnotherThing(claim, ground, shown.sources) &&
        !isOfAnotherRow(claim, ground, shown.sources) &&
        !isOfAnotherCell(claim, ground, source, shown) &&
        !isOfOtherField(claim, ground, shown.sources) &&
        !isOfOtherAge(claim, ground) &&
        !isWithheld(claim, ground, shown.sources)
          ? scoreOf(claim, ground, isTool || isForeign())
          : null,
      );
      const compared = { source, ground, score: () => score() ?? Number.NEGATIVE_INFINITY };
      if (met === 'other') others.push(compared);
      else if (score() !== null && !isNoGround(claim, ground)) same.push(compared);
    }
  }
  same.sort((one, other) => other.score() - one.score());
  const denial = claim.negated ? 0 : outright(claim, shown.sources);
  const held = same.find(
    (one) =>
      (denial === 0 || sharedWith(claim, one.ground) > denial) &&
      !excepts(claim, one.ground, one.source) &&
      !others.some(
        (other) =>
          !(
            claim.figure &&
            other.ground.clause.figures.length > 0 &&
            other.source.kind !== 'tool' &&
            one.source.kind === 'tool'
          ) && isContradicted(claim, one, other, others.length),
      ),
  );
  if (held) return held.source;
  if (!claim.figure || claim.figure.kind === 'date') return null;
  return inOtherWords(claim, claim.figure, shown, denial);
}

/** Whether what a claim is about speaks against it, whatever figures the sources have. */
export function isBarred(claim: Claim, sources: readonly Source[]): boolean {
  return (
    (claim.counts?.some((count) => isMiscounted(count, sources)) ?? false) ||
    isOfAnotherBand(claim, sources) ||
    isOfShare(claim, sources) ||
    (claim.figure !== null && isOtherHour(claim, sources)) ||
    (claim.isFree === true && claim.figure !== null && !sources.some(givesFree)) ||
    UNHEARD.some((concept) => isUnheardOf(concept, claim, sources))
  );
}

/** Whether a source says of anything that it costs nothing. */
function givesFree(source: Source): boolean {
  const { byConcept } = groundsOf(source);
  return (
    (['free', 'trial', 'included', 'cover'] as const).some((concept) => byConcept.has(concept)) ||
    /\binclud(?:es?|ing)\b/.test(source.text)
  );
}

/** What no figure of a source is for, where no source speaks of it: the total of an order is no refund. */
const UNHEARD: readonly Concept[] = ['refund', 'compensation', 'credit', 'voucher'];
/** What an insurance pays is claimed. */
const CLAIMS = /(?<![a-z])claims?(?![a-z])/i;
const ENTITLED = /\bentitled to [$€£]/;
/** With which something was bought. */
const CODE = /\b(?:promo|discount|coupon|voucher) code/;
/** `a 25 euro credit` */
const CREDITS = /(?<![a-z])(?:credit(?! card)|voucher|gift card|balance|payout|surplus|deduct)/i;

function isUnheardOf(concept: Concept, { figure, concepts, negated, all }: Claim, sources: readonly Source[]): boolean {
  if (!figure || negated || !concepts.has(concept) || (concept === 'voucher' && CODE.test(all))) return false;
  const names = [concept, ...(SAME[concept] ?? []), ...(concepts.has('deposit') ? (['return'] as const) : [])];
  const isCredit = concept === 'credit' || concept === 'voucher';
  return !sources.some((source) => {
    const { byConcept } = groundsOf(source);
    if (concept === 'compensation' && ENTITLED.test(source.text)) return true;
    if ((isCredit ? CREDITS : CLAIMS).test(source.text)) return true;
    return names.some((name) =>
      byConcept.get(name)?.some(({ clause }) => !clause.negated && clause.subject.concepts.has(name)),
    );
  });
}

/**
 * The source that has the figure of a claim where no words that both have tell that it is the same: none of it is about another
 * matter, and no other figure of the kind is of what the claim names and this one is not.
 */
function inOtherWords(claim: Claim, figure: Figure, shown: Shown, denial: number): Source | null {
  const everywhere = shown.sources.flatMap((source) => groundsOf(source).byKind.get(figure.kind) ?? NO_GROUNDS);
  for (const source of shown.sources) {
    const { byKind, denials } = groundsOf(source);
    const isTool = source.kind === 'tool';
    const all = byKind.get(figure.kind) ?? NO_GROUNDS;
    for (const ground of all) {
      const { clause } = ground;
      if (
        !clause.figures.some(
          (other) =>
            other.kind === figure.kind && isUnit(figure, other) && isSameFigure(figure, other) && fits(figure, other),
        )
      )
        continue;
      if (clause.negated !== claim.negated || !isDone(claim, ground, isTool) || !agrees(claim, ground, isTool))
        continue;
      if (isOtherVariant(claim, ground, groundsOf(source))) continue;
      if (isOtherPeriod(figure, ground) || isOfOtherAge(claim, ground)) continue;
      if (isOfAnotherKind(claim, ground, shown.sources) || isOfAnotherThing(claim, ground, shown.sources)) continue;
      if (isOfAnotherRow(claim, ground, shown.sources) || isOfOtherField(claim, ground, shown.sources)) continue;
      if (isOfAnotherCell(claim, ground, source, shown)) continue;
      if (denial > 0 && sharedWith(claim, ground) <= denial) continue;
      if (isNoGround(claim, ground) || excepts(claim, ground, source)) continue;
      if (denials.some((denial) => denial.clause !== clause && denies(claim, denial, ground))) continue;
      const rivals = everywhere.length > FEW ? all : everywhere;
      if (rivals.some((rival) => rival.clause !== clause && isNearer(claim, figure, rival, ground, rivals.length)))
        continue;
      return source;
    }
  }
  return null;
}

/** So many figures of a kind have their passages in common: of more, some word is always nearer to one of another passage. */
const FEW = 3;

/**
 * How many words a claim has of a clause that denies just that: "dental cleaning is not covered". 0 where none does. What supports it
 * all the same says more of what the claim says.
 */
function outright({ scope, concepts, said }: Claim, sources: readonly Source[]): number {
  let most = 0;
  for (const source of sources) {
    for (const { clause } of groundsOf(source).denials) {
      const { words } = clause;
      if (words.size <= most || words.size < 2 || !(meets(concepts, clause.concepts) || meets(said, clause.concepts)))
        continue;
      const missing = [...words].filter((word) => !scope.has(word)).length;
      if (missing <= (words.size > 3 ? 1 : 0)) most = words.size - missing;
    }
  }
  return most;
}

function sharedWith({ scope }: Claim, { scope: own, heads }: Ground): number {
  let shared = 0;
  for (const word of scope)
    if (!word.includes(' ') && !isConcept(word) && (own().has(word) || heads.has(word))) shared += 1;
  return shared;
}

/** Whether a clause denies what a claim has a figure of: "no refunds within 30 days" is no ground for one. */
function isNoGround({ figure, negated, concepts, ...claim }: Claim, { clause }: Ground): boolean {
  // What is not included costs just that.
  if (figure?.kind === 'money' && clause.concepts.has('included') && !concepts.has('included')) return false;
  if (!figure || !clause.negated || negated || !meets(concepts, clause.concepts)) return false;
  return !(waives({ ...claim, negated, concepts }) && waives(clause));
}

/** Whether a charge is said not to be made. */
function waives({ negated, concepts }: { negated: boolean; concepts: ReadonlySet<Concept> }): boolean {
  return concepts.has('free') || (negated && concepts.has('fee'));
}

/** Whether the sentence that supports a claim denies it for something that the claim names: `50% off the frame, not the lenses`. */
function excepts(
  { figure, denies: isDenying, sentence, lacks }: Claim,
  { text, clause }: Ground,
  source: Source,
): boolean {
  // Each field of a tool's result is of its own.
  if (!figure || isDenying || source.kind === 'tool') return false;
  return groundsOf(source).denials.some(
    ({ text: other, clause: { words, negated } }) =>
      other === text &&
      clause.negated !== negated &&
      words.size > 0 &&
      [...words].every((word) => sentence.has(word) && !lacks.has(word)),
  );
}

/** Whether a clause denies the matter of a claim for what the claim names, and the one that has its figure does not. */
function denies(claim: Claim, denial: Ground, own: Ground): boolean {
  const { clause, scope } = denial;
  const isMatter = sharesMatter(claim, clause) || meets(claim.words, clause.words);
  if (!isMatter) return false;
  for (const word of claim.words) if (scope().has(word) && nearness(own, word) < 0.4) return true;
  return false;
}

/** Whether another figure is of more that the claim names than this one. */
function isNearer(
  { scope, words, concepts }: Claim,
  figure: Figure,
  rival: Ground,
  own: Ground,
  rivals: number,
): boolean {
  const isBeside = rival.text === own.text;
  let ahead = 0;
  for (const word of scope) {
    if (word.startsWith(`${figure.kind} `)) continue;
    // What happens tells less than what it happens to.
    const weight = isConcept(word) ? (concepts.has(word) ? 0.4 : 0.1) : words.has(word) || /\d/.test(word) ? 1 : 0.5;
    const theirs = nearness(rival, word);
    const isTheirs = isBeside && isIn(rival.clause, word) && !isIn(own.clause, word);
    const ours = Math.min(isTheirs ? 0.4 : 1, nearness(own, word));
    if (theirs > ours || theirs < 0.4) ahead += weight * (theirs - ours);
  }
  return ahead > 0.25 + Math.min(0.3, 0.1 * Math.max(0, rivals - 2));
}

function isIn({ words, concepts, numbers }: Clause, word: string): boolean {
  return words.has(word) || concepts.has(word as Concept) || numbers.includes(word);
}

/** How near a word or concept stands to the figures of a clause. */
function nearness({ clause, scope, heads, sentence }: Ground, word: string): number {
  if (isIn(clause, word)) return 1;
  // What says nothing of its own goes on with what stands before.
  if (scope().has(word)) return clause.words.size === 0 ? 1 : 0.7;
  return heads.has(word) || sentence.has(word) ? 0.4 : 0;
}

/**
 * Whether what a clause limits from below a claim limits from above, or the other way round: neither is the other's rival. Nor is a price
 * of an amount from which on something holds.
 */
function isOtherEnd({ kind, bound }: Figure, { figures }: Clause): boolean {
  const rival = bound === 'least' ? 'exact' : bound === 'exact' ? 'least' : null;
  if (kind === 'money' && figures.length > 0 && figures.every((one) => one.bound === rival)) return true;
  const other = bound === 'most' ? 'least' : bound === 'least' ? 'most' : null;
  return other !== null && figures.length > 0 && figures.every((figure) => figure.bound === other);
}

type Compared = { source: Source; ground: Ground; score: () => number };

/** How much more a source must be about the same thing to speak against another. */
const RIVAL_LEAD = 0.5;

/** Whether what speaks against a claim is nearer to it than what speaks for it, as a whole or by the words that tell both apart. */
function isContradicted(
  { figure, scope, concept, concepts, limits, told }: Claim,
  one: Compared,
  other: Compared,
  rivals: number,
): boolean {
  const { clause } = other.ground;
  if (clause === one.ground.clause) return false;
  if (figure && isOtherEnd(figure, clause)) return false;
  // A field is of what its name says.
  const isField = other.source.kind === 'tool' && one.source.kind !== 'tool';
  if (figure && isField && meets(concepts, one.ground.clause.concepts) && !meets(concepts, other.ground.concepts))
    return false;
  // `You're over €50, so delivery is free`, though it has a price below.
  if (!figure && concept === 'free' && !clause.negated && isReached(one, told)) return false;
  const isDenial = clause.figures.length === 0 || (!figure && clause.negated);
  if (isDenial && other.score() >= one.score() + (figure ? RIVAL_LEAD : 0)) return true;
  // What the same sentence says, too, is no rival of it.
  if (figure && !clause.negated && clause.figures.length > 0 && clause.figures.every((one) => isTold(one, told)))
    return false;
  const isPeriod = figure === null || figure.per === null;
  if (!isPeriod && other.ground.clause.figures.every(({ per }) => per !== null && per !== figure.per)) return false;
  const [own, theirs] = [one.ground.scope(), other.ground.scope()];
  let [lead, all] = [0, 0];
  for (const word of scope) {
    if (word === concept || (figure && word.startsWith(`${figure.kind} `))) continue;
    // The number of a name, `Fibre 500`, is of its whole sentence.
    if (/^\d+$/.test(word) && isOfAll(word, one.ground, other.ground)) continue;
    const inOwn = own.has(word) || one.ground.heads.has(word);
    const inTheirs = theirs.has(word) || other.ground.heads.has(word);
    // What happens tells less than what it happens to.
    const weight = isConcept(word) ? 0.5 : 1;
    all += weight;
    if (inTheirs && !inOwn) lead += weight;
    else if (inOwn && !inTheirs) lead -= weight;
  }
  return (
    lead > (0.05 + 0.05 * Math.max(0, rivals - 2)) * all ||
    (limits.length === 0 && namesOther(scope, one.ground.clause, other.ground, one.ground.text))
  );
}

/** Whether a sentence tells the amount from which on a source gives something. */
function isReached({ source, ground }: Compared, told: ReadonlySet<string>): boolean {
  const amounts = groundsOf(source).byKind.get('money') ?? NO_GROUNDS;
  return amounts.some(
    ({ text, clause }) =>
      text === ground.text && clause.figures.some((figure) => figure.bound === 'least' && isTold(figure, told)),
  );
}

/** Whether a sentence has a figure; of an amount without its currency, in any. */
function isTold(figure: Figure, told: ReadonlySet<string>): boolean {
  const key = keyOfFigure(figure);
  return told.has(key) || (figure.unit === '' && [...told].some((one) => one.startsWith(key)));
}

/** Whether a number stands in the one clause of a sentence, and none that it could be told from in the other: `Fibre 500 …, and …`. */
function isOfAll(number: string, one: Ground, { clause, text }: Ground): boolean {
  const isAlone =
    clause.numbers.length === 0 &&
    clause.figures.every(({ kind }) => kind !== 'measure') &&
    !/[a-z]\d/.test(clause.text);
  return text === one.text && isAlone && one.clause.numbers.includes(number);
}

/** Whether, of two clauses of one sentence, the claim names what the other is of, and not what this one is. */
function namesOther(
  scope: ReadonlySet<string>,
  { lead, words, text: said }: Clause,
  other: Ground,
  text: string,
): boolean {
  if (other.text !== text) return false;
  for (const word of scope) if (/^\d+$/.test(word) && said.includes(word)) return false;
  const own = [...lead].filter(
    (word) => words.has(word) && !other.clause.words.has(word) && !other.clause.lead.has(word),
  );
  if (own.length === 0 || own.some((word) => scope.has(word))) return false;
  return [...other.clause.lead].some((word) => scope.has(word) && !words.has(word) && !lead.has(word));
}

/** True where a text is in another language than a source, so that their words cannot be compared. */
function isOther(language: string, languages: ReadonlyMap<string, number>): boolean {
  let most = 0;
  for (const score of languages.values()) if (score > most) most = score;
  // A source of few words tells no language: most are English.
  if (language === 'und') return most > 0.5 && (languages.get('en') ?? 0) < 0.5 * most;
  return language !== 'und' && most > 0 && (languages.get(language) ?? 0) < 0.7 * most;
}
