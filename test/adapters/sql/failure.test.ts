import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { SqlStore } from '../../../src/adapters/sql/store.ts';
import { decided, newAction } from '../../contracts/action-events.ts';
import { createTargets, onPostgres, openTarget, type Target, testDatabaseUrl } from '../../contracts/databases.ts';
import { received, started, stepOf } from '../../contracts/store-events.ts';
import { newConversation, type TestStore } from '../../contracts/store-helpers.ts';

const targets = createTargets();
let store: TestStore | SqlStore | undefined;
afterEach(async () => {
  await store?.close();
  store = undefined;
});
afterAll(() => targets.cleanUp());

/** From here on the database refuses any event whose body has the word. */
async function refuseEventsWith(word: string, target: Target): Promise<void> {
  if (target.kind === 'sqlite') {
    const database = new Sqlite(join(target.folder, 'frontdesk.db'));
    database.exec(`create trigger refuse before insert on events when new.body like '%${word}%'
      begin select raise(abort, 'the disk is full'); end`);
    database.close();
    return;
  }
  await onPostgres(`create function "${target.schema}".refuse() returns trigger language plpgsql as
    $$ begin raise exception 'the disk is full'; end $$`);
  await onPostgres(`create trigger refuse before insert on "${target.schema}".events for each row
    when (new.body like '%${word}%') execute function "${target.schema}".refuse()`);
}

function failureContract(target: () => Target): void {
  it('a failure of the database rejects the whole batch and leaves nothing of it behind', async () => {
    const place = target();
    store = await openTarget(place);
    const [one, two] = [await newConversation(store), await newConversation(store)];
    const action = await newAction(store, one);
    await refuseEventsWith('poison', place);
    const before = [await store.conversations.get(one), await store.conversations.get(two)];
    const created = crypto.randomUUID();
    const results = await Promise.allSettled([
      store.log.append(one, { events: [received('a'), decided(action)], step: stepOf('t', 0), idempotencyKey: 'k' }),
      store.log.create({ id: created, agent: 'a', tokenHash: 'h', visitor: 'v', language: null, metadata: {} }, [
        started,
      ]),
      store.log.append(two, { events: [received('b', 'poison')] }),
      store.log.append(two, { events: [received('c')] }),
    ]);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { message: 'the disk is full' } });
    }
    expect([await store.conversations.get(one), await store.conversations.get(two)]).toEqual(before);
    expect(await store.log.events(one)).toHaveLength(4);
    expect(await store.actions.get(one, action)).toMatchObject({ state: 'proposed', decidedSeq: null });
    expect(await store.log.steps(one)).toEqual([]);
    expect(await store.conversations.get(created)).toBeNull();
    // And it goes on, with the key unused.
    const again = await store.log.append(one, { events: [decided(action)], idempotencyKey: 'k' });
    expect(again).toMatchObject({ ok: true, events: [{ seq: 5 }] });
  });

  it('opens again what it wrote, and refuses a database of a newer version', async () => {
    const place = target();
    store = await openTarget(place);
    const id = await newConversation(store, { kept: true });
    await store.close();
    store = await openTarget(place);
    expect((await store.conversations.get(id))?.metadata).toEqual({ kept: true });
    const raise = 'insert into frontdesk_migrations (version, at) values (99, 0)';
    await store.close();
    store = undefined;
    if (place.kind === 'postgres') await onPostgres(raise.replace('into ', `into "${place.schema}".`));
    else new Sqlite(join(place.folder, 'frontdesk.db')).exec(raise).close();
    await expect(openTarget(place)).rejects.toThrow(/version 99.*newer Frontdesk/);
    // Nothing is held by the failed start.
    await expect(openTarget(place)).rejects.toThrow(/version 99/);
  });
}

describe('SQLite', () => {
  failureContract(() => targets.folder());

  it('commits to the disk itself, in WAL mode', async () => {
    const { folder } = targets.folder();
    store = await openTarget({ kind: 'sqlite', folder });
    const database = new Sqlite(join(folder, 'frontdesk.db'));
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
  });
});

describe.skipIf(!testDatabaseUrl())('PostgreSQL', () => failureContract(() => targets.schema()));
