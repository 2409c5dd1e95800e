import { withIdentifiers } from '../language/code.ts';
import { termsIn, termsOf, words } from '../language/tokens.ts';
import type { KnowledgeIndex, Labels, Passage, Search } from './documents.ts';
import { readingOf } from './passage-terms.ts';

/**
 * The relevance from which on something found counts as an answer: it rather answers than not. Below it the knowledge has
 * a gap. The one place where that is decided.
 */
export const GOOD_PASSAGE = 0.5;

/** A passage that was found, and why. */
export type ExplainedPassage = {
  id: string;
  documentId: string;
  title: string;
  headings: string[];
  url: string | null;
  page: number | null;
  language: string | null;
  labels: Labels;
  /** The passage as it is written. */
  text: string;
  score: number;
  coverage: number;
  /** What `score` is made of, by name. */
  parts: Readonly<Record<string, number>>;
  /** Words of the query by where the passage has them, in any of their forms; `missing` are those that it has nowhere. */
  words: { text: string[]; headings: string[]; asked: string[]; missing: string[] };
};

/** `answers`: whether the agent would take it that the knowledge has an answer. */
export type ExplainedSearch = { relevance: number; answers: boolean; passages: ExplainedPassage[] };

/** Searches as the agent does, and says of each passage why it was found. */
export async function explainSearch(index: KnowledgeIndex, search: Search): Promise<ExplainedSearch> {
  const { passages, relevance } = await index.search(search);
  const asked = new Set(words(search.query));
  return {
    relevance,
    answers: relevance >= GOOD_PASSAGE,
    passages: passages.map(({ passage, score, coverage, parts }) => {
      const { id, documentId, title, headings, url, page, language, labels, sentences } = passage;
      const facts = { id, documentId, title, headings, url, page, language, labels, text: sentences.join('').trim() };
      return { ...facts, score, coverage, parts, words: matchedWords(asked, passage) };
    }),
  };
}

function matchedWords(query: ReadonlySet<string>, passage: Passage): ExplainedPassage['words'] {
  // A word is looked for as the passage's language has it.
  const { language, code } = readingOf([passage]);
  const read = (text: string) => new Set(termsIn(language, code ? withIdentifiers(text) : text));
  const places = {
    text: read(passage.sentences.join('')),
    headings: read([passage.title, ...passage.headings].join('\n')),
    asked: read(passage.asked.join('\n')),
  };
  const wanted = [...query].map((word) => ({ word, terms: termsOf(language, word) }));
  const within = (has: (terms: string[]) => boolean) =>
    wanted.filter(({ terms }) => terms.length > 0 && has(terms)).map(({ word }) => word);
  const inPlace = (place: ReadonlySet<string>) => (terms: string[]) => terms.some((term) => place.has(term));
  return {
    text: within(inPlace(places.text)),
    headings: within(inPlace(places.headings)),
    asked: within(inPlace(places.asked)),
    missing: within((terms) => !Object.values(places).some((place) => inPlace(place)(terms))),
  };
}
