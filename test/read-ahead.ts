import { fileURLToPath } from 'node:url';
import { buildProgram } from '../build/program.ts';
import { OFFLINE_TEXTS } from '../src/adapters/offline-model/offline-model.ts';
import { chunkDocument } from '../src/knowledge/chunk.ts';
import { sentenceTexts } from '../src/knowledge/passage-texts.ts';
import { folderDocuments } from './knowledge/folder-index.ts';
import { keptEncoder } from './knowledge/kept-encoder.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const FOLDERS = [folder('../examples/acme-insurance'), folder('agents/harbor-library')];

/**
 * Before all tests, since several at a time would each do all of it: builds the program, which many of them start, and has
 * the encoder read what many of them search.
 */
export default async function readAhead(): Promise<void> {
  await Promise.all([buildProgram(), readTexts()]);
}

/** By two encoders, each on a core of its own. */
async function readTexts(): Promise<void> {
  const documents = (await Promise.all(FOLDERS.map(folderDocuments))).flat();
  const texts = [...new Set([...OFFLINE_TEXTS, ...documents.flatMap(chunkDocument).flatMap(sentenceTexts)])];
  await Promise.all([0, 1].map((half) => readAll(texts.filter((_, at) => at % 2 === half))));
}

async function readAll(texts: readonly string[]): Promise<void> {
  const encoder = keptEncoder();
  try {
    await encoder.embed(texts);
  } finally {
    await encoder.close();
  }
}
