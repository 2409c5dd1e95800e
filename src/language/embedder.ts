/**
 * Turns texts into vectors of unit length, so that the product of two is their likeness, -1 to 1. One vector a text, in
 * their order. The same text always has the same vector. Rejects when the encoder is gone; callers do without it then.
 */
export type Embedder = {
  /** Changes when the vectors would: those of two encoders are never compared. */
  id: string;
  /** What its opinion counts for, where that of the local encoder counts 1. Missing: 1. */
  weight?: number;
  /**
   * What it reads best: single sentences, as the local encoder, or whole passages, as one behind an API, where every
   * text costs money. Missing: `sentence`.
   */
  unit?: 'sentence' | 'passage';
  /**
   * `as`: what the texts are to each other, which some encoders need to know. Missing: they are compared with their like.
   * Documents are waited for; anything else is wanted at once or not at all.
   */
  embed(texts: readonly string[], as?: TextRole): Promise<Float32Array[]>;
};

/** A question that is compared with documents, or one of the documents. */
export type TextRole = 'query' | 'document';

/** The likeness of two texts by their vectors; none where another encoder made one of them. */
export function likeness(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
