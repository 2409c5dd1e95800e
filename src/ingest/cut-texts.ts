import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SourceDocument } from '../knowledge/documents.ts';
import type { NewDocument } from '../knowledge/store.ts';
import { type Texts, textsOf } from './texts-of.ts';
import type { TextsAnswer } from './texts-worker.ts';

/** Characters of a document that is cut on the main thread, which a thread of its own would cost more than. */
const LITTLE = 40_000;
/** What a thread may take for one document; ordinary text of 10 MB takes some seconds. */
const LONGEST_MS = 20_000;
const MOST_MEMORY = { maxOldGenerationSizeMb: 1_024 };

/**
 * What an encoder may read of a document. A large one is cut in a thread, so that customers do not wait for it. Rejects
 * where the text is nested or repeated beyond what can be cut in time.
 */
export async function cutTexts(document: SourceDocument): Promise<Texts> {
  if (document.text.length <= LITTLE) return textsOf(document);
  const worker = new Worker(new URL(`./texts-worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: document,
    resourceLimits: MOST_MEMORY,
  });
  try {
    const [texts] = await once(worker, 'message', { signal: AbortSignal.timeout(LONGEST_MS) });
    return texts as TextsAnswer;
  } finally {
    await worker.terminate();
  }
}

/** The document and the keys of all that an encoder may read of it. */
export async function withTexts(document: SourceDocument): Promise<NewDocument> {
  const { sentence, passage } = await cutTexts(document);
  return { document, texts: { sentence: [...sentence.keys()], passage: [...passage.keys()] } };
}
