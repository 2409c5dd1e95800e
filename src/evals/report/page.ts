import { createHash } from 'node:crypto';
import { CRITERIA, CRITERIA_NAMES } from '../criteria.ts';
import type { RunReport } from '../graded.ts';
import { caseListHtml } from './case-list.ts';
import type { Comparison } from './compare.ts';
import { amount, CHECK_GRADERS, counted, difference, dollars, duration, moment, percent } from './format.ts';
import { historyHtml } from './history-chart.ts';
import { type Html, html, trusted } from './html.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { scorecardHtml } from './scorecard-chart.ts';
import { spreadHtml } from './spread-chart.ts';
import type { RunSummary } from './store.ts';

/**
 * A run as one page that needs nothing else: no network, no font, and by its policy nothing but its own style and script.
 * `earlier`: the runs before it, oldest first. Whatever was said is text in it.
 */
export function evalPage(
  report: RunReport,
  { earlier = [], compare = null }: { earlier?: readonly RunSummary[]; compare?: Comparison | null } = {},
): string {
  const policy = `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; script-src ${hashOf(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${report.agent}: evals of ${moment(report.at)}</title><style>${trusted(PAGE_STYLE)}</style></head>
<body><a class="skip" href="#cases">To the cases</a>
${headHtml(report)}
<main>${compare ? compareHtml(compare) : null}
${scorecardHtml(report)}
${historyHtml(report, earlier)}
${spreadHtml(report)}
${caseListHtml(report, new Set(compare?.worse ?? []))}
${gradersHtml(report)}</main>
<script>${trusted(PAGE_SCRIPT)}</script></body></html>
`;
  return page.markup;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function headHtml(report: RunReport): Html {
  const { agent, model, offline, at, scorecard, repeats, missing, leftOut } = report;
  const { cases, passed } = scorecard;
  const missed = CRITERIA_NAMES.filter((name) => scorecard.criteria[name].pass === false);
  const isGood = missing === 0 && passed === cases && missed.length === 0 && cases > 0;
  const facts: [string, string][] = [
    ['Cases passed', `${passed} of ${cases}`],
    ...(repeats.k > 1
      ? ([
          ['pass@1', percent(repeats.passAt1)],
          [`pass^${repeats.k}`, percent(repeats.passPowK)],
        ] as [string, string][])
      : []),
    ['Cost', dollars(scorecard.cost_usd)],
    ['Time', duration(scorecard.seconds * 1_000)],
    ...(leftOut.length > 0 ? ([['Left out', String(leftOut.length)]] as [string, string][]) : []),
  ];
  return html`<header><div class="inner"><p class="agent-name">${agent} <span class="chip">${offline ? `${model}: not Claude` : model}</span></p>
<h1><span class="sign ${isGood ? 'pass' : 'fail'}" aria-hidden="true">${isGood ? '✓' : '✗'}</span> ${verdictSentence(report)}</h1>
${missed.length > 0 ? html`<p>Missed: ${missed.map((name) => CRITERIA[name].title).join(', ')}.</p>` : null}
${missing > 0 ? html`<p class="error">The run was cut off: ${counted(missing, 'case')} not run.</p>` : null}
<dl class="headline">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p class="dim">${moment(at)} UTC · run ${report.id} · prompt ${report.promptHash.slice(0, 12)} · knowledge ${report.knowledgeVersion.slice(0, 12)}</p></div></header>`;
}

function verdictSentence({ scorecard, missing }: RunReport): string {
  const { cases, passed, criteria } = scorecard;
  const told = CRITERIA_NAMES.filter((name) => criteria[name].pass !== null);
  const met = told.filter((name) => criteria[name].pass === true);
  const cut = missing > 0 ? 'So far ' : '';
  const failed = cases - passed;
  const ofCases =
    failed === 0 ? `${cut}all ${counted(cases, 'case')} passed` : `${cut}${counted(failed, 'case')} of ${cases} failed`;
  return `${ofCases}, ${met.length} of ${counted(told.length, 'judged target')} met`;
}

function compareHtml(compare: Comparison): Html {
  const { before, worse, better, added, gone, criteria, costUsd, ms } = compare;
  const list = (title: string, tone: string, ids: readonly string[]) =>
    ids.length === 0
      ? null
      : html`<div><h3 class="${tone}">${title} (${ids.length})</h3><ul class="plain">${ids.map((id) => html`<li>${id}</li>`)}</ul></div>`;
  const ended = (cases: readonly { id: string; passed: boolean }[]) =>
    cases.map(({ id, passed }) => `${id}: ${passed ? 'passes' : 'fails'}`);
  const hasMedians = ms.before !== null && ms.now !== null && costUsd.before !== null && costUsd.now !== null;
  return html`<section aria-labelledby="compare" class="compare"><h2 id="compare">Against the run of ${moment(before.at)}</h2>
<p class="lead">${compare.sentence}</p>${compare.caveats.map((text) => html`<p class="caveat">${text}</p>`)}
<div class="columns">${list('Got worse', 'fail', worse)}${list('Got better', 'pass', better)}${list('New', '', ended(added))}${list('Gone', '', ended(gone))}</div>
${criteria.length === 0 ? null : html`<ul class="plain">${criteria.map(({ name, before: was, now, delta, isBetter }) => html`<li>${CRITERIA[name].title}: ${amount(name, was)} to ${amount(name, now)} <span class="${isBetter ? 'pass' : 'fail'}">${difference(name, delta)}</span></li>`)}</ul>`}
${hasMedians ? html`<p class="dim">Median of a case: ${dollars(costUsd.before ?? 0)} to ${dollars(costUsd.now ?? 0)}, ${duration(ms.before ?? 0)} to ${duration(ms.now ?? 0)}. Flips by the exact McNemar test, two-sided.</p>` : null}</section>`;
}

function gradersHtml({ graders }: RunReport): Html | null {
  if (graders.length === 0) return null;
  const row = ({ grader, criterion, n, agreement, kappa }: RunReport['graders'][number]) =>
    html`<tr><th scope="row">${grader}</th><td>${criterion === null ? '–' : CRITERIA[criterion].title}</td><td class="figure">${agreement === null ? 'not checked' : percent(agreement)}</td><td class="figure">${kappa === null ? '–' : kappa.toFixed(2)}</td><td class="figure">${n}</td></tr>`;
  return html`<section aria-labelledby="graders"><h2 id="graders">How far the graders can be trusted</h2><p class="dim">How often each agrees with people on its own labelled set; kappa: beyond chance. ${graders.some(({ agreement }) => agreement === null) ? CHECK_GRADERS : null}</p>
<div class="wide" role="region" aria-label="Graders" tabindex="0"><table class="runs"><thead><tr><th scope="col">Grader</th><th scope="col">Criterion</th><th scope="col">Agreement</th><th scope="col">Kappa</th><th scope="col">n</th></tr></thead><tbody>${graders.map(row)}</tbody></table></div></section>`;
}
