import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/evals/graded.ts';
import { compareRuns } from '../../src/evals/report/compare.ts';
import { mcnemarExact } from '../../src/evals/statistics.ts';
import { runReport } from './run-reports.ts';

const LATER = Date.UTC(2026, 10, 28);

describe('compareRuns', () => {
  it('finds no change between a run and the same again, whatever failed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(29), { maxLength: 30 }), (failing) => {
        const before = runReport({ cases: 30, failing });
        const compared = compareRuns(before, runReport({ cases: 30, failing, at: LATER }));
        expect(compared).toMatchObject({
          worse: [],
          better: [],
          added: [],
          gone: [],
          criteria: [],
          caveats: [],
          p: 1,
          same: 30,
        });
        expect(compared.sentence).toBe('No change: all 30 cases ended as before.');
      }),
      { numRuns: 30 },
    );
  });

  it('names the cases that flipped, and how probable that is by chance', () => {
    const compared = compareRuns(runReport({ failing: [3] }), runReport({ failing: [1, 2, 4], at: LATER }));
    expect(compared.worse).toEqual(['Suite 01/case 1', 'Suite 01/case 2', 'Suite 01/case 4']);
    expect(compared.better).toEqual(['Suite 01/case 3']);
    expect(compared.sentence).toBe('3 got worse, 1 got better, 116 as before: may be chance, p = .63.');
  });

  it('says so where chance hardly does it', () => {
    const { p, sentence } = compareRuns(runReport({ failing: [] }), runReport({ failing: [1, 2, 3, 4, 5, 6] }));
    expect(p).toBeCloseTo(1 / 32, 10);
    expect(sentence).toContain('6 got worse, 114 as before: hardly chance, p = .03.');
  });

  it('takes a case with another name for one gone and one new', () => {
    const now = runReport({ failing: [] });
    const renamed = renameFirst(now, 'Suite 01/other');
    const { added, gone, worse, sentence } = compareRuns(now, renamed);
    expect({ added, gone, worse }).toEqual({
      added: [{ id: 'Suite 01/other', passed: true }],
      gone: [{ id: 'Suite 01/case 0', passed: true }],
      worse: [],
    });
    expect(sentence).toBe('No change: all 119 cases ended as before. Cases: 1 new, 1 gone.');
  });

  it('tells which criteria moved, and in which direction is better', () => {
    const before = runReport({ failing: [] });
    const now = runReport({ failing: [] });
    setValue(before, 'handle_time', 200);
    setValue(now, 'handle_time', 260);
    setValue(before, 'escalation', 0.8);
    setValue(now, 'escalation', 0.9);
    expect(compareRuns(before, now).criteria).toMatchObject([
      { name: 'escalation', isBetter: true },
      { name: 'handle_time', delta: 60, isBetter: false },
    ]);
    expect(compareRuns(before, now).sentence).toBe(
      'No case flipped; by its other checks: Escalation better, Handle time worse.',
    );
  });

  it('says what makes two runs unlike, and compares medians of cost and time', () => {
    const now = { ...runReport({ model: 'claude-x', offline: false }), missing: 2 };
    for (const one of now.cases) one.ms *= 2;
    const { caveats, ms } = compareRuns(runReport(), now);
    expect(caveats).toEqual([
      'Another model answered: offline before, claude-x now.',
      'This run was cut off: 2 cases not run.',
    ]);
    expect(ms.now).toBe(2 * (ms.before ?? Number.NaN));
  });

  it('says that there is nothing to compare', () => {
    const none = { ...runReport(), cases: [] };
    expect(compareRuns(none, none)).toMatchObject({ sentence: 'The two runs have no case in common.', p: 1 });
  });
});

describe('mcnemarExact', () => {
  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [5, 0, 0.0625],
    [3, 1, 0.625],
    [10, 2, 0.03857421875],
    [7, 7, 1],
  ])('of %i and %i is %f', (b, c, p) => {
    expect(mcnemarExact(b, c)).toBeCloseTo(p, 10);
    expect(mcnemarExact(c, b)).toBeCloseTo(p, 10);
  });

  it('bears many flips', () => {
    expect(mcnemarExact(2_000, 2_000)).toBe(1);
    expect(mcnemarExact(900, 1_100)).toBeGreaterThan(1e-6);
    expect(mcnemarExact(900, 1_100)).toBeLessThan(1e-4);
  });
});

function renameFirst(report: RunReport, id: string): RunReport {
  return { ...report, cases: report.cases.map((one, index) => (index === 0 ? { ...one, id } : one)) };
}

function setValue(report: RunReport, name: 'handle_time' | 'escalation', value: number): void {
  report.scorecard.criteria[name] = { ...report.scorecard.criteria[name], value };
}
