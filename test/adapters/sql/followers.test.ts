import { describe, expect, it } from 'vitest';
import { createHub } from '../../../src/adapters/sql/followers.ts';
import type { LoggedEvent } from '../../../src/protocol/events.ts';

/** A hub over a list of events that stands for the database, and the reads that were made. */
function setUp() {
  const hub = createHub();
  const stored: LoggedEvent[] = [];
  const reads: number[] = [];
  const troubles: unknown[] = [];
  let failures = 0;
  const commit = (count = 1) => {
    const events = Array.from({ length: count }, (): LoggedEvent => {
      const event: LoggedEvent = { seq: stored.length + 1, at: 1, type: 'rating.given', score: 1, comment: null };
      stored.push(event);
      return event;
    });
    return events;
  };
  return {
    ...{ hub, stored, reads, troubles, commit },
    failNext: (count: number) => {
      failures = count;
    },
    publish: (count = 1) => hub.publish('c', commit(count)),
    follow: (after: number, signal = new AbortController().signal) =>
      hub.follow({
        conversationId: 'c',
        after,
        signal,
        read: async (_, from, limit) => {
          reads.push(from);
          if (failures > 0) {
            failures -= 1;
            throw new Error('down');
          }
          return stored.filter(({ seq }) => seq > from).slice(0, limit);
        },
        onTrouble: (error) => troubles.push(error),
      }),
  };
}

describe('followers', () => {
  it('a reader that keeps up is served from memory after the first read', async () => {
    const { follow, publish, reads } = setUp();
    publish();
    const reader = follow(0);
    expect((await reader.next()).value?.seq).toBe(1);
    for (let seq = 2; seq <= 20; seq += 1) {
      const next = reader.next();
      publish();
      expect((await next).value?.seq).toBe(seq);
    }
    expect(reads.length).toBeLessThanOrEqual(2);
    await reader.return();
  });

  it('a reader that fell behind gets what it missed from the database: only the latest batch is kept', async () => {
    const { follow, publish, reads, stored } = setUp();
    publish();
    const reader = follow(0);
    await reader.next();
    for (let n = 0; n < 1200; n += 1) publish();
    reads.length = 0;
    const seqs: (number | undefined)[] = [];
    while (seqs.length < 1200) seqs.push((await reader.next()).value?.seq);
    expect(seqs).toEqual(stored.slice(1).map(({ seq }) => seq));
    expect(reads.slice(0, 3)).toEqual([1, 501, 1001]);
    await reader.return();
  });

  it('a hint makes it read; a hint about what it has does not', async () => {
    const { hub, follow, publish, commit, reads } = setUp();
    publish(3);
    const abort = new AbortController();
    const reader = follow(0, abort.signal);
    for (let n = 0; n < 3; n += 1) await reader.next();
    const fourth = reader.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const before = reads.length;
    for (let n = 0; n < 5; n += 1) hub.hint({ conversationId: 'c', lastSeq: 3 });
    hub.hint({ conversationId: 'other', lastSeq: 99 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(reads.length).toBe(before);
    commit();
    hub.hint({ conversationId: 'c', lastSeq: 4 });
    expect((await fourth).value?.seq).toBe(4);
    const fifth = reader.next();
    abort.abort();
    expect(await fifth).toEqual({ value: undefined, done: true });
    expect(hub.count()).toBe(0);
  });

  it('batches of another node and of this one, in any order of news, come in the order of the log', async () => {
    const { hub, follow, commit } = setUp();
    const reader = follow(0);
    const [first, second, third] = [commit(2), commit(1), commit(2)];
    hub.publish('c', third);
    const seqs = [(await reader.next()).value?.seq];
    hub.publish('c', first);
    hub.hint({ conversationId: 'c', lastSeq: second[0]?.seq ?? 0 });
    hub.publish('c', third);
    while (seqs.length < 5) seqs.push((await reader.next()).value?.seq);
    expect(seqs).toEqual([1, 2, 3, 4, 5]);
    await reader.return();
  });

  it('throws when the first read fails; gets over later failures, which are reported', async () => {
    const { hub, follow, failNext, publish, commit, troubles } = setUp();
    failNext(1);
    await expect(follow(0).next()).rejects.toThrow('down');
    expect(hub.count()).toBe(0);
    publish();
    const reader = follow(0);
    await reader.next();
    failNext(2);
    commit();
    hub.hint({ conversationId: 'c', lastSeq: 2 });
    expect((await reader.next()).value?.seq).toBe(2);
    expect(troubles).toHaveLength(2);
    await reader.return();
  });

  it('close ends every follower', async () => {
    const { hub, follow } = setUp();
    const nexts = [follow(0).next(), follow(0).next()];
    await expect.poll(() => hub.count()).toBe(2);
    hub.close();
    expect(await Promise.all(nexts)).toEqual([1, 2].map(() => ({ value: undefined, done: true })));
    expect(hub.count()).toBe(0);
  });
});
