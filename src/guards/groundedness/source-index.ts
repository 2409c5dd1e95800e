import type { Source } from '../../agent/guard.ts';
import { detectLanguage } from '../../language/detect.ts';
import { DAYS, MONTHS, UNITS } from '../../language/figure-words.ts';
import { type Figure, figuresIn } from '../../language/figures.ts';
import type { Language } from '../../language/languages.ts';
import { once } from '../../language/once.ts';
import { splitSentences } from '../../language/sentences.ts';
import { STOP_WORDS } from '../../language/stop-words.ts';
import { termsOf, words } from '../../language/tokens.ts';
import { BySource } from '../by-source.ts';
import { type Clause, clausesOf } from './terms.ts';

/** A clause of a source: the number of its sentence, and the figures in it; `implied`: those that it has without a number, as "a week". */
export type SourceClause = Clause & { sentence: number; figures: readonly Counted[]; implied: readonly Figure[] };

/** `of`: the terms of the two words after it, which a bare number counts; once asked for. */
export type Counted = Figure & { of: () => readonly string[] };

/** A text as it is looked things up in. */
export type SourceIndex = {
  /** Null where the text does not tell it: data, a few words. */
  language: Language | null;
  clauses: readonly SourceClause[];
  /** Places in `clauses`. */
  byTerm: ReadonlyMap<string, readonly number[]>;
  byFigure: ReadonlyMap<string, readonly number[]>;
  byUnit: ReadonlyMap<string, readonly number[]>;
  /** The numbers as they are, whatever they count. */
  byCount: ReadonlyMap<number, readonly number[]>;
  /** Beginnings and ends of the terms: where words are written together, or have other endings. */
  parts: ReadonlySet<string>;
  words: ReadonlySet<string>;
  /** The terms of the names in each sentence. */
  names: readonly (readonly string[])[];
  /** First letters of neighbouring words: `VAT` for "value added tax". */
  initials: () => ReadonlySet<string>;
};

const PART = 5;
const SINGLE = /(?<![\p{L}\p{N}])(?:an?|per|each|every|the next|ein|eine[mnrs]?|une?|una|uma?|een)\s(\p{L}+)/giu;
const NO_CLAUSE: Clause = {
  terms: new Map(),
  senses: new Map(),
  denies: false,
  lacks: false,
  supposed: false,
  start: 0,
  end: 0,
};
const INDEXES = new BySource<SourceIndex>();

/** The index of a source, read in its own language, else in `language`. */
export function indexOf(source: Source, language: Language): SourceIndex {
  return INDEXES.get(source, ({ text }) => read(text, language), language);
}

/** How many sentences a source has, but for those without clauses behind its last. */
export function sentencesIn({ clauses }: SourceIndex): number {
  return (clauses.at(-1)?.sentence ?? -1) + 1;
}

/** The parts of a term that `SourceIndex.parts` has. */
export function partsOf(term: string): string[] {
  return term.length < PART ? [] : [term.slice(0, PART), `-${term.slice(-PART)}`];
}

function read(text: string, otherwise: Language): SourceIndex {
  const language = detectLanguage(text);
  // What stands on both sides of a semicolon are statements of their own.
  const sentences = splitSentences(text).flatMap((sentence) => sentence.split(/(?<=;)/));
  const clauses = sentences.flatMap((sentence, at) => clausesWithFigures(sentence, language ?? otherwise, at));
  const all = words(text);
  let initials: ReadonlySet<string> | null = null;
  return {
    language,
    clauses,
    byTerm: placesBy(clauses, ({ terms }) => terms.keys()),
    byFigure: placesBy(clauses, ({ figures, implied }) => new Set([...figures, ...implied].map(({ key }) => key))),
    byUnit: placesBy(clauses, ({ figures }) => new Set(figures.map(({ unit }) => unit))),
    byCount: placesBy(clauses, ({ figures }) => new Set(figures.map(({ count }) => count))),
    parts: new Set(clauses.flatMap(({ terms }) => [...terms.keys()].flatMap(partsOf))),
    words: new Set(all),
    names: sentences.map((sentence) =>
      namesIn(sentence).flatMap((name) => termsOf(language ?? otherwise, name.toLowerCase())),
    ),
    initials: () => (initials ??= initialsOf(all)),
  };
}

/** The clauses of a sentence, the `at`th of its text. */
export function clausesWithFigures(sentence: string, language: Language, at: number): SourceClause[] {
  const figures = figuresIn(sentence).map(
    (figure): Counted => ({ ...figure, of: once(() => countedBy(figure, sentence, language)) }),
  );
  const implied = singlesIn(sentence);
  const clauses = clausesOf(language, sentence);
  if (clauses.length === 0) return figures.length === 0 ? [] : [{ ...NO_CLAUSE, sentence: at, figures, implied }];
  const [figuresTo, impliedTo] = [taking(figures), taking(implied)];
  // What stands between two clauses, or in one without words, is of the clause before it.
  return clauses.map((clause, n) => {
    const to = clauses[n + 1]?.start ?? sentence.length + 1;
    return { ...clause, sentence: at, figures: figuresTo(to), implied: impliedTo(to) };
  });
}

/** Gives those of figures in order that begin before a place, each once. */
function taking<Of extends Figure>(figures: readonly Of[]): (to: number) => Of[] {
  let next = 0;
  return (to) => {
    const from = next;
    while ((figures[next]?.start ?? to) < to) next += 1;
    return figures.slice(from, next);
  };
}

/** "Within a week" is one week. */
function singlesIn(sentence: string): Figure[] {
  return [...sentence.matchAll(SINGLE)].flatMap(({ index: start, 0: found, 1: word = '' }) => {
    const { unit, factor } = UNITS.get(word.toLowerCase()) ?? { unit: '', factor: 0 };
    if (unit !== 'minute' && unit !== 'month') return [];
    return [{ start, end: start + found.length, count: 1, value: factor, unit, key: `${factor} ${unit}` }];
  });
}

function countedBy({ unit, end }: Figure, sentence: string, language: Language): readonly string[] {
  if (unit !== '') return [];
  const [, words = ''] = /^[^\p{L}\p{N}.]{1,3}((?:\p{L}+ ?){1,2})/u.exec(sentence.slice(end, end + 60)) ?? [];
  return clausesOf(language, words).flatMap(({ terms }) => [...terms.keys()]);
}

function placesBy<Key>(clauses: readonly SourceClause[], keysOf: (clause: SourceClause) => Iterable<Key>) {
  const places = new Map<Key, number[]>();
  for (const [at, clause] of clauses.entries()) {
    for (const key of keysOf(clause)) {
      const known = places.get(key);
      if (known) known.push(at);
      else places.set(key, [at]);
    }
  }
  return places;
}

const NAME = /(?<=[\p{L}\p{N},;)%€]\s+)\p{Lu}[\p{L}\p{M}\p{N}]*(?:['’&.-]\p{L}[\p{L}\p{N}]*)*/gu;

const NO_NAMES: ReadonlySet<string> = new Set([
  ...'i ai faq faqs pm am est cet cst pst utc gmt ok id'.split(' '),
  ...[DAYS, MONTHS, UNITS].flatMap((named) => [...named.keys()]),
]);

/** What is written with a capital within a sentence, but days, months and units. */
export function namesIn(sentence: string): string[] {
  return [...sentence.matchAll(NAME)].map(([name]) => name).filter((name) => !NO_NAMES.has(name.toLowerCase()));
}

const LONGEST_INITIALS = 5;

function initialsOf(all: readonly string[]): ReadonlySet<string> {
  const letters = all.filter((word) => !STOP_WORDS.has(word)).map((word) => word[0] ?? '');
  return new Set(
    letters.flatMap((_, at) =>
      Array.from({ length: LONGEST_INITIALS - 1 }, (_, more) => letters.slice(at, at + more + 2).join('')),
    ),
  );
}
