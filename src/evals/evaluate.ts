import type { RunCache } from './cache.ts';
import { attemptName, type CaseRun } from './case-run.ts';
import type { AgentFacts } from './eval-process.ts';
import type { Check, GradedRun, ReportedCase, RunReport } from './graded.ts';
import { runId } from './report/store.ts';
import type { Job } from './run-cases.ts';
import { repeatsOf, scorecardOf } from './scorecard.ts';
import type { Case } from './suite.ts';

/** How far a run is: attempts that are done, of all; dollars so far, those of graders included. */
export type EvalProgress = { done: number; of: number; costUsd: number };

/** What reads the records. `agreement`: how often those that are no expectations agree with people. */
export type Grading = {
  grade(one: Case, run: CaseRun): Promise<Check[]>;
  agreement(): Promise<RunReport['graders']>;
  costUsd(): number;
};

export type Evaluation = {
  facts: AgentFacts;
  cases: readonly Case[];
  leftOut: RunReport['leftOut'];
  /** Has the cases, until its signal. */
  run(jobs: readonly Job[], signal: AbortSignal): AsyncIterable<CaseRun>;
  /** What was had before; null where all is had anew. */
  cache: RunCache | null;
  grading: Grading;
  /** No case begins once so many dollars are spent. */
  budgetUsd: number;
  /** Ends the run where it is: what is there is reported. */
  signal: AbortSignal;
  onProgress(progress: EvalProgress): void;
};

/** Graded at once: a model that grades is waited for. */
const AT_ONCE = 8;
/** Attempts that failed of which all is kept: nobody reads more, and they are a third of a megabyte each. */
const MOST_LOGS = 500;

/** Has all cases, grades each as it comes, and sums it up. Cut off, by the signal or by the budget, it is a report all the same. */
export async function evaluate(evaluation: Evaluation): Promise<RunReport> {
  const { cases, grading, cache } = evaluation;
  const begun = Date.now();
  const results = new Results(cases);
  const over = new AbortController();
  const signal = AbortSignal.any([evaluation.signal, over.signal]);
  const pending = new Set<Promise<void>>();
  const take = async (run: CaseRun, isNew: boolean) => {
    if (isNew) await cache?.put(run);
    const one = results.caseOf(run);
    results.take(one, await graded(grading, one, run), isNew);
    const costUsd = results.costUsd + grading.costUsd();
    evaluation.onProgress({ done: results.done, of: results.planned, costUsd });
    if (costUsd >= evaluation.budgetUsd) over.abort();
  };
  const grade = async (run: CaseRun, isNew: boolean) => {
    const work = take(run, isNew).finally(() => pending.delete(work));
    pending.add(work);
    if (pending.size >= AT_ONCE) await Promise.race(pending);
  };
  evaluation.onProgress({ done: 0, of: results.planned, costUsd: 0 });
  const missing: (Job & { key: string })[] = [];
  for (const job of jobsOf(cases)) {
    const key = cache?.keyOf(job.case, job.attempt) ?? '';
    const known = signal.aborted ? null : await cache?.get(key);
    if (known) await grade({ ...known, caseId: job.case.id }, false);
    else missing.push({ ...job, key });
  }
  const keys = new Map(missing.map(({ case: one, attempt, key }) => [attemptName(one.id, attempt), key]));
  for await (const run of evaluation.run(missing, signal)) {
    await grade({ ...run, key: keys.get(attemptName(run.caseId, run.attempt)) ?? '' }, true);
  }
  await Promise.all(pending);
  const { facts, leftOut } = evaluation;
  const reported = results.reported();
  const seconds = (Date.now() - begun) / 1_000;
  const { agent, model, offline, promptHash, knowledgeVersion } = facts;
  const about = { agent, at: begun, model, offline, promptHash, knowledgeVersion };
  return {
    id: runId(about),
    ...about,
    scorecard: scorecardOf(reported, { costUsd: results.costUsd + grading.costUsd(), seconds }),
    repeats: repeatsOf(reported),
    graders: await grading.agreement(),
    cases: reported,
    leftOut,
    missing: cases.length - reported.length,
  };
}

/** An expectation that cannot be looked up is the case's error, and no failure of the agent's. */
async function graded(grading: Grading, one: Case, run: CaseRun): Promise<{ run: CaseRun; checks: Check[] }> {
  if (run.error !== null) return { run, checks: [] };
  try {
    return { run, checks: await grading.grade(one, run) };
  } catch (error) {
    return { run: { ...run, error: error instanceof Error ? error.message : String(error) }, checks: [] };
  }
}

function* jobsOf(cases: readonly Case[]): Generator<Job> {
  for (const one of cases) for (let attempt = 0; attempt < one.repeat; attempt += 1) yield { case: one, attempt };
}

/** What cases came to so far: the logs only of what failed, the first of them, so that memory is bounded. */
class Results {
  costUsd = 0;
  done = 0;
  readonly planned: number;
  #logs = 0;
  readonly #cases: Map<string, Case>;
  readonly #graded = new Map<string, GradedRun[]>();

  constructor(cases: readonly Case[]) {
    this.#cases = new Map(cases.map((one) => [one.id, one]));
    this.planned = cases.reduce((sum, { repeat }) => sum + repeat, 0);
  }

  caseOf({ caseId }: CaseRun): Case {
    const one = this.#cases.get(caseId);
    if (!one) throw new Error(`There is no case ${caseId} in this run.`);
    return one;
  }

  /** What was had before has been paid before. */
  take(one: Case, { run, checks }: { run: CaseRun; checks: Check[] }, isNew: boolean): void {
    const passed = run.error === null && checks.every((check) => check.passed !== false || !check.counts);
    const withoutLog = !passed && this.#logs >= MOST_LOGS;
    if (!passed && !withoutLog) this.#logs += 1;
    const kept = passed || withoutLog ? { ...run, events: [], steps: [], prompt: '' } : run;
    const runs = this.#graded.get(one.id) ?? [];
    runs.push({ run: kept, checks, passed, ...(withoutLog && { withoutLog }) });
    this.#graded.set(one.id, runs);
    this.done += 1;
    if (isNew) this.costUsd += run.costUsd;
  }

  /** Cases of which every attempt is there, in the order of their suites. */
  reported(): ReportedCase[] {
    return [...this.#cases.values()].flatMap((one) => {
      const runs = (this.#graded.get(one.id) ?? []).sort((a, b) => a.run.attempt - b.run.attempt);
      if (runs.length < one.repeat) return [];
      const attemptsPassed = runs.filter(({ passed }) => passed).length;
      const { id, suite, tags, file, line } = one;
      return [
        {
          ...{ id, suite, tags, file, line, runs, attemptsPassed, attempts: runs.length },
          passed: attemptsPassed === runs.length,
          costUsd: runs.reduce((sum, { run }) => sum + run.costUsd, 0),
          ms: Math.max(...runs.map(({ run }) => run.ms)),
        },
      ];
    });
  }
}
