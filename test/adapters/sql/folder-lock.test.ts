import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { FolderInUseError, openSqliteStore } from '../../../src/adapters/sql/sqlite.ts';
import { type Child, startStoreProcess } from '../../contracts/children.ts';
import { createTargets } from '../../contracts/databases.ts';

const targets = createTargets();
const children: Child[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    await child.ended;
  }
});
afterAll(() => targets.cleanUp());

function start(folder: string): Child {
  const child = startStoreProcess({ kind: 'sqlite', folder });
  children.push(child);
  return child;
}

async function openingError(folder: string): Promise<unknown> {
  return await openSqliteStore({ folder }).then(
    () => 'opened',
    (error) => error,
  );
}

describe('data folder', () => {
  it('is made where it is missing, and free again after close', async () => {
    const folder = join(targets.folder().folder, 'a', 'b');
    for (const _ of [1, 2]) {
      const store = await openSqliteStore({ folder });
      expect(existsSync(join(folder, 'frontdesk.db'))).toBe(true);
      await store.close();
    }
  });

  it('a second process fails at once, naming the holder and the folder', async () => {
    const { folder } = targets.folder();
    const store = await openSqliteStore({ folder });
    const child = start(folder);
    expect(await child.ended).toBe(1);
    expect(child.lines.join()).toBe(
      `FolderInUseError: The data folder ${folder} is in use by the process with pid ${process.pid}. Stop it, or choose another FRONTDESK_DATA.`,
    );
    await store.ping();
    await store.close();
  });

  it('a second store in this process fails too, and takes nothing from the first', async () => {
    const { folder } = targets.folder();
    const store = await openSqliteStore({ folder });
    expect(await openingError(folder)).toMatchObject({ name: 'FolderInUseError', pid: process.pid });
    expect(await openingError(folder)).toMatchObject({ name: 'FolderInUseError', pid: process.pid });
    expect(await start(folder).ended).toBe(1);
    await store.close();
  });

  it('a stopped holder keeps it; a killed one leaves it free', async () => {
    const { folder } = targets.folder();
    const holder = start(folder);
    await holder.printed(1);
    holder.kill('SIGSTOP');
    const error = await openingError(folder);
    expect(error).toBeInstanceOf(FolderInUseError);
    expect(error).toMatchObject({ pid: holder.pid, folder });
    holder.kill('SIGKILL');
    await holder.ended;
    const store = await openSqliteStore({ folder });
    await store.close();
  });

  it('of processes that start at once exactly one gets it, whatever an old pid file says', async () => {
    const { folder } = targets.folder();
    writeFileSync(join(folder, 'lock.pid'), '999999999\n');
    const starting = [1, 2, 3, 4].map(() => start(folder));
    await Promise.all(starting.map((child) => child.printed(1)));
    const holders = starting.filter(({ lines }) => lines[0] === 'open');
    expect(holders).toHaveLength(1);
    for (const { lines } of starting.filter((child) => child !== holders[0])) {
      expect(lines[0]).toContain(`pid ${holders[0]?.pid}`);
    }
  });

  it('a path that cannot be a folder gives one clear sentence', async () => {
    const file = join(targets.folder().folder, 'file');
    writeFileSync(file, '');
    expect(String(await openingError(file))).toMatch(/^Error: The data folder .*file cannot be used: EEXIST/);
  });
});
