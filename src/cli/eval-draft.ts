import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { claudeModel } from '../adapters/claude.ts';
import { isOffline } from '../compose.ts';
import type { Config } from '../config.ts';
import { asked, type Draft, draftsOf, newDrafts, withDrafts } from '../evals/draft-cases.ts';
import { readIfThere } from '../evals/eval-add.ts';
import { chunkDocument } from '../knowledge/chunk.ts';
import { prepareKnowledge } from './eval-knowledge.ts';
import { progressOn } from './progress.ts';

/**
 * Writes drafts of cases from the agent's articles to `evals/drafts.yaml`, at most `most`, each marked as one; what is drafted already is not
 * drafted again. With a key the fast model words the questions, else templates do. Gives a sentence on what was written; throws one where
 * nothing could be.
 */
export async function evalDraft(
  config: Config,
  { most, signal }: { most: number; signal: AbortSignal },
): Promise<string> {
  const progress = progressOn(process.stderr);
  try {
    const drafts: Draft[] = [];
    await prepareKnowledge(
      config,
      (step) => progress.show(step),
      (document) => drafts.push(...draftsOf(chunkDocument(document))),
    );
    const path = join(config.agentFolder, 'evals', 'drafts.yaml');
    const file = await readIfThere(path);
    const fresh = newDrafts(drafts, file, most);
    const place = relative(process.cwd(), path);
    if (fresh.length === 0)
      return `Nothing new: each section of the knowledge has its draft in ${place}, or there is none.`;
    const worded: Draft[] = [];
    for (const draft of fresh) {
      progress.show({ what: 'drafts', done: worded.length, of: fresh.length });
      worded.push(isOffline(config) ? draft : await wordedBy(config, draft, signal));
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.part`, withDrafts(file, worded));
    await rename(`${path}.part`, path);
    return `${worded.length} drafts in ${place}. Read each before it counts: a question out of a heading is no customer’s.`;
  } finally {
    progress.end();
  }
}

function wordedBy({ anthropic, fastModel: modelId }: Config, draft: Draft, signal: AbortSignal): Promise<Draft> {
  const { apiKey, baseUrl } = anthropic;
  const model = claudeModel({ apiKey: apiKey ?? undefined, baseUrl: baseUrl ?? undefined });
  return asked({ model, modelId, signal }, draft);
}
