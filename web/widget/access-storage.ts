import type { Access } from './client.ts';
import type { OutboxMessage } from './outbox.ts';

/** What outlives a reload: the conversation, and what was typed and has not arrived. */
export type Remembered = { access: Access; outbox: OutboxMessage[] };

export type Memory = { load(): Remembered | null; save(remembered: Remembered): void };

/** Keeps everything under one key. Where the browser refuses storage, the conversation lives as long as the page. */
export function createMemory(storage: () => Pick<Storage, 'getItem' | 'setItem'>, key: string): Memory {
  return {
    load() {
      try {
        const stored: unknown = JSON.parse(storage().getItem(key) ?? 'null');
        return isRemembered(stored) ? stored : null;
      } catch {
        return null;
      }
    },
    save(remembered) {
      try {
        storage().setItem(key, JSON.stringify(remembered));
      } catch {
        // Private mode or a full disk: the history is on the server all the same.
      }
    },
  };
}

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== 'object' || value === null || !('access' in value) || !('outbox' in value)) return false;
  const access = value.access as Partial<Access> | null;
  const entries = Array.isArray(value.outbox) ? (value.outbox as (Partial<OutboxMessage> | null)[]) : [null];
  return (
    typeof access?.id === 'string' &&
    typeof access.token === 'string' &&
    entries.every((entry) => typeof entry?.key === 'string' && typeof entry.text === 'string')
  );
}
