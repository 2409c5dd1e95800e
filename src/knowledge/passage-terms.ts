import { isCode, withIdentifiers } from '../language/code.ts';
import { detectLanguage } from '../language/detect.ts';
import { type Language, languageOf } from '../language/languages.ts';
import { termsIn } from '../language/tokens.ts';
import type { Passage } from './documents.ts';
import { termKey } from './term-key.ts';
import { HALVES } from './weights.ts';

/**
 * How the words of a document are read. `sure`: it is in this language, which is else a guess. `code`: identifiers count
 * whole and in their parts.
 */
export type Reading = { language: Language; sure: boolean; code: boolean };

/** By what the document says of its language, else by its text; English where that does not tell. */
export function readingOf(passages: readonly Passage[]): Reading {
  const declared = passages[0]?.language;
  const text = passages.slice(0, 4).flatMap(({ title, headings, sentences }) => [title, ...headings, ...sentences]);
  const language = declared ? languageOf(declared) : detectLanguage(text.join('\n'));
  return {
    language: language ?? 'en',
    sure: language !== null,
    code: passages.filter(({ sentences }) => isCode(sentences.join(''))).length * 2 > passages.length,
  };
}

/** How often each term stands in a passage, in halves, by its key. `length`: of its words, pairs not counted. */
export type TermCounts = { counts: Map<number, number>; length: number };

/** A passage's own words count once, those of its title and headings more; pairs once wherever they stand. */
export function countTerms(passage: Passage, { language, code }: Reading): TermCounts {
  const read = (text: string) => termsIn(language, code ? withIdentifiers(text) : text);
  const heading = read([passage.title, ...passage.headings].join('\n'));
  const body = read(passage.sentences.join(''));
  const asked = passage.asked.length > 0 ? read(passage.asked.join('\n')) : [];
  const counts = new Map<number, number>();
  const add = (terms: readonly string[], halves: number) => {
    for (const term of terms) {
      const key = termKey(term);
      counts.set(key, (counts.get(key) ?? 0) + halves);
    }
  };
  add(body, HALVES.body);
  add(heading, HALVES.heading);
  add(asked, HALVES.asked);
  add([...pairsOf(heading), ...pairsOf(body)], HALVES.body);
  const length = body.length * HALVES.body + heading.length * HALVES.heading + asked.length * HALVES.asked;
  return { counts, length: length / 2 };
}

/** Neighbouring terms two by two. */
export function pairsOf(terms: readonly string[]): string[] {
  return terms.slice(1).map((term, at) => `${terms[at]} ${term}`);
}
