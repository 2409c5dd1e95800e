/** A typed array that grows: plain arrays of ten million numbers take several times the memory. */
export class Growing<Items extends Uint8Array | Uint32Array | Float32Array | Float64Array> {
  length = 0;
  #items: Items;
  constructor(items: Items) {
    this.#items = items;
  }
  push(value: number): void {
    if (this.length === this.#items.length) this.#grow(this.length + 1);
    this.#items[this.length++] = value;
  }
  append(values: Items): void {
    if (this.length + values.length > this.#items.length) this.#grow(this.length + values.length);
    this.#items.set(values, this.length);
    this.length += values.length;
  }
  at(index: number): number {
    return this.#items[index] as number;
  }
  /** What was pushed, in memory that threads can share. */
  share(): Items {
    const Shared = this.#items.constructor as new (buffer: SharedArrayBuffer) => Items;
    const shared = new Shared(new SharedArrayBuffer(this.length * this.#items.BYTES_PER_ELEMENT));
    shared.set(this.#items.subarray(0, this.length));
    return shared;
  }
  #grow(least: number): void {
    const Larger = this.#items.constructor as new (size: number) => Items;
    const larger = new Larger(Math.max(least, this.#items.length * 2));
    larger.set(this.#items);
    this.#items = larger;
  }
}
