import { PUSHED } from '../knowledge/document-folder.ts';
import type { SourceDocument } from '../knowledge/documents.ts';
import { firstHeading } from '../knowledge/markdown-document.ts';
import type { ItemChange, ItemProblem, ItemState } from '../knowledge/store.ts';
import type { PushedDocument } from '../knowledge/upkeep.ts';
import type { FileToRead } from './readers/read-result.ts';
import type { ReadFile } from './source.ts';
import { hashOf, readAll, type SyncParts } from './sync.ts';

/** Times that a commit is tried while others change the same document. */
const TRIES = 5;

type Result = { changed: boolean } | { problem: ItemProblem };

/** Takes a document in the place of the one with its id. */
export async function putPushed(parts: SyncParts, pushed: PushedDocument): Promise<Result> {
  const { id, title, url, language, labels } = pushed;
  const name = `${PUSHED}/${id}`;
  const marks = { language, labels };
  const read: ReadFile = async (file) => {
    const result = 'markdown' in pushed ? { documents: [written(name, pushed.markdown)] } : await parts.read(file);
    return 'problem' in result
      ? result
      : { documents: result.documents.map((document) => named(document, { title, url })) };
  };
  const bytes = 'markdown' in pushed ? Buffer.from(pushed.markdown) : pushed.bytes;
  const contentType = 'markdown' in pushed ? 'text/markdown; charset=utf-8' : pushed.contentType;
  const file: FileToRead = { name, bytes, url: url ?? null, contentType };
  const result = await readAll(read, file, marks);
  if ('problem' in result) return result;
  const { documents } = result;
  const untitled = documents.find(({ document }) => document.title === '');
  if (untitled) return { problem: { code: 'no_title', message: 'It has no title: send one.' } };
  const hash = hashOf(file, marks);
  const state: ItemState = { hash, stamp: null, etag: null, lastModified: null, problem: null, checkedAt: Date.now() };
  return commit(parts, id, (seen) => ({ source: PUSHED, key: id, seen, state, documents }));
}

/** False where there is no such document. */
export async function removePushed(parts: SyncParts, id: string): Promise<boolean> {
  const seen = await revisionOf(parts, id);
  if (seen === null) return false;
  await commit(parts, id, (revision) => ({ source: PUSHED, key: id, seen: revision, remove: true }));
  return true;
}

/** Whoever sends last wins. */
async function commit(parts: SyncParts, id: string, change: (seen: number | null) => ItemChange): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const [outcome] = await parts.store.commit(parts.agent, [change(await revisionOf(parts, id))]);
    if (outcome === 'taken') {
      return { problem: { code: 'name_taken', message: 'Another source has a document of the same name.' } };
    }
    if (outcome !== 'refused') return { changed: outcome === 'changed' };
    if (tries === TRIES) throw new Error('The document is being changed by many at once.');
  }
}

async function revisionOf({ store, agent }: SyncParts, id: string): Promise<number | null> {
  return (await store.item(agent, { source: PUSHED, key: id }))?.revision ?? null;
}

function written(id: string, text: string): SourceDocument {
  return { id, title: firstHeading(text) ?? '', url: null, text };
}

function named(document: SourceDocument, { title, url }: Pick<PushedDocument, 'title' | 'url'>): SourceDocument {
  return { ...document, ...(title === undefined ? {} : { title }), ...(url === undefined ? {} : { url }) };
}
