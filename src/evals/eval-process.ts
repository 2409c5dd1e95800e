import { rm } from 'node:fs/promises';
import { claudeModel } from '../adapters/claude.ts';
import type { Config } from '../config.ts';
import type { CaseRun } from './case-run.ts';
import type { CustomerSide } from './customer-side.ts';
import { runCase } from './run-case.ts';
import { scriptSide } from './script-side.ts';
import { engineCustomer } from './simulated/engine.ts';
import { modelCustomer } from './simulated/model-customer.ts';
import { openStage, type Stage } from './stage.ts';
import type { Case } from './suite.ts';

/** What a process of evals is told: first how to make its stage, then cases. */
export type ToProcess =
  | { kind: 'open'; config: Config; dataFolder: string }
  | { kind: 'run'; case: Case; attempt: number; seconds: number };

/** What it tells. `facts`: of the agent that it has. */
export type FromProcess =
  | { kind: 'ready'; facts: AgentFacts }
  | { kind: 'cannot'; sentence: string }
  | { kind: 'ran'; run: CaseRun };

/** What a run must know of the agent, whoever has it. */
export type AgentFacts = {
  agent: string;
  model: string;
  offline: boolean;
  promptHash: string;
  knowledgeVersion: string;
  hasWorld: boolean;
  tools: string[];
  routes: string[];
  guards: string[];
};

let stage: Stage | null = null;
let config: Config | null = null;
let folder: string | null = null;

if (process.send) {
  process.on('message', (message: ToProcess) => void take(message));
  // Whoever asked is gone: so is the reason to go on.
  process.once('disconnect', () => void leave());
  // Ctrl+C reaches the whole group; the one that started us says what becomes of it.
  process.on('SIGINT', () => {});
}

async function take(message: ToProcess): Promise<void> {
  if (message.kind === 'open') return open(message);
  if (!stage) return;
  const { case: one, attempt, seconds } = message;
  const signal = AbortSignal.timeout(seconds * 1_000);
  const late = new Error(`It took longer than ${seconds} s.`);
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort(late), { once: true });
  const run = await runCase(stage, one, { attempt, key: '', side: sideOf(one), signal: stop.signal });
  tell({ kind: 'ran', run });
}

async function open({ config: given, dataFolder }: Extract<ToProcess, { kind: 'open' }>): Promise<void> {
  try {
    config = given;
    folder = dataFolder;
    stage = await openStage(given, dataFolder);
    tell({ kind: 'ready', facts: factsOf(stage) });
  } catch (error) {
    tell({ kind: 'cannot', sentence: error instanceof Error ? error.message : String(error) });
  }
}

function factsOf({ frontdesk: { desk }, world, offline }: Stage): AgentFacts {
  const agent = desk.defaultAgent;
  return {
    ...{ agent: agent.id, model: agent.modelId, offline, hasWorld: world !== null },
    ...{ promptHash: agent.prompt.hash, knowledgeVersion: agent.knowledgeVersion },
    tools: agent.tools.map(({ name }) => name),
    routes: ['general', ...agent.routes.keys()],
    guards: [...agent.guards, ...agent.checks].map(({ name }) => name),
  };
}

function sideOf({ customerSide }: Case): CustomerSide {
  if (customerSide.kind === 'script') return scriptSide(customerSide.turns);
  const { simulation } = customerSide;
  if (!stage || !config || stage.offline) return engineCustomer(simulation);
  const model = claudeModel(config.anthropic);
  return modelCustomer(simulation, { model, modelId: config.fastModel, costOf: stage.costOf });
}

function tell(message: FromProcess): void {
  // Whoever asked may have gone meanwhile: then nobody wants to know.
  if (process.connected) process.send?.(message, () => {});
}

async function leave(): Promise<void> {
  await stage?.close();
  // The one that started us may have gone without having removed it.
  if (folder !== null) await rm(folder, { recursive: true, force: true });
  process.exit(0);
}
