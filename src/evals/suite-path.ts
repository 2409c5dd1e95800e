import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Where a suite of this agent is. `to`: relative to the agent folder. Throws a sentence where that is no suite of it. */
export function suitePath(folder: string, to: string): string {
  const path = resolve(folder, to);
  if (dirname(path) === resolve(folder, 'evals') && /[/\\][^./\\][^/\\]*\.ya?ml$/.test(path)) return path;
  throw new Error(`--to names a suite of the agent folder, such as evals/from-life.yaml, not "${to}".`);
}

/** A file's text; '' where there is none. */
export async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** Nobody ever reads half of it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, text);
  await rename(`${path}.part`, path);
}
