import { CRITERIA, CRITERIA_NAMES, type CriterionName, FROM_PRODUCTION } from './criteria.ts';
import type { Check, Criterion, Scorecard } from './graded.ts';
import { passPowK, wilson } from './statistics.ts';

/** What a scorecard needs of a case: the checks of each attempt, and which attempts passed. */
export type ScoredCase = { passed: boolean; runs: readonly { checks: readonly Check[]; passed: boolean }[] };

/** Whether a grader is a stand-in, which shows a value and is no evidence. */
export function isStandIn(grader: string): boolean {
  return grader.startsWith('stand-in');
}

/**
 * The criteria over all cases. What counts for one is a turn, or a conversation as a whole, of an attempt: it passes where all its checks for
 * the criterion do. Where code or a model looked, stand-ins do not count; where only they did, there is a value and no verdict.
 */
export function scorecardOf(cases: readonly ScoredCase[], totals: { costUsd: number; seconds: number }): Scorecard {
  const criteria = CRITERIA_NAMES.map((name) => [name, criterionOf(name, cases)] as const);
  return {
    criteria: Object.fromEntries(criteria) as Record<CriterionName, Criterion>,
    cases: cases.length,
    passed: cases.filter(({ passed }) => passed).length,
    cost_usd: Math.round(totals.costUsd * 1e6) / 1e6,
    seconds: Math.round(totals.seconds * 10) / 10,
  };
}

function criterionOf(name: CriterionName, cases: readonly ScoredCase[]): Criterion {
  const { target } = CRITERIA[name];
  const nothing = { value: null, target, n: 0, low: null, high: null, pass: null };
  if (FROM_PRODUCTION.includes(name)) {
    const reason = 'only what customers really did can tell: frontdesk insights';
    return { ...nothing, reason, grader: 'insights' };
  }
  const told = unitsOf(name, cases);
  const evidence = told.filter((unit) => unit.some(({ grader }) => !isStandIn(grader)));
  const units = evidence.length > 0 ? evidence.map((unit) => unit.filter(({ grader }) => !isStandIn(grader))) : told;
  const grader = [...new Set(units.flat().map((check) => check.grader))].sort().join(', ');
  if (units.length === 0)
    return { ...nothing, reason: NO_CASE[name] ?? 'no case expects anything of it', grader: 'none' };
  const passed = units.filter((unit) => unit.every((check) => check.passed)).length;
  const value = passed / units.length;
  const interval = wilson(passed, units.length);
  const counted = { value, target, n: units.length, low: interval?.low ?? null, high: interval?.high ?? null };
  if (evidence.length === 0) {
    return {
      ...counted,
      pass: null,
      reason: 'only a stand-in looked, which is no evidence: set ANTHROPIC_API_KEY',
      grader,
    };
  }
  return { ...counted, pass: value >= (target ?? 0), grader };
}

const NO_CASE: Partial<Record<CriterionName, string>> = {
  sentiment_maintenance:
    'no simulated customer: what a script says was written before anybody was treated well or badly',
};

/** Checks that somebody could tell, together by attempt and turn. */
function unitsOf(name: CriterionName, cases: readonly ScoredCase[]): Check[][] {
  return cases.flatMap(({ runs }) =>
    runs.flatMap(({ checks }) => {
      const own = checks.filter(({ criterion, passed }) => criterion === name && passed !== null);
      return [...Map.groupBy(own, ({ turn }) => turn).values()];
    }),
  );
}

/** How often single attempts passed, and how often all of a case's: over cases, `k` the most attempts of one. */
export function repeatsOf(cases: readonly ScoredCase[]): { passAt1: number; passPowK: number; k: number } {
  const k = Math.max(1, ...cases.map(({ runs }) => runs.length));
  const mean = (of: (one: ScoredCase) => number) => cases.reduce((sum, one) => sum + of(one), 0) / (cases.length || 1);
  const passedOf = ({ runs }: ScoredCase) => runs.filter(({ passed }) => passed).length;
  return {
    passAt1: mean((one) => passedOf(one) / (one.runs.length || 1)),
    passPowK: mean((one) => passPowK(passedOf(one), one.runs.length || 1, one.runs.length)),
    k,
  };
}
