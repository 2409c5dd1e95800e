import { DocumentsWriter } from './documents-writer.ts';
import { Growing } from './growing.ts';
import { ListReader, PostingsWriter } from './postings.ts';
import { documentRecord, type Facet, readPacked, type Segment } from './segment.ts';

/** A segment, and the numbers of its documents that are to be kept. */
export type Part = { segment: Segment; documents: readonly number[] };

const GONE = 0xffff_ffff;

/**
 * Joins segments into one, of the documents that are kept, in the order of their ids. No text is read again: it is what
 * `buildSegment` would have made of the documents. In every part the documents must be in the order of their ids.
 */
export function mergeSegments(parts: readonly Part[]): Segment {
  const { rest, lengths, numbers } = mergeDocuments(parts);
  return { ...rest, lengths, ...mergePostings(parts, numbers, rest.documentOf) };
}

/** `numbers`: for each part, the new number of each of its passages. */
function mergeDocuments(parts: readonly Part[]) {
  const order = parts.flatMap(({ segment, documents }, part) =>
    documents.map((document) => ({ part, document, record: documentRecord(segment, document) })),
  );
  order.sort((a, b) => (a.record[0] < b.record[0] ? -1 : 1));
  const numbers = parts.map(({ segment }) => new Uint32Array(segment.lengths.length).fill(GONE));
  const writer = new DocumentsWriter();
  const lengths = new Growing(new Float32Array(256));
  for (const { part, document, record } of order) {
    const { segment } = parts[part] as Part;
    const facet = segment.facets[segment.facetOf[document] as number] as Facet;
    const print = [segment.prints[document * 2] as number, segment.prints[document * 2 + 1] as number] as const;
    writer.begin(record, facet, {
      print,
      code: segment.code[document] === 1,
      spoken: segment.spoken[document] as number,
    });
    for (let at = segment.firstPassage[document] as number; at < (segment.firstPassage[document + 1] as number); at++) {
      (numbers[part] as Uint32Array)[at] = lengths.length;
      lengths.push(segment.lengths[at] as number);
      writer.addPassage(readPacked(segment.passages, at));
    }
  }
  const languages = [...new Set(parts.flatMap(({ segment }) => segment.languages))];
  return { rest: { ...writer.finish(), languages }, lengths: lengths.share(), numbers };
}

function mergePostings(parts: readonly Part[], numbers: readonly Uint32Array[], documentOf: Uint32Array) {
  const keys = new Growing(new Float64Array(1024));
  const writer = new PostingsWriter();
  const list = new ListReader();
  const cursors = parts.map(({ segment }, part) => new Cursor(segment, numbers[part] as Uint32Array));
  let entries = new Float64Array(1024);
  for (let key = leastOf(cursors); key !== Infinity; key = leastOf(cursors)) {
    let count = 0;
    for (const cursor of cursors) {
      if (cursor.key !== key) continue;
      list.read(cursor.segment, cursor.place);
      cursor.advance();
      while (count + list.count > entries.length) entries = larger(entries);
      for (let at = 0; at < list.count; at++) {
        const number = cursor.numbers[list.passages[at] as number] as number;
        // Passage and count in one number, so that sorting needs no function.
        if (number !== GONE) entries[count++] = number * 256 + (list.halves[at] as number);
      }
    }
    if (count === 0) continue;
    keys.push(key);
    const sorted = count === 1 ? entries : entries.subarray(0, count).sort();
    list.reserve(count);
    for (let at = 0; at < count; at++) {
      const entry = sorted[at] as number;
      list.passages[at] = Math.floor(entry / 256);
      list.halves[at] = entry % 256;
    }
    list.count = count;
    writer.add(list, documentOf);
  }
  return { keys: keys.share(), ...writer.finish() };
}

/** Goes through the keys of a segment. `numbers`: the new number of each of its passages. */
class Cursor {
  place = 0;
  key: number;
  readonly segment: Segment;
  readonly numbers: Uint32Array;
  constructor(segment: Segment, numbers: Uint32Array) {
    this.segment = segment;
    this.numbers = numbers;
    this.key = segment.keys[0] ?? Infinity;
  }
  advance(): void {
    this.place += 1;
    this.key = this.segment.keys[this.place] ?? Infinity;
  }
}

function leastOf(cursors: readonly Cursor[]): number {
  let least = Infinity;
  for (const { key } of cursors) if (key < least) least = key;
  return least;
}

function larger(entries: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(entries.length * 2);
  copy.set(entries);
  return copy;
}
