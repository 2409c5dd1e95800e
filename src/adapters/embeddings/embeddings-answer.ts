/** The vectors of an answer, in the order of the texts, and what it cost; or what is wrong with it, in a sentence. */
export type EmbeddingsAnswer = { vectors: Float32Array[]; tokens: number } | { problem: string };

const MOST_DIMENSIONS = 8_192;

/**
 * Reads an answer of Voyage's or OpenAI's form, `{ data: [{ index, embedding }], usage: { total_tokens } }`, where an
 * embedding is a list of numbers or base64 of little-endian floats. Vectors come out with unit length.
 */
export function readEmbeddings(body: unknown, count: number): EmbeddingsAnswer {
  const { data, usage } = (body ?? {}) as { data?: unknown; usage?: { total_tokens?: unknown } };
  if (!Array.isArray(data)) return { problem: 'the answer has no data' };
  if (data.length !== count) return { problem: `the answer has ${data.length} vectors for ${count} texts` };
  const vectors = new Array<Float32Array | undefined>(count).fill(undefined);
  for (const [at, entry] of data.entries()) {
    const { index = at, embedding } = (entry ?? {}) as { index?: unknown; embedding?: unknown };
    const place = Number.isInteger(index) ? (index as number) : -1;
    if (place < 0 || place >= count || vectors[place]) return { problem: 'the answer numbers its vectors wrongly' };
    const vector = toUnit(toVector(embedding));
    if (!vector) return { problem: `vector ${place} of the answer cannot be used` };
    vectors[place] = vector;
  }
  const whole = vectors.filter((vector) => vector !== undefined);
  const dimensions = whole[0]?.length ?? 0;
  if (whole.some(({ length }) => length !== dimensions)) return { problem: 'the vectors differ in length' };
  const { total_tokens: tokens } = usage ?? {};
  return { vectors: whole, tokens: typeof tokens === 'number' && tokens > 0 ? tokens : 0 };
}

function toVector(embedding: unknown): Float32Array | null {
  if (typeof embedding === 'string') {
    const bytes = Buffer.from(embedding, 'base64');
    if (bytes.length % 4 !== 0) return null;
    return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
  }
  if (!Array.isArray(embedding) || !embedding.every((value) => typeof value === 'number')) return null;
  return Float32Array.from(embedding as number[]);
}

function toUnit(vector: Float32Array | null): Float32Array | null {
  if (!vector || vector.length === 0 || vector.length > MOST_DIMENSIONS) return null;
  const length = Math.hypot(...vector);
  return Number.isFinite(length) && length > 0 ? vector.map((value) => value / length) : null;
}
