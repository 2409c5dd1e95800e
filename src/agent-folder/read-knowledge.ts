import type { SourceDocument } from '../knowledge/documents.ts';
import { markdownDocument } from '../knowledge/markdown-document.ts';
import { type FolderFiles, readText } from './folder-files.ts';
import type { Report } from './problems.ts';

/** `knowledge/**\/*.md` as documents, in path order. */
export async function readKnowledge(root: string, files: FolderFiles, report: Report): Promise<SourceDocument[]> {
  const documents: SourceDocument[] = [];
  for (const file of files.knowledge) {
    const text = await readText(root, file, report);
    if (text === null) continue;
    const problem = (line: number, message: string) => report.problems.push({ file, line, message });
    const document = markdownDocument({ id: file.slice('knowledge/'.length), text }, problem);
    if (document === null) continue;
    const twin = documents.find((other) => other.title === document.title);
    if (twin) {
      const message = `has the same title as knowledge/${twin.id}: a customer cannot tell their citations apart`;
      report.warnings.push({ file, line: 1, message });
    }
    documents.push(document);
  }
  return documents;
}
