import { Growing } from './growing.ts';

/**
 * The passages that have a term, and how often, in as few bytes as they take. A list is: how many passages, how many
 * documents, then for each passage, ascending, how far it is from the one before and how often (in halves). Numbers are
 * of seven bits a byte, the lowest first; counts of one byte. The commonest list of all, one passage that has the term
 * once, stands in `starts` itself.
 */
const ALONE = 0x8000_0000;
const ONCE = 2;
const MOST = 255;

export class PostingsWriter {
  readonly #starts = new Growing(new Uint32Array(1024));
  readonly #bytes = new Growing(new Uint8Array(4096));

  /** The passages, ascending, of the next key, how often each has the term, and the document of every passage there is. */
  add(passages: ArrayLike<number>, halves: ArrayLike<number>, documentOf: ArrayLike<number>): void {
    if (passages.length === 1 && halves[0] === ONCE) {
      this.#starts.push(ALONE + (passages[0] as number));
      return;
    }
    this.#starts.push(this.#bytes.length);
    this.#number(passages.length);
    this.#number(countDocuments(passages, documentOf));
    let last = 0;
    for (let at = 0; at < passages.length; at++) {
      const passage = passages[at] as number;
      this.#number(passage - last);
      this.#bytes.push(Math.min(MOST, halves[at] as number));
      last = passage;
    }
  }

  finish(): { starts: Uint32Array; lists: Uint8Array } {
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

function countDocuments(passages: ArrayLike<number>, documentOf: ArrayLike<number>): number {
  let count = 0;
  let last = -1;
  for (let at = 0; at < passages.length; at++) {
    const document = documentOf[passages[at] as number] as number;
    if (document !== last) count += 1;
    last = document;
  }
  return count;
}

/** Reads one list after the other. `next` moves to the next passage; false at the end. */
export class PostingsReader {
  passages = 0;
  documents = 0;
  passage = 0;
  halves = 0;
  readonly #starts: Uint32Array;
  readonly #lists: Uint8Array;
  #at = 0;
  #left = 0;
  #alone = false;

  constructor({ starts, lists }: { starts: Uint32Array; lists: Uint8Array }) {
    this.#starts = starts;
    this.#lists = lists;
  }

  /** Goes to the beginning of the list of the key at this place. */
  open(place: number): void {
    const start = this.#starts[place] as number;
    this.#alone = start >= ALONE;
    this.passage = this.#alone ? start - ALONE : 0;
    this.halves = ONCE;
    this.#at = start;
    this.passages = this.#alone ? 1 : this.#number();
    this.documents = this.#alone ? 1 : this.#number();
    this.#left = this.passages;
  }

  next(): boolean {
    if (this.#left === 0) return false;
    this.#left -= 1;
    if (this.#alone) return true;
    this.passage += this.#number();
    this.halves = this.#lists[this.#at++] as number;
    return true;
  }

  #number(): number {
    let byte = this.#lists[this.#at++] as number;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = this.#lists[this.#at++] as number;
      value |= (byte & 0x7f) << shift;
    }
    return value;
  }
}
