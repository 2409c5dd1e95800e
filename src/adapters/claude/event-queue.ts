/**
 * Joins several producers (a stream, timers, an abort) into one reader, one promise an item. What is pushed after
 * `end` is dropped. One reader, one `next` at a time; `onReturn` is told when it stops early.
 */
export function eventQueue<Item extends object>(onReturn: () => void) {
  const items: Item[] = [];
  let ended = false;
  let wake: ((result: IteratorResult<Item, undefined>) => void) | null = null;

  function hand(result: IteratorResult<Item, undefined>): void {
    wake?.(result);
    wake = null;
  }

  const reader: AsyncIterator<Item, undefined> = {
    next() {
      const value = items.shift();
      if (value) return Promise.resolve({ done: false, value });
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
    async return() {
      ended = true;
      onReturn();
      return { done: true, value: undefined };
    },
  };

  return {
    reader,
    push(item: Item): void {
      if (ended) return;
      if (wake) hand({ done: false, value: item });
      else items.push(item);
    },
    end(): void {
      ended = true;
      hand({ done: true, value: undefined });
    },
  };
}
