import { dot } from './dot.ts';

/** What the spread of the vectors is mixed with: the same in every direction. Few examples tell little of 512 dimensions. */
const SHRINKAGE = 0.3;

/** Scores of the classes that are linear in the vector: `weights` by class and dimension, and a bias. */
export type Discriminant = { classes: number; width: number; weights: Float32Array; bias: Float32Array };

/**
 * Linear discriminant analysis with a shrunk common covariance and equal priors: good where a class has few examples, as
 * all of them together show how messages of one class differ.
 *
 * @param vectors row after row, each `width` long
 * @param labels the class of each row, 0 to `classes` - 1
 */
export async function trainDiscriminant(
  vectors: Float32Array,
  width: number,
  labels: Int32Array,
  classes: number,
  breathe: () => Promise<void>,
): Promise<Discriminant> {
  const means = meansOf(vectors, width, labels, classes);
  const apart = apartOf(vectors, width, labels, means);
  const rows = labels.length;
  const even = dot(apart, 0, apart, 0, apart.length) / Math.max(1, rows * width) || 1;
  // The spread is `mixed · apartᵀ apart + floor · 1`.
  const mixed = (1 - SHRINKAGE) / Math.max(1, rows);
  const floor = SHRINKAGE * even;
  const whiten = await (rows < width ? byRows : byDimensions)(apart, rows, width, mixed, floor, breathe);
  const weights = new Float32Array(classes * width);
  const bias = new Float32Array(classes);
  for (let own = 0; own < classes; own++) {
    const mean = means.subarray(own * width, (own + 1) * width);
    const solved = whiten(mean);
    weights.set(solved, own * width);
    bias[own] = -0.5 * dot(solved, 0, mean, 0, width);
    await breathe();
  }
  return { classes, width, weights, bias };
}

export function discriminantScores(
  { classes, width, weights, bias }: Discriminant,
  vector: Float32Array,
): Float64Array {
  const scores = Float64Array.from(bias);
  for (let own = 0; own < classes; own++) {
    scores[own] = (scores[own] as number) + dot(weights, own * width, vector, 0, width);
  }
  return scores;
}

function meansOf(vectors: Float32Array, width: number, labels: Int32Array, classes: number): Float64Array {
  const means = new Float64Array(classes * width);
  const sizes = new Float64Array(classes);
  for (const [row, own] of labels.entries()) {
    sizes[own] = (sizes[own] as number) + 1;
    for (let at = 0; at < width; at++) {
      means[own * width + at] = (means[own * width + at] as number) + (vectors[row * width + at] as number);
    }
  }
  for (let at = 0; at < means.length; at++)
    means[at] = (means[at] as number) / (sizes[Math.floor(at / width)] as number);
  return means;
}

/** How each vector lies from the mean of its class, row after row. */
function apartOf(vectors: Float32Array, width: number, labels: Int32Array, means: Float64Array): Float64Array {
  return Float64Array.from(vectors, (value, at) => {
    const own = labels[Math.floor(at / width)] as number;
    return value - (means[own * width + (at % width)] as number);
  });
}

/** Multiplies with the inverse of the spread. */
type Whiten = (mean: Float64Array) => Float64Array;

/** Where there are more rows than dimensions: by the spread itself. */
async function byDimensions(
  apart: Float64Array,
  rows: number,
  width: number,
  mixed: number,
  floor: number,
  breathe: () => Promise<void>,
): Promise<Whiten> {
  // Dimension after dimension, so that a covariance is the product of two stretches.
  const turned = new Float64Array(apart.length);
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < width; at++) turned[at * rows + row] = apart[row * width + at] as number;
  }
  const spread = await products(turned, width, rows, breathe);
  for (let at = 0; at < spread.length; at++) spread[at] = mixed * (spread[at] as number);
  for (let at = 0; at < width; at++) spread[at * width + at] = (spread[at * width + at] as number) + floor;
  await factorise(spread, width, breathe);
  return (mean) => solve(spread, width, mean);
}

/** Where there are fewer: by the products of the rows, which are fewer numbers (the Woodbury identity). */
async function byRows(
  apart: Float64Array,
  rows: number,
  width: number,
  mixed: number,
  floor: number,
  breathe: () => Promise<void>,
): Promise<Whiten> {
  const gram = await products(apart, rows, width, breathe);
  for (let row = 0; row < rows; row++) gram[row * rows + row] = (gram[row * rows + row] as number) + floor / mixed;
  await factorise(gram, rows, breathe);
  return (mean) => {
    const shares = solve(
      gram,
      rows,
      Float64Array.from({ length: rows }, (_, row) => dot(apart, row * width, mean, 0, width)),
    );
    const left = mean.slice();
    for (let row = 0; row < rows; row++) {
      const share = shares[row] as number;
      for (let at = 0; at < width; at++) left[at] = (left[at] as number) - share * (apart[row * width + at] as number);
    }
    return left.map((value) => value / floor);
  };
}

/** The products of all stretches of a list with each other: the lower half, row after row. */
async function products(
  list: Float64Array,
  count: number,
  length: number,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const found = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) found[a * count + b] = dot(list, a * length, list, b * length, length);
    await breathe();
  }
  return found;
}

/** Cholesky: the lower half becomes the lower factor. */
async function factorise(matrix: Float64Array, width: number, breathe: () => Promise<void>): Promise<void> {
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      const sum = (matrix[a * width + b] as number) - dot(matrix, a * width, matrix, b * width, b);
      matrix[a * width + b] = a === b ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (matrix[b * width + b] as number);
    }
    await breathe();
  }
}

function solve(factor: Float64Array, width: number, wanted: Float64Array): Float64Array {
  const found = Float64Array.from(wanted);
  for (let a = 0; a < width; a++) {
    found[a] = ((found[a] as number) - dot(factor, a * width, found, 0, a)) / (factor[a * width + a] as number);
  }
  for (let a = width - 1; a >= 0; a--) {
    const one = (found[a] as number) / (factor[a * width + a] as number);
    found[a] = one;
    for (let b = 0; b < a; b++) found[b] = (found[b] as number) - (factor[a * width + b] as number) * one;
  }
  return found;
}
