import { createHash } from 'node:crypto';
import { chunkDocument } from './chunk.ts';
import type { SourceDocument } from './documents.ts';
import { Growing } from './growing.ts';
import { countTerms, readingOf } from './passage-terms.ts';
import { PostingsWriter } from './postings.ts';
import type { DocumentRecord, Facet, Packed, PassageRecord, Segment } from './segment.ts';
import { KeyTable, termKey } from './term-key.ts';

/** Builds a segment of these documents, numbered in the order given. Their ids must differ. */
export function buildSegment(documents: readonly SourceDocument[]): Segment {
  const builder = new SegmentBuilder();
  for (const document of documents) builder.add(document);
  return builder.finish();
}

class SegmentBuilder {
  readonly #table = new KeyTable();
  readonly #terms = new Growing(new Uint32Array(4096));
  readonly #halves = new Growing(new Uint8Array(4096));
  readonly #ends = new Growing(new Uint32Array(256));
  readonly #lengths = new Growing(new Float32Array(256));
  readonly #documents = new DocumentsWriter();

  add(document: SourceDocument): void {
    const passages = chunkDocument(document);
    const reading = readingOf(passages);
    this.#documents.begin(
      [document.id, passages[0]?.title ?? document.title, document.url],
      { language: document.language ?? null, labels: document.labels ?? {} },
      { print: fingerprint(document), ...reading },
    );
    for (const passage of passages) {
      this.#documents.addPassage([passage.headings, passage.sentences, passage.asked, passage.page]);
      const { counts, length } = countTerms(passage, reading);
      for (const [key, halves] of counts) {
        this.#terms.push(this.#table.idOf(key));
        this.#halves.push(Math.min(255, halves));
      }
      this.#ends.push(this.#terms.length);
      this.#lengths.push(length);
    }
  }

  finish(): Segment {
    const rest = this.#documents.finish();
    const keys = this.#table.sorted();
    return { ...rest, lengths: this.#lengths.share(), keys, ...this.#invert(keys, rest.documentOf) };
  }

  /** A counting sort by term, then the lists in the order of the keys. */
  #invert(keys: Float64Array, documentOf: Uint32Array): { starts: Uint32Array; lists: Uint8Array } {
    const offsets = new Uint32Array(keys.length + 1);
    for (let at = 0; at < this.#terms.length; at++) {
      const next = this.#terms.at(at) + 1;
      offsets[next] = (offsets[next] as number) + 1;
    }
    for (let id = 0; id < keys.length; id++) {
      offsets[id + 1] = (offsets[id + 1] as number) + (offsets[id] as number);
    }
    const cursor = offsets.slice();
    const passages = new Uint32Array(this.#terms.length);
    const halves = new Uint8Array(this.#terms.length);
    let at = 0;
    for (let passage = 0; passage < this.#ends.length; passage++) {
      for (; at < this.#ends.at(passage); at++) {
        const id = this.#terms.at(at);
        const slot = cursor[id] as number;
        passages[slot] = passage;
        halves[slot] = this.#halves.at(at);
        cursor[id] = slot + 1;
      }
    }
    const writer = new PostingsWriter();
    for (const key of keys) {
      const id = this.#table.idOf(key);
      const range = [offsets[id] as number, offsets[id + 1] as number] as const;
      writer.add(passages.subarray(...range), halves.subarray(...range), documentOf);
    }
    return writer.finish();
  }
}

/** Collects what a segment says of its documents. Used to build one, and to join several. */
export class DocumentsWriter {
  readonly #passages = new PackedWriter();
  readonly #documents = new PackedWriter();
  readonly #documentOf = new Growing(new Uint32Array(256));
  readonly #firstPassage = new Growing(new Uint32Array(64));
  readonly #code = new Growing(new Uint8Array(64));
  readonly #facetOf = new Growing(new Uint32Array(64));
  readonly #prints = new Growing(new Uint32Array(64));
  readonly #facets = new Map<string, { number: number; facet: Facet }>();
  readonly #languages = new Set<string>();
  readonly #ids: number[] = [];

  begin(
    record: DocumentRecord,
    facet: Facet,
    { print, code, language }: { print: Print; code: boolean; language?: string },
  ): void {
    this.#firstPassage.push(this.#documentOf.length);
    this.#ids.push(termKey(record[0]));
    this.#documents.add(JSON.stringify(record));
    this.#code.push(code ? 1 : 0);
    for (const half of print) this.#prints.push(half);
    if (language !== undefined) this.#languages.add(language);
    const name = JSON.stringify([facet.language, Object.entries(facet.labels).sort()]);
    const known = this.#facets.get(name) ?? { number: this.#facets.size, facet };
    this.#facets.set(name, known);
    this.#facetOf.push(known.number);
  }

  addPassage(record: PassageRecord): void {
    this.#passages.add(JSON.stringify(record));
    this.#documentOf.push(this.#ids.length - 1);
  }

  finish(): Omit<Segment, 'keys' | 'starts' | 'lists' | 'lengths'> {
    const order = Uint32Array.from(this.#ids.keys()).sort((a, b) => (this.#ids[a] as number) - (this.#ids[b] as number));
    this.#firstPassage.push(this.#documentOf.length);
    return {
      documentOf: this.#documentOf.share(),
      passages: this.#passages.finish(),
      firstPassage: this.#firstPassage.share(),
      code: this.#code.share(),
      facetOf: this.#facetOf.share(),
      documents: this.#documents.finish(),
      prints: this.#prints.share(),
      idKeys: Float64Array.from(order, (document) => this.#ids[document] as number),
      documentByKey: order,
      facets: [...this.#facets.values()].map(({ facet }) => facet),
      languages: [...this.#languages],
    };
  }
}

class PackedWriter {
  readonly #bytes = new Growing(new Uint8Array(4096));
  readonly #ends = new Growing(new Uint32Array(64));
  add(text: string): void {
    this.#bytes.append(Buffer.from(text, 'utf8'));
    this.#ends.push(this.#bytes.length);
  }
  finish(): Packed {
    return { bytes: this.#bytes.share(), ends: this.#ends.share() };
  }
}

/** 64 bits that change when anything in the document does. */
export type Print = readonly [number, number];

function fingerprint({ id, title, url, text, language, labels }: SourceDocument): Print {
  const content = [id, title, url, text, language ?? null, Object.entries(labels ?? {}).sort()];
  const hash = createHash('sha256').update(JSON.stringify(content)).digest();
  return [hash.readUInt32LE(0), hash.readUInt32LE(4)];
}
