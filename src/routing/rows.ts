import type { Row } from './features.ts';

/** Many examples in few arrays: sparse features row after row, and a dense vector of each, or none (`width` 0). */
export type Rows = {
  count: number;
  starts: Uint32Array;
  ids: Uint32Array;
  values: Float32Array;
  width: number;
  vectors: Float32Array;
};

/** `vectors` are as many as `rows`, all of one length, or null. */
export function joinRows(rows: readonly Row[], vectors: readonly Float32Array[] | null): Rows {
  const starts = new Uint32Array(rows.length + 1);
  for (const [at, { ids }] of rows.entries()) starts[at + 1] = (starts[at] ?? 0) + ids.length;
  const total = starts[rows.length] ?? 0;
  const ids = new Uint32Array(total);
  const values = new Float32Array(total);
  for (const [at, row] of rows.entries()) {
    ids.set(row.ids, starts[at]);
    values.set(row.values, starts[at]);
  }
  return {
    count: rows.length,
    starts,
    ids,
    values,
    width: vectors?.[0]?.length ?? 0,
    vectors: joinVectors(vectors ?? []),
  };
}

/** Vectors of one length, one after the other. */
export function joinVectors(vectors: readonly Float32Array[]): Float32Array {
  const width = vectors[0]?.length ?? 0;
  const joined = new Float32Array(vectors.length * width);
  for (const [at, vector] of vectors.entries()) joined.set(vector, at * width);
  return joined;
}
