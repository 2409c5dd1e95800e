import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, environmentWith } from '../config.ts';
import { attemptName, type CaseRun } from './case-run.ts';
import type { AgentFacts, FromProcess, ToProcess } from './eval-process.ts';
import type { Case } from './suite.ts';

/** The store of the embedded database, in a data folder. */
const STORE_FILE = 'frontdesk.db';
const MOST_PROCESSES = 4;
/** Attempts that the offline model has while a further process starts. */
const WORTH_A_PROCESS = 20;
/** Beyond what a case may take: then its process is no more to be had. */
const GRACE_SECONDS = 20;

export type Staging = {
  config: Config;
  /** A store with the agent's knowledge in it, which every process begins with a copy of; null to begin with none. */
  preparedFolder: string | null;
  /** Processes; null for as many as there are cores and work for, at most four. */
  processes: number | null;
  /** Cases at once in a process, where a model is waited for and nothing is changed in the world. */
  atOnce: number;
  /** After so many seconds a case is given up. */
  caseSeconds: number;
};

/** A thing to do: which attempt at which case. */
export type Job = { case: Case; attempt: number };

/** Several processes that each have the agent, ready. */
export type Stages = {
  facts: AgentFacts;
  /**
   * Has the cases and yields what came of them, as they come. Ends early with `signal`: what was begun then is lost. What a process
   * breaks off is tried once more in another, and is an error then.
   */
  run(jobs: readonly Job[], signal: AbortSignal): AsyncGenerator<CaseRun>;
  close(): Promise<void>;
};

/** Opens the first process; others follow when there is work for them. Rejects, with its sentence, where the agent cannot be had. */
export async function openStages(staging: Staging): Promise<Stages> {
  const first = await openProcess(staging);
  const all = [first];
  const useful = Math.min(MOST_PROCESSES, availableParallelism());
  return {
    facts: first.facts,
    run(jobs, signal) {
      const worth = first.facts.offline ? Math.ceil(jobs.length / WORTH_A_PROCESS) : useful;
      return runAll(jobs, { staging, all, most: staging.processes ?? Math.min(useful, worth), signal });
    },
    async close() {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}

type Running = { staging: Staging; all: EvalProcess[]; most: number; signal: AbortSignal };

/** A job, and how often its process has died with it. */
type Waiting = Job & { lost: number };

async function* runAll(jobs: readonly Job[], { staging, all, most, signal }: Running): AsyncGenerator<CaseRun> {
  const iterator = jobs[Symbol.iterator]();
  const again: Waiting[] = [];
  const running = new Set<Promise<void>>();
  const done: CaseRun[] = [];
  const next = (): Waiting | null => {
    const waiting = again.shift();
    if (waiting) return waiting;
    const { value, done: isOver } = iterator.next();
    return isOver ? null : { ...value, lost: 0 };
  };
  async function have(process: EvalProcess, job: Waiting): Promise<void> {
    const run = await process.run(job);
    if (run) done.push(run);
    else if (!signal.aborted && job.lost === 0) again.push({ ...job, lost: 1 });
    else if (!signal.aborted) done.push(lostRun(job, process.facts));
  }
  const isAborted = aborted(signal);
  let held: Waiting | null = null;
  try {
    for (;;) {
      while (!signal.aborted) {
        held ??= next();
        if (!held) break;
        const process = await freeProcess(held, { staging, all, most, signal });
        if (!process) break;
        const work = have(process, held).finally(() => running.delete(work));
        running.add(work);
        held = null;
      }
      if (running.size === 0) break;
      await Promise.race([...running, isAborted]);
      yield* done.splice(0);
      if (signal.aborted) break;
    }
  } finally {
    if (signal.aborted || running.size > 0) await Promise.all(all.map((one) => one.close()));
    await Promise.all(running);
  }
  yield* done.splice(0);
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return signal.aborted ? Promise.resolve() : once(signal, 'abort').catch(() => {});
}

/** One that can take the job now; a new one where there may be more. Null where all are busy. */
async function freeProcess({ case: one }: Job, { staging, all, most }: Running): Promise<EvalProcess | null> {
  const alive = all.filter(({ isAlive }) => isAlive);
  const free = alive.find((process) => process.takes(one, staging.atOnce));
  if (free || alive.length >= most) return free ?? null;
  const opened = await openProcess(staging);
  all.push(opened);
  return opened;
}

/** Whether nothing else may happen in its process meanwhile. */
function isExclusive({ customerSide }: Case): boolean {
  return customerSide.kind === 'script' && customerSide.turns.some(({ modelSays }) => modelSays !== null);
}

class EvalProcess {
  isAlive = true;
  facts: AgentFacts = NO_FACTS;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #seconds: number;
  readonly #jobs = new Map<string, (run: CaseRun | null) => void>();
  #exclusive = false;
  #closing: Promise<void> | null = null;

  constructor(child: ChildProcess, { folder, seconds }: { folder: string; seconds: number }) {
    this.#child = child;
    this.#folder = folder;
    this.#seconds = seconds;
    child.on('message', (message: FromProcess) => {
      if (message.kind === 'ran') this.#done(attemptName(message.run.caseId, message.run.attempt), message.run);
    });
    child.once('exit', () => this.#lose());
    // Where it could not be started at all there is no exit.
    child.once('error', () => this.#lose());
  }

  async open(config: Config): Promise<void> {
    const answer = new Promise<FromProcess>((resolve) => this.#child.once('message', resolve));
    const cannot = (): FromProcess => ({ kind: 'cannot', sentence: DIED });
    const died = once(this.#child, 'exit').then(cannot, cannot);
    this.#send({ kind: 'open', config, dataFolder: this.#folder });
    const told = await Promise.race([answer, died]);
    if (told.kind === 'ready') this.facts = told.facts;
    else throw new Error(told.kind === 'cannot' ? told.sentence : DIED);
  }

  /** A world is one: with it, and offline, where the work is the machine's, there is one case at a time. */
  takes(one: Case, atOnce: number): boolean {
    const most = this.facts.offline || this.facts.hasWorld || isExclusive(one) ? 1 : atOnce;
    return !this.#exclusive && this.#jobs.size < most;
  }

  /** Null where the process ended before the case did. */
  run({ case: one, attempt }: Job): Promise<CaseRun | null> {
    this.#exclusive = isExclusive(one);
    const name = attemptName(one.id, attempt);
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#child.kill('SIGKILL'), (this.#seconds + GRACE_SECONDS) * 1_000);
      this.#jobs.set(name, (run) => {
        clearTimeout(late);
        resolve(run);
      });
      this.#send({ kind: 'run', case: one, attempt, seconds: this.#seconds });
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.isAlive) {
      const gone = once(this.#child, 'exit');
      const late = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
      if (this.#child.connected) this.#child.disconnect();
      await gone;
      clearTimeout(late);
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  #send(message: ToProcess): void {
    // What it does not take any more it has lost, which its end tells.
    this.#child.send(message, () => {});
  }

  #done(name: string, run: CaseRun | null): void {
    this.#exclusive = false;
    const resolve = this.#jobs.get(name);
    this.#jobs.delete(name);
    resolve?.(run);
  }

  #lose(): void {
    this.isAlive = false;
    for (const name of [...this.#jobs.keys()]) this.#done(name, null);
    void rm(this.#folder, { recursive: true, force: true });
  }
}

const DIED = 'The process that has the agent ended before it was ready.';
const NO_FACTS: AgentFacts = {
  ...{ agent: '', model: '', offline: true, promptHash: '', knowledgeVersion: '', hasWorld: false },
  ...{ tools: [], routes: [], guards: [] },
};

async function openProcess(staging: Staging): Promise<EvalProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-eval-'));
  if (staging.preparedFolder !== null) {
    await copyFile(join(staging.preparedFolder, STORE_FILE), join(folder, STORE_FILE));
  }
  const path = fileURLToPath(new URL(`./eval-process${extname(import.meta.url)}`, import.meta.url));
  const child = fork(path, {
    // What tools keep in Frontdesk's data folder is thrown away with it.
    env: environmentWith(folder),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const opened = new EvalProcess(child, { folder, seconds: staging.caseSeconds });
  try {
    await opened.open(staging.config);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function lostRun({ case: one, attempt }: Job, facts: AgentFacts): CaseRun {
  const { model, offline, promptHash, knowledgeVersion } = facts;
  return {
    ...{ caseId: one.id, attempt, key: '', model, offline, promptHash, knowledgeVersion, prompt: '' },
    ...{ turns: [], events: [], steps: [], actions: [], status: 'open', handedOff: false, changes: [] },
    ...{ left: null, stuck: null, costUsd: 0, ms: 0 },
    error: 'The process that had it ended twice before the case did.',
  };
}
