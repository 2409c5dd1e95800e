import { startConversation } from '../../src/conversations/conversation.ts';
import type { LogEntry } from '../../src/conversations/log.ts';
import type { TestDesk } from './test-desk.ts';

/** Notes down every append of a conversation, beside doing it. */
export function recording(desk: TestDesk): LogEntry[] {
  const entries: LogEntry[] = [];
  const { log } = desk.store;
  desk.desk.store = {
    ...desk.store,
    log: {
      ...log,
      async append(conversationId, entry) {
        const appended = await log.append(conversationId, entry);
        if (appended.ok) entries.push(entry);
        return appended;
      },
    },
  };
  return entries;
}

/** Every prefix of the log: at the end of each entry, and within it (then without its step). */
export function prefixes(entries: readonly LogEntry[]): LogEntry[][] {
  return entries.flatMap(({ events, step }, index) => {
    const before = entries.slice(0, index);
    const parts = events.slice(0, -1).map((_, last) => [...before, { events: events.slice(0, last + 1) }]);
    return [...parts, [...before, { events, ...(step ? { step } : {}) }]];
  });
}

/** Makes a conversation with this log, as a crash would have left it. */
export async function leftBehind({ desk }: TestDesk, entries: readonly LogEntry[]): Promise<string> {
  const { id } = await startConversation(desk, {});
  for (const { events, step } of entries) {
    const appended = await desk.store.log.append(id, { events, ...(step ? { step } : {}) });
    if (!appended.ok) throw new Error(appended.why);
  }
  return id;
}
