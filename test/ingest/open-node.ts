import { openKnowledge } from '../../src/agent-knowledge.ts';
import { openFileReader } from '../../src/ingest/read-files.ts';
import type { KnowledgeStore } from '../../src/knowledge/store.ts';

/** What one node knows of an agent with a folder and no sites, by words alone. Trouble is thrown. */
export function openNode({ store, agent, folder }: { store: KnowledgeStore; agent: string; folder: string }) {
  return openKnowledge({
    ...{ store, agent: { id: agent, knowledge: { folder, sources: [] } } },
    reader: openFileReader({ workers: 1, trusted: true }),
    ...{ network: {}, version: '1', embedder: null, summariser: null, patienceMs: 0 },
    isFirst: async () => true,
    onTrouble: (error) => {
      throw error;
    },
  });
}
