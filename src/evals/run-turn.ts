import type Anthropic from '@anthropic-ai/sdk';
import type { StepRecord } from '../agent/step.ts';
import { SWITCH_ROUTE } from '../agent/switch-desk.ts';
import type { Tool } from '../agent/tool.ts';
import { foldLog, replyCitations, replyText } from '../conversations/fold-log.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import type { RunTurn } from './case-run.ts';
import type { Act } from './suite.ts';

type Told = {
  act: Act;
  /** What the log has since the act. */
  events: readonly LoggedEvent[];
  steps: readonly StepRecord[];
  tools: readonly Tool[];
  times: Pick<RunTurn, 'firstMs' | 'ms'>;
};

/** The reply to what a customer did, as the log tells it: all that was said after it, also by further turns. */
export function turnOf({ act, events, steps, tools, times }: Told): RunTurn {
  const turns = foldLog(events).filter((item) => item.kind === 'turn');
  const ids = new Set(turns.map(({ turnId }) => turnId));
  const own = steps.filter(({ turnId, kind }) => ids.has(turnId) && kind === 'answer');
  const last = turns.at(-1);
  return {
    act,
    reply: turns
      .map(replyText)
      .filter((text) => text !== '')
      .join('\n\n'),
    citations: turns
      .flatMap(replyCitations)
      .map((citation) => ({ ...citation, source: documentOf(citation.passageId) })),
    calls: own.flatMap((step) => callsOf(step, tools)),
    route: turns.flatMap(({ choices }) => choices).at(-1)?.route ?? null,
    outcome: last?.outcome ?? null,
    code: last?.code ?? null,
    guards: events.flatMap((event) =>
      event.type === 'guard.acted' ? [{ guard: event.guard, action: event.action, reason: event.reason }] : [],
    ),
    found: [...new Set(own.flatMap(({ input, toolResults }) => [...input, ...toolResults].flatMap(documentsIn)))],
    ...times,
  };
}

function callsOf({ output, toolResults }: StepRecord, tools: readonly Tool[]): RunTurn['calls'] {
  return output.flatMap((block) => {
    if (block.type !== 'tool_use') return [];
    const tool = tools.find(({ name }) => name === block.name);
    const result = toolResults.find(({ tool_use_id: id }) => id === block.id);
    return [
      {
        tool: block.name,
        input: (block.input ?? {}) as Record<string, unknown>,
        ok: result?.is_error !== true,
        effect: tool?.effect ?? 'read',
        own: tool !== undefined && tool.isOurs !== true && tool.name !== SWITCH_ROUTE,
      },
    ];
  });
}

function documentsIn(block: Anthropic.ContentBlockParam): string[] {
  if (block.type === 'search_result') return [documentOf(block.source.replace(/^passage:/, ''))];
  if (block.type !== 'tool_result' || !Array.isArray(block.content)) return [];
  return block.content.flatMap((part) => (part.type === 'search_result' ? documentsIn(part) : []));
}

/** The document that a passage is of, such as `account/contact.md`. */
export function documentOf(passageId: string): string {
  return passageId.replace(/#\d+$/, '');
}
