import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunReport } from '../graded.ts';

type Graders = RunReport['graders'];

/** Keeps what a check of the graders came to for the reports of later runs: it costs too much to be done with each. */
export async function keepAgreement(dataFolder: string, graders: Graders): Promise<void> {
  const folder = join(dataFolder, 'evals');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, FILE), `${JSON.stringify(graders, null, 2)}\n`);
}

/** What the last check came to; none where there was none that can be read. A grader of other words or another model has another name. */
export async function keptAgreement(dataFolder: string): Promise<Graders> {
  try {
    const kept: unknown = JSON.parse(await readFile(join(dataFolder, 'evals', FILE), 'utf8'));
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

const FILE = 'graders.json';
