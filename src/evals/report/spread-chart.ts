import type { RunReport } from '../graded.ts';
import { quantile } from '../statistics.ts';
import { counted, dollars, duration } from './format.ts';
import { type Html, html } from './html.ts';

const BINS = 28;

type Spread = { title: string; what: string; values: number[]; amount: (value: number) => string };

/** How what a case costs and how long a reply takes are spread, with median and 95th percentile. */
export function spreadHtml({ cases, scorecard }: RunReport): Html {
  const turns = cases
    .flatMap((one) => one.runs.flatMap(({ run }) => run.turns))
    .filter((turn) => turn.outcome !== null);
  const costs = cases.map((one) => one.costUsd);
  const spreads: Spread[] = [
    { title: 'Time to the first text', what: 'replies', values: turns.map((turn) => turn.firstMs), amount: duration },
    { title: 'Time to the whole reply', what: 'replies', values: turns.map((turn) => turn.ms), amount: duration },
  ];
  const cost = { title: 'Cost of a case', what: 'cases', values: costs, amount: dollars };
  return html`<section aria-labelledby="spread"><h2 id="spread">Cost and latency</h2>
<p class="dim">${dollars(scorecard.cost_usd)} in all, ${duration(scorecard.seconds * 1_000)} from start to end.</p>
<div class="spreads">${spreads.map(figureHtml)}${costs.some((value) => value > 0) ? figureHtml(cost) : html`<div class="figure-box"><h3>Cost of a case</h3><p>Nothing: no call of this run was paid for.</p></div>`}</div></section>`;
}

function figureHtml({ title, what, values, amount }: Spread): Html {
  const sorted = values.toSorted((a, b) => a - b);
  const [p50, p95, most] = [quantile(sorted, 0.5), quantile(sorted, 0.95), sorted.at(-1) ?? null];
  if (p50 === null || p95 === null || most === null) {
    return html`<div class="figure-box"><h3>${title}</h3><p class="dim">Nothing to draw.</p></div>`;
  }
  // A few that took very long would press all others into one bar: they share the last.
  const end = Math.max(Math.min(most, 3 * p95), Number.EPSILON);
  const heights = binned(sorted, end);
  const tallest = Math.max(...heights);
  const width = 100 / BINS;
  const bar = (height: number, index: number) =>
    height === 0
      ? null
      : html`<rect x="${round(index * width)}" y="${round(50 - (48 * height) / tallest)}" width="${round(width * 0.86)}" height="${round((48 * height) / tallest)}"/>`;
  const mark = (value: number, name: string) =>
    html`<line class="${name}" x1="${at(value, end)}" x2="${at(value, end)}" y1="0" y2="50"/>`;
  const label = `${title} of ${counted(values.length, '').trim()} ${what}: median ${amount(p50)}, 95th percentile ${amount(p95)}, longest ${amount(most)}`;
  return html`<div class="figure-box"><h3>${title}</h3><svg class="bins" viewBox="0 0 100 50" preserveAspectRatio="none" role="img" aria-label="${label.replace('longest', 'most')}">${heights.map(bar)}${mark(p50, 'p50')}${mark(p95, 'p95')}</svg>
<div class="ends"><span>${amount(0)}</span><span>${most > end ? `${amount(end)} and more` : amount(end)}</span></div>
<p class="marks"><span class="p50">p50 <strong>${amount(p50)}</strong></span> <span class="p95">p95 <strong>${amount(p95)}</strong></span> <span class="dim">most ${amount(most)}, ${values.length.toLocaleString('en-US')} ${what}</span></p></div>`;
}

function binned(sorted: readonly number[], end: number): number[] {
  const heights = Array.from({ length: BINS }, () => 0);
  for (const value of sorted) {
    const index = Math.min(BINS - 1, Math.floor((value / end) * BINS));
    heights[index] = (heights[index] ?? 0) + 1;
  }
  return heights;
}

function at(value: number, end: number): number {
  return round(Math.min(1, value / end) * 100);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
