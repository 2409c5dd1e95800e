import { parentPort } from 'node:worker_threads';
import { loadEncoder } from './encoder.ts';

/** What the worker is asked for, and its answer under the same number. */
export type EncodeRequest = { number: number; texts: readonly string[] };
export type EncodeAnswer = { number: number; vectors: Float32Array[] };

const encode = await loadEncoder();
parentPort?.on('message', ({ number, texts }: EncodeRequest) => {
  const answer: EncodeAnswer = { number, vectors: encode(texts) };
  parentPort?.postMessage(answer);
});
