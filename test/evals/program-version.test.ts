import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { programVersion } from '../../src/evals/program-version.ts';

test('another file of the program is another program, another page for browsers is not', () => {
  const root = mkdtempSync(join(tmpdir(), 'frontdesk-program-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const put = (name: string) => writeFileSync(join(root, name), name);
  for (const folder of ['cli', 'web']) mkdirSync(join(root, folder));
  put('cli/main.js');
  const before = programVersion(root);
  put('web/page.js');
  expect(programVersion(root)).toBe(before);
  put('cli/more.js');
  expect(programVersion(root)).not.toBe(before);
});
