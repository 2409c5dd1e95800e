import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareText } from '../agent-folder/problems.ts';

/** A name of the program as it lies there now, by paths, sizes and times of its files: another one may answer otherwise. */
export function programVersion(): string {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(root, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const hash = createHash('sha256');
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort(compareText)) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${Math.round(mtimeMs)}\n`);
  }
  return hash.digest('hex');
}
