import type { ActionState } from '../../protocol/conversation.ts';
import type { EventBody, LoggedEvent } from '../../protocol/events.ts';
import type { ActionRow } from './schema.ts';

/** What an entry carries of its actions besides its events: whose customer they are, what they gave back (JSON). */
export type ActionHalves = { customers: ReadonlyMap<string, string | null>; results: ReadonlyMap<string, string> };

/** The rows that these events make or move, as they are then; or the first action that is not where its event needs it. */
export type Moved =
  | { ok: true; rows: Map<string, ActionRow> }
  | { ok: false; why: 'action_not_there'; actionId: string; state: ActionState | null };

/** Moves the actions of a conversation by the rules of `ActionStore`. Pure; `known` has every action that is named. */
export function moveActions(
  conversationId: string,
  events: readonly LoggedEvent[],
  { known, halves }: { known: ReadonlyMap<string, ActionRow>; halves: ActionHalves },
): Moved {
  const rows = new Map<string, ActionRow>();
  for (const event of events) {
    const actionId = actionOf(event);
    if (actionId === null) continue;
    const row = rows.get(actionId) ?? known.get(actionId) ?? null;
    const moved =
      event.type === 'action.proposed'
        ? row === null && propose(conversationId, event, halves.customers.get(actionId) ?? null)
        : row !== null && move(row, event, halves.results.get(actionId) ?? null);
    if (!moved) return { ok: false, why: 'action_not_there', actionId, state: row?.state ?? null };
    rows.set(actionId, moved);
  }
  return { ok: true, rows };
}

/** The action that an event is about; null where it is about none. */
export function actionOf(event: EventBody): string | null {
  if (event.type === 'action.proposed') return event.action.id;
  return 'actionId' in event ? event.actionId : null;
}

function propose(
  conversation_id: string,
  event: Extract<LoggedEvent, { type: 'action.proposed' }>,
  customer_id: string | null,
): ActionRow {
  const { action, turnId, seq, at } = event;
  return {
    conversation_id,
    id: action.id,
    proposed_seq: seq,
    turn_id: turnId,
    customer_id,
    decider: action.by,
    body: JSON.stringify(action),
    state: 'proposed',
    proposed_at: at,
    expires_at: action.expiresAt,
    decided_at: null,
    decided_by: null,
    decided_seq: null,
    attempts: 0,
    result: null,
  };
}

/** The row after the event; null where the event cannot come now. */
function move(row: ActionRow, event: LoggedEvent, result: string | null): ActionRow | null {
  switch (event.type) {
    case 'action.decided': {
      const { decision, by, seq, at } = event;
      if (row.state !== 'proposed' || at > row.expires_at) return null;
      const state = decision === 'confirm' ? 'confirmed' : 'declined';
      return { ...row, state, decided_at: at, decided_by: by, decided_seq: seq };
    }
    case 'action.started': {
      const attempts = row.state === 'confirmed' || row.state === 'running' ? row.attempts + 1 : null;
      return event.attempt === attempts ? { ...row, state: 'running', attempts } : null;
    }
    case 'action.finished': {
      const ran = row.state === 'running';
      const neverCalled = row.state === 'confirmed' && event.outcome === 'failed';
      return ran || neverCalled ? { ...row, state: event.outcome, result } : null;
    }
    default:
      return null;
  }
}
