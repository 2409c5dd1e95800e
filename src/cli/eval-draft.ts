import { relative } from 'node:path';
import { claudeModel } from '../adapters/claude.ts';
import { type Config, isOffline } from '../config.ts';
import { asked, type Draft, draftsOf, newDrafts, withDrafts } from '../evals/draft-cases.ts';
import { counted } from '../evals/report/format.ts';
import { readIfThere, suitePath, writeWhole } from '../evals/suite-path.ts';
import { chunkDocument } from '../knowledge/chunk.ts';
import { prepareKnowledge } from './eval-knowledge.ts';
import { progressOn } from './progress.ts';

type Wish = { most: number; to: string | null; signal: AbortSignal };

/**
 * Writes drafts of cases from the agent's articles to the suite `to` (`evals/drafts.yaml`), at most `most`, each marked as one; what is
 * drafted there already is not drafted again. With a key the fast model words the questions, else templates do. Gives a sentence on what
 * was written; throws one where nothing could be, or not all: what was worded until then is kept.
 */
export async function evalDraft(config: Config, { most, to, signal }: Wish): Promise<string> {
  const path = suitePath(config.agentFolder, to ?? 'evals/drafts.yaml');
  const place = relative(process.cwd(), path);
  const progress = progressOn(process.stderr);
  try {
    const drafts: Draft[] = [];
    await prepareKnowledge(
      config,
      (step) => progress.show(step),
      (document) => drafts.push(...draftsOf(chunkDocument(document))),
    );
    const file = await readIfThere(path);
    const fresh = newDrafts(drafts, file, most);
    if (fresh.length === 0)
      return `Nothing new: each section of the knowledge has its draft in ${place}, or there is none.`;
    const worded: Draft[] = [];
    const failure = await wordAll(config, { fresh, worded, signal, progress });
    if (worded.length > 0) await writeWhole(path, withDrafts(file, worded));
    if (failure !== null) throw new Error(brokenOff(failure, { written: worded.length, place }));
    return `${counted(worded.length, 'draft')} in ${place}. Read each before it counts: a question out of a heading is no customer’s.`;
  } finally {
    progress.end();
  }
}

type Wording = {
  fresh: readonly Draft[];
  worded: Draft[];
  signal: AbortSignal;
  progress: ReturnType<typeof progressOn>;
};

/** Fills `worded` until all are, and gives what kept it from that; null where nothing did. */
async function wordAll(config: Config, { fresh, worded, signal, progress }: Wording): Promise<string | null> {
  try {
    for (const draft of fresh) {
      progress.show({ what: 'drafts', done: worded.length, of: fresh.length });
      worded.push(isOffline(config) ? draft : await wordedBy(config, draft, signal));
    }
    return null;
  } catch (error) {
    if (signal.aborted) return 'it was stopped';
    return error instanceof Error ? error.message : String(error);
  }
}

function brokenOff(failure: string, { written, place }: { written: number; place: string }): string {
  const kept = written === 0 ? 'No draft was written' : `${counted(written, 'draft')} went to ${place}`;
  return `${kept}, then it broke off: ${failure.replace(/\.$/, '')}. The same command goes on from there.`;
}

function wordedBy({ anthropic, fastModel: modelId }: Config, draft: Draft, signal: AbortSignal): Promise<Draft> {
  return asked({ model: claudeModel(anthropic), modelId, signal }, draft);
}
