import { mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect, sql } from 'kysely';
import type { Dialect } from './dialect.ts';
import { FolderInUseError, lockFolder } from './folder-lock.ts';
import { createHub } from './followers.ts';
import { createBell } from './knowledge.ts';
import { migrate } from './migrations.ts';
import type { Tables } from './schema.ts';
import { createSqlStore, type SqlStore, type SqlStoreOptions } from './store.ts';

export { FolderInUseError };

const BUSY_TIMEOUT_MS = 5000;
/** A query is a text of its own for each number of rows that it writes or asks for. */
const MOST_STATEMENTS = 500;

const sqlite: Dialect = {
  locksRows: false,
  now: () => Date.now(),
  each: (values) => sql`select value from json_each(${JSON.stringify(values)})`,
  async notifyKnowledge() {},
  async notify() {},
  async beforeMigrations() {},
};

/** `durable`: false where nothing of it is needed after a power cut, so that no commit waits for the disk. */
export type SqliteStoreOptions = { folder: string; durable?: boolean } & SqlStoreOptions;

/**
 * Opens the embedded store in `folder` (made where it is missing) and holds the folder for this process until `close`.
 * Throws FolderInUseError while another process holds it.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqlStore> {
  const folder = resolve(options.folder);
  const lock = await takeFolder(folder);
  try {
    const database = openDatabase(join(folder, 'frontdesk.db'), options.durable ?? true);
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepStatements(database) }) });
    try {
      await migrate(db, sqlite);
      // The folder is ours alone: whoever held a lease is dead, and its turns need not wait for it to lapse.
      await db.updateTable('conversations').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
    } catch (error) {
      await db.destroy();
      throw error;
    }
    const closeDatabase = async () => {
      // The one connection is handed out in turn: when it comes, everything asked before is done.
      await db.connection().execute(async () => {});
      await db.destroy();
      lock.release();
    };
    return createSqlStore({ db, dialect: sqlite, hub: createHub(), bell: createBell(), closeDatabase }, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function takeFolder(folder: string): Promise<{ release(): void }> {
  try {
    makeFolder(folder);
    return await lockFolder(folder);
  } catch (error) {
    if (error instanceof FolderInUseError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The data folder ${folder} cannot be used: ${reason}.`, { cause: error });
  }
}

/** Makes the folder and those above it, one by one: Node's own recursion never ends in a file system such as /proc. */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function openDatabase(file: string, durable: boolean): Sqlite.Database {
  const database = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  database.pragma('journal_mode = WAL');
  // An acknowledged append outlives a power cut, not only a crash of the process.
  database.pragma(`synchronous = ${durable ? 'FULL' : 'OFF'}`);
  database.pragma('foreign_keys = ON');
  return database;
}

/** The database with its prepared statements kept: to prepare one costs more than to run it. */
function keepStatements(database: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, Sqlite.Statement<unknown[]>>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known) return known;
      if (kept.size >= MOST_STATEMENTS) kept.clear();
      const statement = database.prepare<unknown[]>(sql);
      kept.set(sql, statement);
      return statement;
    },
  };
}
