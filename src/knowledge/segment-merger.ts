import { DocumentsWriter } from './documents-writer.ts';
import { Growing } from './growing.ts';
import { PostingsReader, PostingsWriter } from './postings.ts';
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
    writer.begin(record, facet, { print, code: segment.code[document] === 1, language: null });
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
  const readers = parts.map(({ segment }) => new PostingsReader(segment));
  const places = parts.map(() => 0);
  let entries = new Float64Array(1024);
  for (;;) {
    const key = Math.min(...parts.map(({ segment }, part) => segment.keys[places[part] as number] ?? Infinity));
    if (key === Infinity) break;
    let count = 0;
    parts.forEach(({ segment }, part) => {
      const place = places[part] as number;
      if (segment.keys[place] !== key) return;
      places[part] = place + 1;
      const reader = readers[part] as PostingsReader;
      reader.open(place);
      while (reader.next()) {
        const number = (numbers[part] as Uint32Array)[reader.passage] as number;
        if (number === GONE) continue;
        if (count === entries.length) entries = larger(entries);
        // Passage and count in one number, so that sorting needs no function.
        entries[count++] = number * 256 + reader.halves;
      }
    });
    if (count === 0) continue;
    const sorted = entries.subarray(0, count).sort();
    keys.push(key);
    writer.add(
      Uint32Array.from(sorted, (entry) => Math.floor(entry / 256)),
      Uint8Array.from(sorted, (entry) => entry % 256),
      documentOf,
    );
  }
  return { keys: keys.share(), ...writer.finish() };
}

function larger(entries: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(entries.length * 2);
  copy.set(entries);
  return copy;
}
