import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { openPostgresStore } from '../../../src/adapters/sql/postgres.ts';
import type { SqlStore } from '../../../src/adapters/sql/store.ts';
import { createTargets, onPostgres, testDatabaseUrl } from '../../contracts/databases.ts';
import { received } from '../../contracts/store-events.ts';
import { newConversation, take } from '../../contracts/store-helpers.ts';

const targets = createTargets();
const stores: SqlStore[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});
afterAll(() => targets.cleanUp());

async function open(options: Parameters<typeof openPostgresStore>[0]): Promise<SqlStore> {
  const store = await openPostgresStore(options);
  stores.push(store);
  return store;
}

/** The test's URL with a name by which its connections can be told from others. */
function named(name: string): string {
  const url = new URL(testDatabaseUrl() ?? '');
  url.searchParams.set('application_name', name);
  return url.href;
}

/** As a restart of the server does to every connection of that name; gives how many there were. */
async function cutConnections(name: string): Promise<number> {
  const { rowCount } = await onPostgres(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
    [name],
  );
  return rowCount ?? 0;
}

describe.skipIf(!testDatabaseUrl())('PostgreSQL store', () => {
  it('outlives the loss of every connection, idle or busy, and followers miss nothing', async () => {
    const { schema } = targets.schema();
    const name = `loss-${crypto.randomUUID()}`;
    const troubles: unknown[] = [];
    const cut = await open({ url: named(name), schema, onTrouble: (error) => troubles.push(error) });
    const other = await open({ url: testDatabaseUrl() ?? '', schema });
    const id = await newConversation(other);
    const seqs: number[] = [];
    const abort = new AbortController();
    const following = (async () => {
      for await (const { seq } of cut.log.follow(id, 0, abort.signal)) seqs.push(seq);
    })();
    await expect.poll(() => seqs).toEqual([1]);

    let cuts = 0;
    for (let round = 0; round < 8; round += 1) {
      // Busy connections too: appends are under way while they are cut, and may fail; none may kill the process.
      const tries = Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => cut.log.append(id, { events: [received(`c${round}-${n}`)] })),
      );
      // After the commit window: in the middle of the transaction, or near it.
      await new Promise((resolve) => setTimeout(resolve, 4 + round));
      cuts += await cutConnections(name);
      await tries;
      for (let n = 0; n < 5; n += 1) await other.log.append(id, { events: [received(`o${round}-${n}`)] });
      await expect.poll(() => cut.ping().then(() => 'up', String)).toBe('up');
    }
    expect(cuts).toBeGreaterThanOrEqual(8);
    const log = await other.log.events(id);
    await expect.poll(() => seqs.length).toBe(log.length);
    expect(seqs).toEqual(log.map(({ seq }) => seq));
    expect(troubles.length).toBeGreaterThan(0);
    expect(await cut.log.append(id, { events: [received('after')] })).toMatchObject({ ok: true });

    // It listens again: at the poll's pace these would take longer than a test may.
    for (let n = 1; n <= 20; n += 1) {
      await other.log.append(id, { events: [received(`later${n}`)] });
      await expect.poll(() => seqs.length, { interval: 5 }).toBe(log.length + 1 + n);
    }
    abort.abort();
    await following;
    expect(cut.followers()).toBe(0);
  });

  it('an append whose connection is cut while it waits for a lock rejects, and the next one works', async () => {
    const { schema } = targets.schema();
    const name = `busy-${crypto.randomUUID()}`;
    const store = await open({ url: named(name), schema });
    const id = await newConversation(store);
    const holder = new pg.Client({ connectionString: testDatabaseUrl() });
    await holder.connect();
    await holder.query(`begin; select 1 from "${schema}".conversations for update`);
    const append = store.log.append(id, { events: [received('cut')] }).then(() => 'committed', String);
    const waiting = async () => {
      const { rows } = await onPostgres(
        `select pid from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`,
        [name],
      );
      return rows.length;
    };
    await expect.poll(waiting).toBe(1);
    await cutConnections(name);
    expect(await append).toMatch(/terminat/);
    await holder.end();
    await expect.poll(() => store.ping().then(() => 'up', String)).toBe('up');
    expect(await store.log.append(id, { events: [received('next')] })).toMatchObject({
      ok: true,
      events: [{ seq: 2 }],
    });
  });

  it('a follower is woken by the poll where notifications are lost', async () => {
    const { schema } = targets.schema();
    const store = await open({ url: testDatabaseUrl() ?? '', schema });
    const id = await newConversation(store);
    const following = take(store.log.follow(id, 1, new AbortController().signal), 1);
    await expect.poll(() => store.followers()).toBe(1);
    // Committed by somebody who tells nobody.
    const body = JSON.stringify(received('silent'));
    await onPostgres(`insert into "${schema}".events (conversation_id, seq, at, type, body)
      values ('${id}', 2, 1, 'message.received', '${body}')`);
    await onPostgres(`update "${schema}".conversations set last_seq = 2 where id = '${id}'`);
    expect(await following).toMatchObject([{ seq: 2, messageId: 'silent' }]);
  });

  it('gives a follower what its own node commits without reading it from the database', async () => {
    const { schema } = targets.schema();
    const store = await open({ url: testDatabaseUrl() ?? '', schema });
    const id = await newConversation(store);
    const seen: number[] = [];
    const abort = new AbortController();
    const following = (async () => {
      for await (const { seq } of store.log.follow(id, 0, abort.signal)) seen.push(seq);
    })();
    await expect.poll(() => seen).toEqual([1]);
    const query = vi.spyOn(pg.Client.prototype, 'query');
    for (let n = 0; n < 40; n += 1) await store.log.append(id, { events: [received(`m${n}`)] });
    await expect.poll(() => seen.length).toBe(41);
    const reads = query.mock.calls.filter(([asked]) => JSON.stringify(asked).includes('from \\"events\\"'));
    query.mockRestore();
    // One where the poll looks in the moment between a commit and its answer.
    expect(reads.length).toBeLessThanOrEqual(1);
    abort.abort();
    await following;
  });

  it('takes its schema, which may have any name, and keeps to it', async () => {
    const [one, two] = [targets.schema(), targets.schema()];
    const stores = await Promise.all([open(one), open(two)]);
    const id = await newConversation(stores[0]);
    expect(await stores[0].conversations.get(id)).not.toBeNull();
    expect(await stores[1].conversations.get(id)).toBeNull();
    const { rows } = await onPostgres(`select id from "${one.schema}".conversations`);
    expect(rows).toEqual([{ id }]);
  });

  it('leaves no connection behind after close', async () => {
    const { schema } = targets.schema();
    const name = `close-${crypto.randomUUID()}`;
    const connections = async () =>
      (await onPostgres('select 1 from pg_stat_activity where application_name = $1', [name])).rowCount;
    const store = await openPostgresStore({ url: named(name), schema });
    await Promise.all([newConversation(store), store.ping(), store.ping()]);
    expect(await connections()).toBeGreaterThan(1);
    await store.close();
    await expect.poll(connections).toBe(0);
  });
});

describe('opening PostgreSQL', () => {
  it('says which server cannot be reached, without its password', async () => {
    const url = 'postgres://user:secret@127.0.0.1:1/frontdesk';
    const message = await openPostgresStore({ url }).then(() => 'opened', String);
    expect(message).toMatch(/PostgreSQL at 127\.0\.0\.1:1\/frontdesk cannot be used: .*ECONNREFUSED/);
    expect(message).not.toContain('secret');
    expect(await openPostgresStore({ url: 'not a url' }).then(() => 'opened', String)).toMatch(/cannot be used/);
  });

  it('refuses a server older than 15', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (data) => answerAsOldServer(data, (bytes) => socket.write(bytes)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = `postgres://user@127.0.0.1:${address.port}/old`;
    await expect(openPostgresStore({ url })).rejects.toThrow(/is version 14; 15 or newer is needed/);
    await new Promise((resolve) => server.close(resolve));
  });
});

/** Just enough of PostgreSQL's protocol to give version 14.9 for an answer to every query. */
function answerAsOldServer(data: Buffer, write: (bytes: Buffer) => void): void {
  const message = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const ready = message('Z', Buffer.from('I'));
  const isStartup = data[0] === 0;
  if (isStartup) {
    write(Buffer.concat([message('R', Buffer.from([0, 0, 0, 0])), ready]));
    return;
  }
  const column = Buffer.concat([
    Buffer.from([0, 1]),
    Buffer.from('version\0'),
    Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0]),
  ]);
  const row = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, 6]), Buffer.from('140009')]);
  const rows = [message('T', column), message('D', row), message('C', Buffer.from('SELECT 1\0'))];
  if (data[0] === 'Q'.charCodeAt(0)) write(Buffer.concat([...rows, ready]));
  else if (data[0] === 'P'.charCodeAt(0)) {
    write(Buffer.concat([message('1', Buffer.alloc(0)), message('2', Buffer.alloc(0)), ...rows, ready]));
  }
}
