import { Growing } from './growing.ts';

/**
 * The passages that have a term, and how often, in as few bytes as they take. A list is: how many passages, how many
 * documents, then for each passage, ascending, how far it is from the one before and how often (in halves). Numbers are
 * of seven bits a byte, the lowest first; counts of one byte. The commonest list of all, one passage that has the term
 * once, stands in `starts` itself.
 */
/** The first `count` of `passages` are on the list; `halves` says how often each has the term. */
export type Entries = { count: number; passages: Uint32Array; halves: Uint8Array };
export type Lists = { starts: Uint32Array; lists: Uint8Array };

const ALONE = 0x8000_0000;
const ONCE = 2;
const MOST = 255;

export class PostingsWriter {
  readonly #starts = new Growing(new Uint32Array(1024));
  readonly #bytes = new Growing(new Uint8Array(4096));

  /** The passages, ascending, of the next key, how often each has the term, and the document of every passage there is. */
  add({ count, passages, halves }: Entries, documentOf: Uint32Array): void {
    if (count === 1 && halves[0] === ONCE) {
      this.#starts.push(ALONE + (passages[0] as number));
      return;
    }
    this.#starts.push(this.#bytes.length);
    this.#number(count);
    this.#number(countDocuments(passages, count, documentOf));
    let last = 0;
    for (let at = 0; at < count; at++) {
      const passage = passages[at] as number;
      this.#number(passage - last);
      this.#bytes.push(Math.min(MOST, halves[at] as number));
      last = passage;
    }
  }

  finish(): Lists {
    if (this.#bytes.length >= ALONE) throw new Error('A segment of the index became larger than 2 GB.');
    return { starts: this.#starts.share(), lists: this.#bytes.share() };
  }

  #number(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes.push((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.#bytes.push(rest);
  }
}

function countDocuments(passages: Uint32Array, count: number, documentOf: Uint32Array): number {
  let documents = 0;
  let last = -1;
  for (let at = 0; at < count; at++) {
    const document = documentOf[passages[at] as number] as number;
    if (document !== last) documents += 1;
    last = document;
  }
  return documents;
}

/** How many passages and documents are on the list at this place of `starts`. */
export function measureList({ starts, lists }: Lists, place: number): { passages: number; documents: number } {
  const start = starts[place] as number;
  if (start >= ALONE) return { passages: 1, documents: 1 };
  let at = start;
  const number = () => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = lists[at++] as number;
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte > 0x7f);
    return value;
  };
  return { passages: number(), documents: number() };
}

/** Reads one list after the other into arrays that it uses again: the first `count` of `passages` and of `halves`. */
export class ListReader implements Entries {
  count = 0;
  passages = new Uint32Array(1024);
  halves = new Uint8Array(1024);

  /** Makes room for so many; what was read is lost. */
  reserve(count: number): void {
    if (this.passages.length >= count) return;
    this.passages = new Uint32Array(count * 2);
    this.halves = new Uint8Array(count * 2);
  }

  /** Where a passage is among those that were read, or -1. */
  find(passage: number): number {
    let [from, to] = [0, this.count - 1];
    while (from <= to) {
      const middle = (from + to) >>> 1;
      const found = this.passages[middle] as number;
      if (found === passage) return middle;
      if (found < passage) from = middle + 1;
      else to = middle - 1;
    }
    return -1;
  }

  /** Written for speed: most of a search's time is spent here. */
  read({ starts, lists }: Lists, place: number): void {
    const start = starts[place] as number;
    if (start >= ALONE) {
      this.count = 1;
      this.passages[0] = start - ALONE;
      this.halves[0] = ONCE;
      return;
    }
    const { passages: count, documents } = measureList({ starts, lists }, place);
    let at = start + bytesOf(count) + bytesOf(documents);
    this.count = count;
    this.reserve(count);
    const { passages, halves } = this;
    let passage = 0;
    for (let entry = 0; entry < count; entry++) {
      let byte = lists[at++] as number;
      let step = byte & 0x7f;
      for (let shift = 7; byte > 0x7f; shift += 7) {
        byte = lists[at++] as number;
        step |= (byte & 0x7f) << shift;
      }
      passage += step;
      passages[entry] = passage;
      halves[entry] = lists[at++] as number;
    }
  }
}

function bytesOf(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5;
}
