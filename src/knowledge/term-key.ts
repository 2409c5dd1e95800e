/**
 * The index knows a term by a number of 53 bits instead of its text: a sorted array of numbers takes a tenth of the memory
 * of a map of strings, and can be handed from thread to thread. Two of a million terms share a key once in 18,000
 * indexes; they would then count as one word.
 */
export function termKey(term: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < term.length; at++) {
    const code = term.charCodeAt(at);
    low = Math.imul(low ^ code, 0x9e3779b1);
    high = Math.imul(high ^ code, 0x5f356495);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0);
}

/** The place of a key in an ascending list, or -1. */
export function findKey(keys: Float64Array, key: number): number {
  let from = 0;
  let to = keys.length - 1;
  while (from <= to) {
    const middle = (from + to) >>> 1;
    const found = keys[middle] as number;
    if (found === key) return middle;
    if (found < key) from = middle + 1;
    else to = middle - 1;
  }
  return -1;
}

const EMPTY = -1;

/** Numbers keys from 0 in the order they come. A map of numbers would keep an object for each. */
export class KeyTable {
  size = 0;
  #keys = new Float64Array(1024).fill(EMPTY);
  #ids = new Uint32Array(1024);

  /** The number of a key, which is a new one where it was not seen before. */
  idOf(key: number): number {
    if (this.size * 2 >= this.#keys.length) this.#grow();
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === EMPTY) {
      this.#keys[slot] = key;
      this.#ids[slot] = this.size++;
    }
    return this.#ids[slot] as number;
  }

  /** All keys, ascending. */
  sorted(): Float64Array<SharedArrayBuffer> {
    const keys = new Float64Array(new SharedArrayBuffer(this.size * 8));
    let at = 0;
    for (const key of this.#keys) if (key !== EMPTY) keys[at++] = key;
    return keys.sort();
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = (key % 0x7fff_ffff) & mask;
    while (this.#keys[slot] !== EMPTY && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, ids] = [this.#keys, this.#ids];
    this.#keys = new Float64Array(keys.length * 2).fill(EMPTY);
    this.#ids = new Uint32Array(ids.length * 2);
    for (const [from, key] of keys.entries()) {
      if (key === EMPTY) continue;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#ids[slot] = ids[from] as number;
    }
  }
}
