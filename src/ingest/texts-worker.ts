import { parentPort, workerData } from 'node:worker_threads';
import { textsOf } from './texts-of.ts';

parentPort?.postMessage(textsOf(workerData));
