import { expect } from 'vitest';
import { received } from './store-events.ts';
import { append, type It, newConversation, seqs, take, upTo } from './store-helpers.ts';

export function followContract(it: It): void {
  it('replays what is there, then goes on live', async (store) => {
    const id = await newConversation(store);
    await append(store, id, { events: [received('a'), received('b')] });
    const abort = new AbortController();
    const following = take(store.log.follow(id, 1, abort.signal), 5);
    for (const name of ['c', 'd', 'e']) await append(store, id, { events: [received(name)] });
    expect(await following).toEqual(await store.log.events(id, 1));
    expect(store.followers()).toBe(0);
  });

  it('replays a log of many pages', async (store) => {
    const id = await newConversation(store);
    await append(store, id, { events: Array.from({ length: 1100 }, (_, n) => received(`m${n}`)) });
    const events = await take(store.log.follow(id, 0, new AbortController().signal), 1101);
    expect(seqs(events)).toEqual(upTo(1101));
  });

  it('yields an event only when it is committed', async (store) => {
    const id = await newConversation(store);
    const abort = new AbortController();
    const following = take(store.log.follow(id, 1, abort.signal), 20);
    const checked = (async () => {
      for await (const event of store.log.follow(id, 1, abort.signal)) {
        const stored = await store.log.events(id, event.seq - 1);
        expect(stored[0]).toEqual(event);
        if (event.seq === 21) return;
      }
    })();
    for (const n of upTo(20)) await append(store, id, { events: [received(`m${n}`)] });
    await Promise.all([following, checked]);
  });

  it('a slow reader misses nothing', async (store) => {
    const id = await newConversation(store);
    const reader = store.log.follow(id, 0, new AbortController().signal)[Symbol.asyncIterator]();
    const read: number[] = [];
    for (const n of upTo(60)) {
      await append(store, id, { events: [received(`m${n}`)] });
      if (n % 20 === 0) read.push((await reader.next()).value.seq);
    }
    while (read.length < 61) read.push((await reader.next()).value.seq);
    await reader.return?.();
    expect(read).toEqual(upTo(61));
    expect(store.followers()).toBe(0);
  });

  it('ends on abort wherever it is, and leaves no follower behind', async (store) => {
    const id = await newConversation(store);
    const aborts = upTo(50).map(() => new AbortController());
    const reads = aborts.map(async ({ signal }) => {
      const seen: number[] = [];
      for await (const event of store.log.follow(id, 0, signal)) seen.push(event.seq);
      return seen;
    });
    await expect.poll(() => store.followers()).toBe(50);
    await append(store, id, { events: [received('a')] });
    for (const abort of aborts) abort.abort();
    for (const seen of await Promise.all(reads)) expect(seen).toEqual(upTo(seen.length));
    expect(store.followers()).toBe(0);
    expect(await take(store.log.follow(id, 0, AbortSignal.abort()), 1)).toEqual([]);
    expect(store.followers()).toBe(0);
  });
}
