import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('after a kill every client of the resume benchmark is back, with nothing missing and nothing twice', async () => {
  const options = ['bench/recover.ts', '--json', '--clients', '5'];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: root });
  expect(JSON.parse(stdout)).toMatchObject({ clients: 5, all_ms: expect.any(Number), wrong: [], lost: 0 });
});
