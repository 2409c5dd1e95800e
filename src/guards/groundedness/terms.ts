import type { Language } from '../../language/languages.ts';
import { stemIn } from '../../language/stem.ts';
import { termsOf, words } from '../../language/tokens.ts';
import { LIGHT, meaningOf, NEGATORS, PHRASES } from './lexicon.ts';

/** What a clause speaks of, each term with its weight, and whether it denies it. `start`, `end`: where it stands in its text. */
export type Clause = { terms: ReadonlyMap<string, number>; denies: boolean; start: number; end: number };

/** A word that says little of what a sentence is about weighs less. */
const WEIGHT = { full: 1, light: 0.25 };

const BREAKS =
  /[,:–—](?!\s?\d)|[;()"{}]|(?<![\p{L}\p{M}])(?:but|because|although|though|while|whereas|if|when|once|unless|until|so|which|who|since|as long as|and|pero|porque|aunque|si|cuando|y|aber|weil|wenn|obwohl|sondern|und|mais|parce que|et|quand|mas|quando|e|ma|perché|maar|omdat|als|en)(?![\p{L}\p{M}])(?!\s+\d)/giu;

/** The clauses of a sentence, those without a term left out. */
export function clausesOf(language: Language, sentence: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (const { index, 0: mark } of [...sentence.matchAll(BREAKS), { index: sentence.length, 0: '' }]) {
    const clause = clauseOf(language, sentence, start, index);
    if (clause.terms.size > 0) clauses.push(clause);
    start = index + mark.length;
  }
  return clauses;
}

function clauseOf(language: Language, sentence: string, start: number, end: number): Clause {
  const terms = new Map<string, number>();
  let denies = false;
  let flips = false;
  for (const word of words(plain(language, sentence.slice(start, end)))) {
    if (NEGATORS.has(word)) {
      denies = true;
      continue;
    }
    if (/^\p{N}+$/u.test(word)) continue;
    const own = meaningOf(language, stemIn(language, word.replaceAll("'", '')));
    if (own?.flips) flips = !flips;
    const weight = LIGHT.has(word) ? WEIGHT.light : WEIGHT.full;
    for (const term of own ? [own.term] : termsOf(language, word)) terms.set(term, Math.max(weight, terms.get(term) ?? 0));
  }
  return { terms, denies: denies !== flips, start, end };
}

function plain(language: Language, text: string): string {
  let read = text.toLowerCase().replace(/[\u2018\u2019\u02bc]/g, "'");
  if (language === 'en') for (const [said, as] of PHRASES) read = read.replace(said, as);
  return read;
}
