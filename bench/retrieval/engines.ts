import { localEmbedder } from '../../src/adapters/embeddings/local-embedder.ts';
import type { KnowledgeIndex, SourceDocument } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { withEncoder } from '../../src/knowledge/second-opinion.ts';
import type { Embedder } from '../../src/language/embedder.ts';

/** Texts that the encoder reads between two steps of the progress bar. */
const BATCH = 32;
/** A benchmark waits for the encoder, however long it reads. */
const PATIENCE_MS = 600_000;

/** A way to search, as the server puts it together. `build` gives an index that is ready, vectors included. */
export type Engine = {
  name: string;
  build(documents: readonly SourceDocument[], onRead: (done: number, all: number) => void): Promise<KnowledgeIndex>;
  close(): Promise<void>;
};

export function lexicalEngine(): Engine {
  return {
    name: 'lexical only',
    build: async (documents) => withEncoder(buildKnowledgeIndex(documents), null, { patienceMs: PATIENCE_MS }),
    close: async () => {},
  };
}

/** What a server does that nobody configured. */
export function localEngine(): Engine {
  const embedder = localEmbedder();
  return encoderEngine('+ local encoder', embedder, () => embedder.close());
}

/** The search with any encoder. */
export function encoderEngine(name: string, embedder: Embedder, close: () => Promise<void>): Engine {
  return {
    name,
    async build(documents, onRead) {
      const index = withEncoder(buildKnowledgeIndex(documents), embedder, { patienceMs: PATIENCE_MS });
      const { texts } = index;
      for (let at = 0; at < texts.length; at += BATCH) {
        await embedder.embed(texts.slice(at, at + BATCH), 'document');
        onRead(Math.min(at + BATCH, texts.length), texts.length);
      }
      return index;
    },
    close,
  };
}
