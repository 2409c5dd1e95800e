/** Which words are in a set, in a few bits a word: never no for one of them, sometimes yes for another (10 bits: 0.8 %, 14: 0.14 %). */
export class Bloom {
  readonly bytes: Uint8Array;

  /** `bytes` of another filter; an empty set of as many bytes else. Throws `RangeError` where there are none. */
  constructor(bytes: Uint8Array | number) {
    this.bytes = typeof bytes === 'number' ? new Uint8Array(bytes) : bytes;
    if (this.bytes.length === 0) throw new RangeError('A filter has bytes.');
  }

  add(word: string): void {
    const [first, step] = hashes(word);
    for (let index = 0; index < HASHES; index += 1) {
      const bit = this.#bit(first, step, index);
      this.bytes[bit >> 3] = (this.bytes[bit >> 3] as number) | (1 << (bit & 7));
    }
  }

  has(word: string): boolean {
    const [first, step] = hashes(word);
    for (let index = 0; index < HASHES; index += 1) {
      const bit = this.#bit(first, step, index);
      if (((this.bytes[bit >> 3] as number) & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  }

  #bit(first: number, step: number, index: number): number {
    return ((first + Math.imul(index, step)) >>> 0) % (this.bytes.length * 8);
  }
}

/** Two give as many as are wanted. */
function hashes(word: string): [first: number, step: number] {
  return [hash(word, 0x811c9dc5), hash(word, 0x9e3779b9) | 1];
}

const HASHES = 7;

function hash(word: string, seed: number): number {
  let value = seed;
  for (let at = 0; at < word.length; at += 1) value = Math.imul(value ^ word.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
