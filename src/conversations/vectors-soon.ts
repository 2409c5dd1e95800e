import { setTimeout as sleep } from 'node:timers/promises';
import type { Embedder } from '../language/embedder.ts';

/** Milliseconds for which anybody waits: an encoder that reads a new knowledge is busy for longer. */
const PATIENCE_MS = 1_000;

/** The vectors of the texts, or null where the encoder fails or is busy. */
export async function vectorsSoon(embedder: Embedder, texts: readonly string[]): Promise<Float32Array[] | null> {
  const read = embedder.embed(texts).catch(() => null);
  return Promise.race([read, sleep(PATIENCE_MS, null, { ref: false })]);
}
