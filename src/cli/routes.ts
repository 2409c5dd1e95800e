import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { defineCommand } from 'citty';
import { FolderInUseError } from '../adapters/sql/folder-lock.ts';
import { openStore } from '../adapters/sql/open-store.ts';
import { chooseRoute } from '../agent/choose-route.ts';
import { GENERAL, OFF_TOPIC, type Verdict } from '../agent/route.ts';
import type { Agent } from '../agent-folder/agent.ts';
import { loadAgent } from '../agent-folder/load-agent.ts';
import { openEmbedder } from '../compose-knowledge.ts';
import { keptFolder, openRouting, trainingSetOf } from '../compose-routing.ts';
import type { Config } from '../config.ts';
import { type Embedder, likeness } from '../language/embedder.ts';
import { explainStart } from './explain.ts';
import { progressOn, type Step } from './progress.ts';
import { type Suggestion, suggestionLines, suggestUtterances } from './route-suggestions.ts';
import { deskOf, percent, type RoutesReport, reportLines, reportOf } from './routes-report.ts';

const PAIRS = 10;
const NEAREST = 5;
/** Read before the time is taken. */
const WARMING = ['I would like to know something.', 'Can you help me with a question?', 'There is something else.'];

/** `frontdesk routes [folder]`: how well the examples of the routes tell them apart. Exit code 1 where there is nothing to say. */
export function routesCommand(config: Config) {
  return defineCommand({
    meta: {
      name: 'routes',
      description: 'Check what the routes learn from: what is taken for what, and what is missing',
    },
    args: {
      folder: { type: 'positional', required: false, default: config.agentFolder, description: 'Agent folder' },
      say: { type: 'string', description: 'Print what the router makes of this message instead' },
      suggest: {
        type: 'boolean',
        default: false,
        description: 'Print messages of stored conversations that would be good examples instead',
      },
      json: { type: 'boolean', default: false, description: 'Print one JSON object in one line' },
    },
    async run({ args }) {
      try {
        const { agent } = await loadAgent(
          args.folder,
          config.secrets,
          config.path === null ? {} : { path: config.path },
        );
        await agent.closeTools();
        if (agent.routes.length === 0) throw new Error(howToMakeOne(args.folder));
        const { say, suggest } = args;
        const { object, lines } = await tell(config, { folder: resolve(args.folder), agent, say, suggest });
        process.stdout.write(`${args.json ? JSON.stringify(object) : lines.join('\n')}\n`);
      } catch (error) {
        process.stderr.write(`${explainStart(error, config)}\n`);
        process.exitCode = 1;
      }
    },
  });
}

function howToMakeOne(folder: string): string {
  return [
    `${folder} has no routes: one agent answers everything. To make one, write`,
    '  routes/claims/route.yaml       when: An accident, damage or a theft.',
    '  routes/claims/utterances.txt   at least five examples of what customers say, one a line',
  ].join('\n');
}

type Asked = { folder: string; agent: Agent; say?: string | undefined; suggest: boolean };
type Told = { object: object; lines: string[] };

async function tell(config: Config, { folder, agent, say, suggest }: Asked): Promise<Told> {
  if (suggest) return suggestions(config, agent);
  const embedder = config.encoder === 'local' ? openEmbedder(config, { onTrouble: warn }) : null;
  const told = say === undefined ? report(folder, agent, embedder) : verdict(config, { agent, embedder, text: say });
  return told.finally(() => embedder?.close());
}

async function report(folder: string, agent: Agent, embedder: Embedder | null): Promise<Told> {
  const { crossValidate, closestPairs } = await import('../routing/cross-validate.ts');
  const set = trainingSetOf(agent);
  const progress = progressOn(process.stderr);
  const validated = await crossValidate(set, {
    embed: embedder,
    progress: (done, of) => progress.show({ what: 'steps', done, of }),
  }).finally(progress.end);
  const byDesk = { ...set, examples: set.examples.map(({ text, label }) => ({ text, label: deskOf(label) })) };
  const pairs = closestPairs(byDesk, PAIRS);
  const object: RoutesReport = await reportOf(folder, { agent, validated, pairs });
  return { object, lines: reportLines(object) };
}

type Saying = { agent: Agent; embedder: Embedder | null; text: string };
type Near = { text: string; desk: string; likeness: number };

async function verdict(config: Config, { agent, embedder, text }: Saying): Promise<Told> {
  const progress = progressOn(process.stderr);
  const keptIn = await keptFolder(config.dataFolder);
  const routing = await openRouting({
    ...{ agent, embedder, vectors: null, keptIn, signal: new AbortController().signal },
    onProgress: (step: Step) => progress.show(step),
    onTrouble: warn,
  });
  await routing?.ready;
  progress.end();
  // Nobody asks a server that has just begun.
  for (const other of WARMING) await routing?.router.classify(other);
  const begun = performance.now();
  const found = (await routing?.router.classify(text)) as Verdict;
  const ms = Math.round(10 * (performance.now() - begun)) / 10;
  const nearest = embedder ? await nearestTo(text, agent, embedder) : [];
  const object = { ...found, ms, nearest };
  const routes = new Map(agent.routes.map((route) => [route.name, route]));
  return { object, lines: verdictLines(text, object, routes) };
}

/** The examples that mean most nearly the same. */
async function nearestTo(text: string, agent: Agent, embedder: Embedder): Promise<Near[]> {
  const { examples, outside } = trainingSetOf(agent);
  const all = [...examples, ...outside.map((one) => ({ text: one, label: OFF_TOPIC }))];
  const [own, ...others] = await embedder.embed([text, ...all.map((one) => one.text)]);
  if (!own) return [];
  return all
    .map((one, at) => ({ text: one.text, desk: deskOf(one.label), likeness: likeness(own, others[at] ?? own) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, NEAREST)
    .map((one) => ({ ...one, likeness: Math.round(1_000 * one.likeness) / 1_000 }));
}

type Said = Verdict & { nearest: Near[]; ms: number };

function verdictLines(text: string, { nearest, ms, ...found }: Said, routes: ReadonlyMap<string, unknown>): string[] {
  const intent = found.intent === null ? '' : ` (${found.intent})`;
  const { sentiment, urgency } = found.mood;
  return [
    styleText('bold', text),
    `${found.route}${intent}, ${percent(found.confidence)}; for no desk at all ${percent(found.outOfScope)}`,
    ...found.scores.map(({ route, probability }) => `  ${percent(probability).padStart(5)}  ${route}`),
    whoAnswers(found, routes),
    `language ${found.language ?? 'unknown'}, sentiment ${sentiment}, urgency ${urgency}, ${ms} ms`,
    ...(nearest.length > 0 ? ['', styleText('bold', 'Nearest examples')] : []),
    ...nearest.map((one) => `  ${percent(one.likeness).padStart(5)}  ${one.desk}  ${one.text}`),
  ];
}

/** What comes of a verdict where a conversation begins. */
function whoAnswers(found: Verdict, routes: ReadonlyMap<string, unknown>): string {
  const { sure, offTopic, route } = chooseRoute(found, { route: GENERAL, left: null, asked: false }, routes);
  if (sure) return `As a first message it is answered by ${route}.`;
  if (offTopic) return 'As a first message it is turned down politely.';
  return 'Not sure: the desk that has the conversation keeps it, and with Claude the model decides.';
}

async function suggestions(config: Config, agent: Agent): Promise<Told> {
  const isEmpty = config.databaseUrl === null && !existsSync(join(config.dataFolder, 'frontdesk.db'));
  if (isEmpty)
    throw new Error(`There are no conversations in ${config.dataFolder}. FRONTDESK_DATA says where they are.`);
  const store = await openStore(config, warn).catch((error: unknown) => {
    throw error instanceof FolderInUseError ? new Error(busy(error)) : error;
  });
  const known = [...agent.training.general, ...agent.training.offTopic];
  for (const { utterances } of agent.routes) known.push(...utterances.map(({ text }) => text));
  const found: Suggestion[] = await suggestUtterances(store, { agent: agent.id, known }).finally(() => store.close());
  const note = 'Read them before you add them: names, and what only people understand, are not masked.';
  const lines =
    found.length > 0 ? [`# ${note}`, ...suggestionLines(found)] : ['Nothing to suggest: the router was sure.'];
  return { object: { agent: agent.id, suggestions: found }, lines };
}

function busy({ folder, pid }: FolderInUseError): string {
  const holder = pid === null ? 'another process' : `the process with pid ${pid}`;
  return `The data folder ${folder} is in use by ${holder}. Stop it for a moment, or set FRONTDESK_DATA to a copy of the folder.`;
}

function warn(trouble: unknown): void {
  process.stderr.write(`${trouble}\n`);
}
