import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openPostgresStore } from '../../src/adapters/sql/postgres.ts';
import { openSqliteStore } from '../../src/adapters/sql/sqlite.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { startCluster } from './cluster.ts';

export type StoreKind = 'sqlite' | 'postgres';

/** Where the servers of a run keep their data. */
export type Place = {
  /** What each server is told. */
  environments: Record<string, string>[];
  crashDatabase: (() => Promise<void>) | null;
  /** The logs as they lie in the store. No server may run on a data folder meanwhile. */
  logs(ids: readonly string[]): Promise<Map<string, LoggedEvent[]>>;
  /** Removes what is outside of the folder. */
  remove(): Promise<void>;
};

/** One server on a folder. */
export function sqlitePlace(folder: string): Place {
  const data = join(folder, 'data');
  mkdirSync(data);
  return {
    environments: [{ FRONTDESK_DATA: data }],
    crashDatabase: null,
    logs: (ids) => readLogs(() => openSqliteStore({ folder: data }), ids),
    remove: async () => {},
  };
}

/** Two servers on a cluster of their own, which may break, or in a schema of a database that is only lent. */
export async function postgresPlace(folder: string, { lent, onExit }: { lent: string | null; onExit: OnExit }) {
  const cluster = lent === null ? await startCluster() : null;
  if (cluster) onExit(cluster.remove);
  const schema = `crash_${randomBytes(6).toString('hex')}`;
  const address = new URL(cluster?.url ?? lent ?? '');
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: cluster?.url ?? lent ?? '' });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await administer(`create schema ${schema}`);
  address.searchParams.set('options', `-c search_path=${schema}`);
  return {
    environments: ['a', 'b'].map((name) => ({ FRONTDESK_DATA: join(folder, name), DATABASE_URL: address.href })),
    crashDatabase: cluster ? () => cluster.crash() : null,
    logs: (ids: readonly string[]) => readLogs(() => openPostgresStore({ url: address.href }), ids),
    async remove() {
      if (cluster) cluster.remove();
      else await administer(`drop schema ${schema} cascade`);
    },
  } satisfies Place;
}

/** Registers what must be undone even where the process is interrupted. */
export type OnExit = (undo: () => void) => void;

async function readLogs(
  open: () => Promise<Awaited<ReturnType<typeof openSqliteStore>>>,
  ids: readonly string[],
): Promise<Map<string, LoggedEvent[]>> {
  const store = await open();
  try {
    const logs = new Map<string, LoggedEvent[]>();
    for (const id of ids) logs.set(id, await store.log.events(id));
    return logs;
  } finally {
    await store.close();
  }
}
