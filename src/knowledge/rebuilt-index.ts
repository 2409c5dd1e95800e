import type { Embedder } from '../language/embedder.ts';
import type { KnowledgeIndex, SourceDocument } from './documents.ts';
import { buildKnowledgeIndex, type LexicalIndex } from './lexical-index.ts';
import { withEncoder } from './second-opinion.ts';

/** An index that can be changed. All of a change is seen at once; until then the former state serves. */
export type LiveKnowledge = KnowledgeIndex & {
  apply(change: { put?: readonly SourceDocument[]; remove?: readonly string[] }): Promise<void>;
  /** Passages in it. */
  readonly size: number;
  close(): Promise<void>;
};

/** An index that is built anew with every change; with an encoder's opinion where there is one. */
export function rebuiltIndex({
  embedder,
  patienceMs,
}: {
  embedder: Embedder | null;
  patienceMs: number;
}): LiveKnowledge {
  const documents = new Map<string, SourceDocument>();
  let index: LexicalIndex = build();

  function build(): LexicalIndex {
    const lexical = buildKnowledgeIndex([...documents.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    return embedder ? withEncoder(lexical, embedder, { patienceMs }) : lexical;
  }

  return {
    get version() {
      return index.version;
    },
    get size() {
      return index.passages.length;
    },
    search: (search) => index.search(search),
    passage: (id) => index.passage(id),
    async apply({ put = [], remove = [] }) {
      for (const id of remove) documents.delete(id);
      for (const document of put) documents.set(document.id, document);
      index = build();
    },
    async close() {},
  };
}
