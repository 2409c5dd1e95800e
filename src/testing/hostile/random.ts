/** Choices that a seed makes: the same seed, the same choices in the same order. */
export type Random = {
  /** A whole number from 0 up to, not with, `limit`. */
  below(limit: number): number;
  pick<Item>(list: readonly Item[]): Item;
  /** `count` entries, none twice, in an order of its own. */
  some<Item>(list: readonly Item[], count: number): Item[];
};

export function randomOf(seed: string): Random {
  let state = hash(seed);
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    some(list, count) {
      const left = [...list];
      const taken: typeof left = [];
      while (taken.length < count && left.length > 0) taken.push(...left.splice(below(left.length), 1));
      return taken;
    },
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value;
}
