import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { ActionState, Status } from '../../src/protocol/conversation.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { ACTION_STATES, actionOf, actionStarted, decided, finished, newAction, proposal } from './action-events.ts';
import { received, stepOf, turnStarted } from './store-events.ts';
import { append, type It, newConversation } from './store-helpers.ts';

/** What each event makes of an action in each state; what is missing here is refused. */
const MOVES: [name: string, event: (id: string) => EventBody, Partial<Record<ActionState, ActionState>>][] = [
  ['confirm', (id) => decided(id), { proposed: 'confirmed' }],
  ['decline', (id) => decided(id, 'decline'), { proposed: 'declined' }],
  ['attempt 1', (id) => actionStarted(id, 1), { confirmed: 'running' }],
  ['attempt 2', (id) => actionStarted(id, 2), { running: 'running' }],
  ['attempt 3', (id) => actionStarted(id, 3), {}],
  ['done', (id) => finished(id), { running: 'done' }],
  ['unknown', (id) => finished(id, 'unknown'), { running: 'unknown' }],
  ['failed', (id) => finished(id, 'failed'), { running: 'failed', confirmed: 'failed' }],
];

export function actionContract(it: It): void {
  it('an action is what its events made of it, at every point of its way', async (store) => {
    const id = await newConversation(store);
    const [first, second] = [actionOf(randomUUID()), actionOf(randomUUID(), { by: 'operator' })];
    const [start, ...events] = await append(store, id, {
      ...proposal([first, second], 'customer "ä" 1'),
      step: stepOf('t', 0),
    });
    const before = {
      ...{ ...first, conversationId: id, turnId: start?.type === 'turn.started' && start.turnId },
      ...{ customerId: 'customer "ä" 1', state: 'proposed', proposedAt: events[0]?.at },
      ...{ decidedAt: null, decidedBy: null, decidedSeq: null, attempts: 0, result: null },
    };
    expect(await store.actions.get(id, first.id)).toEqual(before);
    expect(await store.actions.of(id)).toEqual([before, { ...before, ...second }]);

    const [decision] = await append(store, id, { events: [decided(first.id)] });
    const after = { ...before, decidedAt: decision?.at, decidedBy: 'customer', decidedSeq: decision?.seq };
    expect(await store.actions.get(id, first.id)).toEqual({ ...after, state: 'confirmed' });
    const pending = { receivedSeq: decision?.seq, takenSeq: 0, pendingActions: 1 };
    expect(await store.conversations.get(id)).toMatchObject(pending);

    await append(store, id, { events: [actionStarted(first.id)] });
    await append(store, id, { events: [actionStarted(first.id, 2)] });
    expect(await store.actions.get(id, first.id)).toEqual({ ...after, state: 'running', attempts: 2 });
    expect(await store.conversations.get(id)).toMatchObject(pending);

    const result = { content: [{ type: 'text' as const, text: 'raw \u0000 \ud83d\ude00' }], isError: false };
    await append(store, id, { events: [finished(first.id)], results: { [first.id]: result } });
    expect(await store.actions.get(id, first.id)).toEqual({ ...after, state: 'done', attempts: 2, result });
    expect(await store.conversations.get(id)).toMatchObject({ ...pending, pendingActions: 0 });
    expect((await store.actions.of(id)).map(({ state }) => state)).toEqual(['done', 'proposed']);
    expect(await store.log.steps(id)).toHaveLength(1);
  });

  it('from every state only the events move it that may; a refused one leaves no trace', async (store) => {
    const cases = ACTION_STATES.flatMap((state) => MOVES.map(([name, event, next]) => ({ state, name, event, next })));
    const tried = cases.map(async ({ state, name, event, next }) => {
      const id = await newConversation(store);
      const action = await newAction(store, id, { state });
      const [before, events] = [await store.actions.get(id, action), await store.log.events(id)];
      const row = await store.conversations.get(id);
      // In one entry with what would do alone.
      const appended = await store.log.append(id, { events: [received('m'), event(action)] });
      const to = next[state];
      if (to !== undefined) {
        expect(appended.ok, `${state}, ${name}`).toBe(true);
        expect((await store.actions.get(id, action))?.state, `${state}, ${name}`).toBe(to);
        return 'moved';
      }
      const refused = { ok: false, why: 'action_not_there', actionId: action, state };
      expect(appended, `${state}, ${name}`).toEqual(refused);
      expect(await store.actions.get(id, action)).toEqual(before);
      expect(await store.log.events(id)).toEqual(events);
      expect(await store.conversations.get(id)).toEqual(row);
      return 'refused';
    });
    const outcomes = await Promise.all(tried);
    expect(outcomes.filter((outcome) => outcome === 'moved')).toHaveLength(8);
    expect(outcomes).toHaveLength(56);
  });

  it('cannot be decided late or in a closed conversation, nor proposed again, nor reached from elsewhere', async (store) => {
    const id = await newConversation(store);
    const [late, open] = [await newAction(store, id, { expiresAt: Date.now() - 1 }), await newAction(store, id)];
    const refused = { ok: false, why: 'action_not_there', state: 'proposed' };
    for (const event of [decided(late), decided(late, 'decline'), actionStarted(late), finished(late, 'failed')]) {
      expect(await store.log.append(id, { events: [event] })).toEqual({ ...refused, actionId: late });
    }
    expect(await store.log.append(id, proposal([actionOf(open)]))).toEqual({ ...refused, actionId: open });

    const other = await newConversation(store);
    for (const actionId of [open, randomUUID()]) {
      const nowhere = { ok: false, why: 'action_not_there', actionId, state: null };
      expect(await store.log.append(other, { events: [decided(actionId)] })).toEqual(nowhere);
      expect(await store.actions.get(other, actionId)).toBeNull();
    }
    for (const strange of ['', 'a\0b', 'x'.repeat(5000)]) {
      expect(await store.actions.get(id, strange)).toBeNull();
      expect(await store.actions.get(strange, open)).toBeNull();
      expect(await store.actions.of(strange)).toEqual([]);
      expect(await store.actions.forOperators({ now: 0, after: strange, limit: 5 })).toEqual([]);
    }
    expect(await store.actions.of(other)).toEqual([]);
    const status = (to: Status): EventBody => ({ type: 'status.changed', status: to });
    await append(store, id, { events: [status('closed')] });
    const over = [decided(open), decided(open, 'decline'), received('m'), status('open'), status('waiting_for_human')];
    for (const event of over) {
      const closed = { ok: false, why: 'conversation_closed' };
      expect(await store.log.append(id, { events: [status('closed'), event] })).toEqual(closed);
    }
    expect((await store.actions.of(id)).map(({ state }) => state)).toEqual(['proposed', 'proposed']);
  });

  it('goes its way within one entry too, whole or not at all', async (store) => {
    const id = await newConversation(store);
    const [one, two] = [actionOf(randomUUID()), actionOf(randomUUID())];
    const { events, proposals = [] } = proposal([one, two]);
    const way = [decided(one.id), actionStarted(one.id), decided(two.id, 'decline')];
    const tooFar = await store.log.append(id, { events: [...events, ...way, actionStarted(two.id)], proposals });
    expect(tooFar).toEqual({ ok: false, why: 'action_not_there', actionId: two.id, state: 'declined' });
    expect(await store.actions.of(id)).toEqual([]);
    const result = { content: 'no', isError: true };
    await append(store, id, {
      events: [...events, ...way, actionStarted(one.id, 2), finished(one.id, 'failed')],
      ...{ proposals, results: { [one.id]: result } },
    });
    expect(await store.actions.of(id)).toMatchObject([
      { state: 'failed', attempts: 2, result },
      { state: 'declined', attempts: 0, result: null },
    ]);
    expect(await store.conversations.get(id)).toMatchObject({ pendingActions: 0 });
  });

  it('neighbours of a refused entry in one commit are as if it had not been there', async (store) => {
    const [id, other] = [await newConversation(store), await newConversation(store)];
    const [mine, theirs] = [await newAction(store, id), await newAction(store, other)];
    const last = (await store.log.events(id)).length;
    const misuse = store.log.append(id, { events: [turnStarted('t', [mine])] }).catch((error) => error);
    const appended = await Promise.all([
      store.log.append(id, { events: [received('a')] }),
      store.log.append(id, { events: [decided(mine), actionStarted(mine, 2)] }),
      store.log.append(other, { events: [decided(theirs)] }),
      store.log.append(id, { events: [decided(mine)], idempotencyKey: 'k' }),
      store.log.append(id, { events: [decided(mine, 'decline')] }),
      store.log.append(id, { events: [decided(mine)], idempotencyKey: 'k' }),
      store.log.append(id, { events: [actionStarted(mine)] }),
    ]);
    expect(String(await misuse)).toMatch(/TypeError: turn.started answers/);
    expect(appended).toMatchObject([
      { ok: true, events: [{ seq: last + 1 }] },
      { why: 'action_not_there', actionId: mine, state: 'confirmed' },
      { ok: true },
      { ok: true, events: [{ seq: last + 2 }] },
      { why: 'action_not_there', actionId: mine, state: 'confirmed' },
      { why: 'duplicate', events: [{ seq: last + 2, type: 'action.decided' }] },
      { ok: true, events: [{ seq: last + 3 }] },
    ]);
    expect((await store.actions.get(id, mine))?.state).toBe('running');
    expect((await store.actions.get(other, theirs))?.state).toBe('confirmed');
  });

  it('a stale owner neither starts nor finishes it', async (store) => {
    const id = await newConversation(store);
    const action = await newAction(store, id, { state: 'confirmed' });
    const old = await store.leases.claim(id, 'node', 60_000);
    const lease = await store.leases.claim(id, 'node', 60_000);
    if (!old || !lease) throw new Error('no lease');
    const stale = { ok: false, why: 'stale_lease' };
    expect(await store.log.append(id, { events: [actionStarted(action)], lease: old })).toEqual(stale);
    await append(store, id, { events: [actionStarted(action)], lease });
    expect(await store.log.append(id, { events: [finished(action)], lease: old })).toEqual(stale);
    expect(await store.actions.get(id, action)).toMatchObject({ state: 'running', attempts: 1, result: null });
  });

  it('private halves that are not those of the events are misuse, and nothing is appended', async (store) => {
    const id = await newConversation(store);
    const [one, two] = [actionOf(randomUUID()), actionOf(randomUUID())];
    const entry = proposal([one, two]);
    const halves = entry.proposals ?? [];
    const result = { content: '', isError: false };
    for (const wrong of [
      { ...entry, proposals: [] },
      { ...entry, proposals: halves.toReversed() },
      { ...entry, proposals: [...halves, ...halves] },
      { ...entry, results: { [one.id]: result } },
      { ...entry, proposals: halves.map(({ id: of }) => ({ id: of, customerId: 'a\0' })) },
      proposal([actionOf(randomUUID(), { expiresAt: 1.5 })]),
      proposal([actionOf('a\0')]),
      { events: [decided('x'.repeat(300))] },
    ]) {
      await expect(store.log.append(id, wrong)).rejects.toThrow(TypeError);
    }
    expect(await store.log.events(id)).toHaveLength(1);
    expect(await store.actions.of(id)).toEqual([]);
  });
}
