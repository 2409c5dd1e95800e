import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';

type Ended = { code: number; stdout: string; stderr: string };

/** A benchmark to be run as a user would, and a folder for its files, which is gone after the tests. */
export function benchCommand(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    file(name: string, text: string): string {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    async run(...args: string[]): Promise<Ended> {
      try {
        return { code: 0, ...(await promisify(execFile)(process.execPath, [script, ...args])) };
      } catch (error) {
        return error as Ended;
      }
    },
  };
}
