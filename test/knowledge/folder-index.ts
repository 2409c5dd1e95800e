import { loadKnowledge } from '../../src/agent-folder/load-agent.ts';
import { filesOf } from '../../src/agent-knowledge.ts';
import { openFileReader } from '../../src/ingest/read-files.ts';
import { readSource } from '../../src/ingest/read-source.ts';
import type { KnowledgeIndex, SourceDocument } from '../../src/knowledge/documents.ts';
import { liveKnowledge } from '../../src/knowledge/live-knowledge.ts';
import type { Embedder } from '../../src/language/embedder.ts';

/** The Markdown articles of an agent folder. */
export async function folderDocuments(folder: string): Promise<SourceDocument[]> {
  const { documents, problems } = await readSource(
    filesOf(await loadKnowledge(folder), ['.md']),
    openFileReader({ workers: 1, trusted: true }).read,
  );
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return documents;
}

/** An index of an agent folder without a store. */
export async function folderIndex(
  folder: string,
  { embedder = null, patienceMs = 20_000 }: { embedder?: Embedder | null; patienceMs?: number } = {},
): Promise<KnowledgeIndex> {
  const index = liveKnowledge({ embedder, patienceMs });
  await index.apply({ put: await folderDocuments(folder) });
  return index;
}
