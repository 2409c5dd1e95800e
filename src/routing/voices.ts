import { type Discriminant, discriminantScores, trainDiscriminant } from './discriminant.ts';
import { type Counted, raritiesOf, weigh } from './features.ts';
import { type Linear, marginsOf, trainLinear } from './linear.ts';
import { type Neighbours, nearness, placeNeighbours } from './neighbours.ts';
import { joinRows } from './rows.ts';

/** What the vector counts for beside the words, both of unit length. */
const VECTOR_WEIGHT = 1.2;
/** From so many examples on, what one of them alone says is left out: it doubles size and time for a thousandth of accuracy. */
const MANY = 5_000;
/** Among the examples of so many of the likeliest classes the nearest are looked for. */
const LOOKED_AT = 5;

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
  const rarities = raritiesOf(counted, terms, examples.length < MANY ? 1 : 2);
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
  const { vectors: dense, width } = joinRows([], vectorsOf(inside));
  const discriminant = await trainDiscriminant(dense, width, own, classes, breathe);
  return { classes, rarities, linear, discriminant, neighbours: placeNeighbours(dense, width, own, classes) };
}

function vectorsOf(examples: readonly Read[]): Float32Array[] | null {
  const vectors = examples.flatMap(({ vector }) => (vector ? [vector] : []));
  return vectors.length === examples.length && vectors.length > 0 ? vectors : null;
}

export function hear(voices: Voices, { counted, vector }: Read, isWord: (id: number) => boolean): Heard {
  const { classes, rarities, linear, discriminant, neighbours } = voices;
  const { ids, values } = weigh(counted, rarities);
  const scaled = discriminant && vector ? vector.map((value) => value * VECTOR_WEIGHT) : null;
  const margins = marginsOf(linear, ids, values, scaled);
  const inside = margins.subarray(0, classes);
  let known = 0;
  for (const [at, id] of counted.ids.entries()) {
    if (isWord(id) && (rarities[id] ?? 0) > 0) known += counted.times[at] ?? 0;
  }
  const scores = [inside];
  if (discriminant && vector) scores.push(discriminantScores(discriminant, vector));
  return {
    scores,
    outside: margins[classes] ?? -1,
    near: neighbours && vector ? nearness(neighbours, vector, topOf(inside, LOOKED_AT)) : 0,
    unknown: counted.words === 0 ? 1 : 1 - known / counted.words,
    words: counted.words,
  };
}

function topOf(scores: Float64Array, most: number): number[] {
  const order = Array.from(scores, (_, at) => at);
  return order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, most);
}
