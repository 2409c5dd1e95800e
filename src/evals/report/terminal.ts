import { styleText } from 'node:util';
import { CRITERIA, CRITERIA_NAMES, type CriterionName } from '../criteria.ts';
import type { Check, Criterion, ReportedCase, RunReport } from '../graded.ts';
import { isStandIn } from '../scorecard.ts';
import type { Comparison } from './compare.ts';
import { checksThatFail, errorsOf } from './failures.ts';
import {
  amount,
  CHECK_GRADERS,
  counted,
  difference,
  dollars,
  duration,
  moment,
  oneLine,
  percent,
  targetText,
} from './format.ts';

const BAR = 12;
/** Cases and flips that are listed; the page has them all. */
const LISTED = 40;
const FLIPS = 20;

/** A run for people, line by line. Nothing that a model, a suite or a tool said can act on the terminal. */
export function terminalReport(
  report: RunReport,
  { compare = null, page = null }: { compare?: Comparison | null; page?: string | null } = {},
): string[] {
  return [
    '',
    ...heading(report),
    '',
    ...scorecardLines(report),
    '',
    ...casesLines(report),
    ...leftOutLines(report),
    ...standInLines(report),
    ...(compare ? ['', ...comparisonLines(compare)] : []),
    ...(page === null ? [] : ['', `Every failing case with its whole trace: ${oneLine(page, 400)}`]),
  ];
}

/** What is different from an earlier run, for people. */
export function comparisonLines(compare: Comparison): string[] {
  const { before, worse, better, added, gone, criteria } = compare;
  return [
    styleText('bold', `Against ${oneLine(before.id)} of ${moment(before.at)} UTC`),
    `  ${oneLine(compare.sentence, 400)}`,
    ...compare.caveats.map((text) => styleText('yellow', `  ! ${oneLine(text, 400)}`)),
    ...flips(worse, (id) => styleText('red', `  ✗ ${id}`)),
    ...flips(better, (id) => styleText('green', `  ✓ ${id}`)),
    ...flips(ids(added), (id) => `  + ${id}`),
    ...flips(ids(gone), (id) => `  - ${id}`),
    ...criteria.map(({ name, before: was, now, delta, isBetter }) => {
      const text = `${CRITERIA[name].title}: ${amount(name, was)} to ${amount(name, now)} (${difference(name, delta)})`;
      return `  ${styleText(isBetter ? 'green' : 'red', text)}`;
    }),
    ...medians(compare),
  ];
}

function heading({ agent, model, offline, id, scorecard, missing }: RunReport): string[] {
  const { cases, passed, cost_usd, seconds } = scorecard;
  const all = passed === cases && missing === 0 && cases > 0;
  const count = `${passed} of ${counted(cases, 'case')} passed`;
  return [
    `${styleText('bold', oneLine(agent))}  ${styleText('dim', `${oneLine(model)}${offline ? ', offline: not Claude' : ''}, run ${oneLine(id)}`)}`,
    `${styleText(all ? 'green' : 'red', `${all ? '✓' : '✗'} ${count}`)}, ${dollars(cost_usd)}, ${duration(seconds * 1_000)}`,
    ...(missing > 0 ? [styleText('yellow', `! Cut off: ${counted(missing, 'case')} not run.`)] : []),
  ];
}

function scorecardLines({ scorecard }: RunReport): string[] {
  const rows = CRITERIA_NAMES.map((name) => ({ name, criterion: scorecard.criteria[name] }));
  const width = Math.max(...rows.map(({ name }) => CRITERIA[name].title.length));
  const head = `  ${'Criterion'.padEnd(width)}  ${''.padEnd(BAR)}  ${'value'.padStart(8)}  ${'95 % interval'.padEnd(18)}  ${'target'.padEnd(8)}  n`;
  return [styleText('bold', head), ...rows.flatMap(({ name, criterion }) => criterionLines(name, criterion, width))];
}

function criterionLines(name: CriterionName, criterion: Criterion, width: number): string[] {
  const { value, n, pass, reason } = criterion;
  const title = CRITERIA[name].title.padEnd(width);
  if (value === null) return [styleText('dim', `– ${title}  no value${reason ? `: ${oneLine(reason, 120)}` : ''}`)];
  const why = reason === undefined ? [] : [styleText('dim', `  ${' '.repeat(width)}  ${oneLine(reason, 120)}`)];
  const wanted = targetText(name, criterion.target);
  const figures = `${amount(name, value).padStart(8)}  ${intervalOf(name, criterion).padEnd(18)}  ${wanted.padEnd(8)}  ${n}`;
  return [`${verdict(pass, `${title}  ${bar(name, value)}`)}  ${figures}`, ...why];
}

function intervalOf(name: CriterionName, { low, high }: Criterion): string {
  return low === null || high === null ? '–' : `${amount(name, low)} – ${amount(name, high)}`;
}

function verdict(pass: boolean | null, text: string): string {
  if (pass === null) return styleText('yellow', `? ${text}`);
  return pass ? styleText('green', `✓ ${text}`) : styleText('red', `✗ ${text}`);
}

function bar(name: CriterionName, value: number): string {
  const { unit, target } = CRITERIA[name];
  const share = unit === 'share' ? value : unit === 'points' ? value / 5 : value / (2 * (target ?? value));
  const full = Math.round(BAR * Math.max(0, Math.min(1, share)));
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

function casesLines({ cases, repeats }: RunReport): string[] {
  const failing = cases.filter((one) => !one.passed);
  const more = failing.length - LISTED;
  return [
    ...(repeats.k > 1
      ? [
          `pass@1 ${percent(repeats.passAt1)}, pass^${repeats.k} ${percent(repeats.passPowK)} (all of up to ${repeats.k} attempts)`,
          '',
        ]
      : []),
    ...failing.slice(0, LISTED).flatMap(caseLines),
    ...(more > 0 ? [styleText('dim', `  … and ${counted(more, 'more failing case')}, on the page.`)] : []),
  ];
}

function caseLines(one: ReportedCase): string[] {
  const tries = one.attempts > 1 ? ` (${one.attemptsPassed} of ${one.attempts} attempts passed)` : '';
  const place = styleText('dim', oneLine(`${one.file}:${one.line}`));
  const head = `${styleText('red', `✗ ${oneLine(one.id)}`)}${tries}  ${place}`;
  const [error] = errorsOf(one);
  if (error !== undefined) return [head, `    could not be run: ${oneLine(error, 200)}`];
  const checks = checksThatFail(one);
  const [first] = checks;
  if (!first) return [head];
  const rest = checks.length > 1 ? styleText('dim', ` (and ${counted(checks.length - 1, 'more check')})`) : '';
  return [head, `    wanted  ${wantedOf(first)}`, `    found   ${oneLine(first.found) || 'nothing'}${rest}`];
}

function wantedOf({ wanted, turn }: Check): string {
  return `${oneLine(wanted)}${turn === null ? '' : styleText('dim', ` (turn ${turn + 1})`)}`;
}

function leftOutLines({ leftOut }: RunReport): string[] {
  if (leftOut.length === 0) return [];
  const byReason = [...Map.groupBy(leftOut, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return [
    '',
    `${counted(leftOut.length, 'case')} left out:`,
    ...byReason.map(([reason, { length }]) => styleText('dim', `  ${String(length).padStart(4)}  ${oneLine(reason)}`)),
  ];
}

/** What nothing but a stand-in has looked at is no evidence, and is not passed off as such. */
function standInLines({ cases, graders }: RunReport): string[] {
  const checks = cases.flatMap((one) => one.runs.flatMap((graded) => graded.checks));
  const standIns = Map.groupBy(
    checks.filter((check) => isStandIn(check.grader) && !check.counts),
    (check) => check.grader,
  );
  const unjudged = checks.filter((check) => check.passed === null).length;
  return [
    ...(standIns.size > 0 ? ['', 'Looked at by a stand-in only, which fails no case:'] : []),
    ...[...standIns].map(([grader, { length }]) =>
      styleText('dim', `  ${String(length).padStart(4)}  ${oneLine(grader)}`),
    ),
    ...(unjudged > 0 ? ['', `${counted(unjudged, 'check')} that nobody could tell in this run.`] : []),
    ...(graders.length > 0 ? ['', 'Graders, and how often they agree with people:'] : []),
    ...graders.map(({ grader, criterion, n, agreement, kappa }) => {
      const of = criterion === null ? '' : `, ${CRITERIA[criterion].title}`;
      const chance = kappa === null ? '' : `, kappa ${kappa.toFixed(2)}`;
      const share = agreement === null ? 'not checked yet' : `${percent(agreement).padStart(7)}${chance} of ${n}`;
      return styleText('dim', `  ${share}  ${oneLine(grader)}${of}`);
    }),
    ...(graders.some(({ agreement }) => agreement === null) ? [styleText('dim', `  ${CHECK_GRADERS}`)] : []),
  ];
}

function flips(all: readonly string[], line: (id: string) => string): string[] {
  const more = all.length - FLIPS;
  const listed = all.slice(0, FLIPS).map((id) => line(oneLine(id)));
  return more > 0 ? [...listed, styleText('dim', `  … and ${more} more`)] : listed;
}

function ids(cases: readonly { id: string; passed: boolean }[]): string[] {
  return cases.map(({ id, passed }) => `${id} (${passed ? 'passes' : 'fails'})`);
}

function medians({ costUsd, ms }: Comparison): string[] {
  if (ms.before === null || ms.now === null || costUsd.before === null || costUsd.now === null) return [];
  const cost = `${dollars(costUsd.before)} to ${dollars(costUsd.now)}`;
  return [styleText('dim', `  Median of a case: ${cost}, ${duration(ms.before)} to ${duration(ms.now)}`)];
}
