/** Keeps the best of many. `least`: what scores less is not among them. */
export class TopList<Item extends { score: number }> {
  least = Number.NEGATIVE_INFINITY;
  #items: Item[] = [];
  readonly #limit: number;
  readonly #isBefore: (a: Item, b: Item) => boolean;

  /** `isBefore` decides between equal scores. */
  constructor(limit: number, isBefore: (a: Item, b: Item) => boolean) {
    this.#limit = limit;
    this.#isBefore = isBefore;
  }

  add(item: Item): void {
    this.#items.push(item);
    // Sorted now and then instead of at every item: two comparisons an item, however long the list is.
    if (this.#items.length >= 2 * this.#limit + 16) this.#cut();
  }

  finish(): Item[] {
    this.#cut();
    return this.#items;
  }

  #cut(): void {
    this.#items.sort((a, b) => b.score - a.score || (this.#isBefore(a, b) ? -1 : 1));
    this.#items.length = Math.min(this.#items.length, Math.floor(this.#limit));
    if (this.#items.length >= this.#limit) this.least = this.#items.at(-1)?.score ?? this.least;
  }
}
