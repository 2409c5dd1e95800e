import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceDocument } from '../knowledge/documents.ts';
import { withoutAsked } from '../knowledge/markdown.ts';
import type {
  ItemChange,
  ItemProblem,
  ItemState,
  KnowledgeItem,
  KnowledgeStore,
  NewDocument,
} from '../knowledge/store.ts';
import { withTexts } from './cut-texts.ts';
import type { FileToRead } from './readers/read-result.ts';
import type { Found, Marks, ReadFile, Source } from './source.ts';

/** Goes up when readers or chunks give something else for the same bytes: everything is then read anew. */
export const PIPELINE = 2;
/** Items of one commit: enough that its cost does not count, few enough that a change is soon seen. */
const BATCH = 20;
/** Times that a source is gone through again for what others changed meanwhile. */
const PASSES = 3;
const LONGEST_ID = 1_200;

export type SyncParts = {
  store: KnowledgeStore;
  agent: string;
  read: ReadFile;
  /** Files that are read at once. Default 2. */
  readers?: number;
};

/** `serving`: whether an earlier version of it is still found. */
export type Failure = { source: string; key: string; problem: ItemProblem; serving: boolean };

/** Items of a source, by what became of them. `found` grows while the source is gone through. */
export type Counts = { found: number; changed: number; unchanged: number; removed: number; failed: number };

export type SourceReport = Counts & {
  source: string;
  name: string;
  failures: Failure[];
  /** Why the source as a whole could not be read. */
  problem: string | null;
};

export type SyncOptions = {
  signal: AbortSignal;
  /** Reads what failed before once more, though it was not touched since. */
  retry: boolean;
  /** Reads everything once more. Default false. */
  fresh?: boolean;
  /** `expected`: how many items there are, as far as that is known by now. */
  onProgress?(source: Source, counts: Counts & { expected: number }): void;
};

/**
 * Brings the store up to what the source has now. An item that did not change is not read; one that cannot be read keeps
 * its documents; everything else goes on. What another sync did meanwhile is looked at again, so that two at once end as
 * one after the other would. Throws when the store is down, and the signal's reason when it aborts.
 */
export async function syncSource(parts: SyncParts, source: Source, options: SyncOptions): Promise<SourceReport> {
  const total: Counts = { found: 0, changed: 0, unchanged: 0, removed: 0, failed: 0 };
  for (let pass = 1; ; pass += 1) {
    const run = new SyncRun(parts, source, options);
    const problem = await run.all();
    total.changed += run.counts.changed;
    total.removed += run.counts.removed;
    if (run.refused === 0 || pass === PASSES) {
      const { found, failed } = run.counts;
      const unchanged = Math.max(0, found - failed - total.changed - total.removed);
      const counts = { ...total, found, failed, unchanged };
      return { ...counts, source: source.id, name: source.name, failures: run.failures, problem };
    }
    await sleep(50 * pass, undefined, { signal: options.signal });
  }
}

/** One pass over a source. */
class SyncRun {
  readonly counts: Counts = { found: 0, changed: 0, unchanged: 0, removed: 0, failed: 0 };
  readonly failures: Failure[] = [];
  refused = 0;
  readonly #parts: SyncParts;
  readonly #source: Source;
  readonly #options: SyncOptions;
  #known = new Map<string, KnowledgeItem>();
  #batch: ItemChange[] = [];
  #expected = 0;
  #committing: Promise<void> = Promise.resolve();

  constructor(parts: SyncParts, source: Source, options: SyncOptions) {
    this.#parts = parts;
    this.#source = source;
    this.#options = options;
  }

  /** Why the source could not be gone through whole, or null. */
  async all(): Promise<string | null> {
    const { store, agent, readers = 2 } = this.#parts;
    const { signal, retry, fresh = false } = this.#options;
    // Before the source is looked at: what comes to be in between is then new to both.
    const expect = (expected: number) => {
      this.#expected = expected;
    };
    const items = await store.items(agent, this.#source.id);
    this.#known = new Map(items.map((item) => [item.key, retry && item.problem ? { ...item, stamp: null } : item]));
    const running = new Set<Promise<void>>();
    let trouble: { error: unknown } | null = null;
    let problem: string | null = null;
    try {
      for await (const found of this.#source.items(this.#known, { signal, fresh, expect })) {
        const task: Promise<void> = this.#take(found)
          .catch((error: unknown) => {
            trouble ??= { error };
          })
          .finally(() => running.delete(task));
        running.add(task);
        if (running.size >= readers) await Promise.race(running);
        if (trouble || signal.aborted) break;
      }
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    await Promise.all(running);
    signal.throwIfAborted();
    if (trouble) throw (trouble as { error: unknown }).error;
    await this.#commit();
    return problem;
  }

  async #take(found: Found): Promise<void> {
    this.counts.found += 1;
    const known = this.#known.get(found.key);
    if (found.kind === 'gone') {
      if (known) await this.#add({ ...this.#name(found.key), seen: known.revision, remove: true });
    } else if (found.kind === 'unchanged') this.#unchanged(found.key, known);
    else if (found.kind === 'problem') await this.#fail(found.key, found.problem, { stamp: known?.stamp ?? null });
    else await this.#read(found, known);
    this.#tell();
  }

  #tell(): void {
    const expected = Math.max(this.#expected, this.counts.found);
    this.#options.onProgress?.(this.#source, { ...this.counts, expected });
  }

  #name(key: string) {
    return { source: this.#source.id, key };
  }

  #unchanged(key: string, known: KnowledgeItem | undefined): void {
    if (!known?.problem) {
      this.counts.unchanged += 1;
      return;
    }
    this.counts.failed += 1;
    this.failures.push({ ...this.#name(key), problem: known.problem, serving: known.documents > 0 });
  }

  async #read(found: Extract<Found, { kind: 'content' }>, known: KnowledgeItem | undefined): Promise<void> {
    const { key, file, marks = {}, stamp = null, etag = null, lastModified = null } = found;
    const hash = hashOf(file, marks);
    const state: ItemState = { hash, stamp, etag, lastModified, problem: null, checkedAt: Date.now() };
    const seen = known?.revision ?? null;
    if (known?.hash === hash) {
      this.counts.unchanged += 1;
      await this.#add({ ...this.#name(key), seen, state });
      return;
    }
    const result = await readAll(this.#parts.read, file, marks);
    if ('problem' in result) return this.#fail(key, result.problem, { stamp, etag, lastModified });
    await this.#add({ ...this.#name(key), seen, state, documents: result.documents });
  }

  /** Its documents stay, and so does the hash of what they were made from. */
  async #fail(key: string, problem: ItemProblem, seen: Partial<ItemState>): Promise<void> {
    const known = this.#known.get(key);
    this.counts.failed += 1;
    this.failures.push({ ...this.#name(key), problem, serving: (known?.documents ?? 0) > 0 });
    const empty = { hash: '', stamp: null, etag: null, lastModified: null };
    const before = known ? { hash: known.hash, etag: known.etag, lastModified: known.lastModified } : {};
    const state: ItemState = { ...empty, ...seen, ...before, problem, checkedAt: Date.now() };
    await this.#add({ ...this.#name(key), seen: known?.revision ?? null, state });
  }

  async #add(change: ItemChange): Promise<void> {
    this.#batch.push(change);
    if (this.#batch.length >= BATCH) await this.#commit();
  }

  /** One commit at a time, in the order in which they were asked for. */
  #commit(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#committing = this.#committing.then(() => this.#commitBatch(batch));
    return this.#committing;
  }

  async #commitBatch(batch: readonly ItemChange[]): Promise<void> {
    if (batch.length === 0) return;
    const { store, agent } = this.#parts;
    const outcomes = await store.commit(agent, batch);
    for (const [at, change] of batch.entries()) await this.#settle(change, outcomes[at]);
    this.#tell();
  }

  async #settle(change: ItemChange, outcome: string | undefined): Promise<void> {
    if (outcome === 'refused') this.refused += 1;
    else if (outcome === 'taken') await this.#refuseTaken(change);
    else if ('remove' in change) this.counts.removed += 1;
    else if (change.documents) this.counts[outcome === 'changed' ? 'changed' : 'unchanged'] += 1;
  }

  async #refuseTaken(change: ItemChange): Promise<void> {
    // Two lists that name one page: it is found already, and stays with the source that had it first.
    if (this.#source.kind === 'web') return;
    const message = 'Another source has a document of the same name: rename one of them.';
    const problem = { code: 'name_taken', message };
    const { store, agent } = this.#parts;
    const known = this.#known.get(change.key);
    this.counts.failed += 1;
    this.failures.push({ ...this.#name(change.key), problem, serving: (known?.documents ?? 0) > 0 });
    if ('remove' in change) return;
    const state = { ...change.state, hash: known?.hash ?? '', problem };
    await store.commit(agent, [{ ...this.#name(change.key), seen: change.seen, state }]);
  }
}

/** The bytes' documents with the texts in them, or why there are none. */
export async function readAll(
  read: ReadFile,
  file: FileToRead,
  marks: Marks,
): Promise<{ documents: NewDocument[] } | { problem: ItemProblem }> {
  const result = await read(file);
  if ('problem' in result) return result;
  const documents: NewDocument[] = [];
  try {
    for (const document of result.documents) documents.push(await withTexts(marked(document, { marks, file })));
  } catch {
    return {
      problem: { code: 'unreadable', message: 'Its text cannot be cut into passages: it is nested too deeply.' },
    };
  }
  const empty = documents.every(({ texts }) => texts.passage.length === 0);
  if (empty) return { problem: { code: 'no_text', message: 'It has no text that could be found.' } };
  const long = documents.find(({ document }) => document.id.length > LONGEST_ID || document.id.includes('\0'));
  if (long) return { problem: { code: 'unreadable', message: 'Its name is too long or no text.' } };
  return { documents };
}

function marked(document: SourceDocument, { marks, file }: { marks: Marks; file: FileToRead }): SourceDocument {
  const { language, labels, foreign = false } = marks;
  const own = foreign
    ? { ...document, url: file.url ?? null, labels: {}, text: withoutAsked(document.text) }
    : document;
  return {
    ...own,
    ...(language !== undefined && !own.language && { language }),
    ...(labels !== undefined && { labels: { ...labels, ...own.labels } }),
  };
}

/** What the documents are made from: equal hashes give equal documents. */
export function hashOf({ name, bytes, url = null, contentType = null }: FileToRead, marks: Marks): string {
  return createHash('sha256')
    .update(JSON.stringify([PIPELINE, name, url, contentType, marks]))
    .update(bytes)
    .digest('base64url');
}
