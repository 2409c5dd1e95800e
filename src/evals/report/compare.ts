import { CRITERIA, CRITERIA_NAMES, type CriterionName } from '../criteria.ts';
import type { ReportedCase, RunReport } from '../graded.ts';
import { mcnemarExact, median } from '../statistics.ts';
import { counted, probability } from './format.ts';

/** Which run: enough to name it. */
export type RunName = Pick<RunReport, 'id' | 'at' | 'model' | 'agent' | 'promptHash' | 'knowledgeVersion'>;

export type CriterionChange = { name: CriterionName; before: number; now: number; delta: number; isBetter: boolean };

/** What is different between two runs. Cases are the same by their ids: a case with another name is one gone and one new. */
export type Comparison = {
  before: RunName;
  now: RunName;
  /** Ids, sorted. Passed before and fails now; the other way round. */
  worse: string[];
  better: string[];
  /** In both, and ended alike. */
  same: number;
  added: { id: string; passed: boolean }[];
  gone: { id: string; passed: boolean }[];
  /** Two-sided, by the exact McNemar test over the flips; 1 where nothing flipped. */
  p: number;
  /** Criteria with a value in both runs that is not the same. */
  criteria: CriterionChange[];
  /** Medians over the cases of both runs, of a case; null where there are none. */
  costUsd: { before: number | null; now: number | null };
  ms: { before: number | null; now: number | null };
  /** What makes the two less than alike: another model, a run that was cut off. Sentences. */
  caveats: string[];
  /** The whole in a sentence. */
  sentence: string;
};

/** Less than this of a share nobody can see. */
const ROUNDING = 0.0005;
const SIGNIFICANT = 0.05;

/** Holds a run against an earlier one, case by case. */
export function compareRuns(before: RunReport, now: RunReport): Comparison {
  const was = new Map(before.cases.map((one) => [one.id, one]));
  const is = new Map(now.cases.map((one) => [one.id, one]));
  const common = now.cases.filter((one) => was.has(one.id));
  const worse = common.filter((one) => !one.passed && was.get(one.id)?.passed === true);
  const better = common.filter((one) => one.passed && was.get(one.id)?.passed === false);
  const commonBefore = common.flatMap((one) => was.get(one.id) ?? []);
  const found = {
    before: nameOf(before),
    now: nameOf(now),
    worse: ids(worse),
    better: ids(better),
    same: common.length - worse.length - better.length,
    added: ended(now.cases.filter((one) => !was.has(one.id))),
    gone: ended(before.cases.filter((one) => !is.has(one.id))),
    p: mcnemarExact(worse.length, better.length),
    criteria: changedCriteria(before, now),
    costUsd: { before: median(commonBefore.map((one) => one.costUsd)), now: median(common.map((one) => one.costUsd)) },
    ms: { before: median(commonBefore.map((one) => one.ms)), now: median(common.map((one) => one.ms)) },
    caveats: caveats(before, now),
  };
  return { ...found, sentence: sentence(found) };
}

function nameOf({ id, at, model, agent, promptHash, knowledgeVersion }: RunReport): RunName {
  return { id, at, model, agent, promptHash, knowledgeVersion };
}

function ids(cases: readonly ReportedCase[]): string[] {
  return cases.map((one) => one.id).sort();
}

function ended(cases: readonly ReportedCase[]): { id: string; passed: boolean }[] {
  return cases.map(({ id, passed }) => ({ id, passed })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function changedCriteria(before: RunReport, now: RunReport): CriterionChange[] {
  return CRITERIA_NAMES.flatMap((name) => {
    const was = before.scorecard.criteria[name]?.value ?? null;
    const is = now.scorecard.criteria[name]?.value ?? null;
    if (was === null || is === null || Math.abs(is - was) < ROUNDING) return [];
    const delta = is - was;
    return [{ name, before: was, now: is, delta, isBetter: delta > 0 === CRITERIA[name].higherIsBetter }];
  });
}

function caveats(before: RunReport, now: RunReport): string[] {
  const found: string[] = [];
  if (before.agent !== now.agent) found.push(`Two agents are compared: ${before.agent} before, ${now.agent} now.`);
  if (before.model !== now.model) found.push(`Another model answered: ${before.model} before, ${now.model} now.`);
  if (before.missing > 0) found.push(`The earlier run was cut off: ${counted(before.missing, 'case')} not run.`);
  if (now.missing > 0) found.push(`This run was cut off: ${counted(now.missing, 'case')} not run.`);
  return found;
}

function sentence(found: Omit<Comparison, 'sentence'>): string {
  const { worse, better, same, added, gone } = found;
  const suite = [added.length > 0 ? `${added.length} new` : '', gone.length > 0 ? `${gone.length} gone` : '']
    .filter(Boolean)
    .join(', ');
  const rest = suite === '' ? '' : ` Cases: ${suite}.`;
  const flips = worse.length + better.length;
  if (same + flips === 0) return `The two runs have no case in common.${rest}`;
  if (flips === 0) return `${unmoved(found)}${rest}`;
  const parts = [
    worse.length > 0 ? `${worse.length} got worse` : '',
    better.length > 0 ? `${better.length} got better` : '',
  ].filter(Boolean);
  const chance = found.p < SIGNIFICANT ? 'hardly chance' : 'may be chance';
  return `${parts.join(', ')}, ${same} as before: ${chance}, ${probability(found.p)}.${rest}`;
}

function unmoved({ same, criteria }: Omit<Comparison, 'sentence'>): string {
  if (criteria.length === 0)
    return `No change: ${same === 1 ? 'the one case' : `all ${counted(same, 'case')}`} ended as before.`;
  const moved = criteria.map(({ name, isBetter }) => `${CRITERIA[name].title} ${isBetter ? 'better' : 'worse'}`);
  return `No case flipped; by its other checks: ${moved.join(', ')}.`;
}
