import { randomUUID } from 'node:crypto';
import type { LogEntry, Store } from '../../src/conversations/log.ts';
import type { ActionState, Decision, ProposedAction } from '../../src/protocol/conversation.ts';
import type { EventBody } from '../../src/protocol/events.ts';
import { turnEnded, turnStarted } from './store-events.ts';
import { append } from './store-helpers.ts';

export function actionOf(id: string, changes: Partial<ProposedAction> = {}): ProposedAction {
  return {
    ...{ id, callId: `call-${id}`, tool: 'cancel_order', summary: `Cancel "${id}"?`, hash: `hash-${id}` },
    ...{ input: { order: id, note: 'a \u0000 \ud83d\ude00' }, by: 'customer', expiresAt: Date.now() + 600_000 },
    ...changes,
  };
}

/** An entry that proposes these actions, in a turn of its own. */
export function proposal(actions: ProposedAction[], customerId: string | null = null): LogEntry {
  const turnId = randomUUID();
  const proposed = actions.map((action): EventBody => ({ type: 'action.proposed', turnId, step: 0, action }));
  return {
    events: [turnStarted(turnId, []), ...proposed, turnEnded(turnId)],
    proposals: actions.map(({ id }) => ({ id, customerId })),
  };
}

export function decided(actionId: string, decision: Decision = 'confirm'): EventBody {
  return { type: 'action.decided', actionId, decision, by: 'customer' };
}

export function actionStarted(actionId: string, attempt = 1): EventBody {
  return { type: 'action.started', actionId, attempt };
}

export function finished(actionId: string, outcome: 'done' | 'failed' | 'unknown' = 'done'): EventBody {
  return { type: 'action.finished', actionId, outcome };
}

/** How an action comes into a state, from `proposed` on. */
const WAYS: Record<ActionState, (id: string) => EventBody[]> = {
  proposed: () => [],
  confirmed: (id) => [decided(id)],
  declined: (id) => [decided(id, 'decline')],
  running: (id) => [decided(id), actionStarted(id)],
  done: (id) => [decided(id), actionStarted(id), finished(id)],
  failed: (id) => [decided(id), finished(id, 'failed')],
  unknown: (id) => [decided(id), actionStarted(id), finished(id, 'unknown')],
};

export const ACTION_STATES = Object.keys(WAYS) as ActionState[];

/** Makes an action in the conversation and brings it into the state; gives its id. */
export async function newAction(
  store: Store,
  conversationId: string,
  { state = 'proposed', ...changes }: Partial<ProposedAction> & { state?: ActionState } = {},
): Promise<string> {
  const id = randomUUID();
  await append(store, conversationId, proposal([actionOf(id, changes)]));
  for (const event of WAYS[state](id)) await append(store, conversationId, { events: [event] });
  return id;
}
