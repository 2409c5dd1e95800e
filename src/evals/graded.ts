import type { CaseRun } from './case-run.ts';
import type { CriterionName } from './criteria.ts';

/**
 * One thing that was looked at. `turn`: index in the run's turns; null for the whole conversation.
 * `passed` null: nobody could tell, for `reason` (a rubric offline). `counts`: whether the case fails with it; what only a
 * stand-in looks at never does.
 */
export type Check = {
  kind: string;
  criterion: CriterionName | null;
  turn: number | null;
  passed: boolean | null;
  counts: boolean;
  /** Who looked: `expectations`, a model's id, or `stand-in: …`. */
  grader: string;
  /** What was wanted and what there was, for people; of a model, its reasoning. */
  wanted: string;
  found: string;
  reason: string | null;
};

export type GradedRun = {
  run: CaseRun;
  checks: Check[];
  passed: boolean;
  /** It failed, but after so many others that its events and steps were not kept. */
  withoutLog?: boolean;
};

/** `value` and `target`: shares of 1, but of `csat` points and of `handle_time` seconds. `low`, `high`: 95 % interval. */
export type Criterion = {
  value: number | null;
  /** Null where only the company can say it. */
  target: number | null;
  n: number;
  low: number | null;
  high: number | null;
  pass: boolean | null;
  /** Why there is no value, or why it is less than evidence. */
  reason?: string;
  grader: string;
};

export type Scorecard = {
  criteria: Record<CriterionName, Criterion>;
  cases: number;
  passed: number;
  cost_usd: number;
  seconds: number;
};

/** All that is kept of a run, whole or cut off: what reports are made from and runs are compared by. */
export type RunReport = {
  id: string;
  agent: string;
  /** Epoch ms. */
  at: number;
  model: string;
  offline: boolean;
  promptHash: string;
  knowledgeVersion: string;
  scorecard: Scorecard;
  /** Mean share of attempts that passed, and share of cases of which all did; `k`: the most attempts of a case. */
  repeats: { passAt1: number; passPowK: number; k: number };
  /** The agreement of each grader that is no expectation with people, on its labelled set; null, of no rows, where it was not checked. */
  graders: {
    grader: string;
    criterion: CriterionName | null;
    n: number;
    agreement: number | null;
    kappa: number | null;
  }[];
  cases: ReportedCase[];
  /** Left out, and why. */
  leftOut: { id: string; reason: string }[];
  /** Planned, but not run: the run was cut off. */
  missing: number;
};

/** `runs`: whole for what failed first, without events and steps for the rest. */
export type ReportedCase = {
  id: string;
  suite: string;
  tags: string[];
  file: string;
  line: number;
  passed: boolean;
  attempts: number;
  attemptsPassed: number;
  costUsd: number;
  ms: number;
  runs: GradedRun[];
};
