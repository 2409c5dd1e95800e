import { createHash } from 'node:crypto';
import { LANGUAGES } from '../language/languages.ts';
import { chunkDocument } from './chunk.ts';
import type { SourceDocument } from './documents.ts';
import { DocumentsWriter, type Print } from './documents-writer.ts';
import { Growing } from './growing.ts';
import { countTerms, type Reading, readingOf } from './passage-terms.ts';
import { PostingsWriter } from './postings.ts';
import type { PassageRecord, Segment } from './segment.ts';
import { KeyTable } from './term-key.ts';

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
  readonly #languages = new Set<string>();

  add(document: SourceDocument): void {
    const passages = chunkDocument(document);
    const reading = readingOf(passages);
    this.#languages.add(reading.language);
    this.#documents.begin(
      [document.id, passages[0]?.title ?? document.title, document.url],
      { language: document.language ?? null, labels: document.labels ?? {} },
      { print: fingerprint(document), code: reading.code, spoken: spokenOf(reading) },
    );
    for (const passage of passages) {
      const record: PassageRecord = [passage.headings, passage.sentences, passage.asked, passage.page];
      this.#documents.addPassage(JSON.stringify(record));
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
    return {
      ...rest,
      languages: [...this.#languages],
      lengths: this.#lengths.share(),
      keys,
      ...this.#invert(keys, rest.documentOf),
    };
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
      const [from, to] = [offsets[id] as number, offsets[id + 1] as number];
      const entries = { count: to - from, passages: passages.subarray(from, to), halves: halves.subarray(from, to) };
      writer.add(entries, documentOf);
    }
    return writer.finish();
  }
}

/** See `Segment.spoken`. */
function spokenOf({ language, sure }: Reading): number {
  return sure && language !== 'und' ? LANGUAGES.indexOf(language) + 1 : 0;
}

function fingerprint({ id, title, url, text, language, labels = {}, summaries = {} }: SourceDocument): Print {
  const sorted = [labels, summaries].map((record) => Object.entries(record).sort());
  const content = [id, title, url, text, language ?? null, ...sorted];
  const hash = createHash('sha256').update(JSON.stringify(content)).digest();
  return [hash.readUInt32LE(0), hash.readUInt32LE(4)];
}
