import { LANGUAGES, type Language } from '../language/languages.ts';
import { folderOf, liesIn } from './document-folder.ts';
import type { Filter, Passage } from './documents.ts';
import { documentRecord, type Facet, findDocument, type Segment, unpackPassage } from './segment.ts';
import { WEIGHTS } from './weights.ts';

/** A segment as an index holds it: with what has left it since it was built. */
export class HeldSegment {
  readonly segment: Segment;
  /** Documents that have passages, passages, and words of what is still in it. */
  documents: number;
  passages: number;
  words = 0;
  /** Those of the documents that are code. */
  codeDocuments: number;
  readonly #gone: Uint8Array;
  /** By document, as far as a filter has asked: to unpack an id takes longer than to look here. */
  readonly #folders: (string | null | undefined)[] = [];
  #norms = new Float32Array(0);
  #normsFor = 0;

  constructor(segment: Segment) {
    this.segment = segment;
    this.#gone = new Uint8Array(segment.code.length);
    this.documents = segment.code.length;
    this.passages = segment.lengths.length;
    for (const length of segment.lengths) this.words += length;
    this.codeDocuments = segment.code.reduce((sum, one) => sum + one, 0);
  }

  /** How much of what was built is gone. */
  get goneShare(): number {
    return this.#gone.length === 0 ? 0 : 1 - this.documents / this.#gone.length;
  }

  get bytes(): number {
    const { passages, documents, ...arrays } = this.segment;
    const all = [...Object.values(arrays), ...Object.values(passages), ...Object.values(documents), this.#norms];
    return all.reduce((sum, one) => sum + (ArrayBuffer.isView(one) ? one.byteLength : 0), 0);
  }

  isGone(document: number): boolean {
    return this.#gone[document] === 1;
  }

  /** The number of a document that is still in it, or -1. */
  find(id: string): number {
    const document = findDocument(this.segment, id);
    return document >= 0 && !this.isGone(document) ? document : -1;
  }

  /** Leaves a document out from now on. */
  remove(document: number): void {
    const { firstPassage, lengths } = this.segment;
    this.#gone[document] = 1;
    this.documents -= 1;
    this.codeDocuments -= this.segment.code[document] as number;
    for (let at = firstPassage[document] as number; at < (firstPassage[document + 1] as number); at++) {
      this.passages -= 1;
      this.words -= lengths[at] as number;
    }
  }

  /** The documents still in it, in order. */
  *present(): Generator<number> {
    for (let document = 0; document < this.#gone.length; document++) if (!this.isGone(document)) yield document;
  }

  idOf(document: number): string {
    return documentRecord(this.segment, document)[0];
  }

  unpack(passage: number): Passage {
    return unpackPassage(this.segment, passage);
  }

  /** What BM25 adds to a term's count for each passage's length, given the average length of all. */
  normsFor(average: number): Float32Array {
    if (this.#normsFor !== average) {
      const { k1, b } = WEIGHTS;
      this.#norms = this.segment.lengths.map((length) => k1 * (1 - b + (b * length) / Math.max(1, average)));
      this.#normsFor = average;
    }
    return this.#norms;
  }

  /** Whether a document is in another language than this; never where either is not plain. */
  isForeign(language: Language | null): (document: number) => boolean {
    const { spoken } = this.segment;
    if (language === null || language === 'und') return () => false;
    const own = LANGUAGES.indexOf(language) + 1;
    return (document) => spoken[document] !== 0 && spoken[document] !== own;
  }

  /** Whether a document may be found: it is still here, and says nothing that the filter excludes. */
  admits(filter: Filter | undefined): (document: number) => boolean {
    if (filter === undefined) return (document) => !this.isGone(document);
    const { facets, facetOf } = this.segment;
    const { folders } = filter;
    const known = new Map<number, boolean>();
    return (document) => {
      if (this.isGone(document)) return false;
      const number = facetOf[document] as number;
      let admitted = known.get(number);
      if (admitted === undefined) {
        admitted = admits(filter, facets[number] as Facet);
        known.set(number, admitted);
      }
      return admitted && (folders === undefined || liesIn(folders, this.#folderOf(document)));
    };
  }

  #folderOf(document: number): string | null {
    const known = this.#folders[document];
    if (known !== undefined) return known;
    const folder = folderOf(this.idOf(document));
    this.#folders[document] = folder;
    return folder;
  }
}

/** Whether a search with this filter may find a passage. */
export function admitsPassage(filter: Filter, passage: Passage): boolean {
  return admits(filter, passage) && (!filter.folders || liesIn(filter.folders, folderOf(passage.documentId)));
}

/** Whether it may find what has this language and these labels. */
function admits({ language, labels = {} }: Filter, facet: Pick<Facet, 'language' | 'labels'>): boolean {
  if (language !== undefined && facet.language !== null && !sameLanguage(language, facet.language)) return false;
  return Object.entries(labels).every(([name, value]) => {
    const own = Object.hasOwn(facet.labels, name) ? facet.labels[name] : undefined;
    return own === undefined || own === value;
  });
}

/** `es` and `es-MX` are the same as far as both say; `pt-BR` and `pt-PT` are not. */
function sameLanguage(a: string, b: string): boolean {
  const [one, other] = [a, b].map((tag) => tag.toLowerCase().replaceAll('_', '-').split('-'));
  return (one ?? []).every((part, at) => other?.[at] === undefined || other[at] === part);
}
