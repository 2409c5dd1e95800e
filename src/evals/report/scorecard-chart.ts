import { CRITERIA, CRITERIA_NAMES, type CriterionName } from '../criteria.ts';
import type { Criterion, RunReport } from '../graded.ts';
import { amount, targetText } from './format.ts';
import { type Html, html } from './html.ts';

/** Each criterion against its target: a bar to its value, a line over its 95 % interval, a tick at its target. */
export function scorecardHtml({ scorecard }: RunReport): Html {
  const rows = CRITERIA_NAMES.map((name) => ({ name, criterion: scorecard.criteria[name] }));
  const measured = rows.filter(({ criterion }) => criterion.value !== null);
  const without = rows.filter(({ criterion }) => criterion.value === null);
  return html`<section aria-labelledby="scorecard"><h2 id="scorecard">Scorecard</h2>
<table class="scorecard"><thead><tr><th scope="col">Criterion</th><th scope="col">Value</th><th scope="col" class="chart">95 % interval and target</th><th scope="col">Target</th><th scope="col">n</th></tr></thead>
<tbody>${measured.map(({ name, criterion }) => rowHtml(name, criterion))}</tbody></table>
<p class="legend"><svg class="key" viewBox="0 0 44 12" aria-hidden="true"><rect class="bar pass" x="0" y="3" width="26" height="6"/><line class="interval" x1="16" x2="36" y1="6" y2="6"/><line class="target" x1="40" x2="40" y1="0" y2="12"/></svg> bar: value; line: 95 % interval; tick: target. <span class="unknown">?</span> less than evidence, so no verdict.</p>
${withoutHtml(without)}</section>`;
}

/** `pass`, `fail`, or `unknown`: also the names of classes. */
export function verdictOf(pass: boolean | null): 'pass' | 'fail' | 'unknown' {
  if (pass === null) return 'unknown';
  return pass ? 'pass' : 'fail';
}

const SIGNS = { pass: '✓', fail: '✗', unknown: '?' };
const SAID = { pass: 'target met', fail: 'target missed', unknown: 'no verdict' };

/** The sign of a verdict, with its words for whoever does not see it. */
export function signHtml(pass: boolean | null): Html {
  const verdict = verdictOf(pass);
  return html`<span class="sign ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span><span class="spoken">${SAID[verdict]}</span></span>`;
}

function rowHtml(name: CriterionName, criterion: Criterion): Html {
  const { value, target, n, pass, reason, grader } = criterion;
  return html`<tr><th scope="row">${signHtml(pass)} ${CRITERIA[name].title}<span class="by">${grader}${reason === undefined ? null : `: ${reason}`}</span></th>
<td class="figure value ${verdictOf(pass)}">${amount(name, value)}</td>
<td class="chart">${chart(name, criterion)}<span class="range">${rangeOf(name, criterion)}</span></td>
<td class="figure" data-name="Target">${targetText(name, target)}</td><td class="figure" data-name="n">${n}</td></tr>`;
}

function rangeOf(name: CriterionName, { low, high }: Criterion): string {
  return low === null || high === null ? 'no interval' : `${amount(name, low)} to ${amount(name, high)}`;
}

function chart(name: CriterionName, criterion: Criterion): Html {
  const { value, low, high, target, pass } = criterion;
  const most = scaleOf(name, [value, high, target]);
  const at = (amountOf: number) => Math.round(Math.max(0, Math.min(1, amountOf / most)) * 1_000) / 10;
  const label = `${CRITERIA[name].title} ${amount(name, value)}, interval ${rangeOf(name, criterion)}, target ${targetText(name, target)}`;
  const tick =
    target === null ? null : html`<line class="target" x1="${at(target)}" x2="${at(target)}" y1="0" y2="16"/>`;
  const interval =
    low === null || high === null
      ? null
      : html`<line class="interval" x1="${at(low)}" x2="${at(high)}" y1="8" y2="8"/>`;
  return html`<svg class="measure" viewBox="0 0 100 16" preserveAspectRatio="none" role="img" aria-label="${label}"><rect class="track" x="0" y="4" width="100" height="8"/><rect class="bar ${verdictOf(pass)}" x="0" y="4" width="${at(value ?? 0)}" height="8"/>${interval}${tick}</svg>`;
}

function scaleOf(name: CriterionName, values: readonly (number | null)[]): number {
  const { unit } = CRITERIA[name];
  if (unit === 'share') return 1;
  return unit === 'points' ? 5 : 1.1 * Math.max(...values.map((value) => value ?? 0));
}

function withoutHtml(rows: readonly { name: CriterionName; criterion: Criterion }[]): Html | null {
  if (rows.length === 0) return null;
  const row = ({ name, criterion }: (typeof rows)[number]) =>
    html`<li><strong>${CRITERIA[name].title}</strong> (${criterion.target === null ? 'its target is the company’s to say' : html`target ${targetText(name, criterion.target)}`}): ${criterion.reason ?? 'nothing measures it in this run'}</li>`;
  return html`<div class="without"><h3>Without a value</h3><ul class="plain">${rows.map(row)}</ul></div>`;
}
