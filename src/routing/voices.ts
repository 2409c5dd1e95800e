import { type Discriminant, discriminantScores, trainDiscriminant } from './discriminant.ts';
import { type Counted, raritiesOf, type Vocabulary, weigh } from './features.ts';
import { type Linear, marginsOf, trainLinear } from './linear.ts';
import { type Neighbours, nearness, placeNeighbours } from './neighbours.ts';
import { joinRows, joinVectors } from './rows.ts';

/** What the vector counts for beside the words, both of unit length. */
const VECTOR_WEIGHT = 1.2;
/** Among the examples of so many of the likeliest classes the nearest are looked for. */
const LOOKED_AT = 5;

/** Vectors that are longer have no discriminant: its time grows with the cube of their length. */
const LONGEST_VECTOR = 1_024;

/** A text as the voices read it. `vector` is null in a model that does without the encoder. */
export type Read = { counted: Counted; vector: Float32Array | null };
/** An example to learn from: `own` is its class, and that of the texts out of scope the one after the last. */
export type Known = Read & { own: number };

/** What was learned of the classes, each voice in its own way. */
export type Voices = {
  /** Classes in scope. The linear voice has one more where there were examples out of scope. */
  classes: number;
  rarities: Float32Array;
  linear: Linear;
  discriminant: Discriminant | null;
  neighbours: Neighbours | null;
};

/** What the voices say of a text: scores of the classes in scope by voice, and what tells whether it is in scope. */
export type Heard = {
  scores: readonly Float64Array[];
  /** How far on the side of the examples out of scope; the usual distance on the other side where there are none. */
  outside: number;
  /** Mean likeness to the nearest examples; 0 without the encoder. */
  near: number;
  /** Share of words that no example has. */
  unknown: number;
  words: number;
};

export async function learnVoices(
  examples: readonly Known[],
  classes: number,
  terms: readonly string[],
  breathe: () => Promise<void>,
): Promise<Voices> {
  const counted = examples.map((example) => example.counted);
  const rarities = raritiesOf(counted, terms);
  const labels = Int32Array.from(examples, ({ own }) => own);
  const vectors = vectorsOf(examples);
  const scaled = vectors?.map((vector) => vector.map((value) => value * VECTOR_WEIGHT)) ?? null;
  const rows = joinRows(
    counted.map((one) => weigh(one, rarities)),
    scaled,
  );
  const all = labels.includes(classes) ? classes + 1 : classes;
  const linear = await trainLinear(rows, terms.length, labels, all, breathe);
  if (!vectors) return { classes, rarities, linear, discriminant: null, neighbours: null };
  const inside = examples.filter(({ own }) => own < classes);
  const own = Int32Array.from(inside, (example) => example.own);
  const width = vectors[0]?.length ?? 0;
  const dense = joinVectors(vectorsOf(inside) ?? []);
  const neighbours = placeNeighbours(dense, width, own, classes);
  const discriminant = width > LONGEST_VECTOR ? null : await trainDiscriminant(dense, width, own, classes, breathe);
  return { classes, rarities, linear, discriminant, neighbours };
}

function vectorsOf(examples: readonly Read[]): Float32Array[] | null {
  const vectors = examples.flatMap(({ vector }) => (vector ? [vector] : []));
  return vectors.length === examples.length && vectors.length > 0 ? vectors : null;
}

/** @param vocabulary by which the text was counted */
export function hear(voices: Voices, { counted, vector }: Read, vocabulary: Vocabulary): Heard {
  const { classes, rarities, linear, discriminant, neighbours } = voices;
  const { ids, values } = weigh(counted, rarities);
  const own = neighbours ? vector : null;
  const margins = marginsOf(linear, ids, values, own?.map((value) => value * VECTOR_WEIGHT) ?? null);
  const inside = margins.subarray(0, classes);
  return {
    scores: discriminant && own ? [inside, discriminantScores(discriminant, own)] : [inside],
    outside: margins[classes] ?? -1,
    near: neighbours && own ? nearness(neighbours, own, topOf(inside, LOOKED_AT)) : 0,
    unknown: unknownShare(counted, rarities, vocabulary),
    words: counted.words,
  };
}

function unknownShare({ ids, times, words }: Counted, rarities: Float32Array, vocabulary: Vocabulary): number {
  let known = 0;
  for (const [at, id] of ids.entries()) {
    if (vocabulary.isWord(id) && (rarities[id] ?? 0) > 0) known += times[at] ?? 0;
  }
  return words === 0 ? 1 : 1 - known / words;
}

function topOf(scores: Float64Array, most: number): number[] {
  const order = Array.from(scores, (_, at) => at);
  return order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, most);
}
