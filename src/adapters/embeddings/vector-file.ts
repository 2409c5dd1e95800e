import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** First bytes of the file; another number where its form or the encoder changes. */
const MAGIC = 'FDVEC1\n\0';
const KEY_BYTES = 16;

/** Vectors by the key of their text, as a server before this one wrote them down. */
export type KnownVectors = Map<string, Float32Array>;

/** The text's name in the file. */
export function keyOf(text: string): string {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * KEY_BYTES);
}

/** Reads the file; a missing, broken or foreign one has no vectors. */
export async function readVectors(file: string, dimensions: number): Promise<KnownVectors> {
  const known: KnownVectors = new Map();
  const bytes = await readFile(file).catch(() => null);
  if (!bytes || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return known;
  const size = KEY_BYTES + 4 * dimensions;
  for (let at = MAGIC.length; at + size <= bytes.length; at += size) {
    const vector = new Float32Array(dimensions);
    Buffer.from(vector.buffer).set(bytes.subarray(at + KEY_BYTES, at + size));
    if (vector.every(Number.isFinite)) known.set(bytes.toString('hex', at, at + KEY_BYTES), vector);
  }
  return known;
}

/** Writes the file anew, whole or not at all. */
export async function writeVectors(file: string, vectors: KnownVectors): Promise<void> {
  const parts: Uint8Array[] = [Buffer.from(MAGIC, 'latin1')];
  for (const [key, vector] of vectors)
    parts.push(Buffer.from(key, 'hex'), Buffer.from(Float32Array.from(vector).buffer));
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, Buffer.concat(parts), { mode: 0o600 });
  await rename(fresh, file);
}
