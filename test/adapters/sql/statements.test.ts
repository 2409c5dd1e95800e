import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConversationLog } from '../../../src/adapters/sql/conversation-log.ts';
import type { Dialect } from '../../../src/adapters/sql/dialect.ts';
import { createHub } from '../../../src/adapters/sql/followers.ts';
import { migrate } from '../../../src/adapters/sql/migrations.ts';
import type { Tables } from '../../../src/adapters/sql/schema.ts';
import type { LogEntry } from '../../../src/conversations/log.ts';
import { actionOf, decided, proposal } from '../../contracts/action-events.ts';
import { received, segment, started, stepOf, turnEnded, turnStarted } from '../../contracts/store-events.ts';

const dialect: Dialect = {
  locksRows: false,
  now: () => Date.now(),
  each: () => sql``,
  async notifyKnowledge() {},
  async notify() {},
  async beforeMigrations() {},
};

/** What a database is asked for an append: on PostgreSQL each statement is a way there and back under the locks. */
describe('statements of an append', () => {
  const asked: string[] = [];
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: new Sqlite(':memory:') }),
    log({ query }) {
      asked.push(query.sql.replace(/\s+/g, ' ').trim());
    },
  });
  const log = createConversationLog({ db, dialect, hub: createHub(), commitWindowMs: 0, onTrouble() {} });
  const id = randomUUID();

  beforeAll(async () => {
    await migrate(db, dialect);
    await log.create({ id, agent: 'a', tokenHash: 'h', visitor: 'v', language: null, metadata: {} }, [started]);
  });
  afterAll(async () => {
    await log.close();
    await db.destroy();
  });

  /** Verb and table of each. */
  async function statements(...entries: LogEntry[]): Promise<string[]> {
    asked.length = 0;
    const appended = await Promise.all(entries.map((entry) => log.append(id, entry)));
    expect(appended.map(({ ok }) => ok)).toEqual(entries.map(() => true));
    const told = /^begin|^commit|insert into "\w+"|update \w+|select .* from "\w+"/;
    return asked.map((text) =>
      (told.exec(text)?.[0] ?? text).replace(/ (\*|".*") from | into /, ' ').replaceAll('"', ''),
    );
  }

  it('without actions none is about actions, with many of them there is one to read and one to write', async () => {
    expect(await statements({ events: [received('m')] }, { events: [received('n')] })).toEqual([
      ...['begin', 'select conversations', 'insert events', 'update conversations', 'commit'],
    ]);
    expect(
      await statements({ events: [turnStarted('t', ['m']), segment('t'), turnEnded('t')], step: stepOf('t', 0) }),
    ).toEqual([
      ...['begin', 'select conversations', 'select events', 'insert events', 'insert steps', 'update conversations'],
      'commit',
    ]);

    await log.append(id, proposal([actionOf('a'), actionOf('b')]));
    const moving = [{ events: [decided('a')] }, { events: [decided('b')] }];
    expect(await statements(...moving)).toEqual([
      ...['begin', 'select conversations', 'select actions', 'insert events', 'insert actions', 'update conversations'],
      'commit',
    ]);
  });
});
