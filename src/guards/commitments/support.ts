import type { Source } from '../../agent/guard.ts';
import { type Claim, once } from './claims.ts';
import { type Concept, isConcept } from './concepts.ts';
import type { Figure } from './figures.ts';
import { IS_DONE } from './forms.ts';
import { type Ground, groundsFor, groundsOf, NO_GROUNDS } from './grounds.ts';
import { isOfAnotherKind } from './kinds.ts';
import { agrees, OFFERED, scoreOf } from './matter.ts';
import { fits, isSameFigure, isUnit, meets, meetsFigure, meetsPromise, sharesMatter } from './meets.ts';
import { type Clause, keyOfFigure } from './statements.ts';
import { wordOf } from './words.ts';

/** What a claim is compared with. `languages`: how much the text looks like each. */
export type Shown = { languages: ReadonlyMap<string, number>; sources: readonly Source[] };

/** The source that says the very same as the claim; null where none does, or where one that is more about it says otherwise. */
export function supportOf(claim: Claim, shown: Shown): Source | null {
  const same: Compared[] = [];
  const others: Compared[] = [];
  for (const source of shown.sources) {
    const grounds = groundsOf(source);
    const isTool = source.kind === 'tool';
    const isForeign = isOther(grounds.language, shown.languages);
    const hasNames = shown.languages.size > 0 && !isForeign && !isTool;
    for (const ground of groundsFor(claim, grounds)) {
      const met = claim.figure ? meetsFigure(claim, claim.figure, ground) : meetsPromise(claim, ground);
      if (met === 'no') continue;
      const score = once(() =>
        isDone(claim, ground.text) &&
        agrees(claim, ground, isTool) &&
        !isOfAnotherKind(claim, ground, source, shown.sources)
          ? scoreOf(claim, ground, isTool || isForeign)
          : null,
      );
      const compared = { source, ground, score: () => score() ?? Number.NEGATIVE_INFINITY };
      if (met === 'other') others.push(compared);
      else if (score() !== null && !(hasNames && isOfAnother(claim, ground))) same.push(compared);
    }
  }
  same.sort((one, other) => other.score() - one.score());
  const isExcluded = excludes(claim, shown.sources);
  const denial = claim.denies ? null : outright(claim, shown.sources);
  const held = same.find(
    (one) =>
      !isExcluded &&
      !(denial && !isSaidIn(denial, one.ground)) &&
      !excepts(claim, one.ground, one.source) &&
      !others.some((other) => isContradicted(claim, one, other)),
  );
  if (held) return held.source;
  if (isExcluded) return null;
  if (claim.figure && isOfWaived(claim, shown.sources)) return supportOf({ ...claim, negated: false }, shown);
  return claim.figure && claim.figure.kind !== 'date' ? inOtherWords(claim, claim.figure, shown, denial) : null;
}

/**
 * The source that has the figure of a claim where no words that both have tell that it is the same: none of it is about another
 * matter, and no other figure of the kind is of what the claim names and this one is not.
 */
function inOtherWords(claim: Claim, figure: Figure, shown: Shown, denial: Ground | null): Source | null {
  for (const source of shown.sources) {
    const { byKind, denials, language } = groundsOf(source);
    const isForeign = isOther(language, shown.languages);
    const isTool = source.kind === 'tool';
    const all = byKind.get(figure.kind) ?? NO_GROUNDS;
    for (const ground of all) {
      const { clause } = ground;
      if (
        !clause.figures.some(
          (other) =>
            other.kind === figure.kind &&
            isUnit(figure, other) &&
            isSameFigure(figure, other) &&
            fits(figure, other, isForeign),
        )
      )
        continue;
      if (clause.negated !== claim.negated || !isDone(claim, ground.text) || !agrees(claim, ground, isTool)) continue;
      if (isOtherOffer(claim, ground) || isOfOthers(claim, ground)) continue;
      if (denial && !isSaidIn(denial, ground)) continue;
      if (isOfAnotherKind(claim, ground, source, shown.sources) || excepts(claim, ground, source)) continue;
      if (denials.some((denial) => denial.clause !== clause && denies(claim, denial, ground))) continue;
      if (all.some((rival) => rival.clause !== clause && isNearer(claim, figure, rival, ground))) continue;
      return source;
    }
  }
  return null;
}

/** A clause that denies the matter of a claim, all words of which the claim has. */
function outright(claim: Claim, sources: readonly Source[]): Ground | null {
  for (const source of sources) {
    for (const ground of groundsOf(source).denials) {
      const { words } = ground.clause;
      if (words.size < 2 || !sharesMatter(claim, ground.clause)) continue;
      if ([...words].every((word) => claim.sentence.has(word))) return ground;
    }
  }
  return null;
}

function isSaidIn({ clause }: Ground, { sentence, heads }: Ground): boolean {
  return [...clause.words].every((word) => sentence.has(word) || heads.has(word));
}

/** Whether a claim names a charge that is not made by its amount: `the $5 fee does not apply`. */
function isOfWaived({ figure, negated, concepts, words }: Claim, sources: readonly Source[]): boolean {
  if (!negated || figure?.kind !== 'money' || !concepts.has('fee')) return false;
  return sources.some((source) =>
    groundsOf(source).all.some(
      ({ clause }) => clause.concepts.has('free') && clause.concepts.has('fee') && meets(words, clause.words),
    ),
  );
}

/** Whether the sentence that supports a claim denies it for something that the claim names: `50% off the frame, not the lenses`. */
function excepts({ figure, denies: isDenying, sentence }: Claim, { text, clause }: Ground, source: Source): boolean {
  if (!figure || isDenying) return false;
  return groundsOf(source).denials.some(
    ({ text: other, clause: { words, negated } }) =>
      other === text && clause.negated !== negated && words.size > 0 && [...words].every((word) => sentence.has(word)),
  );
}

/** Said of what has a price of its own. */
const EXTRA =
  /\b(?:exclu\w*|escl\w*|exkl\w*|extra|extras|aparte|separat\w*|zuzuglich|zzgl|en sus|non compris\w*|a parte|non inclus\w*|nao inclu\w*|no inclu\w*|not included|niet inbegrepen|nicht inbegriffen|nicht enthalten)\b/;

/** Whether a source says that something costs extra of which the claim says that it is included. */
function excludes({ said, denies: isDenying, sentence }: Claim, sources: readonly Source[]): boolean {
  if (!said.has('included') || isDenying) return false;
  for (const source of sources) {
    for (const { clause } of groundsOf(source).all) {
      if (!EXTRA.test(clause.text)) continue;
      if (said.has('tax') && clause.concepts.has('tax')) return true;
      let shared = 0;
      for (const word of clause.words) if (sentence.has(word)) shared += 1;
      if (shared > 0 && shared >= 0.5 * clause.lead.size) return true;
    }
  }
  return false;
}

/** Whether both say "plan" and the like, and of another one each. */
function isOtherOffer({ before, words }: Claim, { clause, sentence, heads }: Ground): boolean {
  for (const [word, modifier] of before) {
    const other = clause.subject.before.get(word);
    if (!OFFERED.has(word) || other === undefined || other === modifier || words.has(other)) continue;
    if (!sentence.has(modifier) && !heads.has(modifier)) return true;
  }
  return false;
}

/** Whether a claim is for people that a clause does not name. */
function isOfOthers({ scope }: Claim, { sentence, heads }: Ground): boolean {
  for (const word of scope) if (PEOPLE.has(word) && !sentence.has(word) && !heads.has(word)) return true;
  return false;
}

/** Those for whom conditions of their own hold. */
const PEOPLE: ReadonlySet<string> = new Set(
  'student pupil member subscriber resident business nonprofit charity senior pensioner child adult teacher family employee veteran newcomer guest visitor tenant landlord passenger'
    .split(' ')
    .map((word) => wordOf(word).key),
);

/** Whether a clause denies the matter of a claim for what the claim names, and the one that has its figure does not. */
function denies(claim: Claim, denial: Ground, own: Ground): boolean {
  const { clause, scope } = denial;
  const isMatter = sharesMatter(claim, clause) || meets(claim.words, clause.words);
  if (!isMatter) return false;
  for (const word of claim.words) if (scope().has(word) && nearness(own, word) < 0.4) return true;
  return false;
}

/** Whether another figure is of more that the claim names than this one. */
function isNearer({ scope, words, concepts }: Claim, figure: Figure, rival: Ground, own: Ground): boolean {
  let ahead = 0;
  for (const word of scope) {
    if (word.startsWith(`${figure.kind} `)) continue;
    // What happens tells less than what it happens to.
    const weight = isConcept(word) ? (concepts.has(word) ? 0.4 : 0.1) : words.has(word) || /\d/.test(word) ? 1 : 0.5;
    const [theirs, ours] = [nearness(rival, word), nearness(own, word)];
    if (theirs > ours || theirs < 0.4) ahead += weight * (theirs - ours);
  }
  return ahead > 0.1;
}

/** How near a word or concept stands to the figures of a clause. */
function nearness({ clause, scope, heads, sentence }: Ground, word: string): number {
  if (clause.words.has(word) || clause.concepts.has(word as Concept) || clause.numbers.includes(word)) return 1;
  // What says nothing of its own goes on with what stands before.
  if (scope().has(word)) return clause.words.size === 0 ? 1 : 0.7;
  return heads.has(word) || sentence.has(word) ? 0.4 : 0;
}

/** Whether a source denies what a claim without a promise says: nothing that is said otherwise has as many of its words. */
export function isDenied({ scope, words, concepts }: Claim, { sources }: Shown): boolean {
  const shared = ({ scope: own }: Ground) => {
    let both = 0;
    for (const word of scope) if (own().has(word)) both += 1;
    return both;
  };
  for (const { all, denials } of sources.map(groundsOf)) {
    for (const ground of denials) {
      const { clause } = ground;
      const most = meets(words, clause.words) || meets(concepts, clause.concepts) ? shared(ground) : 0;
      if (most < 2 || most < 0.6 * scope.size) continue;
      if (!all.some((other) => !other.clause.negated && shared(other) >= most)) return true;
    }
  }
  return false;
}

type Compared = { source: Source; ground: Ground; score: () => number };

/** How much more a source must be about the same thing to speak against another. */
const RIVAL_LEAD = 0.5;

/** Whether what speaks against a claim is nearer to it than what speaks for it, as a whole or by the words that tell both apart. */
function isContradicted({ figure, scope, concept, limits }: Claim, one: Compared, other: Compared): boolean {
  const { clause } = other.ground;
  if (clause === one.ground.clause) return false;
  const isDenial = clause.figures.length === 0 || (!figure && clause.negated);
  if (isDenial && other.score() >= one.score() + (figure ? RIVAL_LEAD : 0)) return true;
  // What the same part of the claim says, too, is no rival of it.
  if (
    figure &&
    !clause.negated &&
    clause.figures.length > 0 &&
    clause.figures.every((one) => scope.has(keyOfFigure(one)))
  )
    return false;
  const isPeriod = figure === null || figure.per === null;
  if (!isPeriod && other.ground.clause.figures.every(({ per }) => per !== null && per !== figure.per)) return false;
  const [own, theirs] = [one.ground.scope(), other.ground.scope()];
  let lead = 0;
  for (const word of scope) {
    if (word === concept || (figure && word.startsWith(`${figure.kind} `))) continue;
    const [inOwn, inTheirs] = [
      own.has(word) || one.ground.heads.has(word),
      theirs.has(word) || other.ground.heads.has(word),
    ];
    // What happens tells less than what it happens to.
    const weight = isConcept(word) ? 0.5 : 1;
    if (inTheirs && !inOwn) lead += weight;
    else if (inOwn && !inTheirs) lead -= weight;
  }
  if (!figure && isOnCondition(scope, concept, one.ground, other.ground)) return true;
  return lead > 0 || (limits.length === 0 && namesOther(scope, one.ground.clause, other.ground, one.ground.text));
}

/** Whether, of two clauses of one sentence, the one that supports a promise does so for what the claim does not name. */
function isOnCondition(scope: ReadonlySet<string>, concept: Concept | null, one: Ground, other: Ground): boolean {
  if (one.text !== other.text || one.isRow) return false;
  const { words, concepts } = one.clause;
  const own = [...words, ...concepts].filter((word) => word !== concept && !other.clause.lead.has(word));
  return own.length > 0 && !own.some((word) => scope.has(word));
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

/** Whether a claim and a clause each say in front of their figures what these are of, and have none of that in common. */
function isOfAnother({ figure, lead, sentence, words, scope: claimed }: Claim, ground: Ground): boolean {
  if (!figure || lead.size === 0 || [...lead].every((word) => OFFERED.has(word)) || ground.clause.lead.size === 0)
    return false;
  const [scope, { heads, concepts, sentence: around }] = [ground.scope(), ground];
  for (const word of lead)
    if (scope.has(word) || heads.has(word) || around.has(word) || concepts.has(word as Concept)) return false;
  for (const word of ground.clause.lead) if (sentence.has(word) || lead.has(word)) return false;
  // What leads to it may tell, too: `for luggage, you can claim $100`.
  for (const word of claimed)
    if (!words.has(word) && !word.includes(' ') && !isConcept(word) && scope.has(word)) return false;
  return true;
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
