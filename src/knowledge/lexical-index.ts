import type { KnowledgeIndex, Passage, SourceDocument } from './documents.ts';
import { HeldSegment } from './held-segment.ts';
import { buildSegment } from './segment-builder.ts';
import { SegmentIndex } from './segment-index.ts';

/** `passages`, in document order, are unpacked at the first access and kept: for a small knowledge. */
export type LexicalIndex = KnowledgeIndex & { readonly size: number; readonly passages: readonly Passage[] };

/**
 * Builds an index over passages of the documents: BM25 over stems and pairs of neighbouring stems, in memory. Equal
 * scores come in document order. Throws when two documents have the same id.
 */
export function buildKnowledgeIndex(documents: readonly SourceDocument[]): LexicalIndex {
  if (new Set(documents.map((document) => document.id)).size < documents.length) {
    throw new Error('Two documents have the same id.');
  }
  const index = new SegmentIndex();
  index.change({ add: [new HeldSegment(buildSegment(documents))] });
  return {
    version: index.version,
    size: index.size,
    get passages() {
      return index.passages;
    },
    passage: (id) => index.passage(id),
    search: async (search) => index.search(search),
  };
}
