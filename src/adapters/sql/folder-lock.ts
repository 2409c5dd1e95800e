import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';

/** Another process holds the data folder. `pid` is null where the holder has not written it. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
  readonly folder: string;
  readonly pid: number | null;
  constructor(folder: string, pid: number | null) {
    super(
      `The data folder ${folder} is in use by ${pid === null ? 'another process' : `the process with pid ${pid}`}. Stop it, or choose another FRONTDESK_DATA.`,
    );
    this.folder = folder;
    this.pid = pid;
  }
}

const PID_FILE = 'lock.pid';
const ATTEMPTS = 10;
const PAUSE_MS = 50;

/**
 * Takes the folder for this process until `release` or its end, however it ends: an open exclusive transaction on a
 * small database is a lock of the operating system. Throws FolderInUseError while another process has it.
 */
export async function lockFolder(folder: string): Promise<{ release(): void }> {
  for (let attempt = 1; ; attempt += 1) {
    const lock = tryLock(join(folder, 'lock.db'));
    if (lock) {
      writeFileSync(join(folder, PID_FILE), `${process.pid}\n`);
      return { release: () => lock.close() };
    }
    // A dead pid is that of an earlier holder: the new one is about to write its own.
    const holder = holderOf(folder);
    if (holder !== null || attempt === ATTEMPTS) throw new FolderInUseError(folder, holder);
    await sleep(PAUSE_MS);
  }
}

function tryLock(file: string): Sqlite.Database | null {
  const lock = new Sqlite(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}

/** The pid of the process that took the folder last, where it lives; null where there is none. Takes nothing. */
export function holderOf(folder: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, PID_FILE), 'utf8'), 10);
    return pid > 0 && isAlive(pid) ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
