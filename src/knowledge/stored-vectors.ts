import type { Embedder } from '../language/embedder.ts';
import type { VectorStore } from './store.ts';
import { textKey } from './vectors.ts';

/** Vectors kept in memory; the ones that were not used for longest go first. */
const KEPT = 20_000;

/**
 * The same encoder, which is not asked for what the store has. Where the store does not answer the encoder reads.
 */
export function withStoredVectors(embedder: Embedder, vectors: VectorStore): Embedder {
  const recent = new Map<string, Float32Array>();

  function remember(text: string, vector: Float32Array): void {
    recent.delete(text);
    recent.set(text, vector);
  }

  async function readStored(texts: readonly string[]): Promise<void> {
    const unknown = [...new Set(texts)].filter((text) => !recent.has(text));
    const byKey = new Map(unknown.map((text) => [textKey(text), text]));
    const stored = await vectors.read(embedder.id, [...byKey.keys()]).catch(() => new Map<string, Float32Array>());
    for (const [key, vector] of stored) remember(byKey.get(key) ?? '', vector);
  }

  return {
    ...embedder,
    async embed(texts, as) {
      // What is stored are documents' vectors; a service has others for a question, and for what is neither.
      if (as === 'query' || (as === undefined && embedder.unit === 'passage')) return embedder.embed(texts, as);
      await readStored(texts);
      const found = texts.map((text) => recent.get(text));
      const missing = [...new Set(texts.filter((_, at) => !found[at]))];
      const made = missing.length > 0 ? await embedder.embed(missing, as) : [];
      const fresh = new Map(missing.map((text, at) => [text, made[at] ?? new Float32Array()]));
      const all = texts.map((text, at) => found[at] ?? fresh.get(text) ?? new Float32Array());
      for (const [at, text] of texts.entries()) remember(text, all[at] ?? new Float32Array());
      for (const text of recent.keys()) {
        if (recent.size <= KEPT) break;
        recent.delete(text);
      }
      return all;
    },
  };
}
