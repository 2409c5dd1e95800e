import type { Figure } from '../../language/figures.ts';
import type { Language } from '../../language/languages.ts';
import { termsOf, words } from '../../language/tokens.ts';
import {
  type Counted,
  clausesWithFigures,
  namesIn,
  partsOf,
  type SourceClause,
  type SourceIndex,
  sentencesIn,
} from './source-index.ts';

/** What a sentence may rest on. */
export type Ground = {
  indexes: readonly SourceIndex[];
  /** How many sentences the sources before each have, and all of them. */
  from: readonly number[];
  /** What the customer has said, and the names and contacts of the company: no evidence of facts, but words that may be repeated. */
  said: SourceIndex;
  language: Language;
  /** False where some source is in another language, so that words tell nothing. */
  comparable: boolean;
};

/** How a sentence is not supported: a stable code, and in words. */
export type Doubt = { reason: 'figure' | 'name' | 'contradicted' | 'unsupported'; evidence: string };

/** How much a term counts by where it is found: in the best sentence, its source, any source, or only in what resembles it. */
const FOUND = { sentence: 1, source: 0.9, anywhere: 0.75, said: 0.7, alike: 0.6 };
/** So much better the words must agree with another figure's. */
const LEAD = 0.7;
/** Of fewer words nothing is said. */
const LEAST_WORDS = 2.5;
/** Numbers so small may count what the sentence itself lists. */
const SMALL = 4;
/** A clause denies another only where it says nearly the same. */
const SAME = 0.75;
const AS_GOOD = 0.85;
/** A name is swapped only in a sentence that is the source's but for it. */
const NEARLY_ALL = 0.9;

type Terms = ReadonlyMap<string, number>;
const NOWHERE: readonly number[] = [];

/** Why a claim is not supported; null where it is, as far as words can tell. `threshold`: the share of its words, from 0 to 1. */
export function doubtOf(claim: string, ground: Ground, threshold: number): Doubt | null {
  const clauses = clausesWithFigures(claim, ground.language, 0);
  const terms = new Map<string, number>();
  for (const clause of clauses)
    for (const [term, weight] of clause.terms) terms.set(term, Math.max(weight, terms.get(term) ?? 0));
  const scores = scoresOf(terms, ground);
  return (
    wrongFigure(clauses, ground) ??
    (ground.comparable
      ? (unknownName(claim, ground) ??
        otherDay(clauses, ground) ??
        swappedName(claim, terms, ground, scores) ??
        denied(clauses, ground) ??
        unheard(terms, clauses, ground, scores, threshold))
      : null)
  );
}

/** How much of the terms is in each sentence of all sources, one after the other (`Ground.from`). */
function scoresOf(terms: Terms, { indexes, from }: Ground): Float64Array {
  const scores = new Float64Array(from.at(-1) ?? 0);
  const weighed = [...terms];
  for (const [n, index] of indexes.entries()) addScores(scores, from[n] ?? 0, weighed, index);
  return scores;
}

/** The same of the sentences of one source. */
function scoresIn(terms: Terms, index: SourceIndex): Float64Array {
  const scores = new Float64Array(sentencesIn(index));
  addScores(scores, 0, [...terms], index);
  return scores;
}

function addScores(
  scores: Float64Array,
  from: number,
  terms: readonly (readonly [term: string, weight: number])[],
  { byTerm, clauses }: SourceIndex,
): void {
  for (const [term, weight] of terms) {
    const places = byTerm.get(term);
    if (!places) continue;
    let last = -1;
    for (const at of places) {
      const { sentence } = clauses[at] as SourceClause;
      if (sentence !== last) scores[from + sentence] = (scores[from + sentence] as number) + weight;
      last = sentence;
    }
  }
}

/** A figure that no source has, or only of something else: another with its unit stands where the words agree better. */
function wrongFigure(clauses: readonly SourceClause[], ground: Ground): Doubt | null {
  for (const clause of clauses) {
    if (clause.figures.length === 0) continue;
    const scores = scoresOf(clause.terms, ground);
    const said = sum(clause.terms.values());
    for (const figure of clause.figures) {
      const own = best(clause, ground, scores, (index) => placesOf(figure, index));
      const rival = best(clause, ground, scores, (index) => rivals(figure, index));
      const evidence = `${figure.key}: own ${own}, rival ${rival}`;
      if (own !== null) {
        if (figure.unit !== 'code' && rival !== null && said >= 2 && rival >= own + LEAD && own < 0.7 * rival)
          return { reason: 'figure', evidence };
        continue;
      }
      if (mayStand(figure, ground, rival)) continue;
      return { reason: 'figure', evidence };
    }
  }
  return null;
}

/** Without being in a source: a small number that counts what is listed, and what the customer has said of themselves. */
function mayStand(figure: Figure, { said }: Ground, rival: number | null): boolean {
  if (figure.unit === '' && figure.value <= SMALL && Number.isInteger(figure.value) && rival === null) return true;
  return (
    placesOf(figure, said).length > 0 &&
    (rival === null || rival < 1 || figure.unit === 'code' || figure.unit === 'date')
  );
}

function placesOf(figure: Figure, index: SourceIndex): readonly number[] {
  const exact = index.byFigure.get(figure.key);
  if (exact) return exact;
  // Data has its numbers without units.
  const bare = index.byFigure.get(`${figure.value} `);
  if (bare && index.language === null) return bare;
  return figure.unit === '' ? (index.byCount.get(figure.count) ?? []) : [];
}

function rivals(figure: Counted, index: SourceIndex): readonly number[] {
  const places = index.byUnit.get(figure.unit) ?? [];
  return places.filter((at) => {
    const figures = index.clauses[at]?.figures ?? [];
    if (figures.some(({ key }) => key === figure.key)) return false;
    return figure.unit !== '' || figures.some(({ of }) => of().some((term) => figure.of().includes(term)));
  });
}

/** The best score of a place, with some of its sentence's; null where there is no place. */
function best(
  { terms }: SourceClause,
  { indexes, from }: Ground,
  scores: Float64Array,
  placesIn: (index: SourceIndex) => readonly number[],
): number | null {
  let most: number | null = null;
  for (const [n, index] of indexes.entries()) {
    for (const at of placesIn(index)) {
      const place = index.clauses[at] as SourceClause;
      const score = 0.7 * shared(terms, place) + 0.3 * (scores[(from[n] ?? 0) + place.sentence] ?? 0);
      most = Math.max(most ?? 0, score);
    }
  }
  return most;
}

/** How much of the terms a clause has. */
function shared(terms: Terms, clause: SourceClause): number {
  let score = 0;
  for (const [term, weight] of terms) if (clause.terms.has(term)) score += weight;
  return score;
}

/** A name within a sentence that nobody has named. German writes every noun like a name. */
function unknownName(claim: string, { indexes, said, language }: Ground): Doubt | null {
  const names = namesIn(claim);
  for (const [at, name] of names.entries()) {
    if (language === 'de' && !/\p{Lu}.*\p{Lu}/u.test(name)) continue;
    const parts = name
      .toLowerCase()
      .replace(/['’]s$/, '')
      .split(/['’&.-]/);
    if (parts.every((part) => part.length < 2 || isNamed(part, name, [...indexes, said]))) continue;
    if (isShortened(names, at, claim, indexes)) continue;
    return { reason: 'name', evidence: name };
  }
  return null;
}

/** Whether the sources have the name, with its neighbours, by its first letters: US for "United States". */
function isShortened(names: readonly string[], at: number, claim: string, indexes: readonly SourceIndex[]): boolean {
  return [at - 1, at].some((first) => {
    const [one, two] = [names[first], names[first + 1]];
    if (one === undefined || two === undefined || !claim.includes(`${one} ${two}`)) return false;
    const letters = `${one[0]}${two[0]}`.toLowerCase();
    return indexes.some((index) => index.words.has(letters));
  });
}

/** A name that is known, in a sentence that fits all but it and has another name: "on the Pro plan" for "on the Enterprise plan". */
function swappedName(claim: string, terms: Terms, ground: Ground, scores: Float64Array): Doubt | null {
  if (ground.language === 'de') return null;
  const total = sum(terms.values());
  for (const name of namesIn(claim)) {
    const [term] = termsOf(ground.language, name.toLowerCase());
    if (term === undefined || !terms.has(term)) continue;
    let own = 0;
    let rival = { score: 0, name: '' };
    for (const [n, index] of ground.indexes.entries()) {
      const [from = 0, to = 0] = ground.from.slice(n, n + 2);
      for (let sentence = 0; sentence < to - from; sentence += 1) {
        const score = scores[from + sentence] as number;
        if (score <= Math.min(own, rival.score)) continue;
        if (isIn(term, index, sentence)) own = Math.max(own, score);
        else if (score > rival.score)
          rival = { score, name: index.names[sentence]?.find((other) => !terms.has(other)) ?? '' };
      }
    }
    if (
      own > 0 &&
      rival.name !== '' &&
      !rival.name.startsWith(term) &&
      !term.startsWith(rival.name) &&
      rival.score >= NEARLY_ALL * (total - 1) &&
      rival.score >= own + LEAD
    ) {
      return { reason: 'name', evidence: `${name}: ${rival.name}` };
    }
  }
  return null;
}

function isNamed(part: string, name: string, indexes: readonly SourceIndex[]): boolean {
  return indexes.some(
    (index) =>
      index.words.has(part) ||
      words(name).every((word) => index.words.has(word)) ||
      index.words.has(part.replace(/e?s$/, '')) ||
      (part.length >= 5 && index.parts.has(part.slice(0, 5))) ||
      (/^\p{Lu}{2,5}$/u.test(name) && index.initials().has(part)),
  );
}

/** A clause that says nearly what a source says, with the opposite sense, and nothing as near with the same. */
function denied(clauses: readonly SourceClause[], { indexes }: Ground): Doubt | null {
  const denies = clauses.some((clause) => clause.denies);
  for (const clause of clauses) {
    const total = sum(clause.terms.values());
    // Where a sentence denies something, what it does not deny may be no more than what that is about.
    // Of a few words only where they are all that is said.
    const least = clauses.length === 1 ? 1.25 : 2;
    if (total < least || clause.terms.size < 2 || clause.supposed || clause.denies !== denies) continue;
    const focus = rarest(clause, indexes);
    if (focus === null) continue;
    let same = 0;
    let opposite = { score: 0, terms: '' };
    for (const index of indexes) {
      const places = index.byTerm.get(focus);
      const scores = places && scoresIn(clause.terms, index);
      for (const at of places ?? NOWHERE) {
        const source = index.clauses[at] as SourceClause;
        const score = scores?.[source.sentence] ?? 0;
        if (score < SAME * total) continue;
        if (agree(clause, source) || saysBoth(clause, source, index, clauses.length > 1)) same = Math.max(same, score);
        else if (score > opposite.score) opposite = { score, terms: [...source.terms.keys()].join(' ') };
      }
    }
    if (opposite.score > 0 && same < AS_GOOD * opposite.score)
      return { reason: 'contradicted', evidence: opposite.terms };
  }
  return null;
}

/** The opposite of what a source says of the same day, date or time: "open on Sundays". */
function otherDay(clauses: readonly SourceClause[], { indexes }: Ground): Doubt | null {
  for (const clause of clauses) {
    const figures = clause.figures.filter(({ unit }) => unit === 'weekday' || unit === 'date' || unit === 'clock');
    if (figures.length === 0 || clause.senses.size === 0) continue;
    const sources = indexes.flatMap((index) =>
      figures.flatMap(({ key }) => (index.byFigure.get(key) ?? []).map((at) => index.clauses[at] as SourceClause)),
    );
    const telling = sources.filter(({ senses }) => [...clause.senses.keys()].some((term) => senses.has(term)));
    if (telling.length === 0 || telling.some((source) => agree(clause, source))) continue;
    return { reason: 'contradicted', evidence: [...(telling[0]?.terms.keys() ?? [])].join(' ') };
  }
  return null;
}

/** The term of a clause that fewest clauses of the sources have. */
function rarest({ terms }: SourceClause, indexes: readonly SourceIndex[]): string | null {
  let [found, fewest]: [string | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const [term, weight] of terms) {
    if (weight < 1) continue;
    const count = indexes.reduce((all, { byTerm }) => all + (byTerm.get(term)?.length ?? 0), 0);
    if (count > 0 && count < fewest) [found, fewest] = [term, count];
  }
  return found;
}

/** Tells "before noon" from "after noon" where nothing else does. */
const TIME = 'befor';

/** Whether two clauses of the same do not deny each other: by the words they share that have an opposite, else by their negations. */
function agree(one: SourceClause, other: SourceClause): boolean {
  const shared = [...one.senses].filter(([term]) => other.senses.has(term));
  const telling = shared.length > 1 ? shared.filter(([term]) => term !== TIME) : shared;
  if (telling.length === 0) return one.denies === other.denies || one.lacks || other.lacks;
  return telling.some(([term, affirmed]) => other.senses.get(term) === affirmed);
}

/**
 * Whether another clause of the source's sentence says the claim: "costs 4.90, and is free for orders from 50 on". It must be what the
 * claim is about: by a word that the first has not, or by another clause of the claim (`qualified`).
 */
function saysBoth(claim: SourceClause, source: SourceClause, { clauses }: SourceIndex, qualified: boolean): boolean {
  return clauses.some(
    (other) =>
      other.sentence === source.sentence &&
      [...claim.senses].some(([term, affirmed]) => other.senses.get(term) === affirmed) &&
      (qualified || [...claim.terms.keys()].some((term) => other.terms.has(term) && !source.terms.has(term))),
  );
}

/** Too few of its words are in the sources. */
function unheard(
  terms: Terms,
  clauses: readonly SourceClause[],
  { indexes, said, from }: Ground,
  scores: Float64Array,
  threshold: number,
): Doubt | null {
  const total = sum(terms.values());
  if (total < LEAST_WORDS) return null;
  let [nearest, place] = [0, -1];
  for (let at = 0; at < scores.length; at += 1) {
    if ((scores[at] as number) > nearest) [nearest, place] = [scores[at] as number, at];
  }
  const n = from.findLastIndex((start) => start <= place);
  const near = indexes[n];
  const sentence = place - (from[n] ?? 0);
  let found = 0;
  const unknown: string[] = [];
  for (const [term, weight] of terms) {
    const share = near && isIn(term, near, sentence) ? FOUND.sentence : elsewhere(term, near, indexes, said);
    if (share === 0) unknown.push(term);
    found += weight * share;
  }
  const figures = clauses.reduce((all, clause) => all + clause.figures.length, 0);
  // A figure that is right says as much as a word.
  const coverage = (found + figures) / (total + figures);
  return coverage < threshold
    ? { reason: 'unsupported', evidence: `${coverage.toFixed(2)} ${unknown.join(' ')}` }
    : null;
}

function isIn(term: string, index: SourceIndex, sentence: number): boolean {
  return (index.byTerm.get(term) ?? []).some((at) => index.clauses[at]?.sentence === sentence);
}

function elsewhere(
  term: string,
  near: SourceIndex | undefined,
  indexes: readonly SourceIndex[],
  said: SourceIndex,
): number {
  if (near?.byTerm.has(term)) return FOUND.source;
  if (indexes.some(({ byTerm }) => byTerm.has(term))) return FOUND.anywhere;
  if (said.byTerm.has(term)) return FOUND.said;
  const parts = partsOf(term);
  return parts.some((part) => indexes.some((index) => index.parts.has(part))) ? FOUND.alike : 0;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
