import { readFileSync } from 'node:fs';
import { unpack } from '../routing/bytes.ts';
import { Vocabulary, weigh } from '../routing/features.ts';
import { piecesOf } from './injection.ts';
import type { Readings } from './readings.ts';

/** Fewer letters are judged by rules alone. */
const FEWEST_LETTERS = 8;
const LETTER = /\p{L}/gu;

/** A learned likeness: what each term of a text adds to it. */
export type Likeness = { vocabulary: Vocabulary; rarities: Float32Array; weights: Float32Array; bias: number };

const loaded = new Map<string, Likeness>();

/** What a screen has learned, made by `bench/fit-people.ts` and read with the first message. Throws where its file is missing or damaged. */
export function learnedOf(screen: 'abuse' | 'self-harm'): Likeness {
  const known = loaded.get(screen);
  if (known) return known;
  const model = likenessFrom(readFileSync(new URL(`../../src/screening/${screen}.bin`, import.meta.url)));
  loaded.set(screen, model);
  return model;
}

export function likenessFrom(bytes: Uint8Array): Likeness {
  const found = unpack(bytes);
  if (!found) throw new Error('The weights of a screen are damaged.');
  const { terms, bias } = found.value as { terms: string[]; bias: number };
  const { rarities, weights } = found.lists as { rarities: Float32Array; weights: Float32Array };
  return { vocabulary: new Vocabulary(terms), rarities, weights, bias };
}

/** The greatest margin of a message, its sentences and what it hides; above 0 is on the side of what the model was shown. */
export function likenessOf(model: Likeness, { plain, hidden }: Readings): number {
  const texts = [...new Set([plain, ...hidden, ...piecesOf(plain, [])])];
  const long = texts.filter((text) => (text.match(LETTER)?.length ?? 0) >= FEWEST_LETTERS);
  return Math.max(Number.NEGATIVE_INFINITY, ...long.map((text) => marginOf(model, text)));
}

function marginOf({ vocabulary, rarities, weights, bias }: Likeness, text: string): number {
  const { ids, values } = weigh(vocabulary.count(text), rarities);
  return ids.reduce((sum, id, at) => sum + (weights[id] ?? 0) * (values[at] ?? 0), bias);
}
