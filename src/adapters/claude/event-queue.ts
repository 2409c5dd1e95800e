/** What a queue hands out: its items in order, then, for ever, what it was ended with. */
type Next<Item, End> = { done: false; value: Item } | { done: true; value: End };

/**
 * Joins several producers (a stream, timers, an abort) into one reader. The first `end` counts; whatever is pushed
 * after it is dropped. One reader at a time.
 */
export function eventQueue<Item, End>() {
  const items: Item[] = [];
  let ended: { value: End } | null = null;
  let wake: (() => void) | null = null;

  function signalReader(): void {
    wake?.();
    wake = null;
  }

  return {
    push(item: Item): void {
      if (ended) return;
      items.push(item);
      signalReader();
    },
    end(value: End): void {
      ended ??= { value };
      signalReader();
    },
    async next(): Promise<Next<Item, End>> {
      while (items.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const value = items.shift();
      if (value !== undefined) return { done: false, value };
      return { done: true, value: (ended as unknown as { value: End }).value };
    },
  };
}
