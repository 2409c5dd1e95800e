import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/adapters/sql/sqlite.ts';
import { folderSource } from '../../src/ingest/folder-source.ts';
import { openFileReader } from '../../src/ingest/read-files.ts';
import type { ReadFile, Source } from '../../src/ingest/source.ts';
import { type SyncParts, syncSource } from '../../src/ingest/sync.ts';

export const AGENT = 'test';

/** A store with nothing in it and a folder of files, both gone when the test is finished. */
export async function openCorpus(files: Record<string, string | Uint8Array> = {}) {
  const base = mkdtempSync(join(tmpdir(), 'frontdesk-ingest-'));
  const root = join(base, 'knowledge');
  mkdirSync(root);
  const store = await openSqliteStore({ folder: join(base, 'data') });
  onTestFinished(async () => {
    await store.close();
    rmSync(base, { recursive: true, force: true });
  });
  const reads: string[] = [];
  const reader = openFileReader({ workers: 1, trusted: true });
  const read: ReadFile = (file) => {
    reads.push(file.name);
    return reader.read(file);
  };
  const parts: SyncParts = { store: store.knowledge, agent: AGENT, read };
  const source = folderSource({ id: 'folder', kind: 'folder', root, extensions: ['.md'] });
  const corpus = {
    root,
    store,
    knowledge: store.knowledge,
    parts,
    source,
    /** Names of the files that were read since this was asked last. */
    reads: () => reads.splice(0).sort(),
    write(file: string, text: string | Uint8Array): void {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    remove: (file: string) => rmSync(join(root, file)),
    sync: (of: Source = source, retry = true) => syncSource(parts, of, { signal: new AbortController().signal, retry }),
    /** What is found now: the text of each document by its id. */
    async served(): Promise<Record<string, string>> {
      const texts: Record<string, string> = {};
      for await (const { put } of store.knowledge.changes(AGENT, 0)) for (const { id, text } of put) texts[id] = text;
      return texts;
    },
  };
  for (const [file, text] of Object.entries(files)) corpus.write(file, text);
  return corpus;
}

/** An article of one sentence. */
export function article(title: string, text: string): string {
  return `---\ntitle: ${title}\n---\n${text}\n`;
}
