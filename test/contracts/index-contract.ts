import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { modelsChoice } from '../../src/agent/choose-route.ts';
import type { StepRecord } from '../../src/agent/step.ts';
import type { Conversation, Delivery } from '../../src/conversations/log.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { received, started, stepOf, turnEnded, turnStarted } from './store-events.ts';
import { append, type It, newConversation, upTo } from './store-helpers.ts';

export function indexContract(it: It): void {
  it('get tells what the events say, and null where there is nothing', async (store) => {
    const id = randomUUID();
    const metadata = { plan: 'pro', nested: { a: [1, null] } };
    const before = Date.now();
    await store.log.create({ id, agent: 'eva', tokenHash: 'abc', visitor: 'v', language: 'fr', metadata }, [started]);
    const [event] = await append(store, id, { events: [received('a')] });
    const found = await store.conversations.get(id);
    expect(found).toEqual({
      ...{
        id,
        agent: 'eva',
        tokenHash: 'abc',
        visitor: 'v',
        language: 'fr',
        metadata,
        status: 'open',
        route: 'general',
      },
      ...{ createdAt: found?.createdAt, updatedAt: event?.at },
      ...{ lastSeq: 2, openTurn: null, receivedSeq: 2, takenSeq: 0, handoff: null },
      ...{ customer: null, verifiedUntil: 0, pendingActions: 0 },
    });
    expect(found?.createdAt).toBeGreaterThanOrEqual(before);
    expect(found?.updatedAt).toBeGreaterThanOrEqual(found?.createdAt ?? Number.POSITIVE_INFINITY);
    expect(await store.conversations.get(randomUUID())).toBeNull();
  });

  it('get and list tell the desk that was chosen last', async (store) => {
    const id = await newConversation(store);
    const chosen = (from: string, route: string) =>
      ({ type: 'route.chosen', turnId: 't', ...modelsChoice(route, from) }) as const;
    await append(store, id, { events: [received('m')] });
    await append(store, id, { events: [turnStarted('t', ['m']), chosen('general', 'claims')] });
    expect((await store.conversations.get(id))?.route).toBe('claims');
    await append(store, id, { events: [chosen('claims', 'policy-changes')] });
    const found = await store.conversations.get(id);
    expect(found?.route).toBe('policy-changes');
    expect((await store.conversations.list({ limit: 1_000 })).find((one) => one.id === id)).toEqual(found);
    expect(await store.log.append(id, { events: [{ ...chosen('claims', 'billing'), turnId: 'other' }] })).toEqual({
      ok: false,
      why: 'turn_not_open',
    });
  });

  it('list gives the newest activity first, by status, in pages', async (store) => {
    const ids: string[] = [];
    for (const _ of upTo(5)) {
      const id = await newConversation(store);
      await append(store, id, { events: [{ type: 'status.changed', status: 'resolved' }] });
      ids.unshift(id);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const all = await store.conversations.list({ status: 'resolved', limit: 10 });
    expect(all.map(({ id }) => id)).toEqual(ids);
    const page = await store.conversations.list({ status: 'resolved', limit: 2 });
    expect(page.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const next = await store.conversations.list({ status: 'resolved', before: page[1] as Conversation, limit: 2 });
    expect(next.map(({ id }) => id)).toEqual(ids.slice(2, 4));
    expect((await store.conversations.list({ limit: 3 })).map(({ id }) => id)).toEqual(ids.slice(0, 3));
    expect(await store.conversations.list({ status: 'closed', limit: 3 })).toEqual([]);
  });

  it('list misses none and repeats none between pages, also of conversations of one commit', async (store) => {
    const made = await Promise.all(upTo(7).map(() => newConversation(store)));
    const changed = await Promise.all(
      made.map((id) => append(store, id, { events: [{ type: 'status.changed', status: 'with_human' }] })),
    );
    expect(new Set(changed.flat().map(({ at }) => at)).size).toBeLessThan(7);
    const listed: string[] = [];
    for (let before: Conversation | undefined, page: Conversation[] = []; ; before = page.at(-1)) {
      page = await store.conversations.list({ status: 'with_human', limit: 2, ...(before && { before }) });
      listed.push(...page.map(({ id }) => id));
      if (page.length < 2) break;
    }
    expect(listed.filter((id) => made.includes(id)).sort()).toEqual(made.sort());
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('get and list tell the newest handoff, with what the agent wrote for its colleague', async (store) => {
    const id = await newConversation(store);
    const byCustomer = { type: 'handoff.requested', by: 'customer', reason: 'asked' } as const;
    const byAgent = { type: 'handoff.requested', by: 'agent', reason: 'a refund' } as const;
    const call = {
      type: 'tool_use',
      id: 'a',
      name: 'hand_off',
      input: { reason: 'a refund', summary: '20 \0dollars' },
    };
    const output = [call as StepRecord['output'][number]];
    await append(store, id, { events: [byCustomer], step: { ...stepOf('t', 0), output } });
    expect((await store.conversations.get(id))?.handoff).toMatchObject({ by: 'customer', seq: 2, summary: null });
    const [asked] = await append(store, id, { events: [byAgent], step: { ...stepOf('t', 1), output } });
    await append(store, id, { events: [received('m')] });
    const { type: _type, ...facts } = asked as Extract<LoggedEvent, { type: 'handoff.requested' }>;
    const found = await store.conversations.get(id);
    expect(found?.handoff).toEqual({ ...facts, summary: '20 \0dollars' });
    expect((await store.conversations.list({ limit: 1_000 })).find((one) => one.id === id)).toEqual(found);
  });
}

export function leaseContract(it: It): void {
  it('one owner at a time; every claim raises the epoch', async (store) => {
    const id = await newConversation(store);
    const first = await store.leases.claim(id, 'a', 60_000);
    expect(first).toEqual({ conversationId: id, owner: 'a', epoch: first?.epoch });
    expect(await store.leases.claim(id, 'b', 60_000)).toBeNull();
    const again = await store.leases.claim(id, 'a', 60_000);
    expect(again?.epoch).toBeGreaterThan(first?.epoch ?? Number.POSITIVE_INFINITY);
  });

  it('of concurrent claims exactly one is given', async (store) => {
    const id = await newConversation(store);
    const claims = await Promise.all(upTo(10).map((n) => store.leases.claim(id, `node-${n}`, 60_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('a lapsed lease can be claimed by another, and is then lost to the first', async (store) => {
    const id = await newConversation(store);
    const first = await store.leases.claim(id, 'a', 1);
    if (!first) throw new Error('no lease');
    await expect.poll(() => store.leases.claim(id, 'b', 60_000)).not.toBeNull();
    expect(await store.leases.renew(first, 60_000)).toBe(false);
    await store.leases.release(first);
    expect(await store.leases.claim(id, 'c', 60_000)).toBeNull();
    expect(await store.log.append(id, { events: [received('m')], lease: first })).toEqual({
      ok: false,
      why: 'stale_lease',
    });
  });

  it('renew keeps a lease alive; release gives it up at once and for good', async (store) => {
    const id = await newConversation(store);
    const lease = await store.leases.claim(id, 'a', 50);
    if (!lease) throw new Error('no lease');
    expect(await store.leases.renew(lease, 60_000)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await store.leases.claim(id, 'b', 60_000)).toBeNull();
    await store.leases.release(lease);
    expect(await store.leases.renew(lease, 60_000)).toBe(false);
    expect(await store.leases.claim(id, 'b', 60_000)).not.toBeNull();
  });

  it('unattended names what needs a turn and nobody holds, oldest first', async (store) => {
    const names = ['waiting', 'open turn', 'answered', 'with human', 'closed', 'held', 'resolved'] as const;
    const ids: Record<string, string> = {};
    for (const name of names) {
      ids[name] = await newConversation(store);
      await append(store, ids[name], { events: [received('a')] });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const of = (name: (typeof names)[number]) => ids[name] ?? '';
    await append(store, of('open turn'), { events: [turnStarted('t', ['a'])] });
    await append(store, of('answered'), { events: [turnStarted('t', ['a']), turnEnded('t')] });
    await append(store, of('with human'), { events: [{ type: 'status.changed', status: 'with_human' }] });
    await append(store, of('closed'), { events: [{ type: 'status.changed', status: 'closed' }] });
    await append(store, of('resolved'), { events: [{ type: 'status.changed', status: 'resolved' }] });
    const lease = await store.leases.claim(of('held'), 'a', 60_000);
    const mine = async () => (await store.leases.unattended(10_000)).filter((id) => Object.values(ids).includes(id));
    expect(await mine()).toEqual([of('waiting'), of('open turn'), of('resolved')]);
    if (lease) await store.leases.release(lease);
    expect(await mine()).toEqual([of('waiting'), of('held'), of('open turn'), of('resolved')]);
    expect(await store.leases.unattended(1)).toHaveLength(1);
  });
}

export function deliveryContract(it: It): void {
  const deliveryOf = (conversationId: string, nextAt: number): Delivery => {
    const id = randomUUID();
    return { id, conversationId, body: '{"a":1}', attempts: 0, nextAt, state: 'pending', lastError: null };
  };

  it('due claims what has come, oldest first, and not twice', async (store) => {
    const id = await newConversation(store);
    const [late, early, future] = [deliveryOf(id, 200), deliveryOf(id, 100), deliveryOf(id, 90_000)];
    for (const delivery of [late, early, future]) await store.deliveries.add(delivery);
    expect(await store.deliveries.due(50, 1000, 10)).toEqual([]);
    expect(await store.deliveries.due(300, 1000, 1)).toEqual([{ ...early, nextAt: 1300 }]);
    expect(await store.deliveries.due(300, 1000, 10)).toEqual([{ ...late, nextAt: 1300 }]);
    expect(await store.deliveries.due(1299, 1000, 10)).toEqual([]);
    // Nobody reported: both come again.
    expect(await store.deliveries.due(1300, 1000, 10)).toHaveLength(2);
    for (const delivery of [late, early, future]) await store.deliveries.update({ ...delivery, state: 'failed' });
  });

  it('update stores the outcome; what is not pending is never due; of lists all of a conversation', async (store) => {
    const id = await newConversation(store);
    const [sent, failed] = [deliveryOf(id, 1), deliveryOf(id, 1)];
    await store.deliveries.add(sent);
    await store.deliveries.add(failed);
    const outcomes: Delivery[] = [
      { ...sent, state: 'delivered', attempts: 1 },
      { ...failed, state: 'failed', attempts: 5, lastError: 'HTTP 500' },
    ];
    for (const outcome of outcomes) await store.deliveries.update(outcome);
    expect(await store.deliveries.due(Number.MAX_SAFE_INTEGER - 1000, 1, 10)).toEqual([]);
    const stored = await store.deliveries.of([id]);
    expect(new Map(stored.map((delivery) => [delivery.id, delivery]))).toEqual(
      new Map(outcomes.map(({ body: _body, ...delivery }) => [delivery.id, delivery])),
    );
    await store.deliveries.update({ ...failed, lastError: 'odd \0 answer' });
    expect((await store.deliveries.of([id])).find((delivery) => delivery.id === failed.id)?.lastError).toMatch(/^odd/);
    await store.deliveries.update({ ...failed, state: 'failed' });
  });

  it('concurrent callers of due share the deliveries out', async (store) => {
    const id = await newConversation(store);
    for (const _ of upTo(10)) await store.deliveries.add(deliveryOf(id, 10));
    const shares = await Promise.all(upTo(5).map(() => store.deliveries.due(20, 1000, 4)));
    const ids = shares.flat().map((delivery) => delivery.id);
    expect(new Set(ids).size).toBe(ids.length);
    const rest = await store.deliveries.due(20, 1000, 10);
    expect(ids.length + rest.length).toBe(10);
    for (const delivery of await store.deliveries.of([id])) {
      await store.deliveries.update({ ...delivery, state: 'delivered' });
    }
  });
}
