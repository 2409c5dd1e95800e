import type { Embedder, TextRole } from '../language/embedder.ts';
import type { VectorStore } from './store.ts';
import { textKey } from './vectors.ts';

/** Vectors kept in memory; the ones that were not used for longest go first. */
const KEPT = 10_000;

/**
 * The same encoder, which is not asked for what the store has. Where the store does not answer the encoder reads.
 */
export function withStoredVectors(embedder: Embedder, vectors: VectorStore): Embedder {
  const recent = new Map<string, Promise<Float32Array>>();

  /** Whoever asks for the same text meanwhile waits for the same reading. */
  function start(texts: readonly string[], as: TextRole | undefined): void {
    const read = readAll(texts, as);
    for (const text of texts) {
      const vector = read.then((all) => all.get(text) ?? Promise.reject(new Error('The encoder left a text out.')));
      vector.catch(() => recent.delete(text));
      recent.set(text, vector);
    }
  }

  async function readAll(texts: readonly string[], as: TextRole | undefined): Promise<Map<string, Float32Array>> {
    const byKey = new Map(texts.map((text) => [textKey(text), text]));
    const stored = await vectors.read(embedder.id, [...byKey.keys()]).catch(() => new Map<string, Float32Array>());
    const all = new Map([...stored].map(([key, vector]) => [byKey.get(key) ?? '', vector]));
    const missing = texts.filter((text) => !all.has(text));
    const made = missing.length > 0 ? await embedder.embed(missing, as) : [];
    for (const [at, text] of missing.entries()) {
      const vector = made[at];
      if (vector) all.set(text, vector);
    }
    return all;
  }

  return {
    ...embedder,
    async embed(texts, as) {
      // What is stored are documents' vectors; a service has others for a question, and for what is neither.
      if (as === 'query' || (as === undefined && embedder.unit === 'passage')) return embedder.embed(texts, as);
      const fresh = [...new Set(texts)].filter((text) => !recent.has(text));
      if (fresh.length > 0) start(fresh, as);
      const all = texts.map((text) => {
        const vector = recent.get(text) ?? Promise.reject(new Error('The encoder has not read the text.'));
        recent.delete(text);
        recent.set(text, vector);
        return vector;
      });
      for (const text of recent.keys()) {
        if (recent.size <= KEPT) break;
        recent.delete(text);
      }
      return Promise.all(all);
    },
  };
}
