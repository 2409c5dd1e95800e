import { dot } from './dot.ts';

/** The vectors of the examples of each class, to see how near a message is to what the classes know. */
export type Neighbours = {
  width: number /** Where the rows of each class begin, and where the last ends. */;
  starts: Uint32Array;
  vectors: Float32Array;
};

const NEAREST = 3;

export function placeNeighbours(vectors: Float32Array, width: number, labels: Int32Array, classes: number): Neighbours {
  const starts = new Uint32Array(classes + 1);
  const sorted = new Float32Array(vectors.length);
  let next = 0;
  for (let own = 0; own < classes; own++) {
    starts[own] = next;
    for (const [row, label] of labels.entries()) {
      if (label !== own) continue;
      sorted.set(vectors.subarray(row * width, (row + 1) * width), next * width);
      next++;
    }
  }
  starts[classes] = next;
  return { width, starts, vectors: sorted };
}

/** The mean likeness of a vector to its three nearest examples of some classes, -1 to 1. */
export function nearness(
  { width, starts, vectors }: Neighbours,
  vector: Float32Array,
  classes: readonly number[],
): number {
  const best: number[] = [];
  for (const own of classes) {
    for (let row = starts[own] as number; row < (starts[own + 1] as number); row++) {
      const sum = dot(vectors, row * width, vector, 0, width);
      if (best.length === NEAREST && sum <= (best[NEAREST - 1] as number)) continue;
      best.push(sum);
      best.sort((a, b) => b - a);
      best.length = Math.min(best.length, NEAREST);
    }
  }
  return best.length === 0 ? 0 : best.reduce((all, one) => all + one, 0) / best.length;
}
