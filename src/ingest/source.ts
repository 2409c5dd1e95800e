import type { Labels, SourceDocument } from '../knowledge/documents.ts';
import type { ItemProblem, KnowledgeItem } from '../knowledge/store.ts';
import type { FileToRead } from './readers/read-result.ts';

/** Turns bytes into documents; what is wrong with the bytes is a value. */
export type ReadFile = (file: FileToRead) => Promise<{ documents: SourceDocument[] } | { problem: ItemProblem }>;

/**
 * What the documents of a source have beside what stands in them. `foreign`: not everybody who writes there writes for the
 * company, so a document says neither its address nor its labels, nor how customers ask for it.
 */
export type Marks = { language?: string | undefined; labels?: Labels | undefined; foreign?: boolean };

/** What a source says of one of its items. `key` names it within the source. */
export type Found = { key: string } & (
  | { kind: 'unchanged' }
  /** `stamp`, `etag` and `lastModified` are kept with the item. */
  | {
      kind: 'content';
      file: FileToRead;
      marks?: Marks;
      stamp?: string | null;
      etag?: string | null;
      lastModified?: string | null;
    }
  | { kind: 'gone' }
  | { kind: 'problem'; problem: ItemProblem }
);

/** `fresh`: what is known tells what there was, but not that it is still the same. */
export type Look = {
  signal: AbortSignal;
  fresh: boolean;
  /** Told how many items there are, as far as that is known by now. */
  expect?(items: number): void;
};

/**
 * A place that documents come from. `items` tells of everything there is by comparing it with what is known of the
 * source, of what is gone as well. It throws only where the source as a whole cannot be read; nothing is removed then.
 */
export type Source = {
  id: string;
  kind: 'folder' | 'web' | 'path';
  /** For people: a folder, an address. */
  name: string;
  /** What is needed to find it again, as JSON. */
  spec: string;
  items(known: ReadonlyMap<string, KnowledgeItem>, look: Look): AsyncIterable<Found>;
};
