import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Target } from './databases.ts';

export type Child = {
  pid: number;
  /** Every line the child has printed so far. */
  lines: string[];
  /** Resolves when the child has printed so many lines; rejects when it ends before. */
  printed(count: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<number | null>;
};

/**
 * Starts test/contracts/store-process.ts on the target: it prints `open`, or the error's name and message, and with
 * `appendTo` a conversation's id, then one acknowledged seq a line for as long as it lives.
 */
export function startStoreProcess(target: Target, appendTo?: string): Child {
  const script = fileURLToPath(new URL('./store-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify({ target, appendTo })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const check of waiting) check();
  });
  const ended = endOf(child);
  return {
    pid: child.pid ?? 0,
    lines,
    printed: (count) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (lines.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
        ended.then(() => reject(new Error(`The child ended after: ${lines.join(' | ')}`)), reject);
      }),
    kill: (signal) => {
      child.kill(signal);
    },
    ended,
  };
}

async function endOf(child: ChildProcess): Promise<number | null> {
  // `close` rather than `exit`: everything it printed has been read by then.
  const [code] = await once(child, 'close');
  return code;
}
