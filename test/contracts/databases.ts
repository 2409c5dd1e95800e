import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openPostgresStore } from '../../src/adapters/sql/postgres.ts';
import { openSqliteStore } from '../../src/adapters/sql/sqlite.ts';
import type { TestStore } from './store-helpers.ts';

export type Target = { kind: 'sqlite'; folder: string } | { kind: 'postgres'; url: string; schema: string };

/** Places for stores, each empty, all gone after `cleanUp`. */
export function createTargets() {
  const folders: string[] = [];
  const schemas: string[] = [];
  return {
    folder(): Extract<Target, { kind: 'sqlite' }> {
      const folder = mkdtempSync(join(tmpdir(), 'frontdesk-store-'));
      folders.push(folder);
      return { kind: 'sqlite', folder };
    },
    schema(): Extract<Target, { kind: 'postgres' }> {
      const schema = `Test ${randomBytes(6).toString('hex')}`;
      schemas.push(schema);
      return { kind: 'postgres', url: testDatabaseUrl() ?? '', schema };
    },
    async cleanUp(): Promise<void> {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
      for (const schema of schemas.splice(0)) await onPostgres(`drop schema if exists "${schema}" cascade`);
    },
  };
}

/** TEST_DATABASE_URL. Throws where it is missing and nothing may be skipped. */
export function testDatabaseUrl(): string | undefined {
  const url = process.env.TEST_DATABASE_URL;
  if (!url && process.env.CI) throw new Error('TEST_DATABASE_URL is missing: in CI the PostgreSQL suites must run.');
  return url || undefined;
}

/** `commitWindowMs`: how long a commit waits for others; as in production where it is missing. */
export async function openTarget(target: Target, options: { commitWindowMs?: number } = {}): Promise<TestStore> {
  const all = { ...target, ...options };
  return all.kind === 'sqlite' ? await openSqliteStore(all) : await openPostgresStore(all);
}

export async function onPostgres(sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: testDatabaseUrl() });
  await client.connect();
  try {
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}
