import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { ActionState } from '../../src/protocol/conversation.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { ACTION_STATES, actionOf, actionStarted, decided, finished, newAction, proposal } from './action-events.ts';
import { received, stepOf, turnStarted } from './store-events.ts';
import { append, type It, newConversation, type TestStore, upTo } from './store-helpers.ts';

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

  it('cannot be decided once its time has passed, nor proposed again, nor reached from elsewhere', async (store) => {
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

export function pendingContract(it: It): void {
  it('a turn takes up a decision like a message; one that is not decided cannot be answered', async (store) => {
    const id = await newConversation(store);
    const [open, action] = [await newAction(store, id), await newAction(store, id, { state: 'done' })];
    const { receivedSeq = 0 } = (await store.conversations.get(id)) ?? {};
    expect(receivedSeq).toBeGreaterThan(0);
    for (const unknown of [open, randomUUID()]) {
      const asked = store.log.append(id, { events: [turnStarted('t', [action, unknown])] });
      await expect(asked).rejects.toThrow(`answers ${unknown}`);
    }
    await append(store, id, { events: [received('m')] });
    await append(store, id, { events: [turnStarted('t', [action])] });
    expect(await store.conversations.get(id)).toMatchObject({
      ...{ openTurn: 't', receivedSeq: (await store.log.events(id)).length - 1, takenSeq: receivedSeq },
    });
  });

  it('a message and the decision that it is are one entry, and one turn takes both', async (store) => {
    const id = await newConversation(store);
    const action = await newAction(store, id);
    const [, decision] = await append(store, id, { events: [received('yes'), decided(action)] });
    await append(store, id, { events: [turnStarted('t', ['yes', action])] });
    const taken = { receivedSeq: decision?.seq, takenSeq: decision?.seq };
    expect(await store.conversations.get(id)).toMatchObject(taken);
  });

  it('of decisions at once exactly one counts', async (store) => {
    const id = await newConversation(store);
    const action = await newAction(store, id);
    const tries = await Promise.all(
      upTo(10).map((n) => store.log.append(id, { events: [decided(action, n % 2 ? 'confirm' : 'decline')] })),
    );
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    const decisions = (await store.log.events(id)).filter(({ type }) => type === 'action.decided');
    expect(decisions).toHaveLength(1);
    expect((await store.actions.get(id, action))?.decidedSeq).toBe(decisions[0]?.seq);
  });

  it('conversations with an action to be run are unattended in every status, until it is over', async (store) => {
    const made = (['open', 'waiting_for_human', 'with_human', 'resolved', 'closed'] as const).map(async (status) => {
      const id = await newConversation(store);
      const action = await newAction(store, id);
      await append(store, id, { events: [decided(action), { type: 'status.changed', status }] });
      return { id, action };
    });
    const conversations = await Promise.all(made);
    const ids = conversations.map(({ id }) => id);
    expect(await ofThose(store, ids)).toEqual(ids.toSorted());
    await Promise.all(conversations.map(({ id, action }) => append(store, id, { events: [actionStarted(action)] })));
    expect(await ofThose(store, ids)).toEqual(ids.toSorted());

    const lease = await store.leases.claim(ids[0] ?? '', 'node', 60_000);
    expect(await ofThose(store, ids)).toEqual(ids.slice(1).sort());
    if (lease) await store.leases.release(lease);

    // Then a turn has to tell of it, where the agent answers.
    await Promise.all(conversations.map(({ id, action }) => append(store, id, { events: [finished(action)] })));
    const [open = '', waiting = '', , resolved = ''] = ids;
    expect(await ofThose(store, ids)).toEqual([open, waiting, resolved].sort());
    await Promise.all(
      conversations.map(({ id, action }) => append(store, id, { events: [turnStarted('t', [action])] })),
    );
    for (const id of ids)
      await append(store, id, { events: [{ type: 'turn.ended', turnId: 't', messageId: 'm', outcome: 'completed' }] });
    expect(await ofThose(store, ids)).toEqual([]);
  });

  it('a declined one needs a turn, and one that nobody decides needs nothing', async (store) => {
    const [declined, open] = [await newConversation(store), await newConversation(store)];
    await newAction(store, declined, { state: 'declined' });
    await newAction(store, open);
    expect(await ofThose(store, [declined, open])).toEqual([declined]);
    expect(await store.conversations.get(declined)).toMatchObject({ pendingActions: 0 });
  });

  it('operators get those that wait for them, oldest first, in pages that lose none', async (store) => {
    const ids = await Promise.all(upTo(3).map(() => newConversation(store)));
    const waiting: string[] = [];
    for (const n of upTo(7)) waiting.push(await newAction(store, ids[n % 3] ?? '', { by: 'operator' }));
    const [id = ''] = ids;
    await newAction(store, id);
    await newAction(store, id, { by: 'operator', state: 'confirmed' });
    const late = await newAction(store, id, { by: 'operator', expiresAt: Date.now() - 1 });

    const own = async (now: number, limit: number, decide?: string): Promise<string[]> => {
      const listed: string[] = [];
      for (let page = await store.actions.forOperators({ now, limit }); page.length > 0; ) {
        listed.push(...page.map((action) => action.id));
        const after = page.at(-1)?.id ?? '';
        // What the last page ended with is decided meanwhile.
        if (after === decide) await append(store, page.at(-1)?.conversationId ?? '', { events: [decided(after)] });
        page = await store.actions.forOperators({ now, limit, after });
      }
      return listed.filter((action) => action === late || waiting.includes(action));
    };
    expect(await own(Date.now(), 3)).toEqual(waiting);
    expect(await own(0, 100)).toEqual([...waiting, late]);
    expect(await own(Date.now(), 1, waiting[3])).toEqual(waiting);
    expect(await own(Date.now(), 2)).toEqual(waiting.toSpliced(3, 1));
    expect(await own(Date.now() + 3_600_000, 100)).toEqual([]);
    expect(await store.actions.forOperators({ now: 0, limit: 5, after: randomUUID() })).toEqual([]);
  });
}

/** Of these conversations those that are unattended, in the order of their ids. */
async function ofThose(store: TestStore, ids: string[]): Promise<string[]> {
  return (await store.leases.unattended(10_000)).filter((id) => ids.includes(id)).sort();
}
