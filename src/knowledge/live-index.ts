import type { KnowledgeIndex, Passage, SourceDocument } from './documents.ts';
import { HeldSegment } from './held-segment.ts';
import type { Segment } from './segment.ts';
import { buildSegment } from './segment-builder.ts';
import { SegmentIndex } from './segment-index.ts';
import { mergeSegments } from './segment-merger.ts';
import { SegmentThread } from './segment-thread.ts';

/** A change of the knowledge. A document in `put` takes the place of the one with its id; an unknown id is fine. */
export type Change = { put?: readonly SourceDocument[]; remove?: readonly string[] };

export type LiveIndex = KnowledgeIndex & {
  /**
   * Applies changes in the order of the calls. Resolves when searches see it: all of a change at once, the former state
   * until then. What takes longer than some milliseconds is done in a worker thread. Rejects only when that dies, and
   * nothing of the change is seen then.
   */
  apply(change: Change): Promise<void>;
  /** How many passages there are. */
  readonly size: number;
  /** The memory that it takes, the text of the passages included. */
  readonly bytes: number;
  /** All passages, document after document: for a small knowledge, since they are unpacked and kept. */
  readonly passages: readonly Passage[];
  /** Resolves when the segments that changes have left are joined, as far as they should be. */
  settled(): Promise<void>;
  /** Ends the worker thread. Searches go on, changes do not. */
  close(): Promise<void>;
};

/** Characters of text that are read on the main thread, some 10 ms; more goes to the worker, so much at a time. */
const LITTLE = 40_000;
/** The same for an index that is still empty, which nobody searches yet: the thread takes longer to start. */
const LITTLE_AT_FIRST = 400_000;
const SLICE = 8_000_000;
/** Passages that are joined on the main thread, some 10 ms. */
const FEW = 500;
/** More segments than this are joined, smallest first. Each costs a search a look into its list of terms. */
const MOST_SEGMENTS = 12;
/** A segment of which more is gone than this is written anew, so that word frequencies stay true. */
const GONE = 0.1;

/**
 * An index that changes while it is searched: segments that never change, a new one for each change, joined in the
 * background. `version` depends on the documents alone, so that nodes with the same knowledge have the same.
 */
export function createLiveIndex(): LiveIndex {
  const index = new SegmentIndex();
  const thread = new SegmentThread();
  let changes: Promise<void> = Promise.resolve();
  let tidying: Promise<void> | null = null;

  async function apply({ put = [], remove = [] }: Change): Promise<void> {
    const documents = [...new Map(put.map((document) => [document.id, document])).values()].sort(byId);
    const segments = await build(documents, { thread, little: index.size === 0 ? LITTLE_AT_FIRST : LITTLE });
    const without = [...remove, ...documents.map(({ id }) => id)];
    index.change({ without, add: segments.map((segment) => new HeldSegment(segment)) });
    // The thread may be joining the same segments just now.
    if (tidying === null) tidyHere(index);
    // Not awaited: the change is seen already. Where the worker dies the segments stay as they are, until the next change.
    tidying ??= tidy(index, thread)
      .catch(() => undefined)
      .finally(() => {
        tidying = null;
      });
  }

  return {
    get version() {
      return index.version;
    },
    get size() {
      return index.size;
    },
    get bytes() {
      return index.bytes;
    },
    get passages() {
      return index.passages;
    },
    search: async (search) => index.search(search),
    passage: (id) => index.passage(id),
    apply(change) {
      const applied = changes.then(() => apply(change));
      changes = applied.catch(() => undefined);
      return applied;
    },
    async settled() {
      await changes;
      await tidying;
    },
    close: () => thread.close(),
  };
}

function byId(a: SourceDocument, b: SourceDocument): number {
  return a.id < b.id ? -1 : 1;
}

async function build(
  documents: readonly SourceDocument[],
  { thread, little }: { thread: SegmentThread; little: number },
): Promise<Segment[]> {
  if (documents.length === 0) return [];
  if (documents.reduce((sum, { text }) => sum + text.length, 0) <= little) return [buildSegment(documents)];
  const segments: Segment[] = [];
  let slice: SourceDocument[] = [];
  let size = 0;
  for (const [at, document] of documents.entries()) {
    slice.push(document);
    size += document.text.length;
    if (size < SLICE && at < documents.length - 1) continue;
    segments.push(await thread.run({ kind: 'build', documents: slice }));
    slice = [];
    size = 0;
  }
  return segments;
}

/** Segments that should be joined into one; empty where all is well. */
function untidy(segments: readonly HeldSegment[]): HeldSegment[] {
  const gone = segments.filter(({ goneShare }) => goneShare > GONE);
  const [emptied] = gone;
  if (segments.length <= MOST_SEGMENTS) return emptied ? [emptied] : [];
  const sorted = segments.toSorted((a, b) => a.passages - b.passages);
  let sum = 0;
  // The small ones together, up to the first that is larger than twice all before: so each passage is moved rarely.
  const many = sorted.findIndex(({ passages }, at) => {
    const stop = at >= 2 && passages > 2 * sum;
    sum += passages;
    return stop;
  });
  return many < 0 ? sorted : sorted.slice(0, many);
}

function tidyHere(index: SegmentIndex): void {
  for (;;) {
    const out = untidy(index.segments);
    if (out.length === 0 || out.reduce((sum, { segment }) => sum + segment.lengths.length, 0) > FEW) return;
    index.change({ out, add: unlessEmpty(new HeldSegment(mergeSegments(out.map(partOf)))) });
  }
}

async function tidy(index: SegmentIndex, thread: SegmentThread): Promise<void> {
  for (;;) {
    const out = untidy(index.segments);
    if (out.length === 0) return;
    const parts = out.map(partOf);
    const joined = new HeldSegment(await thread.run({ kind: 'merge', parts }));
    // What was removed in the meantime. By its place, since a newer one with the same id may stand in another segment.
    out.forEach((held, part) => {
      for (const document of parts[part]?.documents ?? []) {
        if (held.isGone(document)) joined.remove(joined.find(held.idOf(document)));
      }
    });
    index.change({ out, add: unlessEmpty(joined) });
  }
}

function partOf(held: HeldSegment) {
  return { segment: held.segment, documents: Uint32Array.from(held.present()) };
}

function unlessEmpty(held: HeldSegment): HeldSegment[] {
  return held.documents === 0 ? [] : [held];
}
