import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { actionStarted, decided, finished, newAction } from './action-events.ts';
import { received, turnEnded, turnStarted } from './store-events.ts';
import { append, type It, newConversation, type TestStore, upTo } from './store-helpers.ts';

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

    // Also where a turn has taken up everything.
    const taken = await newConversation(store);
    const running = await newAction(store, taken, { state: 'running' });
    await append(store, taken, { events: [turnStarted('t', [running]), turnEnded('t')] });
    expect(await ofThose(store, [taken])).toEqual([taken]);
    await append(store, taken, { events: [finished(running)] });
    expect(await ofThose(store, [taken])).toEqual([]);

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
    for (const id of ids) await append(store, id, { events: [turnEnded('t')] });
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
