import { chunkDocument } from '../knowledge/chunk.ts';
import type { SourceDocument } from '../knowledge/documents.ts';
import { passageText, sentenceTexts } from '../knowledge/passage-texts.ts';
import type { TextUnit } from '../knowledge/store.ts';
import { textKey } from '../knowledge/vectors.ts';

/** What an encoder may read of a document, by the keys of the texts. */
export type Texts = Readonly<Record<TextUnit, ReadonlyMap<string, string>>>;

/** Cuts the document into passages, which takes a tenth of a second for 200 kB. */
export function textsOf(document: SourceDocument): Texts {
  const passages = chunkDocument(document);
  const byKey = (texts: readonly string[]) => new Map(texts.map((text) => [textKey(text), text]));
  return { sentence: byKey(passages.flatMap(sentenceTexts)), passage: byKey(passages.map(passageText)) };
}
