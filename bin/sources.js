import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What the program is built from. */
const SOURCES = ['src', 'build', 'package-lock.json'];

/** Where it is kept from which state of the sources the program was built. */
export const STATE_FILE = at('dist/built-from.txt');

/** A name of the sources as they lie there now: by paths, sizes and times, since every start asks. */
export function stateOfSources() {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap(filesBelow)) {
    const { size, mtimeMs } = statSync(at(path));
    hash.update(`${path} ${size} ${Math.round(mtimeMs)}\n`);
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!statSync(at(path)).isDirectory()) return [path];
  return readdirSync(at(path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(at('').length))
    .sort();
}

/** Whether the program that was built is that of the sources. */
export function isBuilt() {
  try {
    return readFileSync(STATE_FILE, 'utf8') === stateOfSources();
  } catch {
    return false;
  }
}
