import { relative } from 'node:path';
import { loadAgent } from '../agent-folder/load-agent.ts';
import type { Config } from '../config.ts';
import { caseFrom } from './add-case.ts';
import { openStored } from './open-stored.ts';
import { readIfThere, suitePath, writeWhole } from './suite-path.ts';

/** `to`: a file, relative to the agent folder; null for `evals/from-life.yaml`. */
export type AddArgs = { conversation: string; folder: string; to: string | null; keepIdentifiers: boolean };

/** Makes a draft case of a stored conversation. Resolves with a sentence on what was written; throws, with a sentence, where nothing could be. */
export async function evalAdd(
  config: Config,
  { conversation: id, folder, to, keepIdentifiers }: AddArgs,
): Promise<string> {
  const path = suitePath(folder, to ?? 'evals/from-life.yaml');
  const { agent } = await loadAgent(folder, config.secrets, config.path === null ? {} : { path: config.path });
  await agent.closeTools();
  const store = await openStored(config);
  try {
    const conversation = await store.conversations.get(id);
    if (!conversation) {
      throw new Error(
        `There is no conversation ${JSON.stringify(id)} in this store. Its id is in the operator's list, and in the logs.`,
      );
    }
    const [events, steps, actions] = await Promise.all([
      store.log.events(id),
      store.log.steps(id),
      store.actions.of(id),
    ]);
    const file = await readIfThere(path);
    const ownTools = new Set(agent.tools.map(({ name }) => name));
    const text = caseFrom({ conversation, events, steps, actions }, { file, ownTools, keepIdentifiers });
    await writeWhole(path, text);
    return `Added a draft to ${relative(process.cwd(), path)}. Read it, and put right what is expected, before it counts.`;
  } finally {
    await store.close();
  }
}
