import type { CaseRun } from '../case-run.ts';
import { CRITERIA } from '../criteria.ts';
import type { Check } from '../graded.ts';
import { type Html, html } from './html.ts';
import { callsIn, changesIn, type Field, fieldsOf, type NamedCall, nearestCall } from './marked.ts';
import { shortened } from './prompt-parts.ts';

const LONGEST = 1_500;

/** A check that failed: what was wanted beside what there is, field by field where it has fields. */
export function differenceHtml(check: Check, run: CaseRun): Html {
  const { kind, turn, criterion, counts, grader } = check;
  const where = turn === null ? 'the whole conversation' : `turn ${turn + 1}`;
  const of = criterion === null ? '' : `, ${CRITERIA[criterion].title}`;
  return html`<section class="difference"><h4><span class="${counts ? 'fail' : 'unknown'}">${counts ? '✗' : '!'}</span> ${kind} <span class="dim">${where}${of} · ${grader}${counts ? null : ', fails no case'}</span></h4>
${fieldTables(check, run) ?? sideBySide(check)}</section>`;
}

function fieldTables(check: Check, run: CaseRun): Html | null {
  if (check.kind === 'calls') return callTables(check, run);
  if (check.kind === 'changes') return changesTable(check, run);
  return null;
}

function callTables(check: Check, run: CaseRun): Html | null {
  const wanted = callsIn(check.wanted);
  if (wanted.length === 0) return null;
  const turns = check.turn === null ? run.turns : run.turns.slice(check.turn, check.turn + 1);
  const calls = turns.flatMap((turn) => turn.calls);
  return html`${wanted.map((one) => callTable(one, calls))}<p class="dim">${shortened(check.found, LONGEST)}</p>`;
}

function callTable(wanted: NamedCall, calls: CaseRun['turns'][number]['calls']): Html {
  const nearest = nearestCall(wanted, calls);
  if (nearest === null) return html`<p><code>${wanted.tool}</code> <span class="fail">was not called.</span></p>`;
  return table(wanted.tool, ['Argument', 'Wanted', 'Called with'], fieldsOf(wanted.with, nearest.input, false));
}

function changesTable(check: Check, run: CaseRun): Html | null {
  const wanted = changesIn(check.wanted);
  if (wanted === null) return null;
  const found = Object.fromEntries(run.changes.map(({ path, after }) => [path, after ?? null]));
  return table('What is different in the world', ['Path', 'Wanted', 'There is'], fieldsOf(wanted, found, true));
}

function table(caption: string, [path, wanted, found]: [string, string, string], fields: readonly Field[]): Html {
  const row = (field: Field) =>
    html`<tr class="${field.differs ? 'differs' : 'alike'}"><th scope="row"><code>${field.path}</code></th><td>${field.wanted === null ? html`<span class="dim">not asked for</span>` : shortened(field.wanted, LONGEST)}</td><td>${
      field.found === null
        ? html`<mark>nothing</mark>`
        : field.differs
          ? html`<mark>${shortened(field.found, LONGEST)}</mark>`
          : shortened(field.found, LONGEST)
    }</td></tr>`;
  return html`<table class="fields"><caption>${caption}</caption><thead><tr><th scope="col">${path}</th><th scope="col">${wanted}</th><th scope="col">${found}</th></tr></thead><tbody>${fields.map(row)}</tbody></table>`;
}

function sideBySide({ wanted, found, reason, kind }: Check): Html {
  return html`<div class="pair"><div class="${kind === 'never' ? 'forbidden' : 'wanted'}"><span class="who">${kind === 'never' ? 'Never' : 'Wanted'}</span>${shortened(wanted, LONGEST)}</div><div class="found"><span class="who">Found</span>${shortened(found, LONGEST) || 'nothing'}</div></div>
${reason === null ? null : html`<p class="dim">${shortened(reason, LONGEST)}</p>`}`;
}
