import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Embedder, TextRole } from '../../language/embedder.ts';
import { openKeptVectors } from './kept-vectors.ts';
import { RecentVectors } from './recent-vectors.ts';
import type { EncodeAnswer, EncodeRequest } from './use-lite/worker.ts';

/** Vectors kept in memory, 2 KB each; the ones that were not used for longest go first. */
const KEPT = 10_000;
/** Texts of one request to the worker, so that a question does not wait long behind a whole knowledge folder. */
const BATCH = 8;

const ID = 'use-lite';

export type LocalEmbedder = Embedder & {
  close(): Promise<void>;
};

/**
 * `keptIn`: a folder in which the vectors of documents stay, so that no other start reads them again, whatever its data
 * folder. Customers' texts never stay there.
 */
export type LocalEmbedderOptions = { keptIn?: string | null };

/**
 * The encoder that comes with the package: English, on this machine, off the main thread. It starts with the first
 * text: about 100 ms, 90 MB, then 4 ms for a question and 20 for a paragraph. A worker that died is started again with
 * the next text.
 */
export function localEmbedder({ keptIn = null }: LocalEmbedderOptions = {}): LocalEmbedder {
  const recent = new RecentVectors(KEPT);
  const kept = keptIn === null ? null : openKeptVectors(join(keptIn, `vectors-${ID}.db`));
  let encoder: EncoderThread | null = null;

  function start(texts: readonly string[], as: TextRole | undefined): void {
    encoder ??= new EncoderThread(() => {
      encoder = null;
    });
    const vectors = encoder.encode(texts);
    if (kept && as === 'document') vectors.then((all) => kept.write(zip(texts, all))).catch(() => {});
    for (const [at, text] of texts.entries())
      recent.remember(
        text,
        vectors.then((all) => all[at] ?? Promise.reject(new Error('The encoder left a text out.'))),
      );
  }

  async function embed(texts: readonly string[], as?: TextRole): Promise<Float32Array[]> {
    const fresh = [...new Set(texts)].filter((text) => !recent.has(text) && !recall(text));
    for (let at = 0; at < fresh.length; at += BATCH) start(fresh.slice(at, at + BATCH), as);
    return recent.use(texts);
  }

  function recall(text: string): boolean {
    const vector = kept?.read(text);
    if (vector) recent.remember(text, Promise.resolve(vector));
    return Boolean(vector);
  }

  return {
    id: ID,
    embed,
    async close() {
      await encoder?.close();
      kept?.close();
    },
  };
}

function zip(texts: readonly string[], vectors: readonly Float32Array[]): Map<string, Float32Array> {
  return new Map(texts.flatMap((text, at) => (vectors[at] ? [[text, vectors[at]] as const] : [])));
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
