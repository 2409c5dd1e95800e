import type { Access } from './client.ts';
import type { OutboxMessage } from './outbox.ts';

/** What outlives a reload: the conversation, what was typed and has not arrived, how many messages were seen. */
export type Remembered = { access: Access; outbox: OutboxMessage[]; seen: number };

export type Memory = {
  load(): Remembered | null;
  save(remembered: Remembered): void;
  /** Tells when another tab has saved, until `signal` aborts. */
  watch(onChange: () => void, signal: AbortSignal): void;
};

/**
 * Keeps everything under one key, which all tabs share: each answers for the outgoing messages that it knows and leaves
 * the others' alone. Where the browser refuses storage, the conversation lives as long as the page.
 */
export function createMemory(storage: () => Pick<Storage, 'getItem' | 'setItem'>, key: string): Memory {
  const own = new Set<string>();
  const read = (): Remembered | null => {
    try {
      return asRemembered(JSON.parse(storage().getItem(key) ?? 'null'));
    } catch {
      return null;
    }
  };
  return {
    load() {
      const stored = read();
      for (const entry of stored?.outbox ?? []) own.add(entry.key);
      return stored;
    },
    save({ access, outbox, seen }) {
      for (const entry of outbox) own.add(entry.key);
      const stored = read();
      const same = stored?.access.id === access.id;
      const others = same ? stored.outbox.filter((entry) => !own.has(entry.key)) : [];
      const merged = { access, outbox: [...others, ...outbox], seen: same ? Math.max(seen, stored.seen) : seen };
      try {
        storage().setItem(key, JSON.stringify(merged));
      } catch {
        // Private mode or a full disk: the history is on the server all the same.
      }
    },
    watch(onChange, signal) {
      const changed = (event: StorageEvent) => event.key === key && onChange();
      globalThis.window?.addEventListener('storage', changed, { signal });
    },
  };
}

function asRemembered(value: unknown): Remembered | null {
  const { access, outbox, seen = 0 } = (value ?? {}) as Partial<Remembered>;
  const isText = (given: unknown) => typeof given === 'string';
  const whole = isText(access?.id) && isText(access?.token) && Array.isArray(outbox);
  if (!whole || !outbox.every((entry) => isText(entry?.key) && isText(entry.text))) return null;
  return { access, outbox, seen } as Remembered;
}
