import { setTimeout as sleep } from 'node:timers/promises';

type Waiting<Item, Result> = {
  item: Item;
  resolve(result: Result): void;
  reject(reason: unknown): void;
};

export type CommitWindow<Item, Result> = {
  /** Resolves when the item's batch is committed; rejects when the batch failed, or the item's own result is an Error. */
  add(item: Item): Promise<Result>;
  /** Refuses further items and resolves when those already added are settled. */
  close(): Promise<void>;
};

/** Windows between two commits at most, where there is much to commit. */
const MOST_STRETCH = 5;

/**
 * Collects items so that many share one commit, which costs about the same whatever is in it: for `windowMs`, and after
 * a batch of several until as many windows have passed since that one began, up to `MOST_STRETCH`. One commit runs at a
 * time, items keep their order. `commit` gives one result an item, in their order.
 */
export function createCommitWindow<Item, Result>(options: {
  windowMs: number;
  limit: number;
  commit(items: Item[]): Promise<(Result | Error)[]>;
}): CommitWindow<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let running: Promise<void> | null = null;
  /** When the commit before began, and how many windows after it the next one begins. */
  let begunAt = Number.NEGATIVE_INFINITY;
  let stretch = 1;
  let closed = false;

  return {
    add(item) {
      if (closed) return Promise.reject(new Error('The store is closed.'));
      const result = new Promise<Result>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
      });
      running ??= run();
      return result;
    },
    async close() {
      closed = true;
      await running;
    },
  };

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      if (waiting.length < options.limit) await sleep(pause());
      const batch = waiting.splice(0, options.limit);
      begunAt = performance.now();
      stretch = Math.min(batch.length, MOST_STRETCH);
      await flush(batch);
    }
    running = null;
  }

  function pause(): number {
    const { windowMs } = options;
    return Math.max(windowMs, begunAt + windowMs * stretch - performance.now());
  }

  async function flush(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await options.commit(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) reject(new Error('The commit gave no result for this entry.'));
        else if (result instanceof Error) reject(result);
        else resolve(result);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
