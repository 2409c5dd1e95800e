import { loadKnowledge } from '../../src/agent-folder/load-agent.ts';
import { sourceSettings } from '../../src/agent-knowledge.ts';
import { openFileReader } from '../../src/ingest/read-files.ts';
import { readSource } from '../../src/ingest/read-source.ts';
import { ownFiles } from '../../src/ingest/sources.ts';
import type { KnowledgeIndex, SourceDocument } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { withEncoder } from '../../src/knowledge/second-opinion.ts';
import type { Embedder } from '../../src/language/embedder.ts';

/** The articles of an agent folder. */
export async function folderDocuments(folder: string): Promise<SourceDocument[]> {
  const { knowledge } = await loadKnowledge(folder);
  const reader = openFileReader({ workers: 1, trusted: true });
  const settings = sourceSettings(reader, { network: {}, version: 'test' });
  const { documents, problems } = await readSource(ownFiles(knowledge, settings), reader.read);
  await reader.close();
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return documents;
}

/** An index of an agent folder without a store. */
export async function folderIndex(
  folder: string,
  { embedder = null, patienceMs = 20_000 }: { embedder?: Embedder | null; patienceMs?: number } = {},
): Promise<KnowledgeIndex> {
  const index = buildKnowledgeIndex(await folderDocuments(folder));
  return withEncoder(index, embedder, { patienceMs });
}
