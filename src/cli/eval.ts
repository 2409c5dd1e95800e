import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { defineCommand } from 'citty';
import { AgentFolderError, formatProblems, type Problem } from '../agent-folder/problems.ts';
import { loadKnowledge } from '../agent-folder/load-agent.ts';
import type { Config } from '../config.ts';
import { type RunCache, openCache } from '../evals/cache.ts';
import { checkSuites, withoutNeedy } from '../evals/check-suites.ts';
import { evaluate } from '../evals/evaluate.ts';
import type { RunReport } from '../evals/graded.ts';
import { openGrading } from '../evals/grading.ts';
import { readSuites } from '../evals/read-suites.ts';
import { type Comparison, compareRuns } from '../evals/report/compare.ts';
import { baselineOf, baselineText, gate, parseBaseline } from '../evals/report/gate.ts';
import { junitXml } from '../evals/report/junit.ts';
import { earlierRuns, keepRun, readRun } from '../evals/report/store.ts';
import { terminalReport } from '../evals/report/terminal.ts';
import { openStages, type Stages } from '../evals/run-cases.ts';
import type { Case } from '../evals/suite.ts';
import { version } from '../compose.ts';
import { explainStart } from './explain.ts';
import { prepareKnowledge } from './eval-knowledge.ts';
import { progressOn } from './progress.ts';

/** Exit codes. */
const WORSE = 1;
const OWN_ERROR = 2;
const INTERRUPTED = 130;
const BASELINE = 'evals/baseline.json';

const ARGS = {
  folder: { type: 'positional', required: false, description: 'Agent folder; or "add CONVERSATION", or "draft"' },
  json: { type: 'boolean', default: false, description: 'Print the scorecard as JSON on the last line' },
  gate: { type: 'boolean', default: false, description: 'Exit with 1 where something is worse than evals/baseline.json' },
  targets: { type: 'boolean', default: false, description: 'With --gate: also where a criterion misses its target' },
  compare: { type: 'string', description: 'Say what is different from an earlier run: last, an id, or a file' },
  case: { type: 'string', description: 'Only cases whose name holds this' },
  suite: { type: 'string', description: 'Only the suites whose name holds this' },
  tag: { type: 'string', description: 'Only cases with this tag' },
  repeat: { type: 'string', description: 'Run each case so often, whatever it says' },
  processes: { type: 'string', description: 'Processes; by default one a core, at most four' },
  'at-once': { type: 'string', default: '4', description: 'With a model: conversations at once in a process' },
  budget: { type: 'string', default: '5', description: 'Dollars after which no case begins' },
  cache: { type: 'boolean', default: true, description: 'Take what was had before from the cache' },
  'update-baseline': { type: 'boolean', default: false, description: 'Write evals/baseline.json from this run' },
} as const;

/** `frontdesk eval [folder]`: has the suites of an agent folder, and says how the agent does. */
export function evalCommand(config: Config) {
  return defineCommand({
    meta: { name: 'eval', description: 'Have the conversations of evals/*.yaml with the agent, and measure it' },
    args: ARGS,
    async run({ args }) {
      try {
        process.exitCode = await runEval({ ...config, agentFolder: resolve(args.folder ?? config.agentFolder) }, args);
      } catch (error) {
        process.stderr.write(`${explainStart(error, config)}\n`);
        process.exitCode = OWN_ERROR;
      }
    },
  });
}
type Args = {
  json: boolean;
  gate: boolean;
  targets: boolean;
  cache: boolean;
  'update-baseline': boolean;
  'at-once': string;
  budget: string;
} & { [Name in 'compare' | 'case' | 'suite' | 'tag' | 'repeat' | 'processes']?: string | undefined };

async function runEval(config: Config, args: Args): Promise<number> {
  const { agentFolder: folder, dataFolder } = config;
  const options = readNumbers(args);
  const { suites, problems } = await readSuites(folder);
  if (problems.length > 0) throw new AgentFolderError(folder, problems);
  if (suites.length === 0) throw new Error(`${folder} has no suites. ${FIRST_SUITE}`);
  const chosen = chosenCases(suites.flatMap(({ cases }) => cases), args, options.repeat);
  const baseline = args.gate ? await readBaseline(folder) : null;
  const interrupt = onInterrupt();
  const progress = progressOn(process.stderr);
  const preparedFolder = await prepareKnowledge(config, (step) => progress.show(step));
  progress.end();
  const quiet: Config = { ...config, logLevel: config.logLevel === 'info' ? 'silent' : config.logLevel };
  const { processes, atOnce } = options;
  const stages = await openStages({ config: quiet, preparedFolder, processes, atOnce, caseSeconds: CASE_SECONDS });
  try {
    const sources = [...(await sourcesOf(config))];
    const strange = checkSuites(suites, { ...stages.facts, sources });
    if (strange.length > 0) throw new AgentFolderError(folder, strange);
    const { cases, leftOut } = withoutNeedy(chosen, stages.facts.offline);
    const report = await evaluate({
      ...{ facts: stages.facts, cases, leftOut, run: stages.run, signal: interrupt.signal },
      cache: args.cache ? await cacheOf(config, stages) : null,
      grading: openGrading(),
      budgetUsd: options.budget,
      onProgress: ({ done, of, costUsd }) =>
        progress.show({ what: 'cases', done, of, ...(costUsd > 0 && { note: `$${costUsd.toFixed(2)}` }) }),
    });
    progress.end();
    return await tell(report, { config, args, baseline, isInterrupted: interrupt.signal.aborted });
  } finally {
    progress.end();
    interrupt.off();
    await stages.close();
  }
}
