import { setImmediate } from 'node:timers/promises';

/** How long the event loop may wait for work that takes long. */
const LONGEST_MS = 15;

/** Lets others run where work has taken long; rejects with the reason of the signal once it is aborted. */
export function breather(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - last < LONGEST_MS) return;
    await setImmediate();
    signal?.throwIfAborted();
    last = performance.now();
  };
}
