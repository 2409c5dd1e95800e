import { setTimeout as sleep } from 'node:timers/promises';
import type { KnowledgeStore } from '../knowledge/store.ts';
import type { Embedder } from '../language/embedder.ts';
import { keepVectors, makeVectors } from './make-vectors.ts';

/** After the encoder or the store has failed. */
const RETRY_MS = 60_000;

export type VectorUpkeep = {
  /** Starts to make what is missing, the vectors of `texts` first. */
  begin(texts: readonly string[]): void;
  /** There may be something new. */
  wake(): void;
  /** Resolves when it has stopped after the signal. */
  ended(): Promise<void>;
};

type Parts = { store: KnowledgeStore; agent: string; embedder: Embedder | null; onTrouble(error: unknown): void };

/** Makes vectors beside what goes on, of whatever is new in the store, until the signal aborts. */
export function vectorUpkeep({ store, agent, embedder, onTrouble }: Parts, signal: AbortSignal): VectorUpkeep {
  let isBehind = true;
  let wakeUp = () => {};
  let loop: Promise<void> = Promise.resolve();

  async function makeAll(encoder: Embedder, texts: readonly string[]): Promise<void> {
    let first = texts;
    while (!signal.aborted) {
      isBehind = false;
      try {
        await keepVectors({ vectors: store.vectors, embedder: encoder }, first, signal);
        first = [];
        await makeVectors({ store, agent, embedder: encoder }, { signal });
      } catch (error) {
        if (signal.aborted) return;
        onTrouble(error);
        isBehind = true;
        await sleep(RETRY_MS, undefined, { signal, ref: false }).catch(() => {});
      }
      if (!isBehind) await news();
    }
  }

  function news(): Promise<void> {
    return new Promise((resolve) => {
      wakeUp = resolve;
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  return {
    begin(texts) {
      if (embedder) loop = makeAll(embedder, texts);
    },
    wake() {
      isBehind = true;
      wakeUp();
    },
    ended: () => loop,
  };
}
