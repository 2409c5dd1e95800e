import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openSqliteStore } from '../adapters/sql/sqlite.ts';
import type { Config } from '../config.ts';
import type { SourceDocument } from '../knowledge/documents.ts';
import { ingestHere } from './ingest-here.ts';
import type { Step } from './progress.ts';

/** A store that has the agent's knowledge, read by the encoder; `articles` are the ids of its documents. */
export type PreparedKnowledge = { folder: string; articles: string[] };

/**
 * Brings the knowledge that evals begin with up to the agent folder and its sites, as `frontdesk ingest` does. It is kept below the data
 * folder, so that only what changed is read. `onDocument` is shown each document. Throws where something in it cannot be read: an agent that lacks an article is another one.
 */
export async function prepareKnowledge(
  config: Config,
  show: (step: Step) => void,
  onDocument: (document: SourceDocument) => void = () => {},
): Promise<PreparedKnowledge> {
  const { agentFolder, dataFolder } = config;
  const folder = join(dataFolder, 'evals', 'knowledge');
  await mkdir(folder, { recursive: true });
  const options = { places: [], agentFolder, watch: false, remove: false };
  const here: Config = { ...config, dataFolder: folder, databaseUrl: null };
  const { agent, failures, problems } = await ingestHere(here, options, { show, report() {} });
  const wrong = [...problems, ...failures.map(({ key, message }) => `${key}: ${message}`)];
  if (wrong.length > 0) throw new Error(`The knowledge cannot be read whole:\n  ${wrong.join('\n  ')}`);
  const store = await openSqliteStore({ folder });
  try {
    const articles: string[] = [];
    for await (const { put } of store.knowledge.changes(agent, 0)) {
      articles.push(...put.map(({ id }) => id));
      put.forEach(onDocument);
    }
    return { folder, articles };
  } finally {
    await store.close();
  }
}
