import type { Filter, QueryWords } from './documents.ts';
import type { HeldSegment } from './held-segment.ts';
import { PostingsReader } from './postings.ts';
import type { Wanted } from './query-terms.ts';
import { findKey } from './term-key.ts';
import { TopList } from './top-list.ts';
import { WEIGHTS } from './weights.ts';

/**
 * A query reads so many entries of the lists at most, the rarest words first, so that a hostile one takes no more time
 * than a long one: about 10 ms.
 */
const READ_AT_MOST = 2_000_000;

/** A passage that was found, and what its score is made of. `coverage` as in `ScoredPassage`. */
export type Hit = { held: HeldSegment; passage: number; score: number; coverage: number; parts: Parts };
export type Parts = { words: number; pairs: number; neighbour: number; document: number };

/** Per passage in the working memory: the score of its words, of its pairs, and how much of the query it covers. */
const FIELDS = 3;
const [WORDS, PAIRS, COVERED] = [0, 1, 2] as const;

/** One list to read: where it is, what an entry's BM25 factor is multiplied by, and its weight in the coverage. */
type Reading = {
  held: HeldSegment;
  place: number;
  isPair: boolean;
  weight: number;
  coverage: number;
  entries: number;
  frequency: number;
};
type Totals = { passages: number; documents: number; average: number; mostlyCode: boolean };

/**
 * Scores passages of several segments as if they were one index: BM25 with the frequencies and lengths of all. The
 * frequency of a word still counts documents that are gone but not yet cleared away.
 */
export class Scorer {
  // Working memory. It is zero between searches: each search clears what it touched.
  #scores = new Float32Array(0);
  #touched = new Uint32Array(0);

  search(
    segments: readonly HeldSegment[],
    wanted: readonly Wanted[],
    { limit, filter, isBefore }: { limit: number; filter: Filter | undefined; isBefore: (a: Hit, b: Hit) => boolean },
  ): { hits: Hit[]; words: QueryWords } {
    if (limit < 1 || wanted.length === 0) return { hits: [], words: { mass: 0, unknown: 0 } };
    const totals = totalsOf(segments);
    const { readings, mass, unknown } = plan(segments, wanted, totals.passages);
    const top = new TopList<Hit>(limit, isBefore);
    for (const held of segments) {
      const own = readings.filter((reading) => reading.held === held);
      if (own.length === 0) continue;
      this.#reserve(held.segment.lengths.length);
      const count = this.#accumulate(held, own, totals.average);
      const documents = documentScores(held, own, totals);
      this.#collect(held, count, { top, filter, mass, documents });
    }
    return { hits: top.finish(), words: { mass, unknown } };
  }

  #reserve(passages: number): void {
    if (this.#touched.length >= passages) return;
    this.#scores = new Float32Array(passages * FIELDS);
    this.#touched = new Uint32Array(passages);
  }

  /** Adds up the lists. Gives how many passages were touched. */
  #accumulate(held: HeldSegment, readings: readonly Reading[], average: number): number {
    const norms = held.normsFor(average);
    const reader = new PostingsReader(held.segment);
    const [scores, touched] = [this.#scores, this.#touched];
    let count = 0;
    for (const { place, isPair, weight, coverage } of readings) {
      const factor = weight * (WEIGHTS.k1 + 1);
      const field = isPair ? PAIRS : WORDS;
      reader.open(place);
      while (reader.next()) {
        const { passage } = reader;
        const times = reader.halves / 2;
        const slot = passage * FIELDS;
        if (scores[slot] === 0 && scores[slot + PAIRS] === 0) touched[count++] = passage;
        scores[slot + field] =
          (scores[slot + field] as number) + (factor * times) / (times + (norms[passage] as number));
        if (!isPair) scores[slot + COVERED] = (scores[slot + COVERED] as number) + coverage;
      }
    }
    return count;
  }

  #collect(held: HeldSegment, count: number, { top, filter, mass, documents }: Collecting): void {
    const { documentOf } = held.segment;
    const [scores, touched] = [this.#scores, this.#touched];
    const own = (passage: number) =>
      (scores[passage * FIELDS] as number) + (scores[passage * FIELDS + PAIRS] as number);
    const admits = held.admits(filter);
    for (let at = 0; at < count; at++) {
      const passage = touched[at] as number;
      const document = documentOf[passage] as number;
      const before = documentOf[passage - 1] === document ? own(passage - 1) : 0;
      const after = documentOf[passage + 1] === document ? own(passage + 1) : 0;
      const neighbour = WEIGHTS.neighbour * Math.max(before, after);
      const whole = documents?.[document] ?? 0;
      const score = own(passage) + neighbour + whole;
      if (score < top.least || !admits(document)) continue;
      const words = scores[passage * FIELDS + WORDS] as number;
      const pairs = scores[passage * FIELDS + PAIRS] as number;
      const coverage = Math.min(1, (scores[passage * FIELDS + COVERED] as number) / mass);
      top.add({ held, passage, score, coverage, parts: { words, pairs, neighbour, document: whole } });
    }
    for (let at = 0; at < count; at++) {
      const slot = (touched[at] as number) * FIELDS;
      scores.fill(0, slot, slot + FIELDS);
    }
  }
}

type Collecting = { top: TopList<Hit>; filter: Filter | undefined; mass: number; documents: Float32Array | null };

function totalsOf(segments: readonly HeldSegment[]): Totals {
  let [passages, documents, words, code] = [0, 0, 0, 0];
  for (const held of segments) {
    passages += held.passages;
    documents += held.documents;
    words += held.words;
    code += held.codeDocuments;
  }
  return { passages, documents, average: words / Math.max(1, passages), mostlyCode: 2 * code > documents };
}

/** Which lists to read, the shortest first, until they are enough. `mass`: the coverage of a passage that has every word. */
function plan(segments: readonly HeldSegment[], wanted: readonly Wanted[], passages: number) {
  const readers = segments.map((held) => new PostingsReader(held.segment));
  const readings: Reading[] = [];
  let [mass, unknown] = [0, 0];
  for (const { count, keys, isPair } of wanted) {
    let known = 0;
    const own: Reading[] = [];
    for (const key of keys) {
      const found = listsOf(segments, readers, key);
      const frequency = found.reduce((sum, { entries }) => sum + entries, 0);
      if (frequency === 0) continue;
      const idf = idfOf(frequency, passages);
      known = known === 0 ? idf : Math.min(known, idf);
      const weight = count * idf * (isPair ? WEIGHTS.pairs : 1);
      for (const list of found) own.push({ ...list, frequency, isPair, weight, coverage: 0 });
    }
    if (!isPair) mass += count * (known || idfOf(0, passages));
    if (!isPair && known === 0) unknown += count * idfOf(0, passages);
    for (const reading of own) readings.push({ ...reading, coverage: isPair ? 0 : count * known });
  }
  // By the frequency in the whole index, so that sums are the same to the last bit however it is cut into segments.
  readings.sort((a, b) => a.frequency - b.frequency);
  let read = 0;
  const enough = readings.findIndex(({ entries }) => {
    read += entries;
    return read > READ_AT_MOST;
  });
  const kept = enough < 0 ? readings : readings.slice(0, Math.max(1, enough));
  return { readings: kept, mass, unknown: unknown / (mass || 1) };
}

function listsOf(segments: readonly HeldSegment[], readers: readonly PostingsReader[], key: number) {
  return segments.flatMap((held, at) => {
    const place = findKey(held.segment.keys, key);
    if (place < 0) return [];
    const reader = readers[at] as PostingsReader;
    reader.open(place);
    return [{ held, place, entries: reader.passages }];
  });
}

function idfOf(frequency: number, passages: number): number {
  return Math.log(1 + (Math.max(0, passages - frequency) + 0.5) / (frequency + 0.5));
}

/** BM25 of whole documents that have several passages, weighted; null where it does not count. */
function documentScores(held: HeldSegment, readings: readonly Reading[], totals: Totals): Float32Array | null {
  const weight = totals.mostlyCode ? WEIGHTS.document.code : WEIGHTS.document.prose;
  const { segment } = held;
  if (weight === 0) return null;
  const { documentOf, firstPassage, lengths } = segment;
  const average = (totals.average * totals.passages) / Math.max(1, totals.documents);
  const scores = new Float32Array(segment.code.length);
  const reader = new PostingsReader(segment);
  const add = (document: number, times: number, factor: number) => {
    const [from, to] = [firstPassage[document] as number, firstPassage[document + 1] as number];
    if (to - from < 2) return;
    let length = 0;
    for (let at = from; at < to; at++) length += lengths[at] as number;
    const norm = WEIGHTS.k1 * (1 - WEIGHTS.b + (WEIGHTS.b * length) / Math.max(1, average));
    scores[document] = (scores[document] as number) + (weight * factor * times) / (times + norm);
  };
  for (const { place, weight: own } of readings) {
    reader.open(place);
    const idf = idfOf(reader.documents, totals.documents) / idfOf(reader.passages, totals.passages);
    const factor = own * idf * (WEIGHTS.k1 + 1);
    let [document, times] = [-1, 0];
    while (reader.next()) {
      const next = documentOf[reader.passage] as number;
      if (next !== document && document >= 0) add(document, times, factor);
      times = (next === document ? times : 0) + reader.halves / 2;
      document = next;
    }
    if (document >= 0) add(document, times, factor);
  }
  return scores;
}
