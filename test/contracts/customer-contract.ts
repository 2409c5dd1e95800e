import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { LogEntry } from '../../src/conversations/log.ts';
import { received } from './store-events.ts';
import { append, type It, newConversation, upTo } from './store-helpers.ts';

function identified(id: string, verifiedUntil: number, claims: Record<string, unknown> = {}) {
  const customer = {
    customer: { id, email: `${id}@example.com`, name: null, claims: { sub: id, ...claims } },
    verifiedUntil,
  };
  return { events: [{ type: 'customer.identified' }], customer } satisfies LogEntry;
}

export function customerContract(it: It): void {
  it('binds a conversation to its customer, who may come again; what ends sooner takes nothing back', async (store) => {
    const id = await newConversation(store);
    const first = identified('ä "1"', 2_000, { tier: ['gold \u0000 \ud83d\ude00', null, 1.5] });
    await append(store, id, first);
    expect(await store.conversations.get(id)).toMatchObject(first.customer);
    const kept = await append(store, id, { events: [received('m')] });
    expect(await store.conversations.get(id)).toMatchObject({ ...first.customer, receivedSeq: kept[0]?.seq });

    const renewed = identified('ä "1"', 3_000, { tier: 'silver' });
    await append(store, id, renewed);
    await append(store, id, first);
    expect(await store.conversations.get(id)).toMatchObject(renewed.customer);
    const listed = (await store.conversations.list({ limit: 5 })).find((conversation) => conversation.id === id);
    expect(listed).toMatchObject(renewed.customer);
    const events = (await store.log.events(id)).filter(({ type }) => type === 'customer.identified');
    expect(events.map(({ seq: _seq, at: _at, ...body }) => body)).toEqual(
      Array(3).fill({ type: 'customer.identified' }),
    );
  });

  it('another customer is refused with all that comes with them, also of those who come at once', async (store) => {
    const id = await newConversation(store);
    const come = (customer: string, idempotencyKey: string) => {
      const { events, customer: who } = identified(customer, 9_000);
      return store.log.append(id, { events: [received(`m-${customer}`), ...events], customer: who, idempotencyKey });
    };
    const came = await Promise.all(upTo(6).map((n) => come(n % 2 ? 'ann' : 'bob', `k${n}`)));
    expect(came.map((appended) => (appended.ok ? 'ok' : appended.why))).toEqual(
      upTo(6).map((n) => (n % 2 ? 'ok' : 'other_customer')),
    );
    expect(await store.conversations.get(id)).toMatchObject({ customer: { id: 'ann' }, lastSeq: 7 });
    expect(JSON.stringify(await store.log.events(id))).not.toContain('bob');
    expect(await store.log.appended(id, 'k2')).toBeNull();
    for (const similar of ['Ann', 'ann ', 'a\u0301nn', '']) expect((await come(similar, similar)).ok).toBe(false);
  });

  it('the event and the customer belong together, and must be such as can be kept', async (store) => {
    const id = await newConversation(store);
    const { events, customer } = identified('ann', 1);
    for (const wrong of [
      { events },
      { events: [], customer },
      identified('a\0', 1),
      identified('x'.repeat(300), 1),
      identified('ann', 0.5),
      identified('ann', Number.NaN),
    ]) {
      await expect(store.log.append(id, wrong)).rejects.toThrow(TypeError);
    }
    const unborn = { id: randomUUID(), agent: 'a', tokenHash: 'h', visitor: 'v', language: null, metadata: {} };
    await expect(store.log.create(unborn, events)).rejects.toThrow(TypeError);
    expect(await store.conversations.get(id)).toMatchObject({ customer: null, verifiedUntil: 0, lastSeq: 1 });
  });
}
