import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** A short run: the figures are the benchmark's, on a quiet machine. */
test('clients whose server was killed are all back, hear what happens next, and hear it once', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/resume.ts', '--clients', '25', '--json']);
  const { clients, stores } = JSON.parse(stdout);
  expect(clients).toBe(25);
  expect(stores.sqlite).toEqual({
    ...{ live_p50: expect.any(Number), live_last: expect.any(Number), heard_last: expect.any(Number) },
    ...{ refused: 0, missing: 0, twice: 0 },
  });
});
