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
  await buildProgram();
  const encoder = keptEncoder();
  try {
    const documents = (await Promise.all(FOLDERS.map(folderDocuments))).flat();
    await encoder.embed([...OFFLINE_TEXTS, ...documents.flatMap(chunkDocument).flatMap(sentenceTexts)]);
  } finally {
    await encoder.close();
  }
}
