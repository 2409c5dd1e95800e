import { dot } from './dot.ts';
import { seeded, shuffle } from './random.ts';
import type { Rows } from './rows.ts';

const EPOCHS = 12;
const COST = 1;
const SEED = 7;
/** A class is learned when no example is further from its place than this. */
const TOLERANCE = 0.05;

/**
 * One line for each class: the weights of the sparse features by feature and class, those of the vector likewise, and a bias.
 */
export type Linear = {
  classes: number;
  sparse: Float32Array;
  dense: Float32Array;
  bias: Float32Array;
};

/**
 * One class against the rest, a linear SVM with squared hinge loss, by dual coordinate descent with shrinking (Hsieh et al.
 * 2008, the method of LIBLINEAR). The same rows give the same weights. `breathe` is awaited between passes.
 *
 * @param features the count of sparse features
 * @param labels the class of each row, 0 to `classes` - 1
 */
export async function trainLinear(
  rows: Rows,
  features: number,
  labels: Int32Array,
  classes: number,
  breathe: () => Promise<void>,
): Promise<Linear> {
  const { width } = rows;
  const model: Linear = {
    classes,
    sparse: new Float32Array(features * classes),
    dense: new Float32Array(width * classes),
    bias: new Float32Array(classes),
  };
  const squares = squaresOf(rows);
  for (let own = 0; own < classes; own++) {
    const weights = await separate(rows, features, squares, labels, own, breathe);
    for (let id = 0; id < features; id++) model.sparse[id * classes + own] = weights[id] ?? 0;
    for (let at = 0; at < width; at++) model.dense[at * classes + own] = weights[features + at] ?? 0;
    model.bias[own] = weights[features + width] ?? 0;
  }
  return model;
}

function squaresOf(rows: Rows): Float64Array {
  const squares = new Float64Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    let sum = 1;
    for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++)
      sum += (rows.values[at] as number) ** 2;
    for (let at = row * rows.width; at < (row + 1) * rows.width; at++) sum += (rows.vectors[at] as number) ** 2;
    squares[row] = sum;
  }
  return squares;
}

/** The weights of one class against the rest: sparse features, vector, bias. */
async function separate(
  rows: Rows,
  features: number,
  squares: Float64Array,
  labels: Int32Array,
  own: number,
  breathe: () => Promise<void>,
): Promise<Float32Array> {
  const { starts, ids, values, width, vectors } = rows;
  const weights = new Float32Array(features + width + 1);
  const bias = features + width;
  const alphas = new Float64Array(rows.count);
  const diagonal = 0.5 / COST;
  const order = Uint32Array.from({ length: rows.count }, (_, row) => row);
  const random = seeded(SEED);
  let active = rows.count;
  let limit = Number.POSITIVE_INFINITY;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order.subarray(0, active), random);
    let highest = 0;
    let lowest = 0;
    for (let turn = 0; turn < active; turn++) {
      const row = order[turn] as number;
      const side = labels[row] === own ? 1 : -1;
      const from = starts[row] as number;
      const to = starts[row + 1] as number;
      const dense = row * width;
      let sum = weights[bias] as number;
      for (let at = from; at < to; at++) sum += (values[at] as number) * (weights[ids[at] as number] as number);
      sum += dot(vectors, dense, weights, features, width);
      const alpha = alphas[row] as number;
      const slope = side * sum - 1 + diagonal * alpha;
      if (alpha === 0 && slope > 0) {
        if (slope > limit) {
          // It lies far on its own side: leave it until the others are in their places.
          active--;
          order[turn] = order[active] as number;
          order[active] = row;
          turn--;
        }
        continue;
      }
      highest = Math.max(highest, slope);
      lowest = Math.min(lowest, slope);
      if (Math.abs(slope) < 1e-12) continue;
      const next = Math.max(0, alpha - slope / ((squares[row] as number) + diagonal));
      alphas[row] = next;
      const step = (next - alpha) * side;
      for (let at = from; at < to; at++) {
        const id = ids[at] as number;
        weights[id] = (weights[id] as number) + step * (values[at] as number);
      }
      for (let at = 0; at < width; at++)
        weights[features + at] = (weights[features + at] as number) + step * (vectors[dense + at] as number);
      weights[bias] = (weights[bias] as number) + step;
    }
    await breathe();
    if (highest - lowest < TOLERANCE) {
      if (active === rows.count) break;
      active = rows.count;
      limit = Number.POSITIVE_INFINITY;
    } else limit = highest > 0 ? highest : Number.POSITIVE_INFINITY;
  }
  return weights;
}

/** How far on the side of each class a message lies: above 0 is on it. `vector` is null where the model has none. */
export function marginsOf(
  model: Linear,
  ids: Uint32Array,
  values: Float32Array,
  vector: Float32Array | null,
): Float64Array {
  const { classes, sparse, dense, bias } = model;
  const margins = Float64Array.from(bias);
  for (let at = 0; at < ids.length; at++)
    addScaled(margins, sparse, (ids[at] as number) * classes, values[at] as number);
  for (let at = 0; vector && at < vector.length; at++) addScaled(margins, dense, at * classes, vector[at] as number);
  return margins;
}

function addScaled(sums: Float64Array, weights: Float32Array, from: number, value: number): void {
  for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + value * (weights[from + at] as number);
}
