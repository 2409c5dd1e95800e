import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { isDeep } from '../depth.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the offline model answers nine of ten messages of written part-A conversations well', async () => {
  const options = ['--json', '--kept', '--every', isDeep ? '1' : '3'];
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/offline.ts', ...options], { cwd: root });
  const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { messages: number; good: number };
  expect(figures.messages).toBeGreaterThan(isDeep ? 100 : 30);
  expect(figures.good / figures.messages).toBeGreaterThan(0.9);
});
