import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { EventBody } from '../../src/protocol/events.ts';
import { received, segment, started, stepOf, turnEnded, turnStarted } from './store-events.ts';
import { append, type It, newConversation, seqs, upTo } from './store-helpers.ts';

export function logContract(it: It): void {
  it('create logs the first events from seq 1, and refuses an id that exists', async (store) => {
    const id = randomUUID();
    const conversation = { id, agent: 'test', tokenHash: 'h', visitor: 'v', language: 'de', metadata: { a: [1, 'ä'] } };
    const events = await store.log.create(conversation, [
      started,
      { type: 'message.sent', messageId: 'm', role: 'agent', text: 'Hi' },
    ]);
    expect(seqs(events)).toEqual([1, 2]);
    expect(await store.log.events(id)).toEqual(events);
    await expect(store.log.create(conversation, [started])).rejects.toThrow(/exists/);
    expect(await store.log.events(id)).toEqual(events);
  });

  it('create refuses events that do not fit and leaves no conversation behind', async (store) => {
    const id = randomUUID();
    const conversation = { id, agent: 'test', tokenHash: 'h', visitor: 'v', language: null, metadata: {} };
    await expect(store.log.create(conversation, [started, turnEnded('t')])).rejects.toThrow(/turn_not_open/);
    await expect(store.log.create({ ...conversation, agent: 'a\0' }, [started])).rejects.toThrow(/NUL/);
    expect(await store.conversations.get(id)).toBeNull();
  });

  it('append continues the seqs and gives back what is read later', async (store) => {
    const id = await newConversation(store);
    const text = 'Grüße \u0000 \ud83d\ude00 \u2028 "quoted" \\ end';
    const first = await append(store, id, { events: [received('a', text), received('b')] });
    const second = await append(store, id, { events: [received('c')] });
    expect(seqs([...first, ...second])).toEqual([2, 3, 4]);
    expect(await store.log.events(id, 1)).toEqual([...first, ...second]);
    expect(await store.log.events(id, 3)).toEqual(second);
    expect(await store.log.events(id, 4)).toEqual([]);
    expect(first[0]).toMatchObject({ type: 'message.received', text });
  });

  it('what was appended does not change with the object that the caller gave', async (store) => {
    const id = await newConversation(store);
    const event = { type: 'message.received' as const, messageId: 'a', text: 'before' };
    const [logged] = await append(store, id, { events: [event] });
    event.text = 'after';
    expect(logged).toMatchObject({ text: 'before' });
  });

  it('reads what was logged before citations had a location', async (store) => {
    const id = await newConversation(store);
    const citation = { number: 1, title: 'T', url: null, quote: 'q', passageId: 'p' };
    const cited = { type: 'citation.added', turnId: 't', step: 0, start: 0, end: 4, citation } as unknown as EventBody;
    await append(store, id, { events: [turnStarted('t', []), segment('t'), cited] });
    expect((await store.log.events(id)).at(-1)).toMatchObject({ citation: { ...citation, location: null } });
  });

  it('refuses an unknown conversation, whatever the id looks like', async (store) => {
    for (const id of [randomUUID(), '', 'a\0b', 'x'.repeat(5000), "'; drop table events; --"]) {
      expect(await store.log.append(id, { events: [received('a')] })).toEqual({
        ok: false,
        why: 'no_such_conversation',
      });
      expect(await store.log.events(id)).toEqual([]);
      expect(await store.log.steps(id)).toEqual([]);
      expect(await store.conversations.get(id)).toBeNull();
      expect(await store.leases.claim(id, 'node', 1000)).toBeNull();
      expect(await store.deliveries.of([id])).toEqual([]);
    }
  });

  it('keeps steps in the order of their commit, also without events', async (store) => {
    const id = await newConversation(store);
    const steps = [stepOf('t', 0), stepOf('t', 1), stepOf('t', 1), stepOf('u', 0)];
    for (const step of steps) await append(store, id, { events: [], step });
    expect(await store.log.steps(id)).toEqual(steps);
    expect(seqs(await store.log.events(id))).toEqual([1]);
  });

  it('takes long entries and many entries at once', async (store) => {
    const id = await newConversation(store);
    const events = Array.from({ length: 1300 }, (_, n) => received(`m${n}`));
    await append(store, id, { events });
    await Promise.all(Array.from({ length: 400 }, (_, n) => append(store, id, { events: [received(`n${n}`)] })));
    expect(seqs(await store.log.events(id))).toEqual(upTo(1 + 1300 + 400));
  });

  it('eight concurrent writers get contiguous seqs, entries whole, none lost', async (store) => {
    const id = await newConversation(store);
    const write = async (writer: number) => {
      for (let n = 0; n < 20; n += 1) {
        const events = await append(store, id, {
          events: [received(`${writer}-${n}-a`), received(`${writer}-${n}-b`)],
        });
        expect((events[1]?.seq ?? 0) - (events[0]?.seq ?? 0)).toBe(1);
      }
    };
    await Promise.all(upTo(8).map(write));
    const all = await store.log.events(id);
    expect(seqs(all)).toEqual(upTo(1 + 8 * 20 * 2));
    const ids = all.flatMap((event) => (event.type === 'message.received' ? event.messageId : []));
    expect(new Set(ids).size).toBe(8 * 20 * 2);
    for (let n = 0; n < ids.length; n += 2) expect(ids[n + 1]).toBe(ids[n]?.replace(/a$/, 'b'));
  });

  it('an entry that is refused or misused does not touch the others of its batch', async (store) => {
    const [one, two] = [await newConversation(store), await newConversation(store)];
    const lease = await store.leases.claim(one, 'node', 60_000);
    await append(store, one, { events: [received('first')], idempotencyKey: 'key' });
    if (!lease) throw new Error('no lease');
    const circular: Record<string, unknown> = {};
    circular.self = circular;

    const results = await Promise.allSettled([
      store.log.append(one, { events: [received('a')], lease }),
      store.log.append(randomUUID(), { events: [received('b')] }),
      store.log.append(one, { events: [received('c')], lease: { ...lease, epoch: lease.epoch - 1 } }),
      store.log.append(one, { events: [received('d')], idempotencyKey: 'key' }),
      store.log.append(one, { events: [received('e0'), turnEnded('never')], step: stepOf('never', 0) }),
      store.log.append(two, { events: [turnStarted('t', ['not there'])] }),
      store.log.append(two, { events: [received('f\0')] }),
      store.log.append(two, { events: [{ ...started, language: 'd\0' } as EventBody] }),
      store.log.append(two, { events: [circular as unknown as EventBody] }),
      store.log.create({ id: two, agent: 'x', tokenHash: 'h', visitor: 'v', language: null, metadata: {} }, [started]),
      store.log.append(two, { events: [received('g')] }),
      store.log.append(one, { events: [received('h')] }),
    ]);
    const shown = results.map((result) => {
      if (result.status === 'rejected') return 'threw';
      if (Array.isArray(result.value) || result.value.ok) return 'ok';
      return result.value.why;
    });
    expect(shown).toEqual([
      ...['ok', 'no_such_conversation', 'stale_lease', 'duplicate', 'turn_not_open'],
      ...['threw', 'threw', 'threw', 'threw', 'threw', 'ok', 'ok'],
    ]);
    const texts = async (id: string) =>
      (await store.log.events(id)).flatMap((event) => (event.type === 'message.received' ? event.messageId : []));
    expect(await texts(one)).toEqual(['first', 'a', 'h']);
    expect(await texts(two)).toEqual(['g']);
    expect(await store.log.steps(one)).toEqual([]);
    expect(seqs(await store.log.events(two))).toEqual([1, 2]);
  });

  it('refuses a lease of another conversation, a lapsed epoch, and takes the newest', async (store) => {
    const [one, two] = [await newConversation(store), await newConversation(store)];
    const old = await store.leases.claim(one, 'a', 60_000);
    const other = await store.leases.claim(two, 'a', 60_000);
    const newest = await store.leases.claim(one, 'a', 60_000);
    if (!old || !other || !newest) throw new Error('no lease');
    const entry = { events: [received('m')] };
    expect(await store.log.append(one, { ...entry, lease: old })).toEqual({ ok: false, why: 'stale_lease' });
    expect(await store.log.append(one, { ...entry, lease: other })).toEqual({ ok: false, why: 'stale_lease' });
    expect(await store.log.append(one, { ...entry, lease: newest })).toMatchObject({ ok: true });
    expect(seqs(await store.log.events(one))).toEqual([1, 2]);
  });
}

export function turnContract(it: It): void {
  it('takes events of the open turn only, and one turn at a time', async (store) => {
    const id = await newConversation(store);
    const refused = { ok: false, why: 'turn_not_open' };
    await append(store, id, { events: [received('a')] });
    expect(await store.log.append(id, { events: [segment('t1')] })).toEqual(refused);
    await append(store, id, { events: [turnStarted('t1', ['a']), segment('t1')] });
    expect(await store.log.append(id, { events: [segment('t2')] })).toEqual(refused);
    expect(await store.log.append(id, { events: [turnStarted('t2', ['a'])] })).toEqual(refused);
    expect(await store.log.append(id, { events: [turnStarted('t1', ['a'])] })).toEqual(refused);
    expect((await store.conversations.get(id))?.openTurn).toBe('t1');
    await append(store, id, { events: [turnEnded('t1'), turnStarted('t2', []), turnEnded('t2')] });
    expect(await store.log.append(id, { events: [turnStarted('t1', [])] })).toEqual(refused);
    expect(await store.log.append(id, { events: [{ type: 'turn.cancel_requested', turnId: 't2' }] })).toEqual(refused);
    expect((await store.conversations.get(id))?.openTurn).toBeNull();
  });

  it('ends a turn exactly once, whoever tries and however often', async (store) => {
    const id = await newConversation(store);
    await append(store, id, { events: [turnStarted('t', [])] });
    expect(await store.log.append(id, { events: [turnEnded('t'), turnEnded('t')] })).toMatchObject({ ok: false });
    const tries = await Promise.all(upTo(10).map(() => store.log.append(id, { events: [turnEnded('t')] })));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await store.log.events(id)).filter(({ type }) => type === 'turn.ended')).toHaveLength(1);
  });

  it('a turn takes the messages that it answers, not one that came in between', async (store) => {
    const id = await newConversation(store);
    await append(store, id, { events: [received('a')] });
    await append(store, id, { events: [received('b')] });
    await append(store, id, { events: [turnStarted('t', ['a'])] });
    expect(await store.conversations.get(id)).toMatchObject({ receivedSeq: 3, takenSeq: 2, openTurn: 't' });
    await append(store, id, { events: [turnEnded('t')] });
    expect(await store.leases.unattended(100)).toContain(id);
    await append(store, id, { events: [received('c'), turnStarted('u', ['c', 'b']), turnEnded('u')] });
    expect(await store.conversations.get(id)).toMatchObject({ receivedSeq: 6, takenSeq: 6, openTurn: null });
    expect(await store.leases.unattended(100)).not.toContain(id);
  });

  it('a turn finds an answered message that shares its batch', async (store) => {
    const id = await newConversation(store);
    const both = await Promise.all([
      store.log.append(id, { events: [received('a')] }),
      store.log.append(id, { events: [turnStarted('t', ['a'])] }),
    ]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await store.conversations.get(id))?.takenSeq).toBe(2);
  });

  it('messages that an operator dealt with are not left for the agent', async (store) => {
    const id = await newConversation(store);
    await append(store, id, { events: [{ type: 'status.changed', status: 'with_human' }, received('a')] });
    expect(await store.conversations.get(id)).toMatchObject({ status: 'with_human', takenSeq: 0, receivedSeq: 3 });
    await append(store, id, { events: [{ type: 'status.changed', status: 'open' }, received('b')] });
    expect(await store.conversations.get(id)).toMatchObject({ status: 'open', takenSeq: 3, receivedSeq: 5 });
  });
}

export function keyContract(it: It): void {
  it('a repeated key appends nothing and gives the events of the first append', async (store) => {
    const id = await newConversation(store);
    const other = await newConversation(store);
    const first = await append(store, id, { events: [received('a'), received('b')], idempotencyKey: 'k' });
    await append(store, id, { events: [received('c')], idempotencyKey: 'k2' });
    const again = await store.log.append(id, { events: [received('d')], idempotencyKey: 'k' });
    expect(again).toEqual({ ok: false, why: 'duplicate', events: first });
    expect(await store.log.appended(id, 'k')).toEqual(first);
    for (const [where, key] of [
      [id, 'new'],
      [other, 'k'],
      ['none', 'k'],
    ] as const) {
      expect(await store.log.appended(where, key)).toBeNull();
    }
    expect(seqs(await store.log.events(id))).toEqual(upTo(4));
    // The key belongs to its conversation.
    expect(await store.log.append(other, { events: [received('a')], idempotencyKey: 'k' })).toMatchObject({ ok: true });
  });

  it('takes keys of any length and any characters', async (store) => {
    const id = await newConversation(store);
    for (const idempotencyKey of ['', '\0', 'x'.repeat(100_000), 'ä\ud83d\ude00']) {
      expect(await store.log.append(id, { events: [received('m')], idempotencyKey })).toMatchObject({ ok: true });
      expect(await store.log.append(id, { events: [received('m')], idempotencyKey })).toMatchObject({
        why: 'duplicate',
      });
    }
  });

  it('a refused append leaves its key unused', async (store) => {
    const id = await newConversation(store);
    const entry = { events: [turnEnded('t')], idempotencyKey: 'k' };
    expect(await store.log.append(id, entry)).toMatchObject({ why: 'turn_not_open' });
    expect(await store.log.append(id, { events: [received('a')], idempotencyKey: 'k' })).toMatchObject({ ok: true });
  });

  it('of concurrent appends with one key exactly one wins, and all get its events', async (store) => {
    const id = await newConversation(store);
    const tries = await Promise.all(
      upTo(10).map((n) => store.log.append(id, { events: [received(`m${n}`)], idempotencyKey: 'k' })),
    );
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    const committed = await store.log.events(id, 1);
    expect(committed).toHaveLength(1);
    for (const tried of tries) expect(tried).toMatchObject({ events: committed });
  });
}
