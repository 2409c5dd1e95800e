import { cleanText } from '../../language/invisible.ts';
import type { Check, ReportedCase, RunReport } from '../graded.ts';
import { checksThatFail, errorsOf } from './failures.ts';

/**
 * The run as JUnit XML, which build servers read: a `testsuite` a suite, a `testcase` a case with `file` and `line`,
 * `failure` for what was not as wanted, `error` for what could not be run, `skipped` for what was left out.
 */
export function junitXml(report: RunReport): string {
  const suites = Map.groupBy(report.cases, (one) => one.suite);
  const leftOut = Map.groupBy(report.leftOut, ({ id }) => suiteOf(id, [...suites.keys()]));
  const names = [...new Set([...suites.keys(), ...leftOut.keys()])];
  const skipped = report.leftOut.length;
  const failures = report.cases.filter((one) => !one.passed && errorsOf(one).length === 0).length;
  const errors = report.cases.filter((one) => !one.passed && errorsOf(one).length > 0).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: report.agent, tests: report.cases.length + skipped, failures, errors, skipped, time: report.scorecard.seconds })}>`,
    ...names.flatMap((name) =>
      suiteXml({ name, report, cases: suites.get(name) ?? [], leftOut: leftOut.get(name) ?? [] }),
    ),
    '</testsuites>',
    '',
  ].join('\n');
}

type SuiteOfRun = { name: string; report: RunReport; cases: ReportedCase[]; leftOut: RunReport['leftOut'] };

function suiteXml({ name, report, cases, leftOut }: SuiteOfRun): string[] {
  const failing = cases.filter((one) => !one.passed);
  const errors = failing.filter((one) => errorsOf(one).length > 0).length;
  const about = {
    name,
    tests: cases.length + leftOut.length,
    failures: failing.length - errors,
    errors,
    skipped: leftOut.length,
    time: cases.reduce((sum, one) => sum + one.ms, 0) / 1_000,
    timestamp: new Date(report.at).toISOString().slice(0, 19),
  };
  return [
    `  <testsuite${attributes(about)}>`,
    ...cases.map(caseXml),
    ...leftOut.map(
      ({ id, reason }) =>
        `    <testcase${attributes({ name: nameOf(id, name), classname: name, time: 0 })}><skipped${attributes({ message: reason })}/></testcase>`,
    ),
    '  </testsuite>',
  ];
}

function caseXml(one: ReportedCase): string {
  const { suite, file, line } = one;
  const head = `    <testcase${attributes({ name: nameOf(one.id, suite), classname: suite, file, line, time: one.ms / 1_000 })}`;
  if (one.passed) return `${head}/>`;
  const errors = errorsOf(one);
  const inside =
    errors.length > 0
      ? errors.map((error) => `      <error${attributes({ message: error })}/>`)
      : [failureXml(one, checksThatFail(one))];
  return [`${head}>`, ...inside, '    </testcase>'].join('\n');
}

function failureXml(one: ReportedCase, checks: readonly Check[]): string {
  const [first] = checks;
  const message = first ? `wanted: ${first.wanted}; found: ${first.found}` : 'not passed';
  const told = checks.map((check) => {
    const where = check.turn === null ? '' : ` (turn ${check.turn + 1})`;
    return `${check.kind}${where}\n  wanted: ${check.wanted}\n  found: ${check.found}`;
  });
  const body = [`${one.file}:${one.line}`, ...told].join('\n');
  return `      <failure${attributes({ message, type: first?.kind ?? 'case' })}>${escapeXml(body)}</failure>`;
}

/** The suite of a case that was left out: one that is known, else what stands before the id's first slash. */
function suiteOf(id: string, known: readonly string[]): string {
  return known.find((suite) => id.startsWith(`${suite}/`)) ?? id.split('/')[0] ?? id;
}

function nameOf(id: string, suite: string): string {
  return id.startsWith(`${suite}/`) ? id.slice(suite.length + 1) : id;
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(typeof value === 'number' ? number(value) : value)}"`)
    .join('');
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

/** For text and for attributes: line ends stand as references, or an attribute would lose them. Removes what XML 1.0 forbids. */
function escapeXml(text: string): string {
  return cleanText(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"'\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
