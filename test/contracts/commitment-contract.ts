import { expect } from 'vitest';
import type { CommitmentKind, EventBody } from '../../src/protocol/events.ts';
import { received, segment, turnStarted } from './store-events.ts';
import { append, type It, newConversation, type TestStore } from './store-helpers.ts';

function made(turnId: string, start: number, kind: CommitmentKind = 'price'): EventBody {
  const evidence = { kind: 'passage', from: 'help “ä”', version: '7' } as const;
  return {
    type: 'commitment.made',
    turnId,
    step: 0,
    start,
    end: start + 5,
    commitment: { kind, text: '$10.', evidence },
  };
}

/** A conversation with an open turn. */
async function talking(store: TestStore, turnId: string): Promise<string> {
  const id = await newConversation(store);
  await append(store, id, { events: [received('m')] });
  await append(store, id, { events: [turnStarted(turnId, ['m']), segment(turnId)] });
  return id;
}

/** Seqs and places of what the ledger has of a conversation. */
async function ledger(store: TestStore, conversationId: string): Promise<[number, number][]> {
  const found = await store.commitments.list({ conversationId, limit: 100 });
  return found.map(({ seq, start }) => [seq, start]);
}

export function commitmentContract(it: It): void {
  it('an event is in the ledger with what it says', async (store) => {
    const id = await talking(store, 'a');
    const [event] = await append(store, id, { events: [made('a', 3)] });
    expect(await store.commitments.list({ conversationId: id, limit: 10 })).toEqual([
      {
        ...{ conversationId: id, seq: event?.seq, at: event?.at, turnId: 'a', start: 3, end: 8 },
        ...{ kind: 'price', text: '$10.', evidence: { kind: 'passage', from: 'help “ä”', version: '7' } },
      },
    ]);
    expect(await ledger(store, 'nobody')).toEqual([]);
    expect(await ledger(store, '\0')).toEqual([]);
  });

  it('what is withdrawn is gone with its text, whenever it was made, and only that', async (store) => {
    const id = await talking(store, 'a');
    const other = await talking(store, 'a');
    const withdraw = { type: 'segments.superseded', turnId: 'a', step: 0, start: 10 } as const;
    await append(store, other, { events: [made('a', 20)] });
    await append(store, id, { events: [made('a', 0), made('a', 8), made('a', 20)] });
    await append(store, id, { events: [made('a', 30), withdraw, made('a', 12)] });
    expect((await ledger(store, id)).map(([, start]) => start)).toEqual([12, 0]);
    expect(await ledger(store, other)).toHaveLength(1);
  });

  it('a refused append leaves nothing in it', async (store) => {
    const id = await talking(store, 'a');
    expect(await store.log.append(id, { events: [made('b', 0)] })).toMatchObject({ ok: false });
    expect(await ledger(store, id)).toEqual([]);
  });

  it('the list is paged, newest first, by kind and over conversations', async (store) => {
    const ids = [await talking(store, 'a'), await talking(store, 'a')];
    const kinds: CommitmentKind[] = ['legal', 'price', 'legal'];
    for (const kind of kinds) for (const id of ids) await append(store, id, { events: [made('a', 0, kind)] });
    const all = [];
    for (;;) {
      const before = all.at(-1);
      const page = await store.commitments.list({ kind: 'legal', limit: 3, ...(before && { before }) });
      all.push(...page);
      if (page.length < 3) break;
    }
    expect(all.map(({ kind }) => kind)).toEqual(['legal', 'legal', 'legal', 'legal']);
    const order = all.map(({ at, conversationId, seq }) => [at, conversationId, seq] as const);
    expect(order).toEqual(
      [...order].sort(([a, one, m], [b, two, n]) => b - a || (one < two ? 1 : one > two ? -1 : n - m)),
    );
    expect((await store.commitments.list({ limit: 2 }))[0]?.conversationId).toBeTypeOf('string');
  });
}
