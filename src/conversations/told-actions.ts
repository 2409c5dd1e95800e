import type Anthropic from '@anthropic-ai/sdk';
import type { ActionRecord } from './action-store.ts';

/**
 * Decided actions as the model is told of them: the same calls again, under the actions' ids, and what came of each. So
 * what a customer says can never pass for an outcome.
 */
export function actionMessages(actions: readonly ActionRecord[]): Anthropic.MessageParam[] {
  if (actions.length === 0) return [];
  return [
    {
      role: 'assistant',
      content: actions.map(({ id, tool, input }) => ({ type: 'tool_use', id, name: tool, input })),
    },
    { role: 'user', content: actions.map(outcomeOf) },
  ];
}

function outcomeOf({ id, state, decidedBy, result }: ActionRecord): Anthropic.ToolResultBlockParam {
  const block = { type: 'tool_result', tool_use_id: id } as const;
  if (result) return { ...block, content: result.content, ...(result.isError ? { is_error: true } : {}) };
  const whoever = decidedBy === 'operator' ? 'A human colleague' : 'The customer';
  if (state === 'declined') return { ...block, content: `${whoever} declined. It was NOT done.` };
  return { ...block, content: `${whoever} has confirmed it. It is not known yet what comes of it.` };
}

/** True for an action that was decided and has come to its end: a turn can take it up. */
export function isEnded({ state }: ActionRecord): boolean {
  return state !== 'proposed' && !isPending({ state });
}

/** True for an action that was confirmed and has not come to its end. */
export function isPending({ state }: Pick<ActionRecord, 'state'>): boolean {
  return state === 'confirmed' || state === 'running';
}
