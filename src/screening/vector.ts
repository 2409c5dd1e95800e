import { setTimeout as sleep } from 'node:timers/promises';
import { detectLanguage } from '../language/detect.ts';
import type { Embedder } from '../language/embedder.ts';

/** Characters of a message that are read, as the router does: the encoder then reads the same text once. */
const READ_CHARACTERS = 2_000;

/** The vector of an English message; null where it is in another language, nothing reads, or it takes longer than `patienceMs`. */
export async function englishVector(
  embedder: Embedder | null,
  text: string,
  patienceMs: number,
): Promise<Float32Array | null> {
  if (!embedder) return null;
  const message = beginningAndEnd(text);
  const language = detectLanguage(message, 'question');
  if (language !== null && language !== 'en') return null;
  const read = embedder.embed([message], 'query').then(
    ([vector]) => vector ?? null,
    () => null,
  );
  return Promise.race([read, sleep(patienceMs, null, { ref: false })]);
}

function beginningAndEnd(text: string): string {
  if (text.length <= READ_CHARACTERS) return text;
  const half = READ_CHARACTERS / 2;
  return `${text.slice(0, half)}\n${text.slice(-half)}`.toWellFormed();
}
