import { z } from 'zod';
import { CRITERIA, CRITERIA_NAMES, type CriterionName } from '../criteria.ts';
import type { ReportedCase, RunReport } from '../graded.ts';
import { scorecardOf } from '../scorecard.ts';
import { errorsOf } from './failures.ts';
import { amount, counted } from './format.ts';

/**
 * What a run must not be worse than: `evals/baseline.json`, committed and read in reviews. `value` and `n` of a criterion are
 * the scorecard's.
 */
const baselineSchema = z.strictObject({
  agent: z.string(),
  model: z.string(),
  offline: z.boolean(),
  criteria: z.partialRecord(z.enum(CRITERIA_NAMES), z.strictObject({ value: z.number(), n: z.number() })),
  cases: z.record(z.string(), z.enum(['pass', 'fail'])),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** A reason why the gate is shut. `name`: the case's id or the criterion's name; '' with `cut_off`. `text`: for people. */
export type Red = {
  kind: 'case_fails' | 'case_missing' | 'criterion_lower' | 'target_missed' | 'cut_off';
  name: string;
  text: string;
};

/**
 * `refused`: the two cannot be compared, for this reason: nobody's regression, but an error of how the gate is used.
 * `red`: empty where nothing is worse. `told`: what shuts no gate and yet should be known.
 */
export type GateVerdict = { refused: string | null; red: Red[]; told: string[] };

const ROUNDING = 0.0005;
const UPDATE = 'If that is meant, write the baseline again.';

/** What to commit of a run: no time, no cost, nothing of the machine; the same run gives the same text. */
export function baselineOf(report: RunReport): Baseline {
  const cases = report.cases.map(({ id, passed }) => [id, passed ? 'pass' : 'fail'] as const);
  const criteria = CRITERIA_NAMES.flatMap((name) => {
    const { value, n } = report.scorecard.criteria[name];
    if (value === null) return [];
    return [[name, { value: rounded(value), n }] as const];
  });
  return {
    agent: report.agent,
    model: report.model,
    offline: report.offline,
    criteria: Object.fromEntries(criteria),
    cases: Object.fromEntries(cases.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The text of the file: a line a criterion and a line a case, so that a review shows what moved. */
export function baselineText({ agent, model, offline, criteria, cases }: Baseline): string {
  const said = criteria as Record<string, NonNullable<Baseline['criteria'][CriterionName]>>;
  const criterionLines = Object.entries(said).map(
    ([name, { value, n }]) => `    "${name}": { "value": ${value}, "n": ${n} }`,
  );
  const caseLines = Object.entries(cases).map(([id, end]) => `    ${JSON.stringify(id)}: "${end}"`);
  return [
    '{',
    `  "agent": ${JSON.stringify(agent)},`,
    `  "model": ${JSON.stringify(model)},`,
    `  "offline": ${offline},`,
    `  "criteria": {\n${criterionLines.join(',\n')}\n  },`,
    `  "cases": {\n${caseLines.join(',\n')}\n  }`,
    '}',
    '',
  ].join('\n');
}

/** Throws a sentence that names `file` where the text is no baseline. */
export function parseBaseline(text: string, file: string): Baseline {
  const advice = 'Write it again with "frontdesk eval --update-baseline".';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON. ${advice}`);
  }
  const parsed = baselineSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${file} is no baseline: ${issue?.path.join('.') || 'it'}: ${issue?.message}. ${advice}`);
}

/**
 * Holds a run against its baseline. Red: a case that passed and now fails; a case that is not there any more, however it ended: who
 * takes one away changes what is measured, and says so by writing the baseline again; a criterion that is lower over
 * the baseline's cases; a run that was cut off; with `targets`, a criterion that misses its target. A new case that fails is told only.
 */
export function gate(report: RunReport, baseline: Baseline, { targets }: { targets: boolean }): GateVerdict {
  const refused = whyRefused(report, baseline);
  if (refused !== null) return { refused, red: [], told: [] };
  const red = [
    ...cutOff(report),
    ...regressedCases(report, baseline),
    ...lowerCriteria(report, baseline),
    ...(targets ? missedTargets(report) : []),
  ];
  return { refused: null, red, told: toldOf(report, baseline) };
}

function whyRefused(report: RunReport, baseline: Baseline): string | null {
  if (report.agent !== baseline.agent) {
    return `The baseline is of the agent "${baseline.agent}", this run of "${report.agent}": write a baseline of this one.`;
  }
  if (report.offline === baseline.offline) return null;
  const kind = (offline: boolean) => (offline ? 'the offline model' : 'Claude');
  return (
    `The baseline was written with ${kind(baseline.offline)}, and ${kind(report.offline)} answered now: ` +
    'run with the same, or write the baseline again.'
  );
}

function cutOff({ missing }: RunReport): Red[] {
  if (missing === 0) return [];
  const text = `The run was cut off: ${counted(missing, 'case')} not run. Run it again; what is done is not done twice.`;
  return [{ kind: 'cut_off', name: '', text }];
}

function regressedCases(report: RunReport, baseline: Baseline): Red[] {
  const now = new Map(report.cases.map((one) => [one.id, one]));
  const leftOut = new Map(report.leftOut.map(({ id, reason }) => [id, reason]));
  return Object.entries(baseline.cases).flatMap(([id, was]): Red[] => {
    const is = now.get(id);
    if (is) {
      if (is.passed || was === 'fail') return [];
      return [{ kind: 'case_fails', name: id, text: `${id} (${is.file}:${is.line}) ${howItFails(is)}` }];
    }
    const reason = leftOut.get(id);
    // Of a run that was cut off nobody knows which cases are missing.
    if (report.missing > 0 && reason === undefined) return [];
    const gone = reason === undefined ? 'is not in the suites any more' : `was left out: ${reason}`;
    return [{ kind: 'case_missing', name: id, text: `${id} is in the baseline and ${gone}. ${UPDATE}` }];
  });
}

function howItFails(is: ReportedCase): string {
  const [error] = errorsOf(is);
  return error === undefined
    ? 'passed in the baseline and fails now.'
    : `passed in the baseline and could not be run: ${error}`;
}

/** The scorecard again, over the baseline's cases alone: what is new makes nothing lower. */
function lowerCriteria(report: RunReport, baseline: Baseline): Red[] {
  const common = report.cases.filter((one) => baseline.cases[one.id] !== undefined);
  // With cases missing a value means something else, and their being missing is red by itself.
  if (common.length < Object.keys(baseline.cases).length) return [];
  const now = scorecardOf(common, { costUsd: 0, seconds: 0 }).criteria;
  return CRITERIA_NAMES.flatMap((name): Red[] => {
    const was = baseline.criteria[name];
    if (!was || !isLower(name, was.value, now[name].value)) return [];
    const { value, n } = now[name];
    const is = value === null ? 'without a value' : `${precise(name, value)} of ${n}`;
    const text = `${CRITERIA[name].title} is ${is} over the baseline's cases; it was ${precise(name, was.value)} of ${was.n}.`;
    return [{ kind: 'criterion_lower', name, text }];
  });
}

function isLower(name: CriterionName, was: number, is: number | null): boolean {
  if (is === null) return true;
  return (CRITERIA[name].higherIsBetter ? was - is : is - was) > ROUNDING;
}

function precise(name: CriterionName, value: number): string {
  return CRITERIA[name].unit === 'share' ? `${(value * 100).toFixed(2)} %` : amount(name, value);
}

function missedTargets(report: RunReport): Red[] {
  return CRITERIA_NAMES.flatMap((name): Red[] => {
    const { value, target, pass } = report.scorecard.criteria[name];
    if (pass !== false) return [];
    const text = `${CRITERIA[name].title} is ${amount(name, value)}; its target is ${amount(name, target)}.`;
    return [{ kind: 'target_missed', name, text }];
  });
}

function toldOf(report: RunReport, baseline: Baseline): string[] {
  const fresh = report.cases.filter((one) => baseline.cases[one.id] === undefined);
  const failing = fresh.filter((one) => !one.passed);
  const better = report.cases.filter((one) => one.passed && baseline.cases[one.id] === 'fail');
  const known = report.cases.filter((one) => !one.passed && baseline.cases[one.id] === 'fail');
  return [
    ...(report.model === baseline.model ? [] : [`The baseline is of ${baseline.model}, this run of ${report.model}.`]),
    ...failing.map((one) => `${one.id} (${one.file}:${one.line}) is new and fails.`),
    ...(fresh.length > failing.length ? [`${counted(fresh.length - failing.length, 'new case')} passed.`] : []),
    ...(known.length > 0 ? [`${counted(known.length, 'case')} failed in the baseline, too.`] : []),
    ...(better.length > 0
      ? [`${counted(better.length, 'case')} failed in the baseline and passed: write it again to keep that.`]
      : []),
  ];
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
