import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceDocument } from '../knowledge/documents.ts';
import type { KnowledgeChange, KnowledgeStore } from '../knowledge/store.ts';

/** Documents that an index takes in at once while it is loaded. */
const LOADED = 1_000;
const RETRY_MS = 1_000;

/** An index as far as it can be changed. */
export type Changeable = {
  apply(change: { put?: readonly SourceDocument[]; remove?: readonly string[] }): Promise<void>;
};

export type FollowParts = {
  store: KnowledgeStore;
  agent: string;
  index: Changeable;
  /** Told of trouble that following gets over by itself. */
  onTrouble(error: unknown): void;
  /** Called each time the index has become another one. */
  onChange?(): void;
};

export type Following = {
  /** Resolves when the index has what is in the store by now; rejects where the store does not answer. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Loads the agent's documents into the index and keeps it up with the store from then on, whichever node commits. Rejects
 * where the first load fails.
 */
export async function followStore(parts: FollowParts): Promise<Following> {
  const closing = new AbortController();
  const { signal } = closing;
  let version = 0;
  let isBehind = false;
  let running: Promise<void> | null = null;

  /** One at a time: whoever asks during a run gets another one after it. */
  function catchUp(): Promise<void> {
    isBehind = true;
    running ??= run()
      .finally(() => {
        running = null;
      })
      // Somebody may have asked when the run was as good as over.
      .then(() => (isBehind && !signal.aborted ? catchUp() : undefined));
    return running;
  }

  async function run(): Promise<void> {
    while (isBehind && !signal.aborted) {
      isBehind = false;
      const before = version;
      for await (const change of inLarge(parts.store.changes(parts.agent, version))) {
        if (signal.aborted) return;
        await parts.index.apply({ put: change.put, remove: change.removed });
        version = change.version;
      }
      if (version !== before) parts.onChange?.();
    }
  }

  async function keepTrying(): Promise<void> {
    while (!signal.aborted) {
      const failed = await catchUp().then(
        () => false,
        (error: unknown) => {
          if (!signal.aborted) parts.onTrouble(error);
          return true;
        },
      );
      if (!failed) return;
      await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
    }
  }

  await catchUp();
  const stop = parts.store.onChange(() => void keepTrying());
  // What came between the load and now.
  void keepTrying();
  return {
    catchUp,
    async close() {
      stop();
      closing.abort();
      await running?.catch(() => {});
    },
  };
}

/** The same changes in fewer pieces: each costs the index more than its documents. */
async function* inLarge(changes: AsyncIterable<KnowledgeChange>): AsyncGenerator<KnowledgeChange> {
  let put: SourceDocument[] = [];
  let removed: string[] = [];
  let last: number | null = null;
  for await (const change of changes) {
    put.push(...change.put);
    removed.push(...change.removed);
    last = change.version;
    if (put.length < LOADED) continue;
    yield { version: last, put, removed };
    [put, removed, last] = [[], [], null];
  }
  if (last !== null) yield { version: last, put, removed };
}
