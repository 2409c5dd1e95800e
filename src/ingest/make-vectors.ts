import { chunkDocument } from '../knowledge/chunk.ts';
import { passageText, sentenceTexts } from '../knowledge/passage-texts.ts';
import type { KnowledgeStore, VectorStore } from '../knowledge/store.ts';
import { textKey } from '../knowledge/vectors.ts';
import type { Embedder } from '../language/embedder.ts';

/** Documents that are looked through at once, and texts that an encoder gets at once. */
const DOCUMENTS = 100;
/** Few enough that a customer's question, which stands in the same line, does not wait long. */
const TEXTS = 8;
/** An encoder of passages is a service, to which a call costs more than a text. */
const PASSAGES = 96;
/** Vectors of kept in memory of one commit. */
const COMMIT = 256;

export type VectorOptions = {
  signal: AbortSignal;
  /** `made` so far; how many are missing is known only for the documents at hand. */
  onProgress?(made: number): void;
};

/**
 * Makes the vectors that the agent's documents lack, and keeps them in the store: of nothing where nothing changed. Gives how
 * many were made. Rejects when the encoder or the store does; what was made until then is kept.
 */
export async function makeVectors(
  { store, agent, embedder }: { store: KnowledgeStore; agent: string; embedder: Embedder },
  { signal, onProgress }: VectorOptions,
): Promise<number> {
  const unit = embedder.unit ?? 'sentence';
  let after = '';
  let made = 0;
  for (;;) {
    signal.throwIfAborted();
    const ids = await store.vectors.missing(embedder.id, { agent, unit, after, limit: DOCUMENTS });
    for (const id of ids) {
      const document = await store.document(agent, id);
      const passages = document ? chunkDocument(document) : [];
      const texts = unit === 'sentence' ? passages.flatMap(sentenceTexts) : passages.map(passageText);
      const before = made;
      made += await keepVectors({ vectors: store.vectors, embedder }, texts, {
        signal,
        onProgress: (n) => onProgress?.(before + n),
      });
    }
    const last = ids.at(-1);
    if (last === undefined) return made;
    after = last;
  }
}

/** Makes the vectors of those of the texts that the store does not have, and keeps them there. Gives how many were made. */
export async function keepVectors(
  { vectors, embedder }: { vectors: VectorStore; embedder: Embedder },
  texts: readonly string[],
  { signal, onProgress }: VectorOptions,
): Promise<number> {
  const byKey = new Map(texts.map((text) => [textKey(text), text]));
  const known = await vectors.read(embedder.id, [...byKey.keys()]);
  const missing = [...byKey].filter(([key]) => !known.has(key));
  const size = embedder.unit === 'passage' ? PASSAGES : TEXTS;
  let fresh = new Map<string, Float32Array>();
  let made = 0;
  const write = async () => {
    if (fresh.size > 0) await vectors.write(embedder.id, fresh);
    fresh = new Map();
  };
  try {
    for (let at = 0; at < missing.length; at += size) {
      signal.throwIfAborted();
      const part = missing.slice(at, at + size);
      const read = await embedder.embed(
        part.map(([, text]) => text),
        'document',
      );
      for (const [n, [key]] of part.entries()) {
        const vector = read[n];
        if (vector) fresh.set(key, vector);
      }
      made += part.length;
      onProgress?.(made);
      if (fresh.size >= COMMIT) await write();
    }
  } finally {
    await write();
  }
  return made;
}
