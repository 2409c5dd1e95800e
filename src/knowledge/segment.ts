import type { Labels, Passage } from './documents.ts';
import { findKey, termKey } from './term-key.ts';

/**
 * A piece of the index that never changes: the passages of some documents, packed, and where each term stands in them.
 * It is nothing but numbers in shared memory, so that a worker thread can build it and another can read it at no cost.
 */
export type Segment = {
  /** The keys of all terms and pairs, ascending, and where the passages of each are in `lists` (postings.ts). */
  keys: Float64Array;
  starts: Uint32Array;
  lists: Uint8Array;
  /** By passage: its length in words, its document, and the packed passage without what the document says. */
  lengths: Float32Array;
  documentOf: Uint32Array;
  passages: Packed;
  /** By document: its first passage (one more entry than documents), 1 where it is code, its facet, what it says. */
  firstPassage: Uint32Array;
  code: Uint8Array;
  /** By document: the language it is in, as its place in `LANGUAGES` counted from 1; 0 where that is not sure. */
  spoken: Uint8Array;
  facetOf: Uint32Array;
  documents: Packed;
  /** 64 bits of each document's fingerprint, two entries a document. */
  prints: Uint32Array;
  /** The keys of the documents' ids, ascending, and whose they are. */
  idKeys: Float64Array;
  documentByKey: Uint32Array;
  /** What documents say of their language and labels, each combination once. */
  facets: readonly Facet[];
  /** The languages that its words were read in. */
  languages: readonly string[];
};

export type Facet = { language: string | null; labels: Labels };

/** Texts one after the other, as UTF-8. Text n is from `ends[n - 1]` to `ends[n]`. */
export type Packed = { bytes: Uint8Array; ends: Uint32Array };

/** What a passage says beyond its document, and a document beyond its passages. */
export type PassageRecord = [headings: string[], sentences: string[], asked: string[], page: number | null];
export type DocumentRecord = [id: string, title: string, url: string | null];

export function readPacked({ bytes, ends }: Packed, at: number): string {
  const from = at === 0 ? 0 : (ends[at - 1] as number);
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, (ends[at] as number) - from).toString('utf8');
}

export function documentRecord(segment: Segment, document: number): DocumentRecord {
  return JSON.parse(readPacked(segment.documents, document));
}

/** The number of the document with this id in the segment, or -1. */
export function findDocument(segment: Segment, id: string): number {
  const place = findKey(segment.idKeys, termKey(id));
  const document = place < 0 ? -1 : (segment.documentByKey[place] as number);
  return document >= 0 && documentRecord(segment, document)[0] === id ? document : -1;
}

export function unpackPassage(segment: Segment, passage: number): Passage {
  const document = segment.documentOf[passage] as number;
  const [documentId, title, url] = documentRecord(segment, document);
  const [headings, sentences, asked, page]: PassageRecord = JSON.parse(readPacked(segment.passages, passage));
  const { language, labels } = segment.facets[segment.facetOf[document] as number] as Facet;
  const id = `${documentId}#${passage - (segment.firstPassage[document] as number) + 1}`;
  return { id, documentId, title, headings, url, sentences, asked, language, labels, page };
}
