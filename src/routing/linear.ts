import { dot } from './dot.ts';
import { seeded, shuffle } from './random.ts';
import type { Rows } from './rows.ts';

const PASSES = 8;
/** What the squared hinge adds to the diagonal of the dual: 1 / (2 · C), C = 1. */
const SLACK = 0.5;
const SEED = 7;
/** A class is learned when no example is further from its place than this. */
const TOLERANCE = 0.1;

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
 * @param passes over the rows, at most
 */
export async function trainLinear(
  rows: Rows,
  features: number,
  labels: Int32Array,
  classes: number,
  breathe: () => Promise<void>,
  passes = PASSES,
): Promise<Linear> {
  const { width } = rows;
  const model: Linear = {
    classes,
    sparse: new Float32Array(features * classes),
    dense: new Float32Array(width * classes),
    bias: new Float32Array(classes),
  };
  const sizes = sizesOf(rows);
  for (let own = 0; own < classes; own++) {
    const sides = Int8Array.from(labels, (label) => (label === own ? 1 : -1));
    const weights = await separate({ rows, features, sizes, sides, passes }, breathe);
    for (let id = 0; id < features; id++) model.sparse[id * classes + own] = weights[id] as number;
    for (let at = 0; at < width; at++) model.dense[at * classes + own] = weights[features + at] as number;
    model.bias[own] = weights[features + width] as number;
  }
  return model;
}

/** The squares of the lengths of the rows, with the bias, plus what the squared hinge adds. */
function sizesOf({ count, starts, values, width, vectors }: Rows): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    const from = starts[row] as number;
    const sparse = dot(values, from, values, from, (starts[row + 1] as number) - from);
    return sparse + dot(vectors, row * width, vectors, row * width, width) + 1 + SLACK;
  });
}

/** Rows to part in two: `sides` are 1 and -1. */
type Task = { rows: Rows; features: number; sizes: Float64Array; sides: Int8Array; passes: number };

/** Where the descent is. Weights are those of the sparse features, then the vector, then the bias. */
type Descent = { weights: Float32Array; alphas: Float64Array; order: Uint32Array; active: number };

async function separate(task: Task, breathe: () => Promise<void>): Promise<Float32Array> {
  const { rows, features, passes } = task;
  const descent: Descent = {
    weights: new Float32Array(features + rows.width + 1),
    alphas: new Float64Array(rows.count),
    order: Uint32Array.from({ length: rows.count }, (_, row) => row),
    active: rows.count,
  };
  const random = seeded(SEED);
  let shrinks = false;
  for (let epoch = 0; epoch < passes; epoch++) {
    shuffle(descent.order.subarray(0, descent.active), random);
    const placed: boolean = pass(task, descent, shrinks) < TOLERANCE;
    await breathe();
    if (placed && descent.active === rows.count) break;
    // In the end all are looked at again.
    shrinks = !placed && epoch < passes - 2;
    if (!shrinks) descent.active = rows.count;
  }
  return descent.weights;
}

/** Looks at every active row once. Gives how far apart the greatest and the least slope are: 0 when all are in place. */
function pass(task: Task, descent: Descent, shrinks: boolean): number {
  const { alphas, order } = descent;
  let highest = 0;
  let lowest = 0;
  for (let turn = 0; turn < descent.active; turn++) {
    const row = order[turn] as number;
    const alpha = alphas[row] as number;
    const side = task.sides[row] as number;
    const slope = side * sumOf(task, descent.weights, row) - 1 + SLACK * alpha;
    if (alpha === 0 && slope > 0) {
      if (!shrinks) continue;
      // It lies on its own side: leave it until the others are in their places.
      descent.active--;
      order[turn] = order[descent.active] as number;
      order[descent.active] = row;
      turn--;
      continue;
    }
    highest = Math.max(highest, slope);
    lowest = Math.min(lowest, slope);
    const next = Math.max(0, alpha - slope / (task.sizes[row] as number));
    alphas[row] = next;
    move(task, descent.weights, row, (next - alpha) * side);
  }
  return highest - lowest;
}

function sumOf({ rows, features }: Task, weights: Float32Array, row: number): number {
  const { starts, ids, values, width, vectors } = rows;
  const to = starts[row + 1] as number;
  let sum = weights[features + width] as number;
  for (let at = starts[row] as number; at < to; at++)
    sum += (values[at] as number) * (weights[ids[at] as number] as number);
  return sum + dot(vectors, row * width, weights, features, width);
}

function move({ rows, features }: Task, weights: Float32Array, row: number, step: number): void {
  const { starts, ids, values, width, vectors } = rows;
  const to = starts[row + 1] as number;
  for (let at = starts[row] as number; at < to; at++) {
    const id = ids[at] as number;
    weights[id] = (weights[id] as number) + step * (values[at] as number);
  }
  for (let at = 0; at < width; at++) {
    weights[features + at] = (weights[features + at] as number) + step * (vectors[row * width + at] as number);
  }
  const bias = features + width;
  weights[bias] = (weights[bias] as number) + step;
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
