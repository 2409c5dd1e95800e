import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Embedder } from '../../language/embedder.ts';
import { RecentVectors } from './recent-vectors.ts';
import { DIMENSIONS } from './use-lite/encoder.ts';
import type { EncodeAnswer, EncodeRequest } from './use-lite/worker.ts';
import { type KnownVectors, keyOf, readVectors, writeVectors } from './vector-file.ts';

/** Vectors kept in memory, 2 KB each; the ones that were not used for longest go first. */
const KEPT = 10_000;
/** Texts of one request to the worker, so that a question does not wait long behind a whole knowledge folder. */
const BATCH = 8;

export type LocalEmbedder = Embedder & {
  /** Reads these texts ahead, and writes their vectors down where there is a file, so that the next start has them. */
  keep(texts: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

/**
 * The encoder that comes with the package: English, on this machine, off the main thread. It starts with the first
 * text: about 100 ms, 90 MB, then 4 ms for a question and 20 for a paragraph. A worker that died is started again with
 * the next text. `file` holds vectors from one start to the next.
 */
export function localEmbedder({ file = null }: { file?: string | null } = {}): LocalEmbedder {
  const recent = new RecentVectors(KEPT);
  const known = file === null ? Promise.resolve<KnownVectors>(new Map()) : readVectors(file, DIMENSIONS);
  let encoder: EncoderThread | null = null;

  function start(texts: readonly string[]): void {
    encoder ??= new EncoderThread(() => {
      encoder = null;
    });
    const vectors = encoder.encode(texts);
    for (const [at, text] of texts.entries())
      recent.remember(
        text,
        vectors.then((all) => all[at] ?? Promise.reject(new Error('The encoder left a text out.'))),
      );
  }

  async function embed(texts: readonly string[]): Promise<Float32Array[]> {
    const written = await known;
    const fresh: string[] = [];
    for (const text of new Set(texts)) {
      if (recent.has(text)) continue;
      const vector = written.size > 0 ? written.get(keyOf(text)) : undefined;
      if (vector) recent.remember(text, Promise.resolve(vector));
      else fresh.push(text);
    }
    for (let at = 0; at < fresh.length; at += BATCH) start(fresh.slice(at, at + BATCH));
    return recent.use(texts);
  }

  return {
    id: 'use-lite',
    embed,
    async keep(texts) {
      const vectors: Float32Array[] = [];
      // One after the other, so that a customer's question comes in between.
      for (let at = 0; at < texts.length; at += BATCH) vectors.push(...(await embed(texts.slice(at, at + BATCH))));
      if (file === null) return;
      const keys = texts.map(keyOf);
      const written = await known;
      if (keys.every((key) => written.has(key))) return;
      await writeVectors(file, new Map(keys.map((key, at) => [key, vectors[at] ?? new Float32Array(DIMENSIONS)])));
    },
    async close() {
      await encoder?.close();
    },
  };
}

type Waiting = { resolve(vectors: Float32Array[]): void; reject(error: Error): void };

class EncoderThread {
  readonly #worker = new Worker(new URL(`./use-lite/worker${extname(import.meta.url)}`, import.meta.url));
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #closing = false;

  constructor(onEnd: () => void) {
    const end = (error: Error) => {
      onEnd();
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    // It must not keep a process alive that has nothing else to do.
    this.#worker.unref();
    this.#worker.on('message', ({ number, vectors }: EncodeAnswer) => {
      this.#waiting.get(number)?.resolve(vectors);
      this.#waiting.delete(number);
      if (this.#waiting.size === 0 && !this.#closing) this.#worker.unref();
    });
    this.#worker.on('error', end);
    this.#worker.on('exit', () => end(new Error('The encoder stopped.')));
  }

  encode(texts: readonly string[]): Promise<Float32Array[]> {
    const number = this.#asked++;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage({ number, texts } satisfies EncodeRequest);
    });
  }

  async close(): Promise<void> {
    // Somebody waits for the end: from now on it keeps the process alive.
    this.#closing = true;
    this.#worker.ref();
    await this.#worker.terminate();
  }
}
