import { openSqliteStore } from './sqlite.ts';
import type { SqlStore } from './store.ts';

/** `databaseUrl`: PostgreSQL; null for the embedded store in `dataFolder`. */
export type StorePlace = { databaseUrl: string | null; dataFolder: string };

/** The store that is configured. Throws `FolderInUseError`, or a sentence about the database. */
export async function openStore(
  { databaseUrl: url, dataFolder: folder }: StorePlace,
  onTrouble: (error: unknown) => void,
): Promise<SqlStore> {
  if (url === null) return openSqliteStore({ folder, onTrouble });
  const { openPostgresStore } = await import('./postgres.ts');
  return openPostgresStore({ url, onTrouble });
}
