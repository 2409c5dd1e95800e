import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A checkout with sources of its own, and what was built from ours. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-checkout-'));
  folders.push(folder);
  for (const part of ['bin', 'src', 'build', 'dist', 'package.json', 'package-lock.json']) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true, preserveTimestamps: true });
  }
  for (const part of ['node_modules', 'examples']) symlinkSync(join(ROOT, part), join(folder, part));
  return folder;
}

/** Which of its own files the program loads, by the coverage that Node counts. */
async function loaded(folder: string): Promise<string[]> {
  const coverage = mkdtempSync(join(tmpdir(), 'frontdesk-coverage-'));
  folders.push(coverage);
  const env = { PATH: process.env.PATH ?? '', NODE_V8_COVERAGE: coverage };
  await promisify(execFile)(process.execPath, [join(folder, 'bin/frontdesk.js'), '--version'], { cwd: folder, env });
  const files = readdirSync(coverage).map((file) => JSON.parse(readFileSync(join(coverage, file), 'utf8')));
  const scripts = files.flatMap(({ result }: { result: { url: string }[] }) => result.map(({ url }) => url));
  return scripts.flatMap((url) => /^file:.*\/((?:src|dist)\/cli\/main\.[tj]s)$/.exec(url)?.[1] ?? []);
}

test('a checkout runs what was built until a source is changed, added or gone', async () => {
  const folder = checkout();
  expect(await loaded(folder)).toEqual(['dist/cli/main.js']);
  const source = join(folder, 'src/protocol/errors.ts');
  utimesSync(source, new Date(), new Date());
  expect(await loaded(folder)).toEqual(['src/cli/main.ts']);

  const other = checkout();
  writeFileSync(join(other, 'src/new.ts'), '');
  expect(await loaded(other)).toEqual(['src/cli/main.ts']);
  rmSync(join(other, 'src/new.ts'));
  expect(await loaded(other)).toEqual(['dist/cli/main.js']);
});
