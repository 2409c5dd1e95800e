import { createHash } from 'node:crypto';

/** The name under which a text's vectors are kept: 128 bits of its SHA-256. */
export function textKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** A vector as it is stored: 32-bit floats in the order of every processor that Node runs on well, little endian. */
export function packVector(vector: Float32Array): Uint8Array {
  return Buffer.from(Float32Array.from(vector).buffer);
}

/** What `packVector` has packed; null where the bytes are none of its. */
export function unpackVector(bytes: Uint8Array): Float32Array | null {
  if (bytes.length === 0 || bytes.length % 4 !== 0) return null;
  const vector = new Float32Array(Uint8Array.from(bytes).buffer);
  return vector.every(Number.isFinite) ? vector : null;
}
