import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A PostgreSQL of one's own, which may be broken at will. */
export type Cluster = {
  url: string;
  /** Ends it as a loss of power would: nothing is written out. Then starts it again. */
  crash(): Promise<void>;
  /** Ends it and removes its files, in this very call. */
  remove(): void;
};

type User = { uid: number; gid: number };

/**
 * Starts a cluster in a temporary folder, on a port of its own, for loopback only. PostgreSQL refuses to run as root: then
 * it runs as `postgres`, or as `nobody`. Throws where PostgreSQL is not installed.
 */
export async function startCluster(): Promise<Cluster> {
  const bin = binFolder();
  const user = process.getuid?.() === 0 ? unprivileged() : null;
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-crash-pg-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const options = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' }, ...(user ?? {}) };
  const run = (program: string, args: string[]) => promisify(execFile)(join(bin, program), args, options);
  // The server inherits what `pg_ctl` writes to: only with a log file of its own does `pg_ctl` come to its end.
  const start = () => {
    const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='${folder}'`;
    execFileSync(join(bin, 'pg_ctl'), ['start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', settings], {
      ...options,
      stdio: 'ignore',
    });
  };
  const remove = () => {
    spawnSync(join(bin, 'pg_ctl'), ['stop', '-m', 'immediate', '-D', data], { ...options, stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8']);
    start();
  } catch (error) {
    remove();
    throw error;
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async crash() {
      await run('pg_ctl', ['stop', '-m', 'immediate', '-D', data]);
      start();
    },
    remove,
  };
}

function binFolder(): string {
  const version = (file: string) => Number.parseFloat(file.split('/').at(-3) ?? '');
  const [newest] = globSync('/usr/lib/postgresql/*/bin/initdb').sort((a, b) => version(b) - version(a));
  if (newest) return dirname(newest);
  const { stdout } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  if (!stdout) throw new Error('PostgreSQL is not installed here: there is no initdb.');
  return stdout.trim();
}

function unprivileged(): User {
  for (const name of ['postgres', 'nobody']) {
    const number = (which: string) => Number.parseInt(spawnSync('id', [which, name], { encoding: 'utf8' }).stdout, 10);
    const user = { uid: number('-u'), gid: number('-g') };
    if (Number.isInteger(user.uid) && Number.isInteger(user.gid)) return user;
  }
  throw new Error('There is no user postgres or nobody that PostgreSQL could run as.');
}

/** Below the ports that the system gives to others meanwhile: it must be free again after each crash. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
