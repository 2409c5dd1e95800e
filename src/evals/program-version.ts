import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareText } from '../agent-folder/problems.ts';

/** What is built for browsers lies beside the program: no case sees it. */
const PAGES = 'web';

/** A name of the program as it lies there now, by paths, sizes and times of its files: another one may answer otherwise. */
export function programVersion(root = fileURLToPath(new URL('..', import.meta.url))): string {
  const files = readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(root, PAGES) + sep));
  const hash = createHash('sha256');
  for (const path of files.sort(compareText)) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${Math.round(mtimeMs)}\n`);
  }
  return hash.digest('hex');
}
