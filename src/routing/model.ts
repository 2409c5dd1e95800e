import type { Numbers } from './bytes.ts';
import type { Discriminant } from './discriminant.ts';
import type { Vocabulary } from './features.ts';
import type { Linear } from './linear.ts';
import type { Neighbours } from './neighbours.ts';
import { type Rejector, rejection, signalsOf } from './rejector.ts';
import { mix } from './stack.ts';
import { hear, type Read, type Voices } from './voices.ts';

/** A whole model: with the encoder's vector, or without. */
export type Model = { voices: Voices; weights: Float64Array; rejector: Rejector };

/** The probabilities of the classes given that a text is in scope, and how probable it is that it is not. */
export function judge(
  { voices, weights, rejector }: Model,
  read: Read,
  vocabulary: Vocabulary,
): { probabilities: Float64Array; outOfScope: number } {
  const heard = hear(voices, read, vocabulary);
  return { probabilities: mix(heard.scores, weights), outOfScope: rejection(rejector, signalsOf(heard)) };
}

/** A model as named lists of numbers, and back. */
export function listsOf({ voices, weights, rejector }: Model): Record<string, Numbers> {
  const { rarities, linear, discriminant, neighbours } = voices;
  return {
    sizes: Uint32Array.of(voices.classes, linear.classes, neighbours?.width ?? 0),
    rarities,
    sparse: linear.sparse,
    dense: linear.dense,
    bias: linear.bias,
    ...(discriminant && { spread: discriminant.weights, level: discriminant.bias }),
    ...(neighbours && { starts: neighbours.starts, vectors: neighbours.vectors }),
    weights,
    centres: rejector.centres,
    spreads: rejector.spreads,
    signals: rejector.weights,
    limit: Float64Array.of(rejector.bias),
  };
}

type Lists = {
  sizes: Uint32Array;
  rarities: Float32Array;
  spread?: Float32Array;
  level?: Float32Array;
  starts?: Uint32Array;
  vectors?: Float32Array;
  weights: Float64Array;
  centres: Float64Array;
  spreads: Float64Array;
  signals: Float64Array;
  limit: Float64Array;
} & Omit<Linear, 'classes'>;

/** @param lists what `listsOf` gave */
export function modelFrom(lists: Record<string, Numbers>): Model {
  const { sizes, rarities, sparse, dense, bias, spread, level, starts, vectors, weights, ...rest } = lists as Lists;
  const [classes = 0, all = 0, width = 0] = sizes;
  const discriminant: Discriminant | null = spread && level ? { classes, width, weights: spread, bias: level } : null;
  const neighbours: Neighbours | null = starts && vectors ? { width, starts, vectors } : null;
  const rejector: Rejector = {
    centres: rest.centres,
    spreads: rest.spreads,
    weights: rest.signals,
    bias: rest.limit[0] ?? 0,
  };
  const linear = { classes: all, sparse, dense, bias };
  return { voices: { classes, rarities, linear, discriminant, neighbours }, weights, rejector };
}
