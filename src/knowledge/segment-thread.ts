import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Segment } from './segment.ts';
import type { SegmentAnswer, SegmentRequest, SegmentTask } from './segment-worker.ts';

/** So long it waits for more work before it ends: some 30 MB that a desk at rest does not need. */
const IDLE_MS = 10_000;

type Waiting = { resolve(segment: Segment): void; reject(error: unknown): void };

/** The worker thread that builds and joins segments, one task after the other. It starts when there is work. */
export class SegmentThread {
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /** Rejects when the task fails or the thread dies; it starts anew with the next task. */
  run(task: SegmentTask): Promise<Segment> {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const number = this.#asked++;
    const worker = this.#worker;
    worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      worker.postMessage({ number, task } satisfies SegmentRequest);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL(`./segment-worker${extname(import.meta.url)}`, import.meta.url));
    worker.on('message', (answer: SegmentAnswer) => {
      const waiting = this.#waiting.get(answer.number);
      this.#waiting.delete(answer.number);
      if ('segment' in answer) waiting?.resolve(answer.segment);
      else waiting?.reject(answer.error);
      if (this.#waiting.size === 0) this.#rest(worker);
    });
    const end = (error: unknown) => {
      if (this.#worker === worker) this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    worker.on('error', end);
    worker.on('exit', () => end(new Error('The thread that builds the index stopped.')));
    return worker;
  }

  /** It must not keep a process alive that has nothing else to do. */
  #rest(worker: Worker): void {
    worker.unref();
    this.#idle = setTimeout(() => {
      this.#worker = null;
      void worker.terminate();
    }, IDLE_MS);
    this.#idle.unref();
  }
}
