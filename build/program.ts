/**
 * Builds the program into `dist`: our modules and most packages in a few files, since a start that opens 1,400 of them
 * waits for that longer than for anything else. Does nothing where it is built already.
 *
 *   npm run build:program
 */
import { globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { isBuilt, STATE_FILE, stateOfSources } from '../bin/sources.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** What others import, and what runs in threads and processes of its own. Each keeps its place. */
const ENTRIES = [
  'cli/main',
  'index',
  'testing/index',
  'adapters/embeddings/use-lite/worker',
  'evals/eval-process',
  'ingest/reader-process',
  'ingest/texts-worker',
  'knowledge/segment-worker',
];
/** Has compiled code beside it; is loaded with PostgreSQL only; is shared with the tools of agent folders. */
const APART = /^(better-sqlite3|pg|zod)(\/|$)/;

const PLACE = '\0place';

/** `import.meta.url` stays the address that the module would have of its own. */
const inPlace: Plugin = {
  name: 'in-place',
  resolveId: (id) => (id === PLACE ? id : null),
  load: (id) => (id === PLACE ? 'export const at = (path) => new URL(path, import.meta.url).href;' : null),
  transform(code, id) {
    if (!id.startsWith(join(root, 'src/')) || !code.includes('import.meta.url')) return null;
    const path = relative(join(root, 'src'), id).replace(/\.ts$/, '.js');
    const own = `import { at as placeOf } from ${JSON.stringify(PLACE)};\nconst PLACE = placeOf(${JSON.stringify(path)});\n`;
    return own + code.replaceAll('import.meta.url', 'PLACE');
  },
};

/** Nobody finds a half of it: files are put there whole, those that lead to others last. */
export async function buildProgram(): Promise<void> {
  if (isBuilt()) return;
  const state = stateOfSources();
  const program = await rolldown({
    cwd: root,
    platform: 'node',
    input: Object.fromEntries(ENTRIES.map((name) => [name, join(root, `src/${name}.ts`)])),
    external: APART,
    plugins: [inPlace],
  });
  const { output } = await program.generate({
    format: 'esm',
    chunkFileNames: ({ name }) => (name === 'place' ? 'place.js' : 'program/[name]-[hash].js'),
    codeSplitting: { groups: [{ name: 'place', test: (id: string) => id === PLACE }] },
  });
  await program.close();
  const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk');
  rmSync(STATE_FILE, { force: true });
  for (const { fileName, code } of chunks.toSorted((a, b) => Number(a.isEntry) - Number(b.isEntry)))
    put(fileName, code);
  put('licenses.txt', licensesOf(chunks));
  const made = new Set(['licenses.txt', ...chunks.map(({ fileName }) => fileName)]);
  const others = globSync('**/*.{js,ts,txt}', { cwd: dist, exclude: ['web/**'] }).filter((file) => !made.has(file));
  for (const file of others) rmSync(join(dist, file));
  writeFileSync(STATE_FILE, state);
}

function put(name: string, text: string): void {
  const path = join(dist, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

/** Of the packages that are in it. */
function licensesOf(chunks: readonly OutputChunk[]): string {
  const folders = chunks
    .flatMap(({ moduleIds }) => moduleIds)
    .map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? '')
    .filter((folder) => folder !== '');
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const { name, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
        string,
        string
      >;
      const files = globSync('{LICEN[CS]E,licen[cs]e,NOTICE}{,.*}', { cwd: folder });
      return [`${name} (${license})`, ...files.map((file) => readFileSync(join(folder, file), 'utf8'))].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(100)}\n\n`);
}

if (import.meta.main) await buildProgram();
