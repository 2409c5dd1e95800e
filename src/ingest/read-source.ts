import type { SourceDocument } from '../knowledge/documents.ts';
import type { ItemProblem } from '../knowledge/store.ts';
import type { ReadFile, Source } from './source.ts';

/** All documents of a source, read anew and kept nowhere, and what is wrong with those that cannot be read. */
export async function readSource(
  source: Source,
  read: ReadFile,
): Promise<{ documents: SourceDocument[]; problems: { key: string; problem: ItemProblem }[] }> {
  const documents: SourceDocument[] = [];
  const problems: { key: string; problem: ItemProblem }[] = [];
  for await (const found of source.items(new Map(), { signal: new AbortController().signal, fresh: true })) {
    if (found.kind === 'problem') problems.push({ key: found.key, problem: found.problem });
    if (found.kind !== 'content') continue;
    const result = await read(found.file);
    if ('problem' in result) problems.push({ key: found.key, problem: result.problem });
    else documents.push(...result.documents);
  }
  return { documents, problems };
}
