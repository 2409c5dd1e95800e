import type { SourceDocument } from './documents.ts';

/**
 * What a source gives: a file, a page, a pushed body. Its documents are replaced together, whole or not at all.
 * `key` is unique within the source: a path, an address, an id.
 */
export type ItemName = { source: string; key: string };

/** How an item stood when it was looked at last. */
export type ItemState = {
  /** What its documents were made from, and by what: equal hashes give equal documents. Empty where it was never read. */
  hash: string;
  /** What tells cheaply that a file was not touched, such as its size and time; null where there is no such thing. */
  stamp: string | null;
  /** What a web server said, for the next conditional request. */
  etag: string | null;
  lastModified: string | null;
  /** Why the newest attempt failed: the documents, if any, are then those of the last one that did not. */
  problem: ItemProblem | null;
  /** Epoch ms. */
  checkedAt: number;
};

/** `code` is stable, `message` for people. */
export type ItemProblem = { code: string; message: string };

/** `revision` changes with every commit that touches the item; `documents` counts those it has now. */
export type KnowledgeItem = ItemName & ItemState & { revision: number; documents: number };

/** What an encoder reads at once: a sentence or heading, or a whole passage. */
export type TextUnit = 'sentence' | 'passage';

/** A document and the keys (`textKey`) of the texts in it that an encoder may read. */
export type NewDocument = { document: SourceDocument; texts: Readonly<Record<TextUnit, readonly string[]>> };

/**
 * What becomes of one item. `seen` is the revision that the caller has seen, null where there was none: where another was
 * faster the change is refused, so that what is older never takes the place of what is newer. Without `documents` those
 * that it has stay.
 */
export type ItemChange = ItemName & { seen: number | null } & (
    | { state: ItemState; documents?: readonly NewDocument[] }
    | { remove: true }
  );

/**
 * `changed`: other documents than before. `same`: nothing that a search could notice. `refused`: another was faster.
 * `taken`: a document's id belongs to another item; nothing was changed.
 */
export type Outcome = 'changed' | 'same' | 'refused' | 'taken';

/** Whoever has applied it has everything up to `version`. */
export type KnowledgeChange = { version: number; put: SourceDocument[]; removed: string[] };

/** `failed` counts the items that could not be read when they were looked at last. */
export type SourceTotal = { source: string; items: number; documents: number; failed: number };

/** A place that items come from. `spec` is what the kind needs to find them, as JSON. */
export type KnowledgeSource = { id: string; kind: string; spec: string };

/**
 * An agent's documents, in a database that several nodes may share. All of it is by agent; an unknown one has nothing.
 *
 * `commit` makes all changes of one call visible together, or none; the version counts up by one where any document
 * changed, and versions become visible in their order. It throws when the store is down. `changes` gives what became of
 * documents after a version (0: all of them), in bounded pieces and in the order of versions; a document that is changed
 * again meanwhile may come later, never not at all. Ids of removed documents are told for 30 days: whoever was away for
 * longer starts from 0. `onChange` calls back soon after any node's commit, perhaps for nothing.
 */
export type KnowledgeStore = {
  version(agent: string): Promise<number>;
  /** Passages; equal ones of a document count once. */
  size(agent: string): Promise<number>;
  changes(agent: string, after: number): AsyncIterable<KnowledgeChange>;
  document(agent: string, id: string): Promise<SourceDocument | null>;
  /** All items of a source, sorted by key. */
  items(agent: string, source: string): Promise<KnowledgeItem[]>;
  item(agent: string, name: ItemName): Promise<KnowledgeItem | null>;
  /** A page of the items of all sources, by source and key in the database's order. */
  list(agent: string, page: { after?: ItemName | undefined; limit: number }): Promise<KnowledgeItem[]>;
  /** What each source has that has any items. */
  totals(agent: string): Promise<SourceTotal[]>;
  /** One outcome a change. */
  commit(agent: string, changes: readonly ItemChange[]): Promise<Outcome[]>;
  /**
   * Gives documents the summaries that they come with, where nothing else of them has changed in the meantime. Gives how
   * many have others than before.
   */
  summarise(agent: string, documents: readonly NewDocument[]): Promise<number>;
  sources(agent: string): Promise<KnowledgeSource[]>;
  putSource(agent: string, source: KnowledgeSource): Promise<void>;
  /** Forgets the source with all of its items. */
  removeSource(agent: string, id: string): Promise<void>;
  onChange(listener: () => void): () => void;
  vectors: VectorStore;
};

/**
 * Vectors by encoder and text, shared by all documents that have the text. A vector goes with the last document that has
 * its text; one of a text that no document ever had stays.
 */
export type VectorStore = {
  /** Those that are there, by key. */
  read(encoder: string, keys: readonly string[]): Promise<Map<string, Float32Array>>;
  write(encoder: string, vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
  /**
   * Looks through the `limit` documents after `after`, by id: which of them have a text of the unit without a vector. `next`
   * is the `after` of the next call, null at the end.
   */
  missing(
    encoder: string,
    of: { agent: string; unit: TextUnit; after: string; limit: number },
  ): Promise<{ documents: string[]; next: string | null }>;
};
