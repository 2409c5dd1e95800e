/**
 * Turns texts into vectors of unit length, so that the product of two is their likeness, -1 to 1. One vector a text, in
 * their order. The same text always has the same vector. Rejects when the encoder is gone; callers do without it then.
 */
export type Embedder = {
  /** Changes when the vectors would. */
  id: string;
  /** What it reads best. Missing: 'sentence'. */
  unit?: 'sentence' | 'passage';
  embed(texts: readonly string[], as?: 'query' | 'document'): Promise<Float32Array[]>;
};

/** The likeness of two texts by their vectors. */
export function likeness(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
