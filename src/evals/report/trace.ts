import type { StepRecord } from '../../agent/step.ts';
import type { CaseRun, RunTurn } from '../case-run.ts';
import type { Check, GradedRun } from '../graded.ts';
import { differenceHtml } from './check-difference.ts';
import { counted, dollars, duration } from './format.ts';
import { type Html, html } from './html.ts';
import { markForbidden } from './marked.ts';
import { type PartsOfPage, partOf, shortened } from './prompt-parts.ts';

/** An attempt whole: what was wrong first, then what was said turn by turn, then what the model was called with. */
export function traceHtml({ run, checks, withoutLog }: GradedRun, parts: PartsOfPage): Html {
  const wrong = checks.filter((check) => check.passed === false);
  const others = checks.filter((check) => check.passed !== false);
  return html`<div class="trace">
${run.error === null ? null : html`<p class="error"><strong>Could not be run:</strong> ${run.error}</p>`}
${wrong.length > 0 ? html`<h3>What is wrong</h3>${wrong.map((check) => differenceHtml(check, run))}` : null}
${othersHtml(others)}
<h3>What was said</h3>
${run.turns.length === 0 ? html`<p class="dim">Nothing: the case only looks at the prompt.</p>` : html`<ol class="turns">${run.turns.map((turn, index) => turnHtml(turn, { index, checks }))}</ol>`}
${endHtml(run)}
${withoutLog ? html`<p class="dim">Too many cases failed to keep the steps of the model for this one: <code>--case</code> has it alone.</p>` : stepsHtml(run, parts)}
</div>`;
}

function othersHtml(others: readonly Check[]): Html | null {
  if (others.length === 0) return null;
  const row = ({ kind, turn, passed, grader, wanted, found, reason }: Check) =>
    html`<li><span class="${passed === null ? 'unknown' : 'pass'}">${passed === null ? '?' : '✓'}</span> ${kind}${turn === null ? null : `, turn ${turn + 1}`}: ${shortened(wanted, 300)} <span class="dim">${passed === null ? reason : shortened(found, 300)} · ${grader}</span></li>`;
  return html`<details><summary>${counted(others.length, 'other check')}</summary><ul class="plain">${others.map(row)}</ul></details>`;
}

function turnHtml(turn: RunTurn, { index, checks }: { index: number; checks: readonly Check[] }): Html {
  const own = checks.filter((check) => check.turn === index || check.turn === null);
  const missing = own.filter(
    (check) => check.passed === false && check.kind.startsWith('says') && check.turn === index,
  );
  const reply = markForbidden(turn.reply, own).map(({ text, isMarked }) =>
    isMarked ? html`<mark>${text}</mark>` : text,
  );
  return html`<li>
<div class="bubble customer"><span class="who">${whoActs(turn)}</span>${actText(turn)}</div>
<div class="bubble agent"><span class="who">Agent</span>${turn.reply === '' ? html`<em>No reply.</em>` : reply}${missing.map(
    (check) => html`<span class="missing">Missing: ${shortened(check.wanted.replace(/^says /, ''), 300)}</span>`,
  )}</div>
${turnFacts(turn)}
</li>`;
}

function whoActs({ act }: RunTurn): string {
  return act.kind === 'decide' && act.by === 'operator' ? 'Operator' : 'Customer';
}

function actText({ act }: RunTurn): string {
  if (act.kind === 'say') return act.text;
  if (act.kind === 'sign_in') return `Signs in as ${act.customer.id}`;
  return act.decision === 'confirm' ? 'Confirms the action' : 'Declines the action';
}

function turnFacts(turn: RunTurn): Html {
  const facts: [string, Html | string | null][] = [
    [
      'Ended',
      `${turn.outcome ?? 'not'}${turn.code === null ? '' : ` (${turn.code})`}, first text after ${duration(turn.firstMs)}, whole after ${duration(turn.ms)}`,
    ],
    ['Desk', turn.route],
    ['Cited', turn.citations.length === 0 ? null : html`${turn.citations.map(citationHtml)}`],
    ['Found', turn.found.length === 0 ? null : turn.found.join(', ')],
    ['Called', turn.calls.length === 0 ? null : html`${turn.calls.map(callHtml)}`],
    [
      'Guards',
      turn.guards.length === 0
        ? null
        : turn.guards.map(({ guard, action, reason }) => `${guard}: ${action} (${reason})`).join('; '),
    ],
  ];
  const given = facts.filter(([, value]) => value !== null);
  return html`<dl class="facts">${given.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function citationHtml({ number, source, quote }: RunTurn['citations'][number]): Html {
  return html`<span class="line">[${number}] ${source}: <q>${shortened(quote, 300)}</q></span>`;
}

function callHtml({ tool, input, ok, effect }: RunTurn['calls'][number]): Html {
  const mark = ok ? null : html` <span class="fail">failed</span>`;
  return html`<span class="line"><code>${tool} ${shortened(JSON.stringify(input), 1_000)}</code>${effect === 'write' ? ' (writes)' : null}${mark}</span>`;
}

function endHtml(run: CaseRun): Html {
  const actions = run.actions.map(
    ({ tool, state, summary }) => html`<li><code>${tool}</code> ${state}: ${shortened(summary, 300)}</li>`,
  );
  return html`<p class="dim">Ended ${run.status}${run.handedOff ? ', a person was asked for' : null}${run.left === null ? null : `, the customer left: ${run.left.replaceAll('_', ' ')}`}. ${dollars(run.costUsd)}, ${duration(run.ms)}. Prompt ${run.promptHash.slice(0, 12)}, knowledge ${run.knowledgeVersion.slice(0, 12)}.</p>
${run.stuck === null ? null : html`<p class="error">${run.stuck}</p>`}
${actions.length > 0 ? html`<ul class="plain">${actions}</ul>` : null}`;
}

function stepsHtml({ steps }: CaseRun, parts: PartsOfPage): Html | null {
  if (steps.length === 0) return null;
  return html`<details><summary>${counted(steps.length, 'step')} of the model: prompt parts, output, tools, guards</summary>${steps.map((step) => stepHtml(step, parts))}</details>`;
}

function stepHtml(step: StepRecord, parts: PartsOfPage): Html {
  const { usage, stopReason, kind, guarded = [] } = step;
  const tokens = `${usage.input + usage.cacheRead + usage.cacheWrite} tokens in (${usage.cacheRead} cached), ${usage.output} out`;
  const acted = guarded.map(
    ({ guard, action, reason, of }) => html`<li>${guard}: ${action} (${reason}): <q>${shortened(of, 400)}</q></li>`,
  );
  return html`<section class="step"><h4>Step ${step.step + 1}, ${kind}, ${step.model} <span class="dim">${tokens}${stopReason === null ? null : `, ${stopReason}`}${step.cached ? ', given again from the answer cache' : null}</span></h4>
${step.input.map((block) => parts.show(partOf(block)))}
${step.output.map(outputHtml)}
${step.toolResults.map(resultHtml)}
${acted.length > 0 ? html`<ul class="plain">${acted}</ul>` : null}</section>`;
}

function outputHtml(block: StepRecord['output'][number]): Html {
  if (block.type === 'text') return html`<div class="raw"><span class="who">Model</span>${shortened(block.text)}</div>`;
  if (block.type === 'thinking')
    return html`<div class="raw"><span class="who">Thinking</span>${shortened(block.thinking)}</div>`;
  if (block.type === 'tool_use') {
    return html`<div class="raw"><span class="who">Calls</span><code>${block.name} ${shortened(JSON.stringify(block.input))}</code></div>`;
  }
  return html`<div class="raw"><span class="who">${block.type}</span>${shortened(JSON.stringify(block))}</div>`;
}

function resultHtml({ content, is_error }: StepRecord['toolResults'][number]): Html {
  const text = typeof content === 'string' ? content : JSON.stringify(content ?? '');
  return html`<div class="raw"><span class="who">${is_error ? 'Tool failed' : 'Tool result'}</span>${shortened(text)}</div>`;
}
