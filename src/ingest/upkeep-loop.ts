import { setTimeout as sleep } from 'node:timers/promises';

/** After a failure. */
const RETRY_MS = 60_000;

/** Work that is done beside what goes on, again whenever there may be something new. */
export type UpkeepLoop = {
  begin(): void;
  /** There may be something new. */
  wake(): void;
  /** Resolves when it has stopped after the signal. */
  ended(): Promise<void>;
};

/** One run of `work` at a time, until the signal aborts; after a failure again in a minute. */
export function upkeepLoop(
  work: () => Promise<void>,
  { signal, onTrouble }: { signal: AbortSignal; onTrouble(error: unknown): void },
): UpkeepLoop {
  let isBehind = true;
  let wakeUp = () => {};
  let loop: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      isBehind = false;
      try {
        await work();
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
    begin() {
      loop = run();
    },
    wake() {
      isBehind = true;
      wakeUp();
    },
    ended: () => loop,
  };
}
