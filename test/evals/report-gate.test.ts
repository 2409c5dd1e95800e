import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/evals/graded.ts';
import { baselineOf, baselineText, gate, parseBaseline } from '../../src/evals/report/gate.ts';
import { reportedCase, runReport } from './run-reports.ts';

const LOOSE = { targets: false };

describe('the gate', () => {
  it('is green for the run that its baseline was made of, through the file', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(29), { maxLength: 30 }), (failing) => {
        const report = runReport({ cases: 30, failing });
        const baseline = parseBaseline(baselineText(baselineOf(report)), 'evals/baseline.json');
        expect(gate(report, baseline, LOOSE)).toMatchObject({ refused: null, red: [] });
      }),
      { numRuns: 30 },
    );
  });

  it('is red for a case that passed and fails, and for the criterion that is lower by it', () => {
    const { red } = gate(runReport({ failing: [4] }), baselineOf(runReport({ failing: [] })), LOOSE);
    expect(red.map(({ kind, name }) => [kind, name])).toEqual([
      ['case_fails', 'Suite 01/case 4'],
      ['criterion_lower', 'escalation'],
    ]);
    expect(red[0]?.text).toContain('evals/suite-1.yaml:40');
  });

  it('is red for a case that is gone or left out, however it ended before', () => {
    const baseline = baselineOf(runReport({ failing: [5] }));
    const report = runReport({ failing: [5] });
    const cases = report.cases.filter((_, index) => index !== 4 && index !== 5 && index !== 6);
    const leftOut = [{ id: 'Suite 01/case 6', reason: 'needs Claude' }];
    const { red } = gate({ ...report, cases, leftOut }, baseline, LOOSE);
    expect(red.map(({ kind, name }) => [kind, name])).toEqual([
      ['case_missing', 'Suite 01/case 4'],
      ['case_missing', 'Suite 01/case 5'],
      ['case_missing', 'Suite 01/case 6'],
    ]);
    expect(red[2]?.text).toContain('was left out: needs Claude');
  });

  it('only tells of a new case that fails, though the scorecard is lower by it', () => {
    const before = runReport({ cases: 40, failing: [] });
    const { red, told } = gate(runReport({ cases: 45, failing: [44] }), baselineOf(before), LOOSE);
    expect(red).toEqual([]);
    expect(told).toEqual(['Suite 05/case 44 (evals/suite-5.yaml:40) is new and fails.', '4 new cases passed.']);
  });

  it('is red for a criterion that is lower over the cases of the baseline, new cases or not', () => {
    const before = runReport({ cases: 40, failing: [] });
    for (const more of [40, 45]) {
      const now = runReport({ cases: more, failing: [] });
      failStandIns(now);
      const { red } = gate(now, baselineOf(before), LOOSE);
      expect(red.map(({ kind, name }) => [kind, name])).toEqual([['criterion_lower', 'response_relevance']]);
    }
  });

  it('with targets is red for one that is missed, and not for one that nobody could tell', () => {
    const report = runReport({ failing: [] });
    report.scorecard.criteria.escalation = { ...report.scorecard.criteria.escalation, value: 0.5, pass: false };
    report.scorecard.criteria.topic_adherence = { ...report.scorecard.criteria.topic_adherence, pass: null };
    const baseline = baselineOf(report);
    expect(gate(report, baseline, LOOSE).red).toEqual([]);
    expect(gate(report, baseline, { targets: true }).red).toMatchObject([
      { kind: 'target_missed', name: 'escalation' },
    ]);
  });

  it('never lets a run pass that was cut off', () => {
    const report = runReport({ failing: [] });
    const cut = { ...report, cases: report.cases.slice(0, 50), missing: 70 };
    expect(gate(cut, baselineOf(report), LOOSE).red).toMatchObject([{ kind: 'cut_off' }]);
  });

  it('says of a case that could not be run what kept it', () => {
    const report = runReport({ failing: [] });
    const cases = [reportedCase(0, false, { error: 'The model could not be reached.' }), ...report.cases.slice(1)];
    const { red } = gate({ ...report, cases }, baselineOf(report), LOOSE);
    expect(red[0]?.text).toContain('could not be run: The model could not be reached.');
  });

  it('refuses the baseline of another kind of model, and of another agent', () => {
    const baseline = baselineOf(runReport());
    const claude = gate(runReport({ model: 'claude-x', offline: false }), baseline, LOOSE);
    expect(claude.refused).toContain('written with the offline model, and Claude answered now');
    expect(gate({ ...runReport(), agent: 'Other' }, baseline, LOOSE).refused).toContain('"Acme Insurance"');
  });

  it('tells what got better and what failed already', () => {
    const { told } = gate(runReport({ failing: [3] }), baselineOf(runReport({ failing: [3, 7] })), LOOSE);
    expect(told).toEqual([
      '1 case failed in the baseline, too.',
      '1 case failed in the baseline and passed: write it again to keep that.',
    ]);
  });
});

describe('the baseline', () => {
  it('is a line a case, sorted, without time or cost', () => {
    const text = baselineText(baselineOf(runReport({ cases: 3, failing: [1] })));
    expect(text).toContain('"cases": {\n    "Suite 01/case 0": "pass",\n    "Suite 01/case 1": "fail",\n');
    expect(text).toContain('"query_comprehension": { "value": 1, "n": 1 },\n');
    expect(text).toBe(baselineText(baselineOf(runReport({ cases: 3, failing: [1], at: 1 }))));
  });

  it('survives ids of any kind', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 5 }), (ids) => {
        const report = runReport({ cases: ids.length, failing: [] });
        const named = { ...report, cases: report.cases.map((one, index) => ({ ...one, id: `x${ids[index]}` })) };
        expect(parseBaseline(baselineText(baselineOf(named)), 'b.json')).toEqual(baselineOf(named));
      }),
    );
  });

  it.each(['', '[]', '{"agent":"a"}', '{"agent":"a","model":"m","offline":true,"criteria":{},"cases":{"x":"maybe"}}'])(
    'says of %j that it is none, and what to do',
    (text) => {
      expect(() => parseBaseline(text, 'evals/baseline.json')).toThrow(
        /^evals\/baseline\.json is n.*--update-baseline/,
      );
    },
  );
});

function failStandIns(report: RunReport): void {
  for (const check of report.cases.flatMap((one) => one.runs.flatMap((run) => run.checks))) {
    if (check.kind === 'answer') check.passed = false;
  }
}
