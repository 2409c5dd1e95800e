import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { defineCommand } from 'citty';
import { claudeModel } from '../adapters/claude.ts';
import type { Usage } from '../agent/step.ts';
import { AgentFolderError, formatProblems } from '../agent-folder/problems.ts';
import { openEmbedder } from '../compose-knowledge.ts';
import type { Config } from '../config.ts';
import { priceTable } from '../conversations/prices.ts';
import { costOf } from '../conversations/spending.ts';
import { openCache, type RunCache } from '../evals/cache.ts';
import { checkSuites, withoutNeedy } from '../evals/check-suites.ts';
import { evalAdd } from '../evals/eval-add.ts';
import { evaluate, type Grading } from '../evals/evaluate.ts';
import type { RunReport } from '../evals/graded.ts';
import { keptAgreement } from '../evals/graders/kept-agreement.ts';
import { openGrading } from '../evals/grading.ts';
import { programVersion } from '../evals/program-version.ts';
import { readSuites } from '../evals/read-suites.ts';
import { type Comparison, compareRuns } from '../evals/report/compare.ts';
import { counted } from '../evals/report/format.ts';
import { baselineOf, baselineText, type GateVerdict, gate, parseBaseline } from '../evals/report/gate.ts';
import { junitXml } from '../evals/report/junit.ts';
import { evalPage } from '../evals/report/page.ts';
import { earlierRuns, keepRun, readRun } from '../evals/report/store.ts';
import { terminalReport } from '../evals/report/terminal.ts';
import { openStages, type Stages } from '../evals/run-cases.ts';
import type { Case } from '../evals/suite.ts';
import { checkGraders } from './check-graders.ts';
import { evalDraft } from './eval-draft.ts';
import { prepareKnowledge } from './eval-knowledge.ts';
import { explainStart } from './explain.ts';
import { progressOn } from './progress.ts';

/** Exit codes. */
const WORSE = 1;
const OWN_ERROR = 2;
const INTERRUPTED = 130;
const MOST_DRAFTS = 1_000;
const BASELINE = 'evals/baseline.json';

const ARGS = {
  folder: {
    type: 'positional',
    required: false,
    description: 'Agent folder; or add, and the id of a conversation; or draft',
  },
  json: { type: 'boolean', default: false, description: 'Print the scorecard as JSON on the last line' },
  gate: {
    type: 'boolean',
    default: false,
    description: 'Exit with 1 where something is worse than evals/baseline.json',
  },
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
  'check-graders': {
    type: 'boolean',
    default: false,
    description: 'Only say how far the graders agree with people; with a key it asks the fast model some 200 times',
  },
  most: { type: 'string', default: '50', description: 'With draft: so many, at most' },
  to: {
    type: 'string',
    description: 'With add and draft: the suite of the agent folder that is added to, such as evals/mine.yaml',
  },
  'keep-identifiers': {
    type: 'boolean',
    default: false,
    description: 'With add: numbers that tools know stay, and the id of the customer',
  },
  'update-baseline': { type: 'boolean', default: false, description: 'Write evals/baseline.json from this run' },
} as const;

/** `frontdesk eval [folder]`: has the suites of an agent folder, and says how the agent does. */
export function evalCommand(config: Config) {
  return defineCommand({
    meta: { name: 'eval', description: 'Have the conversations of evals/*.yaml with the agent, and measure it' },
    args: ARGS,
    async run({ args }) {
      try {
        const [first, conversation] = args._;
        if (first === 'draft')
          return await draft({ ...config, agentFolder: resolve(conversation ?? config.agentFolder) }, args);
        if (first === 'add') return await add(config, conversation, args);
        if (args['check-graders']) return await tellGraders(config);
        process.exitCode = await runEval({ ...config, agentFolder: resolve(args.folder ?? config.agentFolder) }, args);
      } catch (error) {
        process.stderr.write(`${explainStart(error, config)}\n`);
        process.exitCode = OWN_ERROR;
      }
    },
  });
}

/** `frontdesk eval add CONVERSATION`: a stored conversation becomes a draft of a case, personal data masked. */
async function add(config: Config, conversation: string | undefined, args: AddArgs): Promise<void> {
  if (conversation === undefined) throw new Error('Say which conversation: frontdesk eval add conv_…');
  const { to = null, 'keep-identifiers': keepIdentifiers } = args;
  const told = await evalAdd(config, { conversation, folder: config.agentFolder, to, keepIdentifiers });
  process.stdout.write(`${told}\n`);
}

/** `frontdesk eval draft [FOLDER]`: drafts of cases from the articles. */
async function draft(config: Config, args: DraftArgs): Promise<void> {
  const { most: text, to = null } = args;
  const most = Number(text);
  if (!(Number.isInteger(most) && most >= 1 && most <= MOST_DRAFTS)) {
    throw new Error(`--most is a whole number from 1 to ${MOST_DRAFTS}, not "${text}".`);
  }
  const interrupt = onInterrupt();
  try {
    process.stdout.write(`${await evalDraft(config, { most, to, signal: interrupt.signal })}\n`);
  } finally {
    interrupt.off();
  }
}

type DraftArgs = { most: string; to?: string | undefined };
type AddArgs = { to?: string | undefined; 'keep-identifiers': boolean };

async function tellGraders(config: Config): Promise<void> {
  const interrupt = onInterrupt();
  try {
    process.stdout.write(`${(await checkGraders(config, interrupt.signal)).join('\n')}\n`);
  } finally {
    interrupt.off();
  }
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
  const { agentFolder: folder } = config;
  const options = readNumbers(args);
  const isPart = [args.case, args.suite, args.tag, args.repeat].some((one) => one !== undefined);
  if (isPart && (args.gate || args['update-baseline'])) {
    throw new Error('--gate and --update-baseline are about the whole: leave out --case, --suite, --tag and --repeat.');
  }
  const { suites, problems, warnings } = await readSuites(folder);
  if (problems.length > 0) throw new AgentFolderError(folder, problems);
  if (warnings.length > 0) process.stderr.write(`${formatProblems(warnings)}\n`);
  if (suites.length === 0) throw new Error(`${folder} has no suites. ${FIRST_SUITE}`);
  const chosen = chosenCases(
    suites.flatMap(({ cases }) => cases),
    args,
    options.repeat,
  );
  const baseline = args.gate ? await readBaseline(folder) : null;
  const interrupt = onInterrupt();
  const progress = progressOn(process.stderr);
  const knowledge = await prepareKnowledge(config, (step) => progress.show(step)).finally(progress.end);
  const { processes, atOnce } = options;
  const around = { preparedFolder: knowledge.folder, processes, atOnce, caseSeconds: CASE_SECONDS };
  // What a server tells of each conversation is in the records.
  const logLevel = config.logLevel === 'info' ? 'error' : config.logLevel;
  const stages = await openStages({ config: { ...config, logLevel }, ...around });
  const grading = gradingOf(config, interrupt.signal);
  try {
    const strange = checkSuites(suites, { ...stages.facts, sources: knowledge.articles });
    if (strange.length > 0) throw new AgentFolderError(folder, strange);
    const { cases, leftOut } = withoutNeedy(chosen, stages.facts.offline);
    const report = await evaluate({
      ...{ facts: stages.facts, cases, leftOut, run: stages.run, signal: interrupt.signal },
      cache: args.cache ? await cacheOf(config, stages) : null,
      grading: await grading.open(stages.facts.offline),
      budgetUsd: options.budget,
      onProgress: ({ done, of, costUsd }) =>
        progress.show({ what: 'cases', done, of, ...(costUsd > 0 && { note: `$${costUsd.toFixed(2)}` }) }),
    });
    progress.end();
    return await tell(report, { config, args, baseline, isInterrupted: interrupt.signal.aborted });
  } finally {
    progress.end();
    interrupt.off();
    await Promise.all([stages.close(), grading.close()]);
  }
}

/** Whoever grades: the fast model where there is a key, else stand-ins, which read meaning by the encoder on this machine. */
function gradingOf(config: Config, signal: AbortSignal) {
  const embedder = config.encoder === 'local' ? openEmbedder(config, {}) : null;
  const prices = priceTable(config.limits?.prices ?? {});
  return {
    async open(offline: boolean): Promise<Grading> {
      if (offline) return openGrading({ embedder, judge: null });
      const model = claudeModel(config.anthropic);
      const costs = (id: string, usage: Usage) => costOf(usage, prices(id));
      const judge = { model, modelId: config.fastModel, costOf: costs, signal };
      return openGrading({ embedder: null, judge, checked: await keptAgreement(config.dataFolder) });
    },
    close: async () => embedder?.close(),
  };
}

/** Of a case: a model that does not answer is not waited for without end. */
const CASE_SECONDS = 180;
const FIRST_SUITE = 'docs/evals.md says how to write one; "frontdesk eval draft" makes drafts of the articles.';

type Numbers = { repeat: number | null; processes: number | null; atOnce: number; budget: number };

/** Throws a sentence where one of them is no number that can be used. */
function readNumbers(args: Args): Numbers {
  const whole = (name: 'repeat' | 'processes' | 'at-once', most: number) => {
    const text = args[name];
    if (text === undefined) return null;
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new Error(`--${name} is a whole number from 1 to ${most}, not "${text}".`);
  };
  const budget = Number(args.budget);
  if (!(budget > 0)) throw new Error(`--budget is an amount in dollars such as 2.50, not "${args.budget}".`);
  return { repeat: whole('repeat', 100), processes: whole('processes', 16), atOnce: whole('at-once', 32) ?? 1, budget };
}

/** Throws a sentence where nothing is left. */
function chosenCases(all: readonly Case[], { case: name, suite, tag }: Args, repeat: number | null): Case[] {
  const holds = (text: string, part: string | undefined) => text.toLowerCase().includes((part ?? '').toLowerCase());
  const chosen = all.filter(
    (one) => holds(one.name, name) && holds(one.suite, suite) && (tag === undefined || one.tags.includes(tag)),
  );
  if (chosen.length === 0) throw new Error(`None of the ${all.length} cases is meant by --case, --suite and --tag.`);
  return repeat === null ? chosen : chosen.map((one) => ({ ...one, repeat }));
}

async function readBaseline(folder: string) {
  const file = join(folder, BASELINE);
  if (!existsSync(file)) {
    throw new Error(`There is no ${file}: write it with "frontdesk eval --update-baseline", and commit it.`);
  }
  return parseBaseline(await readFile(file, 'utf8'), file);
}

/** Ctrl+C ends the run where it is; a second one ends the program. */
function onInterrupt(): { signal: AbortSignal; off(): void } {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) process.exit(INTERRUPTED);
    stopping.abort();
    process.stderr.write('\nStopping: what is done is reported and kept. Once more ends at once.\n');
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return { signal: stopping.signal, off: () => process.off('SIGINT', stop).off('SIGTERM', stop) };
}

function cacheOf(config: Config, { facts }: Stages): Promise<RunCache> {
  const { agentFolder, dataFolder, fastModel, encoder, encoderApi, rerank, turn, messageCharacters } = config;
  const folder = join(dataFolder, 'evals', 'cache');
  // What else of the configuration makes a difference to what is said.
  const settings = JSON.stringify({ encoder, model: encoderApi?.model, rerank, turn, messageCharacters });
  return openCache({ folder, agentFolder, program: programVersion(), models: [fastModel, settings], facts });
}

type Ended = {
  config: Config;
  args: Args;
  baseline: ReturnType<typeof parseBaseline> | null;
  isInterrupted: boolean;
};

/** Keeps the run, says what came of it, and gives the exit code. */
async function tell(report: RunReport, { config, args, baseline, isInterrupted }: Ended): Promise<number> {
  const { dataFolder, agentFolder } = config;
  const compare = args.compare === undefined ? null : await comparison(report, dataFolder, args.compare);
  const earlier = await earlierRuns(dataFolder, report);
  const pages = { html: evalPage(report, { earlier, compare }), junit: junitXml(report) };
  const files = await keepRun(dataFolder, report, pages);
  const verdict = baseline && gate(report, baseline, { targets: args.targets });
  const lines = [
    ...terminalReport(report, { compare, page: files.html }),
    ...(verdict ? ['', ...gateLines(verdict)] : []),
  ];
  // What is read by a program stands alone on the last line of the output.
  const people = args.json ? process.stderr : process.stdout;
  people.write(`${lines.join('\n')}\n`);
  if (args['update-baseline']) await updateBaseline(report, agentFolder, people);
  if (args.json) process.stdout.write(`${JSON.stringify(report.scorecard)}\n`);
  if (isInterrupted) return INTERRUPTED;
  if (verdict?.refused) return OWN_ERROR;
  const broken = report.cases.filter(({ runs }) => runs.some(({ run }) => run.error !== null));
  if (verdict && broken.length > 0) {
    process.stderr.write(
      `${counted(broken.length, 'case')} could not be had to the end, which says nothing of the agent.\n`,
    );
    return OWN_ERROR;
  }
  return verdict && verdict.red.length > 0 ? WORSE : 0;
}

async function comparison(report: RunReport, dataFolder: string, which: string): Promise<Comparison> {
  return compareRuns(await readRun(dataFolder, which, report.agent), report);
}

async function updateBaseline(report: RunReport, agentFolder: string, people: NodeJS.WriteStream): Promise<void> {
  if (report.missing > 0) throw new Error('A run that was cut off makes no baseline.');
  const file = join(agentFolder, BASELINE);
  await writeFile(file, baselineText(baselineOf(report)));
  people.write(`\n${file} is what later runs are held against: commit it.\n`);
}

function gateLines({ refused, red, told }: GateVerdict): string[] {
  if (refused !== null) return [styleText('red', `The gate cannot be used: ${refused}`)];
  const head = red.length === 0 ? styleText('green', 'The gate is open.') : styleText('red', 'The gate is shut:');
  return [head, ...red.map(({ text }) => styleText('red', `  ✗ ${text}`)), ...told.map((text) => `  ${text}`)];
}
