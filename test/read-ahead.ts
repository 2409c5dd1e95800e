import { fileURLToPath } from 'node:url';
import { OFFLINE_TEXTS } from '../src/adapters/offline-model/offline-model.ts';
import { chunkDocument } from '../src/knowledge/chunk.ts';
import { sentenceTexts } from '../src/knowledge/passage-texts.ts';
import { folderDocuments } from './knowledge/folder-index.ts';
import { keptEncoder } from './knowledge/kept-encoder.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const FOLDERS = [folder('../examples/acme-insurance'), folder('agents/harbor-library')];

/** Has the encoder read once, before all tests, what many of them search; several at a time would each read all of it. */
export default async function readAhead(): Promise<void> {
  const encoder = keptEncoder();
  try {
    const documents = (await Promise.all(FOLDERS.map(folderDocuments))).flat();
    await encoder.embed([...OFFLINE_TEXTS, ...documents.flatMap(chunkDocument).flatMap(sentenceTexts)]);
  } finally {
    await encoder.close();
  }
}
