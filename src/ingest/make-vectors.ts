import { unitRead } from '../knowledge/passage-texts.ts';
import type { KnowledgeStore, TextUnit, VectorStore } from '../knowledge/store.ts';
import type { Embedder } from '../language/embedder.ts';
import { cutTexts } from './cut-texts.ts';

/** Documents that are looked through at once. */
const DOCUMENTS = 200;
/** Texts that an encoder gets at once: few enough that a customer's question, which stands in the same line, does not wait long. */
const TEXTS = 8;
/** An encoder of passages is a service, to which a call costs more than a text. */
const PASSAGES = 96;
/** Vectors of one commit. */
const COMMIT = 256;

type MakeOptions = {
  signal: AbortSignal;
  /** Documents whose texts were read, of those that lack a vector. */
  onProgress?(progress: { done: number; of: number }): void;
};

/**
 * Makes the vectors that the agent's documents lack, and keeps them in the store. Gives how many were made. Rejects when the
 * encoder or the store does; what was made until then is kept.
 */
export async function makeVectors(
  { store, agent, embedder }: { store: KnowledgeStore; agent: string; embedder: Embedder },
  { signal, onProgress }: MakeOptions,
): Promise<number> {
  const unit = unitRead(embedder, await store.size(agent));
  const missing = await Array.fromAsync(documentsMissing({ store, agent, embedder, unit }, signal));
  let made = 0;
  for (const [done, id] of missing.entries()) {
    onProgress?.({ done, of: missing.length });
    const document = await store.document(agent, id);
    const texts = document ? (await cutTexts(document))[unit] : new Map<string, string>();
    made += await keepVectors({ vectors: store.vectors, embedder }, texts, signal);
  }
  return made;
}

type Looking = { store: KnowledgeStore; agent: string; embedder: Embedder; unit: TextUnit };

async function* documentsMissing(
  { store, agent, embedder, unit }: Looking,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let after: string | null = '';
  while (after !== null) {
    signal.throwIfAborted();
    const look = { agent, unit, after, limit: DOCUMENTS };
    const page: { documents: string[]; next: string | null } = await store.vectors.missing(embedder.id, look);
    yield* page.documents;
    after = page.next;
  }
}

/** Makes the vectors of those of the texts, by key, that the store does not have, and keeps them there. Gives how many. */
export async function keepVectors(
  { vectors, embedder }: { vectors: VectorStore; embedder: Embedder },
  byKey: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<number> {
  const known = await vectors.read(embedder.id, [...byKey.keys()]);
  const missing = [...byKey].filter(([key]) => !known.has(key));
  const size = embedder.unit === 'passage' ? PASSAGES : TEXTS;
  let fresh = new Map<string, Float32Array>();
  const aborted = rejectedBy(signal);
  let made = 0;
  const write = async () => {
    if (fresh.size > 0) await vectors.write(embedder.id, fresh);
    fresh = new Map();
  };
  try {
    for (let at = 0; at < missing.length; at += size) {
      signal.throwIfAborted();
      const part = missing.slice(at, at + size);
      const texts = part.map(([, text]) => text);
      // They may stand behind many others, for which nobody waits any more.
      const read = await Promise.race([embedder.embed(texts, 'document'), aborted]);
      for (const [n, [key]] of part.entries()) {
        const vector = read[n];
        if (vector) fresh.set(key, vector);
      }
      made += part.length;
      if (fresh.size >= COMMIT) await write();
    }
  } finally {
    await write();
  }
  return made;
}

/** Rejects with the signal's reason when it aborts. */
function rejectedBy(signal: AbortSignal): Promise<never> {
  const rejected = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  rejected.catch(() => {});
  return rejected;
}
