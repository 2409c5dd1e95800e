import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { ACTION_STATES, newAction } from './action-events.ts';
import { onPostgres, openTarget, type Target } from './databases.ts';
import { received } from './store-events.ts';
import { append, newConversation, type TestStore } from './store-helpers.ts';

/** Takes back the migration that brought actions, and what came after it: the tables as they were before. */
const BEFORE_ACTIONS = `
  drop table commitments;
  drop table actions;
  drop index conversations_needing_work;
  alter table conversations drop column customer;
  alter table conversations drop column verified_until;
  alter table conversations drop column pending_actions;
  create index conversations_needing_a_turn on conversations (updated_at)
    where open_turn is not null or received_seq > taken_seq;
  alter table conversations drop column route;
  delete from frontdesk_migrations where version >= 6;`;

/** What a database keeps from one opening to the next. */
export function itKeepsActions(newTarget: () => Target): void {
  it('actions and the customer are there after a restart', async () => {
    const target = newTarget();
    const customer = { customer: { id: 'ann', email: null, name: 'Ann', claims: { sub: 'ann' } }, verifiedUntil: 5 };
    const { id, told } = await opened(target, async (store) => {
      const made = await newConversation(store);
      for (const state of ACTION_STATES) await newAction(store, made, { state, by: 'operator' });
      await append(store, made, { events: [{ type: 'customer.identified' }], customer });
      return { id: made, told: await tell(store, made) };
    });
    expect(told.actions.map(({ state }) => state)).toEqual(ACTION_STATES);
    expect(told).toMatchObject({ conversation: { ...customer, pendingActions: 2 }, unattended: [id] });
    expect(await opened(target, (store) => tell(store, id))).toEqual(told);
  });

  it('a database from before actions goes on, with all its conversations', async () => {
    const target = newTarget();
    const { id, told, events } = await opened(target, async (store) => {
      const made = await newConversation(store, { plan: 'pro' });
      await append(store, made, { events: [received('m')] });
      return { id: made, told: await tell(store, made), events: await store.log.events(made) };
    });
    await execute(target, BEFORE_ACTIONS);
    await opened(target, async (store) => {
      expect(await tell(store, id)).toEqual(told);
      expect(told).toMatchObject({
        actions: [],
        unattended: [id],
        conversation: { customer: null, pendingActions: 0 },
      });
      expect(await store.log.events(id)).toEqual(events);
      await newAction(store, id, { state: 'running' });
      expect(await tell(store, id)).toMatchObject({
        actions: [{ state: 'running' }],
        conversation: { pendingActions: 1 },
      });
    });
  });
}

async function opened<Result>(target: Target, use: (store: TestStore) => Promise<Result>): Promise<Result> {
  const store = await openTarget(target);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function tell(store: TestStore, id: string) {
  return {
    conversation: await store.conversations.get(id),
    actions: await store.actions.of(id),
    forOperators: await store.actions.forOperators({ now: Date.now(), limit: 10 }),
    unattended: await store.leases.unattended(10),
  };
}

async function execute(target: Target, statements: string): Promise<void> {
  if (target.kind === 'postgres') {
    await onPostgres(`set search_path to "${target.schema}"; ${statements}`);
    return;
  }
  const database = new Sqlite(join(target.folder, 'frontdesk.db'));
  database.exec(statements);
  database.close();
}
