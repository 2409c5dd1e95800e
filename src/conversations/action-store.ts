import type { ToolOutcome } from '../agent/tool.ts';
import type { ActionState, Decider, ProposedAction } from '../protocol/conversation.ts';

/** What a finished action gave back, for the model. Private: it may hold what the customer should not see raw. */
export type ActionResult = { content: ToolOutcome['content']; isError: boolean };

/** An action as it stands: its proposal, its decision, its result. Its id is its idempotency key. */
export type ActionRecord = ProposedAction & {
  conversationId: string;
  turnId: string;
  /** The signed-in customer that it was proposed to; null for an anonymous visitor. */
  customerId: string | null;
  state: ActionState;
  proposedAt: number;
  decidedAt: number | null;
  decidedBy: Decider | null;
  /** Seq of its `action.decided`; null while undecided. A turn takes it up like a message. */
  decidedSeq: number | null;
  /** How often it was called. */
  attempts: number;
  result: ActionResult | null;
};

/**
 * Actions, as the events of the log make them: written in the transaction of `ConversationLog.append` and by nothing
 * else, under the lock of their conversation. An append is refused (`action_not_there`, nothing appended) where
 * - `action.decided` names an action that is not `proposed` or whose `expiresAt` has passed (by the append's own clock),
 * - `action.started` names one that is neither `confirmed` (attempt 1) nor `running` with one attempt less,
 * - `action.finished` names one that is not `running`, or `confirmed` with outcome `failed` (it was never called).
 * So a decision counts once, and an outcome is written once, whoever else tries at the same time.
 */
export type ActionStore = {
  get(conversationId: string, actionId: string): Promise<ActionRecord | null>;
  /** Those of a conversation, in the order of their proposal. */
  of(conversationId: string): Promise<ActionRecord[]>;
  /** Undecided, unexpired ones of all conversations that wait for an operator, oldest first; after `after` (an id). */
  forOperators(options: { now: number; after?: string; limit: number }): Promise<ActionRecord[]>;
};
