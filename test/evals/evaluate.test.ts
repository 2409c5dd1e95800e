import { expect, test } from 'vitest';
import { evaluate } from '../../src/evals/evaluate.ts';
import type { Case } from '../../src/evals/suite.ts';
import { reportedCase } from './run-reports.ts';

const CASES = 600;

test('of the first 500 attempts that fail all is kept, of the others what was said', async () => {
  const [made] = reportedCase(0, false).runs;
  if (!made) return expect.fail('There is no run.');
  const { run, checks } = made;
  const cases = Array.from({ length: CASES }, (_, at) => ({ id: `s/${at}`, suite: 's', tags: [], repeat: 1 }));
  const facts = { agent: 'a', model: 'm', offline: true, promptHash: 'p', knowledgeVersion: 'k' };
  const report = await evaluate({
    facts: { ...facts, hasWorld: false, tools: [], routes: [], guards: [] },
    cases: cases as unknown as Case[],
    leftOut: [],
    async *run(jobs) {
      for (const { case: one } of jobs) yield { ...run, caseId: one.id };
    },
    cache: null,
    grading: { grade: async () => checks, agreement: async () => [], costUsd: () => 0 },
    budgetUsd: 5,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  const runs = report.cases.flatMap((one) => one.runs);
  expect(runs).toHaveLength(CASES);
  expect(run.steps).not.toEqual([]);
  expect(runs.filter(({ run: { steps } }) => steps.length > 0)).toHaveLength(500);
  expect(runs.filter(({ withoutLog }) => withoutLog)).toHaveLength(CASES - 500);
  expect(runs.every(({ run: { turns } }) => turns.length === run.turns.length)).toBe(true);
});
