import { Worker } from 'node:worker_threads';
import { readFile } from './readers/read-file.ts';
import type { FileToRead, ReadBounds, ReadResult } from './readers/read-result.ts';

/** What the reading process is sent, and what it answers; `memory` is what it has now, in bytes. */
export type ReadRequest = { file: FileToRead; bounds: ReadBounds };
export type ReadAnswer = { result: ReadResult; memory: number };

/**
 * Watches from a thread of its own, since a file may keep the main thread busy for good. Memory is more than the heap
 * that Node can limit: what is unpacked lies beside it. A process whose parent has died ends, too.
 */
const WATCH = `
  const { parentPort, workerData } = require('node:worker_threads');
  let limit = Infinity;
  parentPort.on('message', (bytes) => { limit = bytes; });
  setInterval(() => {
    if (process.memoryUsage.rss() > limit || process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
  }, 50);
`;

const watch = new Worker(WATCH, {
  eval: true,
  workerData: process.ppid,
  resourceLimits: { maxOldGenerationSizeMb: 16 },
});
watch.unref();

process.on('message', ({ file, bounds }: ReadRequest) => {
  watch.postMessage(bounds.memoryBytes);
  void readFile(file, bounds).then((result) => {
    const answer: ReadAnswer = { result, memory: process.memoryUsage.rss() };
    process.send?.(answer);
  });
});

// The parent has gone or wants no more.
process.on('disconnect', () => process.exit());
process.send?.('ready');
