import { randomUUID } from 'node:crypto';
import type { SqlStore } from '../../src/adapters/sql/store.ts';
import type { LogEntry, Store } from '../../src/conversations/log.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { started } from './store-events.ts';

/** A store that tells how many followers it has: what a leak shows in. */
export type TestStore = SqlStore;

/** Declares a test that gets the store of its suite. */
export type It = (title: string, test: (store: TestStore) => Promise<void>) => void;

/** Makes a conversation with nothing but its start; gives its id. */
export async function newConversation(store: Store, metadata: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  await store.log.create({ id, agent: 'test', tokenHash: 'hash', visitor: 'v', language: null, metadata }, [started]);
  return id;
}

export async function take(events: AsyncIterable<LoggedEvent>, count: number): Promise<LoggedEvent[]> {
  const taken: LoggedEvent[] = [];
  if (count === 0) return taken;
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

export async function append(store: Store, id: string, entry: LogEntry): Promise<LoggedEvent[]> {
  const appended = await store.log.append(id, entry);
  if (!appended.ok) throw new Error(`refused: ${appended.why}`);
  return appended.events;
}

export function seqs(events: LoggedEvent[]): number[] {
  return events.map(({ seq }) => seq);
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
