const K1 = 1.6;
const B = 0.75;

/** How often each term stands in one passage. Pairs count towards no passage's length. */
export type TermCounts = { words: Map<string, number>; pairs: Map<string, number> };

/** The inverted side of an index. `impact` is a term's BM25 contribution to a passage's score, its idf included. */
export type Postings = {
  /** The idf of a term; for an unknown one the highest there is. */
  idf(term: string): number;
  /** The passages that have the term, in passage order, and at the same place the impact on each; null for none. */
  find(term: string): { passages: Uint32Array; impacts: Float32Array } | null;
};

/** Builds BM25 postings over passages numbered from 0 in the order given. */
export function buildPostings(passages: Iterable<TermCounts>): Postings {
  const collected = collect(passages);
  const { offsets, passageOf, impactOf } = invert(collected);
  const { vocabulary } = collected;
  const idf = (frequency: number) => idfOf(frequency, collected.lengths.length);
  return {
    idf(term) {
      const id = vocabulary.get(term);
      return idf(id === undefined ? 0 : (offsets[id + 1] ?? 0) - (offsets[id] ?? 0));
    },
    find(term) {
      const id = vocabulary.get(term);
      if (id === undefined) return null;
      const range = [offsets[id] ?? 0, offsets[id + 1] ?? 0] as const;
      return { passages: passageOf.subarray(...range), impacts: impactOf.subarray(...range) };
    },
  };
}

function idfOf(frequency: number, passages: number): number {
  return Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5));
}

/** All counts in passage order: passage n has the entries from `starts[n]` up to `starts[n + 1]`. */
type Collected = {
  vocabulary: Map<string, number>;
  terms: Growing<Uint32Array>;
  counts: Growing<Float32Array>;
  starts: number[];
  lengths: number[];
};

function collect(passages: Iterable<TermCounts>): Collected {
  const vocabulary = new Map<string, number>();
  const terms = new Growing(new Uint32Array(1024));
  const counts = new Growing(new Float32Array(1024));
  const starts = [0];
  const lengths: number[] = [];
  for (const { words, pairs } of passages) {
    let length = 0;
    for (const count of words.values()) length += count;
    for (const group of [words, pairs]) {
      for (const [term, count] of group) {
        const id = vocabulary.get(term) ?? vocabulary.size;
        if (id === vocabulary.size) vocabulary.set(term, id);
        terms.push(id);
        counts.push(count);
      }
    }
    starts.push(terms.length);
    lengths.push(length);
  }
  return { vocabulary, terms, counts, starts, lengths };
}

/** A counting sort by term. Term t has the entries from `offsets[t]` up to `offsets[t + 1]`. */
function invert({ vocabulary, terms, counts, starts, lengths }: Collected) {
  const offsets = new Uint32Array(vocabulary.size + 1);
  for (let at = 0; at < terms.length; at++) {
    const next = terms.at(at) + 1;
    offsets[next] = (offsets[next] ?? 0) + 1;
  }
  for (let id = 0; id < vocabulary.size; id++) offsets[id + 1] = (offsets[id + 1] ?? 0) + (offsets[id] ?? 0);

  const passageOf = new Uint32Array(terms.length);
  const impactOf = new Float32Array(terms.length);
  const cursor = offsets.slice();
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  lengths.forEach((length, passage) => {
    const norm = K1 * (1 - B + (B * length) / Math.max(1, average));
    for (let at = starts[passage] ?? 0; at < (starts[passage + 1] ?? 0); at++) {
      const id = terms.at(at);
      const slot = cursor[id] ?? 0;
      const count = counts.at(at);
      const frequency = (offsets[id + 1] ?? 0) - (offsets[id] ?? 0);
      passageOf[slot] = passage;
      impactOf[slot] = (idfOf(frequency, lengths.length) * count * (K1 + 1)) / (count + norm);
      cursor[id] = slot + 1;
    }
  });
  return { offsets, passageOf, impactOf };
}

/** A typed array that grows: plain arrays of ten million numbers take several times the memory. */
class Growing<Items extends Uint32Array | Float32Array> {
  length = 0;
  #items: Items;
  constructor(items: Items) {
    this.#items = items;
  }
  push(value: number): void {
    if (this.length === this.#items.length) {
      const Larger = this.#items.constructor as new (size: number) => Items;
      const larger = new Larger(this.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.length++] = value;
  }
  at(index: number): number {
    return this.#items[index] ?? 0;
  }
}
