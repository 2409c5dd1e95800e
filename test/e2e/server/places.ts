import { randomBytes } from 'node:crypto';
import { openPostgresStore } from '../../../src/adapters/sql/postgres.ts';
import { openSqliteStore } from '../../../src/adapters/sql/sqlite.ts';
import type { LoggedEvent } from '../../../src/protocol/events.ts';
import { onPostgres, testDatabaseUrl } from '../../contracts/databases.ts';
import type { Environment, Processes } from './processes.ts';

/** Where a server keeps its data, whichever store that is. */
export type Place = {
  env: Environment;
  /** The logs of conversations as they lie in the store. No server may run on a data folder meanwhile. */
  logs(ids: string[]): Promise<LoggedEvent[][]>;
  cleanUp(): Promise<void>;
};

export type StoreKind = 'SQLite' | 'PostgreSQL';

/** The stores that can be tested here. */
export function storeKinds(): StoreKind[] {
  return testDatabaseUrl() ? ['SQLite', 'PostgreSQL'] : ['SQLite'];
}

export async function createPlace(kind: StoreKind, processes: Processes): Promise<Place> {
  const FRONTDESK_DATA = processes.folder();
  if (kind === 'SQLite') {
    return {
      env: { FRONTDESK_DATA, FRONTDESK_ENCODER: 'off', FRONTDESK_RATE_LIMIT: 'off' },
      logs: (ids) => readLogs(() => openSqliteStore({ folder: FRONTDESK_DATA }), ids),
      async cleanUp() {},
    };
  }
  const schema = `e2e_${randomBytes(6).toString('hex')}`;
  await onPostgres(`create schema ${schema}`);
  const url = new URL(testDatabaseUrl() ?? '');
  url.searchParams.set('options', `-c search_path=${schema}`);
  return {
    env: { FRONTDESK_DATA, FRONTDESK_ENCODER: 'off', FRONTDESK_RATE_LIMIT: 'off', DATABASE_URL: url.href },
    logs: (ids) => readLogs(() => openPostgresStore({ url: url.href }), ids),
    async cleanUp() {
      await onPostgres(`drop schema if exists ${schema} cascade`);
    },
  };
}

async function readLogs(
  open: () => Promise<Awaited<ReturnType<typeof openSqliteStore>>>,
  ids: string[],
): Promise<LoggedEvent[][]> {
  const store = await open();
  try {
    return await Promise.all(ids.map((id) => store.log.events(id)));
  } finally {
    await store.close();
  }
}
