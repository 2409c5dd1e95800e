import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ActionView, Message, Status } from '../protocol/conversation.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { EventBody } from '../protocol/events.ts';
import { actionView } from './decide-action.ts';
import { type Desk, type RouteView, routeView } from './desk.ts';
import { toMessages } from './fold-log.ts';
import { recordCustomer, verifyToken } from './identify.ts';
import { countAct, countConversation } from './limits.ts';
import type { Conversation } from './log.ts';

/** What was said in a conversation, what was proposed, and how it stands. */
export type ConversationView = Pick<Conversation, 'id' | 'status' | 'agent'> &
  RouteView & {
    messages: Message[];
    actions: ActionView[];
  };

/** `visitor`: as an earlier start gave it. `address`: where the request came from, counted where it is known. */
export type NewConversationWish = {
  agent?: string | undefined;
  language?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
  visitor?: string | undefined;
  customerToken?: string | undefined;
  address?: string | undefined;
};

/**
 * Starts a conversation: the agent's greeting is in the log when this resolves, without a model call.
 * The token opens the conversation; the visitor is the secret by which several conversations are one visitor's. Both are
 * shown once; only their hashes are kept. With a customer's token it is theirs from the start, or does not start.
 * Throws `agent_not_found`, `too_many_conversations`, and what `verifyToken` throws.
 */
export async function startConversation(
  desk: Desk,
  wish: NewConversationWish,
): Promise<{ id: string; token: string; visitor: string }> {
  const agent = wish.agent === undefined ? desk.defaultAgent : desk.agents.get(wish.agent);
  if (!agent) throw new FrontdeskError('agent_not_found');
  const identified = wish.customerToken === undefined ? null : await verifyToken(desk, wish.customerToken);
  await countConversation(desk, wish.address);
  const id = desk.newId('conv');
  const token = randomBytes(32).toString('base64url');
  const visitor = wish.visitor ?? randomBytes(32).toString('base64url');
  const language = wish.language ?? null;
  await desk.store.log.create(
    {
      ...{ id, agent: agent.id, language, metadata: wish.metadata ?? {} },
      ...{ tokenHash: sha256(token), visitor: sha256(visitor) },
    },
    [
      { type: 'conversation.started', agent: agent.id, language, model: agent.modelId, offline: desk.offline },
      { type: 'message.sent', messageId: desk.newId('msg'), role: 'agent', text: agent.greeting(language) },
    ],
  );
  if (identified) await recordCustomer(desk, { id, customer: null, verifiedUntil: 0 }, identified);
  return { id, token, visitor };
}

/**
 * The conversation that the token opens. Throws `unauthorized` without a token; an unknown id and somebody else's
 * conversation look alike from outside: `conversation_not_found`.
 */
export async function authorise(desk: Desk, conversationId: string, token: string | null): Promise<Conversation> {
  const conversation = await desk.store.conversations.get(conversationId);
  const given = Buffer.from(sha256(token ?? ''));
  const wanted = Buffer.from(conversation?.tokenHash ?? '0'.repeat(given.length));
  if (token === null) throw new FrontdeskError('unauthorized');
  if (!timingSafeEqual(given, wanted) || !conversation) throw new FrontdeskError('conversation_not_found');
  return conversation;
}

/** What was said so far and where the conversation stands. Throws `conversation_not_found`. */
export async function readConversation(desk: Desk, conversationId: string): Promise<ConversationView> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  return viewOf(desk, conversation);
}

export async function viewOf(desk: Desk, conversation: Conversation): Promise<ConversationView> {
  const { id, status, agent } = conversation;
  const events = await desk.store.log.events(id);
  // Most conversations have none.
  const hasActions = events.some(({ type }) => type === 'action.proposed');
  const actions = hasActions ? await desk.store.actions.of(id) : [];
  const views = actions.map((action) => actionView(action, desk.now()));
  return { id, status, agent, ...routeView(desk, conversation), messages: toMessages(events), actions: views };
}

/** Where the conversation stands. Throws `conversation_not_found`. */
export async function readStatus(desk: Desk, conversationId: string): Promise<Status> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  return conversation.status;
}

/** Asks the running reply, if any, to stop. False where nothing runs. The reply ends with `turn.ended` `stopped`. */
export async function cancelTurn(desk: Desk, conversationId: string): Promise<boolean> {
  const turnId = (await desk.store.conversations.get(conversationId))?.openTurn;
  if (!turnId) return false;
  await countAct(desk, conversationId);
  return (await desk.store.log.append(conversationId, { events: [{ type: 'turn.cancel_requested', turnId }] })).ok;
}

/**
 * Takes the customer's rating, 1 (bad) to 5 (good). A further one counts instead of the earlier.
 * Throws `conversation_not_found`, `too_many_messages`.
 */
export async function rateConversation(
  desk: Desk,
  conversationId: string,
  rating: { score: number; comment: string | null },
): Promise<void> {
  await countAct(desk, conversationId);
  await appendOrThrow(desk, conversationId, [{ type: 'rating.given', ...rating }]);
}

/** Ends the conversation for good: no more messages. Harmless when it was closed. Throws `conversation_not_found`. */
export async function closeConversation(desk: Desk, conversationId: string): Promise<void> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (conversation?.status === 'closed') return;
  await endTurnAndAppend(desk, conversationId, [{ type: 'status.changed', status: 'closed' }]);
}

/** What to throw where an append is refused. */
export function refusal(why: string): FrontdeskError {
  return new FrontdeskError(why === 'conversation_closed' ? why : 'conversation_not_found');
}

/** Appends events that belong to no turn; throws `conversation_not_found`, `conversation_closed`. */
export async function appendOrThrow(desk: Desk, conversationId: string, events: EventBody[]): Promise<void> {
  const appended = await desk.store.log.append(conversationId, { events });
  if (!appended.ok) throw refusal(appended.why);
}

/**
 * Appends events after which the agent has nothing more to say. A running reply ends in the same entry, so that nothing
 * of it can come later, whatever its owner does or did not live to do. Throws as
 * `appendOrThrow` does.
 */
export async function endTurnAndAppend(desk: Desk, conversationId: string, events: EventBody[]): Promise<void> {
  for (;;) {
    const ended = await endOfTurn(desk, conversationId);
    const appended = await desk.store.log.append(conversationId, { events: [...ended, ...events] });
    if (appended.ok) return;
    // The turn ended by itself in between.
    if (appended.why !== 'turn_not_open') throw refusal(appended.why);
  }
}

async function endOfTurn(desk: Desk, conversationId: string): Promise<EventBody[]> {
  const turnId = (await desk.store.conversations.get(conversationId))?.openTurn;
  if (!turnId) return [];
  const events = await desk.store.log.events(conversationId);
  const started = events.findLast((event) => event.type === 'turn.started');
  return [{ type: 'turn.ended', turnId, messageId: started?.messageId ?? '', outcome: 'stopped' }];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
