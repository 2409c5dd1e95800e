import type { Labels } from './documents.ts';
import type { ItemName, ItemProblem, KnowledgeItem } from './store.ts';

/** A document that somebody sends. */
export type PushedDocument = {
  /** By which it is replaced and removed. */
  id: string;
  /** Missing: as the document itself says. */
  title?: string | undefined;
  url?: string | null | undefined;
  language?: string | undefined;
  labels?: Labels | undefined;
} & (
  | { markdown: string }
  /** Bytes of a type that readers know. */
  | { bytes: Uint8Array; contentType: string }
);

/** Items by what became of them in a run over all sources. */
export type UpkeepReport = {
  found: number;
  changed: number;
  unchanged: number;
  removed: number;
  failed: number;
  failures: readonly { source: string; key: string; problem: ItemProblem; serving: boolean }[];
};

/** `running`: whether a run goes on at this moment on this node; `last`: how the one before ended, null where there was none. */
export type UpkeepState = {
  version: string;
  passages: number;
  sources: readonly { id: string; items: number; documents: number; failed: number }[];
  running: boolean;
  last: (UpkeepReport & { endedAt: number }) | null;
};

/** What operators do with an agent's knowledge. */
export type KnowledgeUpkeep = {
  state(): Promise<UpkeepState>;
  /** Items of all sources, a page of them. */
  items(page: { after?: ItemName | undefined; limit: number }): Promise<KnowledgeItem[]>;
  /** Takes the document in the place of the one with its id. What is wrong with it is a value. */
  put(document: PushedDocument): Promise<{ changed: boolean } | { problem: ItemProblem }>;
  /** False where nobody has sent such a document. */
  remove(id: string): Promise<boolean>;
  /** Looks at all sources once more, beside what goes on; harmless while that runs already. */
  sync(): void;
};
