import type { Embedder } from '../language/embedder.ts';
import type { Passage } from './documents.ts';
import { encoderTexts, unitRead } from './passage-texts.ts';

/**
 * The likeness of a text to a passage as a whole, to its headings, and to its best sentence or noted way to ask, which is
 * null where sentences were not read.
 */
export type Likeness = { whole: number; heading: number; sentence: number | null };

/** The vectors of one passage in bytes, one after the other: a quarter of the memory of floats, likeness within 0.01. */
type Packed = { bytes: Int8Array; scales: Float32Array };

const TOP = 127;

/**
 * Compares texts with passages by an encoder's vectors. What is read once of a passage is kept as long as somebody holds
 * the passage; `size` is how many passages the knowledge has.
 */
export class Meanings {
  readonly #embedder: Embedder;
  #packed = new WeakMap<Passage, Packed>();

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  /** One list a text, in their order, with an entry for each passage. Rejects when the encoder does. */
  async compare(texts: readonly string[], passages: readonly Passage[], size: number): Promise<Likeness[][]> {
    const asked = await this.#embedder.embed(texts, 'query');
    await this.#read(passages, size);
    const packed = passages.map((passage) => this.#packed.get(passage));
    return asked.map((vector) => packed.map((one) => (one ? likenessOf(vector, one) : NONE)));
  }

  async #read(passages: readonly Passage[], size: number): Promise<void> {
    const unit = unitRead(this.#embedder, size);
    const fresh = passages.filter((passage) => !this.#packed.has(passage));
    if (fresh.length === 0) return;
    const texts = fresh.map((passage) => encoderTexts(passage, unit));
    const vectors = await this.#embedder.embed(texts.flat(), 'document');
    let at = 0;
    for (const [n, own] of texts.entries()) {
      const rows = vectors.slice(at, at + own.length);
      this.#packed.set(fresh[n] as Passage, pack(unit === 'sentence' ? [meanOf(rows), ...rows] : rows));
      at += own.length;
    }
  }
}

const NONE: Likeness = { whole: 0, heading: 0, sentence: null };

/**
 * Stands for the passage as a whole, which would cost more to read than all else of it. At unit length. By index, here and
 * below: the first search goes through 100,000 numbers, and would take 200 ms with iterators.
 */
function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (vector[i] as number);
  let squares = 0;
  for (let i = 0; i < mean.length; i++) squares += (mean[i] as number) ** 2;
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) / length;
  return mean;
}

function pack(vectors: readonly Float32Array[]): Packed {
  const length = vectors[0]?.length ?? 0;
  const bytes = new Int8Array(vectors.length * length);
  const scales = new Float32Array(vectors.length);
  for (const [row, vector] of vectors.entries()) {
    let most = 0;
    for (let i = 0; i < length; i++) most = Math.max(most, Math.abs(vector[i] ?? 0));
    scales[row] = most / TOP;
    const start = row * length;
    for (let i = 0; i < length; i++) bytes[start + i] = Math.round(((vector[i] ?? 0) / (most || 1)) * TOP);
  }
  return { bytes, scales };
}

/** Rows: the whole, then, where they were read, the headings and each sentence. */
function likenessOf(vector: Float32Array, { bytes, scales }: Packed): Likeness {
  const length = vector.length;
  // Another encoder has made them.
  if (bytes.length !== scales.length * length) return NONE;
  const likeness = { ...NONE };
  for (let row = 0; row < scales.length; row++) {
    let sum = 0;
    const start = row * length;
    for (let i = 0; i < length; i++) sum += (vector[i] as number) * (bytes[start + i] as number);
    sum *= scales[row] as number;
    if (row === 0) likeness.whole = sum;
    else if (row === 1) likeness.heading = sum;
    else likeness.sentence = Math.max(likeness.sentence ?? -1, sum);
  }
  return likeness;
}
