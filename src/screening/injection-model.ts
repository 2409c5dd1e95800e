import { readFileSync } from 'node:fs';
import { unpack } from '../routing/bytes.ts';
import { type Counted, Vocabulary, weigh } from '../routing/features.ts';

/** A learned likeness to attacks: weights of the words, and of the encoder's vector beside them. */
export type InjectionModel = {
  vocabulary: Vocabulary;
  rarities: Float32Array;
  /** By words alone. */
  plain: Line;
  /** With a vector of the encoder. */
  joined: Line;
};

/** `sparse` by term, `dense` by place in the vector. */
export type Line = { sparse: Float32Array; dense: Float32Array; bias: number };

/** Made by `bench/fit-injection.ts`. */
const FILE = new URL('../../src/screening/injection.bin', import.meta.url);

let loaded: InjectionModel | null = null;

/** The model that comes with the package, read with the first message. Throws where its file is missing or damaged. */
export function injectionModel(): InjectionModel {
  loaded ??= injectionModelFrom(readFileSync(FILE));
  return loaded;
}

export function injectionModelFrom(bytes: Uint8Array): InjectionModel {
  const found = unpack(bytes);
  if (!found) throw new Error('The weights of the injection screen are damaged.');
  const { terms, bias } = found.value as { terms: string[]; bias: [number, number] };
  const list = (name: string) => found.lists[name] as Float32Array;
  return {
    vocabulary: new Vocabulary(terms),
    rarities: list('rarities'),
    plain: { sparse: list('plain'), dense: new Float32Array(0), bias: bias[0] },
    joined: { sparse: list('joined'), dense: list('dense'), bias: bias[1] },
  };
}

/** How far on the side of attacks a text lies: above 0 is on it. `vector`: the encoder's, or null for words alone. */
export function marginOf(
  { vocabulary, rarities, plain, joined }: InjectionModel,
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
