import type { KnowledgeIndex } from '../knowledge/documents.ts';
import type { KnowledgeUpkeep, UpkeepState } from '../knowledge/upkeep.ts';
import { putPushed, removePushed } from './push.ts';
import type { Source } from './source.ts';
import type { SyncParts } from './sync.ts';
import type { SyncReport, SyncRuns } from './sync-runs.ts';

/** Failures that are told of. */
const SHOWN = 100;

type Parts = {
  sync: SyncParts;
  index: KnowledgeIndex & { readonly size: number };
  runs: SyncRuns;
  /** All sources of the agent. */
  sources(): Promise<Source[]>;
  onTrouble(error: unknown): void;
};

/** What operators do with the knowledge of one agent, on this node. */
export function knowledgeUpkeep({ sync, index, runs, sources, onTrouble }: Parts): KnowledgeUpkeep {
  const { store, agent } = sync;
  let isRunning = false;
  let last: UpkeepState['last'] = null;

  async function run(): Promise<void> {
    const report = await runs.run(await sources());
    last = { ...reportOf(report), endedAt: Date.now() };
  }

  return {
    async state() {
      const totals = await store.totals(agent);
      return {
        ...{ version: index.version, passages: index.size, running: isRunning, last },
        sources: totals.map(({ source, ...counts }) => ({ id: source, ...counts })),
      };
    },
    items: (page) => store.list(agent, page),
    put: (document) => putPushed(sync, document),
    remove: (id) => removePushed(sync, id),
    sync() {
      if (isRunning) return;
      isRunning = true;
      run()
        .catch(onTrouble)
        .finally(() => {
          isRunning = false;
        });
    },
  };
}

/** What operators are told of a run. A source that could not be gone through counts as a failure of its own. */
function reportOf({ sources, ...counts }: SyncReport) {
  const failures = sources.flatMap(({ failures, problem, source, name }) => {
    if (problem === null) return failures;
    return [
      ...failures,
      { source, key: name, problem: { code: 'source_unreadable', message: problem }, serving: true },
    ];
  });
  const { found, changed, unchanged, removed } = counts;
  return { found, changed, unchanged, removed, failed: failures.length, failures: failures.slice(0, SHOWN) };
}
