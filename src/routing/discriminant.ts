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
  const factor = await spreadOf(vectors, width, labels, means, breathe);
  let trace = 0;
  for (let at = 0; at < width; at++) trace += factor[at * width + at] as number;
  const even = trace / width || 1;
  for (let at = 0; at < factor.length; at++) factor[at] = (factor[at] as number) * (1 - SHRINKAGE);
  for (let at = 0; at < width; at++) factor[at * width + at] = (factor[at * width + at] as number) + SHRINKAGE * even;
  await factorise(factor, width, breathe);
  const weights = new Float32Array(classes * width);
  const bias = new Float32Array(classes);
  for (let own = 0; own < classes; own++) {
    const mean = means.subarray(own * width, (own + 1) * width);
    const solved = solve(factor, width, mean);
    weights.set(solved, own * width);
    bias[own] = -0.5 * dot(solved, 0, mean, 0, width);
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

/** The covariance within the classes: its lower half, row after row. */
async function spreadOf(
  vectors: Float32Array,
  width: number,
  labels: Int32Array,
  means: Float64Array,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const rows = labels.length;
  // Dimension after dimension, so that a covariance is the product of two stretches.
  const apart = new Float64Array(width * rows);
  for (const [row, own] of labels.entries()) {
    for (let at = 0; at < width; at++) {
      apart[at * rows + row] = (vectors[row * width + at] as number) - (means[own * width + at] as number);
    }
  }
  const spread = new Float64Array(width * width);
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) spread[a * width + b] = dot(apart, a * rows, apart, b * rows, rows) / rows;
    await breathe();
  }
  return spread;
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
