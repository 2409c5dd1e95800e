import type { Embedder } from '../language/embedder.ts';
import type { KnowledgeIndex } from './documents.ts';
import { type Change, createLiveIndex } from './live-index.ts';
import { withEncoder } from './second-opinion.ts';

/** An index that can be changed. All of a change is seen at once; until then the former state serves. */
export type LiveKnowledge = KnowledgeIndex & {
  apply(change: Change): Promise<void>;
  /** Passages in it. */
  readonly size: number;
  close(): Promise<void>;
};

/** An index that changes while it is searched, with an encoder's opinion where there is one. */
export function liveKnowledge({
  embedder,
  patienceMs,
}: {
  embedder: Embedder | null;
  patienceMs: number;
}): LiveKnowledge {
  const lexical = createLiveIndex();
  const opinion = () => (embedder ? withEncoder(lexical, embedder, { patienceMs }) : lexical);
  let index: KnowledgeIndex = lexical;
  return {
    get version() {
      return lexical.version;
    },
    get size() {
      return lexical.size;
    },
    search: (search) => index.search(search),
    passage: (id) => lexical.passage(id),
    async apply(change) {
      await lexical.apply(change);
      index = opinion();
    },
    close: () => lexical.close(),
  };
}
