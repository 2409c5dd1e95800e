import { type LocalEmbedder, localEmbedder } from '../../src/adapters/embeddings/local-embedder.ts';
import { BESIDE_PROGRAM } from '../../src/config.ts';

/**
 * The local encoder, which reads no text twice on this machine: the same articles are searched in many tests, and take
 * seconds to read. They are kept where the program's own starts find them.
 */
export function keptEncoder(): LocalEmbedder {
  const encoder = localEmbedder({ keptIn: BESIDE_PROGRAM });
  return { ...encoder, embed: (texts) => encoder.embed(texts, 'document') };
}
