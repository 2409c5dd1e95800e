import { readFileSync } from 'node:fs';
import { unpack } from '../routing/bytes.ts';
import { type Counted, Vocabulary, weigh } from '../routing/features.ts';

/** A learned likeness: weights of the words, and of the encoder's vector beside them. */
export type Likeness = {
  vocabulary: Vocabulary;
  rarities: Float32Array;
  /** By words alone. */
  plain: Line;
  /** With a vector of the encoder. */
  joined: Line;
};

/** `sparse` by term, `dense` by place in the vector. */
export type Line = { sparse: Float32Array; dense: Float32Array; bias: number };

const loaded = new Map<string, Likeness>();

/**
 * What a screen has learned, made by `bench/fit-injection.ts` and `bench/fit-people.ts`, and read with the first message. Throws where its
 * file is missing or damaged.
 */
export function learnedOf(screen: 'abuse' | 'injection' | 'self-harm'): Likeness {
  const known = loaded.get(screen);
  if (known) return known;
  const model = likenessFrom(readFileSync(new URL(`../../src/screening/${screen}.bin`, import.meta.url)));
  loaded.set(screen, model);
  return model;
}

export function likenessFrom(bytes: Uint8Array): Likeness {
  const found = unpack(bytes);
  if (!found) throw new Error('The weights of a screen are damaged.');
  const { terms, bias } = found.value as { terms: string[]; bias: [number, number] };
  const list = (name: string) => found.lists[name] as Float32Array;
  return {
    vocabulary: new Vocabulary(terms),
    rarities: list('rarities'),
    plain: { sparse: list('plain'), dense: new Float32Array(0), bias: bias[0] },
    joined: { sparse: list('joined'), dense: list('dense'), bias: bias[1] },
  };
}

/** How far on the side of what was learned a text lies: above 0 is on it. `vector`: the encoder's, or null for words alone. */
export function marginOf(
  { vocabulary, rarities, plain, joined }: Likeness,
  text: string,
  vector: Float32Array | null,
): number {
  const counted = vocabulary.count(text);
  return vector?.length === joined.dense.length
    ? sumOf(joined, counted, rarities, vector)
    : sumOf(plain, counted, rarities, null);
}

function sumOf(
  { sparse, dense, bias }: Line,
  counted: Counted,
  rarities: Float32Array,
  vector: Float32Array | null,
): number {
  const { ids, values } = weigh(counted, rarities);
  let sum = bias;
  for (let at = 0; at < ids.length; at++) sum += (sparse[ids[at] as number] as number) * (values[at] as number);
  for (let at = 0; vector && at < vector.length; at++) sum += (dense[at] as number) * (vector[at] as number);
  return sum;
}
