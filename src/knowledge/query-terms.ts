import { withIdentifiers } from '../language/code.ts';
import { detectLanguage } from '../language/detect.ts';
import type { Language } from '../language/languages.ts';
import { stemIn } from '../language/stem.ts';
import { termsIn, termsOf, words } from '../language/tokens.ts';
import { pairsOf } from './passage-terms.ts';
import { termKey } from './term-key.ts';

/** What a document is read in whose language is not plain. */
const UNSURE: Language = 'en';
/** More of a query is not read: 20,000 characters are a customer's whole conversation. */
const LONGEST_QUERY = 20_000;

/**
 * A word of the query, how often it was said, and the keys of the terms that it may be: one for each language it is read
 * in. `isPair`: two neighbouring terms.
 */
export type Wanted = { count: number; keys: number[]; isPair: boolean };

export type Query = { wanted: Wanted[]; language: Language | null };

/** What an index knows: the languages its passages were read in, and whether some are code. */
export type IndexReading = { languages: ReadonlySet<Language>; code: boolean };

/**
 * The terms of a query. It is read in its own language where that is plain and the index has it, else in all of the
 * index: a line of three words tells little, and reading it in one language too many costs nothing. `language` is the
 * plain one, else null.
 */
export function readQuery(query: string, index: IndexReading): Query {
  const read = query.slice(0, LONGEST_QUERY);
  const text = index.code ? withIdentifiers(read) : read;
  const detected = index.languages.size > 1 ? detectLanguage(text, 'question') : null;
  const language = detected !== null && index.languages.has(detected) ? detected : null;
  const languages = language === null ? [...index.languages] : [...new Set([language, UNSURE])];
  const wanted = new Map<string, Wanted>();
  for (const [word, count] of countAll(words(text))) addWord(wanted, word, { count, languages });
  if (wanted.size === 0) addStopWords(wanted, text, languages);
  const pairs = new Map<string, number>();
  for (const language of languages) {
    for (const [pair, count] of countAll(pairsOf(termsIn(language, text)))) pairs.set(pair, count);
  }
  const together = [...pairs].map(([pair, count]) => ({ count, keys: [termKey(pair)], isPair: true }));
  return { wanted: [...wanted.values(), ...together], language };
}

type Said = { count: number; languages: readonly Language[] };

function addWord(wanted: Map<string, Wanted>, word: string, { count, languages }: Said): void {
  const readings = languages.map((language) => termsOf(language, word));
  // A script without spaces has the same terms in every language, several a word.
  const [first = []] = readings;
  if (first.length > 1) {
    for (const term of first) add(wanted, term, { count, terms: [term] });
    return;
  }
  const terms = new Set(readings.flat());
  if (terms.size > 0) add(wanted, [...terms].join(' '), { count, terms: [...terms] });
}

function add(wanted: Map<string, Wanted>, name: string, { count, terms }: { count: number; terms: string[] }): void {
  const before = wanted.get(name)?.count ?? 0;
  wanted.set(name, { count: before + count, keys: terms.map(termKey), isPair: false });
}

/** A query of nothing but stop words is searched for as it is. */
function addStopWords(wanted: Map<string, Wanted>, text: string, languages: readonly Language[]): void {
  for (const word of words(text)) {
    const terms = new Set(languages.map((language) => stemIn(language, word.replaceAll("'", ''))));
    if (terms.size > 0) add(wanted, [...terms].join(' '), { count: 1, terms: [...terms] });
  }
}

function countAll(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
