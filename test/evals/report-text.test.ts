import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/evals/report/compare.ts';
import { junitXml } from '../../src/evals/report/junit.ts';
import { terminalReport } from '../../src/evals/report/terminal.ts';
import { check, reportedCase, runReport } from './run-reports.ts';

const HOSTILE = 'a\u001b[31mred\u001b[0m\u0007\u009b2J\u202e]]>&<script>"\'\u0000\ufffe\nb';

describe('the report in a terminal', () => {
  it('shows every criterion, and of a failing case where it is, what was wanted and what was found', () => {
    const text = plain(terminalReport(runReport({ failing: [3] })));
    expect(text).toContain('119 of 120 cases passed');
    expect(text).toMatch(/[✓✗?] Response accuracy +[█░]{12} +\S+ % +\S+ % – \S+ %? *≥ 100 % +\d+/);
    expect(text).toMatch(/– CSAT +no value: only what customers really did can tell/);
    expect(text).toContain('✗ Suite 01/case 3  evals/suite-1.yaml:31');
    expect(text).toContain('wanted  changes orders.A-1042.status: "cancelled", and nothing else');
    expect(text).toContain('2 cases left out:');
    expect(text).toMatch(/Looked at by a stand-in only.*\n +120 {2}stand-in: words in common/);
    expect(text).toMatch(/85 %, kappa 0\.61 of 60/);
  });

  it('says that a run was cut off, and how repeated cases did', () => {
    const report = { ...runReport(), missing: 1, repeats: { passAt1: 0.95, passPowK: 0.9, k: 4 } };
    const text = plain(terminalReport(report, { page: '/data/run.html' }));
    expect(text).toContain('Cut off: 1 case not run.');
    expect(text).toContain('pass@1 95 %, pass^4 90 %');
    expect(text).toContain('/data/run.html');
  });

  it('says what is different from another run', () => {
    const compare = compareRuns(runReport({ failing: [3] }), runReport({ failing: [4] }));
    const text = plain(terminalReport(runReport({ failing: [4] }), { compare }));
    expect(text).toContain('1 got worse, 1 got better, 118 as before: may be chance, p = 1.');
    expect(text).toContain('✗ Suite 01/case 4');
    expect(text).toContain('✓ Suite 01/case 3');
  });

  it('lets nothing through that acts on a terminal', () => {
    const report = hostileReport();
    const lines = terminalReport(report, { compare: compareRuns(hostileReport(false), report), page: HOSTILE });
    // Its own colours aside, which are not written where nobody sees them.
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('JUnit XML', () => {
  it('has every case, with its place, its time, and why it fails', () => {
    const elements = parse(junitXml(runReport({ cases: 12, failing: [0] })));
    expect(elements.filter(({ element }) => element === 'testcase')).toHaveLength(14);
    expect(elements[0]).toMatchObject({ element: 'testsuites', tests: '14', failures: '1', errors: '0', skipped: '2' });
    expect(elements[1]).toMatchObject({ name: 'Suite 01', tests: '10', failures: '1', skipped: '0' });
    expect(elements[2]).toMatchObject({ name: 'case 0', file: 'evals/suite-1.yaml', line: '4', time: '2.780' });
    const message =
      'wanted: says “all day on Sunday”; found: We guarantee that we are open from 9 AM to 5 PM on weekdays.';
    expect(elements[3]).toMatchObject({ element: 'failure', message, type: 'says' });
    expect(elements.filter(({ element }) => element === 'skipped')[0]?.message).toContain('needs Claude');
  });

  it('has an error, and no failure, for what could not be run', () => {
    const report = { ...runReport(), cases: [reportedCase(0, false, { error: 'No answer from the model.' })] };
    expect(parse(junitXml(report))[0]).toMatchObject({ errors: '1', failures: '0' });
  });

  it('says what was said and no more, whatever it was', () => {
    const xml = junitXml(hostileReport());
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
    const failure = parse(xml).find(({ element }) => element === 'failure');
    expect(failure?.message).toContain(`: a[31mred[0m2J]]>&<script>"'\nb`);
  });
});

function hostileReport(failing = true) {
  const report = runReport({ cases: 1, failing: [] });
  const one = { ...reportedCase(0, !failing), id: `${HOSTILE}/${HOSTILE}`, suite: HOSTILE, file: HOSTILE };
  const [run] = one.runs;
  if (run)
    run.checks = [
      check(HOSTILE, { passed: !failing, wanted: HOSTILE, found: HOSTILE, grader: `stand-in: ${HOSTILE}` }),
    ];
  return {
    ...report,
    agent: HOSTILE,
    model: HOSTILE,
    id: HOSTILE,
    cases: [one],
    leftOut: [{ id: HOSTILE, reason: HOSTILE }],
    graders: [{ grader: HOSTILE, criterion: null, n: 1, agreement: 1, kappa: null }],
  };
}

function plain(lines: readonly string[]): string {
  return lines.join('\n').replace(/\u001b\[\d+m/g, '');
}

/** All elements in their order, with their attributes. Strictly, a browser reads it: report-page.test.ts. */
function parse(xml: string): Record<string, string>[] {
  const elements: Record<string, string>[] = [];
  const parser = new Parser(
    { onopentag: (element, attributes) => elements.push({ element, ...attributes }) },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return elements;
}
