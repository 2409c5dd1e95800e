import { describe, expect, it } from 'vitest';
import { discriminantScores, trainDiscriminant } from '../../src/routing/discriminant.ts';
import { seeded } from '../../src/routing/random.ts';

const breathe = async () => {};

/** Two classes that differ in the second dimension, while the first, which varies much more, says nothing. */
function striped(rows: number, width: number) {
  const random = seeded(3);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % 2);
  const vectors = Float32Array.from({ length: rows * width }, (_, at) => {
    const [row, dimension] = [Math.floor(at / width), at % width];
    const noise = random() - 0.5;
    return dimension === 0 ? 4 * noise : dimension === 1 ? (labels[row] ?? 0) + 0.2 * noise : 0.05 * noise;
  });
  return { labels, vectors };
}

describe('the discriminant', () => {
  it.each([
    [200, 8],
    [12, 40],
  ])('of %i rows of %i dimensions looks at what tells the classes apart', async (rows, width) => {
    const { labels, vectors } = striped(rows, width);
    const model = await trainDiscriminant(vectors, width, labels, 2, breathe);
    const wrong = striped(400, width);
    const right = wrong.labels.filter((label, row) => {
      const [a = 0, b = 0] = discriminantScores(model, wrong.vectors.subarray(row * width, (row + 1) * width));
      return label === (b > a ? 1 : 0);
    });
    expect(right.length / 400).toBeGreaterThan(0.95);
  });

  it('is the same by rows and by dimensions', async () => {
    // Fewer rows than dimensions, and the same rows twice, which spread as much.
    const { labels, vectors } = striped(8, 8);
    const few = await trainDiscriminant(vectors.subarray(0, 56), 8, labels.subarray(0, 7), 2, breathe);
    const twice = await trainDiscriminant(
      Float32Array.from([...vectors.subarray(0, 56), ...vectors.subarray(0, 56)]),
      8,
      Int32Array.from([...labels.subarray(0, 7), ...labels.subarray(0, 7)]),
      2,
      breathe,
    );
    for (const [at, weight] of few.weights.entries()) expect(weight).toBeCloseTo(twice.weights[at] ?? 0, 3);
  });
});
