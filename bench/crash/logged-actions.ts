import type { Decision } from '../../src/protocol/conversation.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';

/** An action as the log tells of it. */
export type LoggedAction = {
  id: string;
  tool: string;
  /** The order that it is about. */
  order: string;
  decision: Decision | null;
  /** Milliseconds since 1970 of its first `action.started`. */
  startedAt: number | null;
  outcome: 'done' | 'failed' | 'unknown' | null;
  /** A human was asked for with its end. */
  handedOver: boolean;
};

/** The actions of a conversation by id. */
export function readActions(log: readonly LoggedEvent[]): Map<string, LoggedAction> {
  const actions = new Map<string, LoggedAction>();
  for (const event of log) {
    if (event.type === 'action.proposed') {
      const { id, tool, input } = event.action;
      const order = String(input.order_id);
      actions.set(id, { ...{ id, tool, order }, decision: null, startedAt: null, outcome: null, handedOver: false });
    }
    const action = 'actionId' in event ? actions.get(event.actionId) : undefined;
    if (!action) continue;
    if (event.type === 'action.decided') action.decision = event.decision;
    if (event.type === 'action.started') action.startedAt ??= event.at;
    if (event.type !== 'action.finished') continue;
    action.outcome = event.outcome;
    // One entry has one time, and its events follow each other.
    action.handedOver = log[event.seq]?.type === 'handoff.requested';
  }
  return actions;
}
