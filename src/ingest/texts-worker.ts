import { parentPort, workerData } from 'node:worker_threads';
import { type Texts, textsOf } from './texts-of.ts';

/** What the thread says, once, of the document that it was started with. */
export type TextsAnswer = Texts;

parentPort?.postMessage(textsOf(workerData) satisfies TextsAnswer);
