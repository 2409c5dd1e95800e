import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database, Dialect } from './dialect.ts';
import { createHub } from './followers.ts';
import { createBell } from './knowledge.ts';
import { migrate } from './migrations.ts';
import { notifyHeads, notifyKnowledge, startWakeups } from './postgres-wakeups.ts';
import type { Tables } from './schema.ts';
import { createSqlStore, type SqlStore, type SqlStoreOptions } from './store.ts';

export type PostgresStoreOptions = SqlStoreOptions & {
  /** `postgres://user:password@host:port/database`. */
  url: string;
  /** Schema of the tables, made where it is missing. Default: the first of the connection's search_path. */
  schema?: string;
  /** Connections at most, besides one that listens. Default 10. */
  poolSize?: number;
};

const OLDEST_VERSION = 15;
/** Any number, as long as every node locks the same one while it migrates. */
const MIGRATION_LOCK = 7_216_034_915;
const POLL_MS = 2000;
const INT8 = 20;

/**
 * Opens the store on a PostgreSQL server, which several nodes may share.
 * Throws, with a sentence for the person who starts the server, when it cannot be reached or is older than 15.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<SqlStore> {
  const onTrouble = options.onTrouble ?? (() => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: createPool(options, onTrouble) }) });
  const hub = createHub();
  const bell = createBell();
  try {
    await checkServer(db, options.url);
    const origin = randomUUID();
    const dialect = createDialect(options.schema, origin);
    await migrate(db, dialect);
    const config = clientConfig(options.url);
    const wakeups = await startWakeups({ config, origin, db, hub, bell, pollMs: POLL_MS, onTrouble });
    const closeDatabase = async () => {
      await wakeups.stop();
      await db.destroy();
    };
    return createSqlStore({ db, dialect, hub, bell, closeDatabase }, options);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function clientConfig(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'frontdesk',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: parserFor as typeof pg.types.getTypeParser },
  };
}

/** As pg reads values, but 64-bit integers become numbers: ours are counts and times, far below 2^53. */
function parserFor(oid: number, format?: 'text' | 'binary') {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
}

function createPool({ url, schema, poolSize }: PostgresStoreOptions, onTrouble: (error: unknown) => void): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(url),
    max: poolSize ?? 10,
    statement_timeout: 15_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    // The pool waits for this promise before it lends the connection, though its type says void.
    onConnect: (client) => prepareSession(client, schema),
  });
  // Not the error itself: pg hangs the whole connection on it, which belongs in no log.
  const onLoss = (error: Error) => onTrouble(new Error(`Lost a connection to PostgreSQL: ${error.message}`));
  pool.on('error', onLoss);
  // The pool listens only to idle clients: without this, a connection lost in the middle of a query ends the process.
  pool.on('connect', (client) => client.on('error', onLoss));
  return pool;
}

/** What the store relies on, whatever the server's or the role's defaults are. */
async function prepareSession(client: pg.ClientBase, schema: string | undefined): Promise<void> {
  await client.query(
    `select set_config('default_transaction_isolation', 'read committed', false),
            case when current_setting('synchronous_commit') = 'off'
                 then set_config('synchronous_commit', 'on', false) end`,
  );
  if (schema !== undefined) await client.query(`select set_config('search_path', quote_ident($1), false)`, [schema]);
}

async function checkServer(db: Database, url: string): Promise<number> {
  let version: number;
  try {
    const { rows } = await sql<{ version: string }>`select current_setting('server_version_num') as version`.execute(
      db,
    );
    version = Math.floor(Number(rows[0]?.version) / 10_000);
  } catch (error) {
    throw new Error(`PostgreSQL at ${withoutSecrets(url)} cannot be used: ${reason(error)}.`, { cause: error });
  }
  if (!(version >= OLDEST_VERSION)) {
    throw new Error(
      `PostgreSQL at ${withoutSecrets(url)} is version ${version}; ${OLDEST_VERSION} or newer is needed.`,
    );
  }
  return version;
}

/** The server's major version. Throws what `openPostgresStore` would throw; changes nothing. */
export async function checkPostgres(url: string): Promise<number> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: createPool({ url, poolSize: 1 }, () => {}) }) });
  try {
    return await checkServer(db, url);
  } finally {
    await db.destroy();
  }
}

function createDialect(schema: string | undefined, origin: string): Dialect {
  return {
    locksRows: true,
    now: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    each: (values) => sql`select unnest(${values}::text[]) as value`,
    notifyKnowledge,
    notify: (transaction, heads) => notifyHeads(transaction, heads, origin),
    async beforeMigrations(trx) {
      // A migration, or the wait for another node's, takes as long as it takes.
      await sql`select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)`.execute(trx);
      await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)`.execute(trx);
      if (schema === undefined) return;
      const found = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(trx);
      // Asked first: "if not exists" wants the right to create schemas even where there is nothing to do.
      if (found.rows.length === 0) await trx.schema.createSchema(schema).execute();
    },
  };
}

function withoutSecrets(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname || 'localhost'}${port && `:${port}`}${pathname}`;
  } catch {
    return 'the configured address';
  }
}

function reason(error: unknown): string {
  // A host of several addresses fails with one error each, and no message of its own.
  if (error instanceof AggregateError) return error.errors.map(reason).join('; ');
  return error instanceof Error ? error.message : String(error);
}
