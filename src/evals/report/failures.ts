import type { Check, GradedRun, ReportedCase } from '../graded.ts';

/** The attempts of a case that did not pass. */
export function failedRuns(one: ReportedCase): GradedRun[] {
  return one.runs.filter((graded) => !graded.passed);
}

/** What the case fails with, each thing once however many attempts fail with it. */
export function checksThatFail(one: ReportedCase): Check[] {
  const failing = failedRuns(one).flatMap((graded) =>
    graded.checks.filter((check) => check.counts && check.passed === false),
  );
  const seen = new Set<string>();
  return failing.filter((check) => {
    const said = JSON.stringify([check.kind, check.turn, check.wanted]);
    if (seen.has(said)) return false;
    seen.add(said);
    return true;
  });
}

/** What kept attempts of the case from being run to their ends, each sentence once. */
export function errorsOf(one: ReportedCase): string[] {
  return [...new Set(one.runs.flatMap((graded) => graded.run.error ?? []))];
}
