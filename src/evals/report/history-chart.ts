import { CRITERIA, CRITERIA_NAMES, type CriterionName } from '../criteria.ts';
import type { RunReport } from '../graded.ts';
import { amount, difference, moment, targetText } from './format.ts';
import { type Html, html } from './html.ts';
import { verdictOf } from './scorecard-chart.ts';
import type { RunSummary } from './store.ts';

/** Each criterion over the earlier runs and this one, oldest first; the same as a table for whoever reads figures. */
export function historyHtml(report: RunReport, earlier: readonly RunSummary[]): Html {
  const runs: RunSummary[] = [...earlier, report];
  const names = CRITERIA_NAMES.filter((name) => valuesOf(runs, name).some((value) => value !== null));
  if (earlier.length === 0 || names.length === 0) {
    return html`<section aria-labelledby="history"><h2 id="history">Over time</h2><p class="dim">This is the first run that is kept here: from the second on, the criteria are drawn over the runs.</p></section>`;
  }
  return html`<section aria-labelledby="history"><h2 id="history">Over time</h2><p class="dim">The last ${runs.length} runs, this one last. Dashed: the target.</p>
<ul class="multiples">${names.map((name) => multipleHtml(name, runs))}</ul>${tableHtml(names, runs)}</section>`;
}

function valuesOf(runs: readonly RunSummary[], name: CriterionName): (number | null)[] {
  return runs.map((run) => run.scorecard.criteria[name]?.value ?? null);
}

function multipleHtml(name: CriterionName, runs: readonly RunSummary[]): Html {
  const values = valuesOf(runs, name);
  const now = values.at(-1) ?? null;
  const before = values.slice(0, -1).findLast((value) => value !== null) ?? null;
  const delta = now === null || before === null ? null : now - before;
  const isBetter = delta !== null && delta > 0 === CRITERIA[name].higherIsBetter;
  const text = delta === null ? '' : difference(name, delta);
  const tone = text === '' || text === '±0' ? 'dim' : isBetter ? 'pass' : 'fail';
  return html`<li><div class="multiple-head"><span>${CRITERIA[name].title}</span><span class="figure"><strong>${amount(name, now)}</strong> <span class="${tone}">${text}</span></span></div>${line(name, values, runs.at(-1)?.scorecard.criteria[name]?.pass ?? null)}</li>`;
}

function line(name: CriterionName, values: readonly (number | null)[], pass: boolean | null): Html {
  const { target, title } = CRITERIA[name];
  const known = values.filter((value) => value !== null);
  const lowest = Math.min(...known, target ?? Infinity);
  const highest = Math.max(...known, target ?? -Infinity);
  const room = Math.max((highest - lowest) * 0.12, highest * 0.01, 0.001);
  const x = (index: number) => round(2 + (96 * index) / Math.max(1, values.length - 1));
  const y = (value: number) => round(38 - (36 * (value - lowest + room)) / (highest - lowest + 2 * room));
  const points = values.flatMap((value, index) => (value === null ? [] : [`${x(index)},${y(value)}`]));
  const last = points.at(-1) ?? '0,0';
  const goal = target === null ? null : html`<line class="goal" x1="0" x2="100" y1="${y(target)}" y2="${y(target)}"/>`;
  const label = `${title} over ${values.length} runs: ${values.map((value) => amount(name, value)).join(', ')}; target ${targetText(name, target)}`;
  return html`<svg class="spark" viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label="${label}">${goal}<polyline points="${points.join(' ')}"/><path class="dot ${verdictOf(pass)}" d="M${last}h0.01"/></svg>`;
}

function tableHtml(names: readonly CriterionName[], runs: readonly RunSummary[]): Html {
  const row = (run: RunSummary) =>
    html`<tr><th scope="row">${moment(run.at)}</th><td>${run.scorecard.passed}/${run.scorecard.cases}</td>${names.map((name) => html`<td>${amount(name, run.scorecard.criteria[name]?.value ?? null)}</td>`)}</tr>`;
  return html`<details><summary>As a table</summary><div class="wide" role="region" aria-label="Criteria over runs" tabindex="0"><table class="runs"><thead><tr><th scope="col">Run (UTC)</th><th scope="col">Passed</th>${names.map((name) => html`<th scope="col">${CRITERIA[name].title}</th>`)}</tr></thead><tbody>${runs.toReversed().map(row)}</tbody></table></div></details>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
