import type { Language } from '../language/languages.ts';
import type { Filter, QueryWords } from './documents.ts';
import type { HeldSegment } from './held-segment.ts';
import { ListReader, measureList } from './postings.ts';
import type { Query, Wanted } from './query-terms.ts';
import { findKey } from './term-key.ts';
import { TopList } from './top-list.ts';
import { WEIGHTS } from './weights.ts';

/**
 * A query reads so many entries of the lists at most, the rarest words first, so that a hostile one takes no more time
 * than a long one: some 20 ms.
 */
const READ_AT_MOST = 1_000_000;

/** A passage that was found, and what its score is made of. `coverage` as in `ScoredPassage`. */
export type Place = { held: HeldSegment; passage: number };
export type Hit = Place & { score: number; coverage: number; parts: Parts };
export type Parts = { words: number; pairs: number; neighbour: number; document: number; foreign: number };

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
type Totals = { passages: number; documents: number; average: number; code: boolean };

/**
 * Scores passages of several segments as if they were one index: BM25 with the frequencies and lengths of all. The
 * frequency of a word still counts documents that are gone but not yet cleared away.
 */
export class Scorer {
  // Working memory. It is zero between searches: each search clears it.
  #scores = new Float32Array(0);
  readonly #list = new ListReader();

  search(
    segments: readonly HeldSegment[],
    { wanted, language }: Query,
    {
      limit,
      filter,
      isBefore,
    }: { limit: number; filter: Filter | undefined; isBefore: (a: Place, b: Place) => boolean },
  ): { hits: Hit[]; words: QueryWords } {
    if (limit < 1 || wanted.length === 0) return { hits: [], words: { mass: 0, unknown: 0 } };
    const totals = totalsOf(segments);
    const { readings, mass, unknown } = plan(segments, wanted, totals.passages);
    const top = new TopList<Found>(limit, isBefore);
    for (const held of segments) {
      const own = readings.filter((reading) => reading.held === held);
      if (own.length === 0) continue;
      this.#accumulate(held, own, totals.average);
      const documents = documentScores(held, own, { totals, list: this.#list });
      this.#collect(held, documents, { top, filter, language });
    }
    const hits = this.#explain(top.finish(), readings, { mass, average: totals.average });
    return { hits, words: { mass, unknown } };
  }

  #accumulate(held: HeldSegment, readings: readonly Reading[], average: number): void {
    const norms = held.normsFor(average);
    if (this.#scores.length < norms.length) this.#scores = new Float32Array(norms.length);
    const [scores, list] = [this.#scores, this.#list];
    for (const { place, weight } of readings) {
      list.read(held.segment, place);
      const { passages, halves } = list;
      const factor = weight * (WEIGHTS.k1 + 1);
      for (let at = 0; at < list.count; at++) {
        const passage = passages[at] as number;
        const times = (halves[at] as number) / 2;
        scores[passage] = (scores[passage] as number) + (factor * times) / (times + (norms[passage] as number));
      }
    }
  }

  /** All passages are looked at: that is faster than to note, for each entry of a list, whether its passage is new. */
  #collect(held: HeldSegment, documents: Float32Array | null, { top, filter, language }: Collecting): void {
    const { documentOf } = held.segment;
    const count = documentOf.length;
    const scores = this.#scores;
    const admits = held.admits(filter);
    const isForeign = held.isForeign(language);
    const beside = WEIGHTS.neighbour * most(scores, count) + (documents ? most(documents, documents.length) : 0);
    // What has less cannot come in, whatever stands beside it.
    let least = Math.max(Number.MIN_VALUE, top.least - beside);
    for (let passage = 0; passage < count; passage++) {
      const own = scores[passage] as number;
      if (own < least) continue;
      const document = documentOf[passage] as number;
      const before = documentOf[passage - 1] === document ? (scores[passage - 1] as number) : 0;
      const after = documentOf[passage + 1] === document ? (scores[passage + 1] as number) : 0;
      const neighbour = WEIGHTS.neighbour * Math.max(before, after);
      const whole = documents?.[document] ?? 0;
      const foreign = isForeign(document) ? -WEIGHTS.foreign * (own + neighbour + whole) : 0;
      const score = own + neighbour + whole + foreign;
      if (score < top.least || !admits(document)) continue;
      top.add({ held, passage, score, parts: { neighbour, document: whole, foreign } });
      least = Math.max(least, top.least - beside);
    }
    scores.fill(0, 0, count);
  }

  /** What the scores of the few that were found are made of. Reading the lists again costs less than keeping it for all. */
  #explain(found: Found[], readings: readonly Reading[], { mass, average }: { mass: number; average: number }): Hit[] {
    const hits = found.map(({ held, passage, score, parts }) => ({
      ...{ held, passage, score, coverage: 0 },
      parts: { words: 0, pairs: 0, ...parts },
    }));
    const list = this.#list;
    for (const [held, own] of Map.groupBy(hits, (hit) => hit.held)) {
      const norms = held.normsFor(average);
      for (const { place, isPair, weight, coverage } of readings.filter((reading) => reading.held === held)) {
        list.read(held.segment, place);
        for (const hit of own) {
          const at = list.find(hit.passage);
          if (at < 0) continue;
          const times = (list.halves[at] as number) / 2;
          const part = (weight * (WEIGHTS.k1 + 1) * times) / (times + (norms[hit.passage] as number));
          hit.parts[isPair ? 'pairs' : 'words'] += part;
          hit.coverage += coverage / mass;
        }
      }
    }
    for (const hit of hits) hit.coverage = Math.min(1, hit.coverage);
    return hits;
  }
}

type Found = Pick<Hit, 'held' | 'passage' | 'score'> & { parts: Omit<Parts, 'words' | 'pairs'> };
type Collecting = { top: TopList<Found>; filter: Filter | undefined; language: Language | null };

function most(scores: Float32Array, count: number): number {
  let found = 0;
  for (let at = 0; at < count; at++) if ((scores[at] as number) > found) found = scores[at] as number;
  return found;
}

function totalsOf(segments: readonly HeldSegment[]): Totals {
  let [passages, documents, words, code] = [0, 0, 0, 0];
  for (const held of segments) {
    passages += held.passages;
    documents += held.documents;
    words += held.words;
    code += held.codeDocuments;
  }
  return { passages, documents, average: words / Math.max(1, passages), code: code * 2 > documents };
}

/** Which lists to read, the shortest first, until they are enough. `mass`: the coverage of a passage that has every word. */
function plan(segments: readonly HeldSegment[], wanted: readonly Wanted[], passages: number) {
  const readings: Reading[] = [];
  let [mass, unknown] = [0, 0];
  for (const { count, keys, isPair } of wanted) {
    let known = 0;
    const own: Reading[] = [];
    for (const key of keys) {
      const found = listsOf(segments, key);
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

function listsOf(segments: readonly HeldSegment[], key: number) {
  return segments.flatMap((held) => {
    const place = findKey(held.segment.keys, key);
    return place < 0 ? [] : [{ held, place, entries: measureList(held.segment, place).passages }];
  });
}

function idfOf(frequency: number, passages: number): number {
  return Math.log(1 + (Math.max(0, passages - frequency) + 0.5) / (frequency + 0.5));
}

/** BM25 of whole documents that have several passages, weighted; null where it counts for none of them. */
function documentScores(
  held: HeldSegment,
  readings: readonly Reading[],
  { totals, list }: { totals: Totals; list: ListReader },
): Float32Array | null {
  const { segment } = held;
  const counts = WEIGHTS.document[totals.code ? 'code' : 'prose'];
  if (counts === 0) return null;
  const { documentOf, firstPassage, lengths } = segment;
  const average = (totals.average * totals.passages) / Math.max(1, totals.documents);
  const scores = new Float32Array(segment.code.length);
  const add = (document: number, times: number, factor: number) => {
    const [from, to] = [firstPassage[document] as number, firstPassage[document + 1] as number];
    if (to - from < 2) return;
    let length = 0;
    for (let at = from; at < to; at++) length += lengths[at] as number;
    const norm = WEIGHTS.k1 * (1 - WEIGHTS.b + (WEIGHTS.b * length) / Math.max(1, average));
    scores[document] = (scores[document] as number) + (counts * factor * times) / (times + norm);
  };
  for (const { place, weight } of readings) {
    const { documents, passages } = measureList(segment, place);
    const idf = idfOf(documents, totals.documents) / idfOf(passages, totals.passages);
    const factor = weight * idf * (WEIGHTS.k1 + 1);
    list.read(segment, place);
    let [document, times] = [-1, 0];
    for (let at = 0; at < list.count; at++) {
      const next = documentOf[list.passages[at] as number] as number;
      if (next !== document && document >= 0) add(document, times, factor);
      times = (next === document ? times : 0) + (list.halves[at] as number) / 2;
      document = next;
    }
    if (document >= 0) add(document, times, factor);
  }
  return scores;
}
