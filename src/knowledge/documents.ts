/** One article of the company's knowledge, as it was written. */
export type SourceDocument = {
  /** Stable within the agent: the path below `knowledge/`. */
  id: string;
  title: string;
  /** The public address that a citation opens, or null. */
  url: string | null;
  /** Markdown. */
  text: string;
};

/** A piece of a document that can be found and cited. `sentences` joined are the exact source text of the passage. */
export type Passage = {
  /** `<document id>#<n>`, n counted from 1 in document order. */
  id: string;
  documentId: string;
  title: string;
  /** The headings above the passage, outermost first; empty where there are none. */
  headings: string[];
  url: string | null;
  /** One sentence, list item or table row each, exactly as in the source, trailing white space included. */
  sentences: string[];
  /** Ways in which customers ask for this section, as its writer noted them: searched, never shown or cited. */
  asked: string[];
};

/**
 * `coverage`: the share, 0 to 1, of the query's content that the passage has words for, rare words counting more. Unlike
 * `score` it means the same in every index: near 0 the passage hardly concerns the query.
 */
export type ScoredPassage = { passage: Passage; score: number; coverage: number };

/**
 * Finds passages. `search` gives at most `limit` passages, best first, scores above 0; it never fails on odd text. A
 * query may be more than what was asked, such as earlier messages; `question` is then what was asked, for an index that
 * reads meaning.
 * `version` changes when any passage changes.
 */
export type KnowledgeIndex = {
  version: string;
  search(query: string, limit: number, question?: string): Promise<ScoredPassage[]>;
  /** Undefined for an id that the index does not have. */
  passage(id: string): Passage | undefined;
};
