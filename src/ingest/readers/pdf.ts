import type { SourceDocument } from '../../knowledge/documents.ts';
import { type FileToRead, ReadError } from './read-result.ts';

export async function readPdf(file: FileToRead): Promise<SourceDocument> {
  throw new ReadError('unknown_format', `PDF is not read yet: ${file.name}.`);
}
