import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { KnowledgeItem } from '../knowledge/store.ts';
import { loadFile } from './reader.ts';
import type { Found, Source } from './source.ts';

const LONGEST_NAME = 1_000;

export type FolderOptions = {
  id: string;
  kind: 'folder' | 'path';
  /** Absolute. */
  root: string;
  /** Extensions that somebody can read, such as `.pdf`; other files are passed over. */
  extensions: readonly string[];
  /** What stands before the paths in the documents' ids. Default: nothing. */
  below?: string;
  /** Names below the root that are no documents. */
  except?: readonly string[];
};

/** The readable files below a folder, or one file. Keys are paths below the root; with `below` before them, the ids. */
export function folderSource({ id, kind, root, below, extensions, except = [] }: FolderOptions): Source {
  return {
    id,
    kind,
    name: root,
    spec: JSON.stringify({ root }),
    async *items(known, { fresh, expect }) {
      const files = (await filesBelow(root)).filter((file) => {
        return extensions.includes(extname(file.path).toLowerCase()) && !except.includes(file.name);
      });
      const names = new Set(files.map(({ name }) => name));
      expect?.(names.size);
      for (const key of known.keys()) if (!names.has(key)) yield { key, kind: 'gone' };
      for (const file of files) {
        const id = below === undefined || file.path === root ? file.name : `${below}/${file.name}`;
        yield await readIfTouched({ ...file, id }, fresh ? undefined : known.get(file.name));
      }
    },
  };
}

type File = { path: string; name: string };

/** Follows symbolic links (a mounted ConfigMap is made of them), each directory once. In name order. */
export async function filesBelow(root: string): Promise<File[]> {
  const seen = new Set<string>();
  const files: File[] = [];
  const visit = async (path: string, name: string): Promise<void> => {
    const real = await realpath(path).catch(() => null);
    const found = real === null ? null : await stat(real).catch(() => null);
    // A link that leads nowhere, or a file that went while we looked.
    if (real === null || found === null) return;
    if (!found.isDirectory()) {
      if (found.isFile()) files.push({ path, name });
      return;
    }
    if (seen.has(real)) return;
    seen.add(real);
    const entries = (await readdir(real)).filter((entry) => !entry.startsWith('.') && entry !== 'node_modules');
    for (const entry of entries.sort()) await visit(join(path, entry), name === '' ? entry : `${name}/${entry}`);
  };
  const whole = await stat(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (whole && !whole.isDirectory() && !whole.isFile()) throw new Error(`${root} is neither a file nor a folder.`);
  if (whole?.isFile()) return [{ path: root, name: root.slice(root.lastIndexOf('/') + 1) }];
  await visit(root, '');
  return files;
}

/** A file whose size and times are as before is not opened. */
async function readIfTouched(
  { path, name, id }: File & { id: string },
  known: KnowledgeItem | undefined,
): Promise<Found> {
  const problem = (code: string, message: string): Found => {
    return { key: name, kind: 'problem', problem: { code, message } };
  };
  if (name.length > LONGEST_NAME) return problem('unreadable', `Its name is longer than ${LONGEST_NAME} characters.`);
  try {
    const { size, mtimeMs, ctimeMs } = await stat(path);
    // Taken before the file is read: what is written meanwhile makes another one.
    const stamp = `${size} ${mtimeMs} ${ctimeMs}`;
    if (known && known.stamp === stamp) return { key: name, kind: 'unchanged' };
    const loaded = await loadFile(path);
    if ('problem' in loaded) return { key: name, kind: 'problem', problem: loaded.problem };
    return { key: name, kind: 'content', file: { name: id, bytes: loaded.bytes }, stamp };
  } catch (error) {
    return problem('unreadable', `It cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
