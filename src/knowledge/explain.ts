import { tokenize, words } from '../language/tokens.ts';
import type { KnowledgeIndex, Labels, Passage, Search } from './documents.ts';

/**
 * The relevance from which on something found counts as an answer. Below it the knowledge has a gap; the one place where
 * that is decided.
 */
export const GOOD_PASSAGE = 0.4;

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
  const asked = wordsOf(search.query);
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

/** The query's words that the search looks for, once each, with their terms. */
function wordsOf(query: string): Map<string, string[]> {
  const counted = new Set(tokenize(query));
  const found = words(query).map((word) => [word, tokenize(word).filter((term) => counted.has(term))] as const);
  return new Map(found.filter(([, terms]) => terms.length > 0));
}

function matchedWords(query: ReadonlyMap<string, string[]>, passage: Passage): ExplainedPassage['words'] {
  const inText = matcher(passage.sentences.join(''));
  const inHeadings = matcher([passage.title, ...passage.headings].join('\n'));
  const inAsked = matcher(passage.asked.join('\n'));
  const all = [...query];
  const those = (has: (terms: string[]) => boolean) => all.filter(([, terms]) => has(terms)).map(([word]) => word);
  return {
    text: those(inText),
    headings: those(inHeadings),
    asked: those(inAsked),
    missing: those((terms) => !inText(terms) && !inHeadings(terms) && !inAsked(terms)),
  };
}

function matcher(text: string): (terms: string[]) => boolean {
  const has = new Set(tokenize(text));
  return (terms) => terms.some((term) => has.has(term));
}
