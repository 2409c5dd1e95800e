import type { ModelEvent } from './model.ts';

/** Milliseconds that text may be held back before it is cut in the middle of a sentence. */
const LONGEST_HOLD_MS = 1_500;
/** Milliseconds to the next look after that. */
const HOLD_AGAIN_MS = 50;

/** What the model says; that text has been held back for too long; that somebody has called `wake`. */
export type Heard = ModelEvent | 'held too long' | 'woken';
export type Listening = AsyncIterableIterator<Heard> & { wake(): void };

export function isOf<Type extends ModelEvent['type']>(
  heard: Heard,
  type: Type,
): heard is Extract<ModelEvent, { type: Type }> {
  return typeof heard === 'object' && heard.type === type;
}

/**
 * Passes on what the model says, and between it what its hearer is waiting for. One timer for all events, which
 * looks when it fires: most text is released long before. Written out by hand, since every delta comes through here.
 */
export function listen(events: AsyncIterable<ModelEvent>, heldSince: () => number | null): Listening {
  const iterator = events[Symbol.asyncIterator]();
  let waiting: PromiseWithResolvers<IteratorResult<Heard>> | null = null;
  /** What the iterator was asked for, or gave while nobody waited. */
  let coming: 'nothing' | 'asked' | IteratorResult<ModelEvent> = 'nothing';
  let broken: { error: unknown } | null = null;
  let isWoken = false;
  let timer = setTimeout(check, LONGEST_HOLD_MS);

  function check(): void {
    const since = heldSince();
    const left = since === null ? LONGEST_HOLD_MS : since + LONGEST_HOLD_MS - performance.now();
    // Without effect while the reader is busy: it is told soon after.
    if (left <= 0) hand({ done: false, value: 'held too long' });
    timer = setTimeout(check, left > 0 ? left : HOLD_AGAIN_MS);
  }

  function wake(): void {
    isWoken = !hand({ done: false, value: 'woken' });
  }

  function hand(result: IteratorResult<Heard>): boolean {
    if (!waiting) return false;
    waiting.resolve(result);
    waiting = null;
    return true;
  }

  function take(result: IteratorResult<ModelEvent>): void {
    if (result.done) clearTimeout(timer);
    coming = hand(result) ? 'nothing' : result;
  }

  function fail(error: unknown): void {
    clearTimeout(timer);
    broken = { error };
    waiting?.reject(error);
  }

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    wake,
    next() {
      if (broken) return Promise.reject(broken.error);
      if (isWoken) {
        isWoken = false;
        return Promise.resolve({ done: false, value: 'woken' });
      }
      waiting = Promise.withResolvers();
      const { promise } = waiting;
      if (typeof coming === 'object') take(coming);
      else if (coming === 'nothing') {
        coming = 'asked';
        iterator.next().then(take, fail);
      }
      return promise;
    },
    async return() {
      clearTimeout(timer);
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}
