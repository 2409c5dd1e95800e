import type { ReportedCase, RunReport } from '../graded.ts';
import { checksThatFail, errorsOf, failedRuns } from './failures.ts';
import { counted, dollars, duration } from './format.ts';
import { type Html, html } from './html.ts';
import { PartsOfPage, part, shortened } from './prompt-parts.ts';
import { traceHtml } from './trace.ts';

/** Characters of traces on a page: with more it would open slowly, and the JSON report has them all. */
const ROOM = 3_400_000;
const LISTED_CHECKS = 3;

/** Every case, those that failed first and with their traces; with what filters them, and the parts of prompts that traces share. */
export function caseListHtml(report: RunReport, flipped: ReadonlySet<string>): Html {
  const failing = report.cases.filter((one) => !one.passed);
  const passing = report.cases.filter((one) => one.passed);
  const parts = new PartsOfPage(failing, promptOf(report));
  let room = ROOM;
  const rows = failing.map((one) => {
    const trace = room - parts.size > 0 ? tracesHtml(one, parts) : null;
    room -= trace?.markup.length ?? 0;
    return failingHtml(one, { trace, isFlipped: flipped.has(one.id) });
  });
  const shared = parts.shared();
  return html`<section aria-labelledby="cases"><h2 id="cases">Cases</h2>
${filterHtml(report, failing.length)}
<p id="shown" role="status" class="dim">${counted(report.cases.length, 'case')}, ${failing.length} failing.</p>
<ol class="cases">${rows}${passing.map(passingHtml)}</ol>
${shared.length > 0 ? html`<h3>Prompt parts that traces share</h3>${shared}` : null}
${leftOutHtml(report)}</section>`;
}

function promptOf(report: RunReport) {
  const prompt = report.cases.flatMap((one) => one.runs).find(({ run }) => run.prompt !== '')?.run.prompt;
  return prompt === undefined ? null : part('The compiled prompt', prompt);
}

function filterHtml({ cases }: RunReport, failing: number): Html {
  const tags = [...new Set(cases.flatMap((one) => one.tags))].sort();
  const choice = (value: string, name: string) =>
    html`<label><input type="radio" name="which" value="${value}"${value === (failing > 0 ? 'failing' : 'all') ? html` checked` : null}><span>${name}</span></label>`;
  return html`<form id="filter" hidden aria-label="Which cases are shown">
<fieldset><legend class="spoken">Which cases</legend>${choice('failing', `Failing ${failing}`)}${choice('all', `All ${cases.length}`)}</fieldset>
${tags.length > 0 ? html`<label class="field"><span>Tag</span><select name="tag"><option value="">Any</option>${tags.map((tag) => html`<option value="${tag}">${tag}</option>`)}</select></label>` : null}
<label class="field wide-field"><span>Search</span><input type="search" name="search" placeholder="Name, file, tag" autocomplete="off"></label></form>`;
}

type Shown = { trace: Html | null; isFlipped: boolean };

function failingHtml(one: ReportedCase, { trace, isFlipped }: Shown): Html {
  const inside =
    trace ?? html`<p class="dim">Its trace is in the JSON report: with all of them this page would be too large.</p>`;
  return html`<li class="case failing"${tagsOf(one)}><details><summary><span class="sign fail"><span aria-hidden="true">✗</span><span class="spoken">fails</span></span><span class="name">${one.id}${isFlipped ? html` <span class="chip fail">got worse</span>` : null}${one.attempts > 1 ? html` <span class="chip">${one.attemptsPassed} of ${one.attempts} passed</span>` : null}</span><span class="place">${placeOf(one)}</span>
<span class="why">${whyHtml(one)}</span></summary>${inside}</details></li>`;
}

function passingHtml(one: ReportedCase): Html {
  return html`<li class="case"${tagsOf(one)}><span class="sign pass"><span aria-hidden="true">✓</span><span class="spoken">passed</span></span><span class="name">${one.id}</span><span class="place">${placeOf(one)}</span></li>`;
}

function tagsOf({ tags }: ReportedCase): Html | null {
  return tags.length === 0 ? null : html` data-tags="${JSON.stringify(tags)}"`;
}

function placeOf({ file, line, tags, ms, costUsd }: ReportedCase): Html {
  return html`${file}:${line} · ${duration(ms)}${costUsd > 0 ? ` · ${dollars(costUsd)}` : null}${tags.map((tag) => html` <span class="chip">${tag}</span>`)}`;
}

function whyHtml(one: ReportedCase): Html {
  const errors = errorsOf(one);
  if (errors.length > 0)
    return html`${errors.map((error) => html`<span class="line">Could not be run: ${shortened(error, 300)}</span>`)}`;
  const checks = checksThatFail(one);
  const more = checks.length - LISTED_CHECKS;
  return html`${checks
    .slice(0, LISTED_CHECKS)
    .map(
      ({ wanted, found, turn }) =>
        html`<span class="line"><b>${shortened(wanted, 160)}</b>${turn === null ? null : ` in turn ${turn + 1}`} · found ${shortened(found, 160) || 'nothing'}</span>`,
    )}${more > 0 ? html`<span class="line dim">and ${counted(more, 'more check')}</span>` : null}`;
}

function tracesHtml(one: ReportedCase, parts: PartsOfPage): Html {
  const runs = failedRuns(one);
  return html`${runs.map((graded) => (runs.length > 1 ? html`<p class="attempt">Attempt ${graded.run.attempt + 1}</p>${traceHtml(graded, parts)}` : traceHtml(graded, parts)))}`;
}

function leftOutHtml({ leftOut }: RunReport): Html | null {
  if (leftOut.length === 0) return null;
  return html`<details><summary>${counted(leftOut.length, 'case')} left out</summary><ul class="plain">${leftOut.map(({ id, reason }) => html`<li>${id}: <span class="dim">${reason}</span></li>`)}</ul></details>`;
}
