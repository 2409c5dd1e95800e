import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TrainingSet } from './train.ts';

/** What the training thread is given; `vectors` are those of an encoder, by text, null where none has read. */
export type TrainingOrder = { set: TrainingSet; vectors: ReadonlyMap<string, Float32Array> | null };

/** How far it is, or the trained classifier's bytes, which is the last thing it says. */
export type TrainingReport = { done: number; of: number } | { bytes: Uint8Array };

/**
 * Trains a classifier in a thread of its own, so that a server with many examples goes on meanwhile, and gives its bytes.
 * Rejects with the signal's reason when it aborts.
 */
export function trainInThread(
  order: TrainingOrder,
  { signal, onProgress }: { signal: AbortSignal; onProgress?(step: { done: number; of: number }): void },
): Promise<Uint8Array> {
  const worker = new Worker(new URL(`./train-worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: order,
  });
  return new Promise<Uint8Array>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    worker.on('message', (report: TrainingReport) => {
      if ('bytes' in report) resolve(report.bytes);
      else onProgress?.(report);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal.removeEventListener('abort', abort);
      reject(new Error('The training ended without a classifier.'));
    });
  }).finally(() => worker.terminate());
}
