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

/** The search of a server over an index that changes meanwhile. With null for an encoder it knows words only. */
export function liveKnowledge(options: { embedder: Embedder | null; patienceMs: number }): LiveKnowledge {
  const words = createLiveIndex();
  const index = withEncoder(words, options.embedder, options);
  return {
    get version() {
      return words.version;
    },
    get size() {
      return words.size;
    },
    search: index.search,
    passage: index.passage,
    apply: words.apply,
    close: words.close,
  };
}
