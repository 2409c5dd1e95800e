/** One article of the company's knowledge, as it was written. */
export type SourceDocument = {
  /** Stable within the agent: the path below `knowledge/`. */
  id: string;
  title: string;
  /** The public address that a citation opens, or null. */
  url: string | null;
  /** Markdown. `<!-- page: 3 -->` says where a page of the original begins, `<!-- asked: … -->` how customers ask. */
  text: string;
  /** BCP 47, such as `es`; null or missing where it is not known. */
  language?: string | null;
  /** What a search can be narrowed to, such as `{ product: 'e-bike', audience: 'dealers' }`. */
  labels?: Labels;
  /** What the fast model wrote about its passages, by `passageKey`: searched like `asked`, never shown or cited. */
  summaries?: Readonly<Record<string, string>>;
};

export type Labels = Readonly<Record<string, string>>;

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
  /** Ways in which customers ask for this section, as its writer noted them, and the passage's summary: searched, never shown or cited. */
  asked: string[];
  language: string | null;
  labels: Labels;
  /** The page of the original that it begins on, counted from 1; null where there are no pages. */
  page: number | null;
};

/**
 * `query` may be more than what was asked, such as earlier messages; `question` is then what was asked, for an index that
 * reads meaning.
 */
export type Search = {
  query: string;
  question?: string;
  limit: number;
  filter?: Filter;
};

/**
 * Passages in another language, with another value of a label, or of documents in other folders of `knowledge/` than these
 * and what is below them, are left out; those that do not say, or lie in no folder, stay in.
 */
export type Filter = { language?: string; labels?: Labels; folders?: readonly string[] };

/**
 * `coverage`: the share, 0 to 1, of the query's content that the passage has words for, rare words counting more. Unlike
 * `score` it means the same in every index: near 0 the passage hardly concerns the query. `parts` are what `score` is made
 * of, by name, for whoever asks why.
 */
export type ScoredPassage = {
  passage: Passage;
  score: number;
  coverage: number;
  parts: Readonly<Record<string, number>>;
};

/** `relevance`: how probable it is, 0 to 1, that any of the passages answers what was asked. */
export type Found = { passages: ScoredPassage[]; relevance: number; words?: QueryWords };

/**
 * What an index of words makes of a query. `mass`: what its words weigh together, rare ones more (their BM25 idf, each as
 * often as it was said). `unknown`: the share of it, 0 to 1, that no passage has.
 */
export type QueryWords = { mass: number; unknown: number };

/**
 * Finds passages. `search` gives at most `limit` passages, best first, scores above 0; it never fails on odd text.
 * `version` changes when any passage changes.
 */
export type KnowledgeIndex = {
  readonly version: string;
  search(search: Search): Promise<Found>;
  /** Undefined for an id that the index does not have. */
  passage(id: string): Passage | undefined;
};
