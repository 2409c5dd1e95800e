import { timingSafeEqual } from 'node:crypto';
import type { ActionView, Decider, Decision } from '../protocol/conversation.ts';
import { type ErrorCode, FrontdeskError } from '../protocol/errors.ts';
import type { ActionRecord } from './action-store.ts';
import { agentOf, type Desk } from './desk.ts';
import { signedInCustomer } from './identify.ts';
import type { Conversation } from './log.ts';
import { checkPause } from './pause.ts';
import type { RunningTurns } from './running-turns.ts';

/** `hash`: of the proposal that whoever decides has seen. */
export type DecisionWish = {
  conversationId: string;
  actionId: string;
  decision: Decision;
  hash: string;
  by: Decider;
};

/**
 * Decides a proposed action, once: the decision is in the log when this resolves, a confirmed action is on its way, and a
 * turn tells the customer what came of it (unless a human has the conversation). `seq`: of the decision.
 *
 * Throws `FrontdeskError`: `conversation_not_found`, `conversation_closed`, `action_not_found`, `action_changed` (another
 * hash), `action_not_yours` (somebody else decides), `action_decided`, `action_expired`, `sign_in_required`, `paused`.
 */
export async function decideAction(
  { desk, turns }: { desk: Desk; turns: RunningTurns },
  { conversationId, actionId, decision, hash, by }: DecisionWish,
): Promise<{ action: ActionView; seq: number }> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  const action = await desk.store.actions.get(conversationId, actionId);
  if (!action) throw new FrontdeskError('action_not_found');
  if (!isSame(hash, action.hash)) throw new FrontdeskError('action_changed');
  const refusal = whyNot(desk, { conversation, action }, { decision, by });
  if (refusal) throw new FrontdeskError(refusal);
  if (by === 'customer' && decision === 'confirm') await checkPause(desk, conversation);
  const decided = { type: 'action.decided', actionId, decision, by } as const;
  const appended = await desk.store.log.append(conversationId, { events: [decided] });
  if (!appended.ok) {
    const { why } = appended;
    throw new FrontdeskError(why === 'conversation_closed' ? why : await whyRefused(desk, action));
  }
  turns.wake(conversationId);
  const now = await desk.store.actions.get(conversationId, actionId);
  return { action: actionView(now ?? action, desk.now()), seq: appended.events[0]?.seq ?? 0 };
}

/** Why an action cannot be decided so; null where it can. */
export function whyNot(
  desk: Desk,
  { conversation, action }: { conversation: Conversation; action: ActionRecord },
  { decision, by }: { decision: Decision; by: Decider },
): ErrorCode | null {
  if (conversation.status === 'closed') return 'conversation_closed';
  if (action.by !== by) return 'action_not_yours';
  if (action.state !== 'proposed') return 'action_decided';
  if (action.expiresAt < desk.now()) return 'action_expired';
  // Whoever holds the conversation may say no to what was proposed in it.
  if (by === 'operator' || decision === 'decline') return null;
  const tool = agentOf(desk, conversation).tools.find(({ name }) => name === action.tool);
  const isTheirs = signedInCustomer(conversation, desk.now())?.id === action.customerId;
  return tool?.needsCustomer && !isTheirs ? 'sign_in_required' : null;
}

/** Somebody else was sooner, or its time has passed meanwhile. */
async function whyRefused({ store }: Desk, { conversationId, id }: ActionRecord): Promise<ErrorCode> {
  const action = await store.actions.get(conversationId, id);
  if (!action) return 'action_not_found';
  return action.state === 'proposed' ? 'action_expired' : 'action_decided';
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** An action as whoever takes part in the conversation sees it. */
export function actionView(action: ActionRecord, now: number): ActionView {
  const { id, callId, tool, summary, input, hash, by, expiresAt, state } = action;
  const isExpired = state === 'proposed' && expiresAt < now;
  return { id, callId, tool, summary, input, hash, by, expiresAt, state: isExpired ? 'expired' : state };
}

/** An action that waits for an operator. */
export type WaitingAction = ActionView & Pick<ActionRecord, 'conversationId' | 'customerId' | 'proposedAt'>;

/** Actions that wait for an operator, oldest first, at most `limit`; `next` is the `after` of the next page, or null. */
export async function listWaitingActions(
  { store, now }: Desk,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ actions: WaitingAction[]; next: string | null }> {
  const at = now();
  const found = await store.actions.forOperators({ now: at, ...(after ? { after } : {}), limit: limit + 1 });
  const page = found.slice(0, limit);
  const actions = page.map((action) => {
    const { conversationId, customerId, proposedAt } = action;
    return { ...actionView(action, at), conversationId, customerId, proposedAt };
  });
  return { actions, next: found.length > limit ? (page.at(-1)?.id ?? null) : null };
}
