import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type ReadSuites, readSuites } from '../../src/evals/read-suites.ts';
import type { Case } from '../../src/evals/suite.ts';

/** A folder of these files, gone after the test. */
export function folderWith(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'suites-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** Of a folder with one suite, `evals/a.yaml`. */
export function read(yaml: string): Promise<ReadSuites> {
  return readSuites(folderWith({ 'evals/a.yaml': yaml }));
}

/** The cases of a suite that must be sound. */
export async function casesOf(yaml: string): Promise<Case[]> {
  const { suites, problems } = await read(yaml);
  expect(problems).toEqual([]);
  return suites.flatMap(({ cases }) => cases);
}

export async function problemsOf(yaml: string): Promise<string[]> {
  const { problems } = await read(yaml);
  return problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}
