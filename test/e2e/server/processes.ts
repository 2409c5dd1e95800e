import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../../bin/frontdesk.js', import.meta.url));
const PATIENCE_MS = 90_000;
const QUICK = { FRONTDESK_LOG: 'warn', FRONTDESK_REHEARSAL: 'off' };

export type Environment = Record<string, string>;
export type Exit = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string; ms: number };

/** A running `frontdesk …`. */
export type Run = {
  pid: number;
  /** What it has printed so far. */
  output: { stdout: string; stderr: string };
  /** Resolves when the standard output has it; rejects when the process ends before or stays silent. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  ended: Promise<Exit>;
};

/** A running `frontdesk start`. */
export type Server = Run & {
  port: number;
  url: string;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Exit>;
  /** Sends SIGKILL and waits for the end. */
  kill(): Promise<void>;
};

export type RunOptions = { env?: Environment; input?: string; node?: string };

/**
 * Starts the real command line in processes of its own; `cleanUp` ends those that are left and removes the folders.
 * `usual`: the environment of each, where a run does not say otherwise.
 */
export function createProcesses(usual: Environment = {}) {
  const children = new Set<ChildProcess>();
  const folders: string[] = [];

  const run = (args: string[], { env = {}, input, node = process.execPath }: RunOptions = {}): Run => {
    const child = spawn(node, [BIN, ...args], {
      // Nothing of the surroundings: no key, no database, no variable of ours.
      env: { PATH: process.env.PATH ?? '', TMPDIR: tmpdir(), ...QUICK, ...usual, ...env },
      cwd: tmpdir(),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.add(child);
    child.once('close', () => children.delete(child));
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    return watch(child);
  };

  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'frontdesk-e2e-'));
    folders.push(path);
    return path;
  };

  return {
    run,
    folder,
    /** Starts a server on a free port; resolves when it has printed its address. */
    async start(env: Environment, options: string[] = []): Promise<Server> {
      const started = run(['start', ...options], { env: { PORT: '0', ...env } });
      const [, port] = await started.printed(/^Frontdesk serves .* at http:\/\/localhost:(\d+)$/m);
      // It prints all its lines at once, this one among the last.
      await started.printed(/^API: /m);
      return {
        ...started,
        port: Number(port),
        url: `http://127.0.0.1:${port}`,
        stop() {
          started.signal('SIGTERM');
          return started.ended;
        },
        async kill() {
          started.signal('SIGKILL');
          await started.ended;
        },
      };
    },
    async cleanUp(): Promise<void> {
      const left = [...children];
      const ends = left.map((child) => once(child, 'close'));
      for (const child of left) child.kill('SIGKILL');
      await Promise.all(ends);
      for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
    },
  };
}

export type Processes = ReturnType<typeof createProcesses>;

function watch(child: ChildProcess): Run {
  const startedAt = performance.now();
  const output = { stdout: '', stderr: '' };
  const changed = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const look of changed) look();
    });
  }
  // `close` rather than `exit`: everything it printed has been read by then.
  const ended = once(child, 'close').then(([code, signal]): Exit => {
    return { code, signal, ...output, ms: performance.now() - startedAt };
  });
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        changed.delete(look);
        settle();
      };
      const fail = (what: string) => () =>
        reject(new Error(`${what} before ${pattern}:\n${output.stdout}${output.stderr}`));
      const look = () => {
        const found = pattern.exec(output.stdout);
        if (found) finish(() => resolve(found));
      };
      const timer = setTimeout(() => finish(fail('silence')), PATIENCE_MS);
      changed.add(look);
      look();
      void ended.then(() => finish(fail('the end')));
    });
  return { pid: child.pid ?? 0, output, printed, signal: (name) => void child.kill(name), ended };
}
