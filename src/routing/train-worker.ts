import { parentPort, workerData } from 'node:worker_threads';
import type { Embedder } from '../language/embedder.ts';
import { trainClassifier } from './train.ts';
import type { TrainingOrder, TrainingReport } from './train-thread.ts';

const { set, vectors } = workerData as TrainingOrder;
const tell = (report: TrainingReport) => parentPort?.postMessage(report);

/** The texts were read where the encoder is. */
const read: Embedder | null = vectors && {
  id: 'read',
  embed: async (texts) => texts.map((text) => vectors.get(text) ?? missing()),
};

function missing(): never {
  throw new Error('The encoder has left an example out.');
}

const classifier = await trainClassifier(set, { embedder: read, progress: (done, of) => tell({ done, of }) });
tell({ bytes: classifier.toBytes() });
