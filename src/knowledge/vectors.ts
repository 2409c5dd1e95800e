import { createHash } from 'node:crypto';

/** The name under which a text's vectors are kept: 128 bits of its SHA-256. */
export function textKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** A vector as it is stored: 32-bit floats, little endian. */
export function packVector(vector: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(4 * vector.length);
  vector.forEach((value, at) => {
    bytes.writeFloatLE(value, 4 * at);
  });
  return bytes;
}

/** What `packVector` has packed; null where the bytes are none of its. */
export function unpackVector(bytes: Uint8Array): Float32Array | null {
  if (bytes.length === 0 || bytes.length % 4 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const vector = Float32Array.from({ length: bytes.length / 4 }, (_, at) => view.getFloat32(4 * at, true));
  return vector.every(Number.isFinite) ? vector : null;
}
