import type { KnowledgeStore } from '../knowledge/store.ts';
import { textKey } from '../knowledge/vectors.ts';
import type { Embedder } from '../language/embedder.ts';
import { keepVectors, makeVectors } from './make-vectors.ts';
import { type UpkeepLoop, upkeepLoop } from './upkeep-loop.ts';

type Parts = { store: KnowledgeStore; agent: string; embedder: Embedder | null; onTrouble(error: unknown): void };

/** Makes the vectors of what is new in the store; those of the texts that `begin` gets come first. */
export function vectorUpkeep(
  { store, agent, embedder, onTrouble }: Parts,
  signal: AbortSignal,
): Omit<UpkeepLoop, 'begin'> & { begin(texts: readonly string[]): void } {
  let first: readonly string[] = [];

  async function work(): Promise<void> {
    if (!embedder) return;
    const byKey = new Map(first.map((text) => [textKey(text), text]));
    await keepVectors({ vectors: store.vectors, embedder }, byKey, signal);
    first = [];
    await makeVectors({ store, agent, embedder }, { signal });
  }

  const loop = upkeepLoop(work, { signal, onTrouble });
  return {
    ...loop,
    begin(texts) {
      first = texts;
      loop.begin();
    },
  };
}
