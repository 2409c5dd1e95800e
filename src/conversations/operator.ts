import type { Status } from '../protocol/conversation.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { checkText } from './check-text.ts';
import { appendOrThrow, type ConversationView, endTurnAndAppend, readConversation, viewOf } from './conversation.ts';
import { type Desk, type RouteView, routeView } from './desk.ts';
import { toMessages } from './fold-log.ts';
import { deliveryId, type HandoffNotice, handoffNotice } from './handoff.ts';
import type { Conversation, DeliveryState, Position } from './log.ts';

type Webhook = Pick<DeliveryState, 'state' | 'attempts' | 'lastError'>;

/** A conversation as an operator's list shows it. */
export type InboxRow = Pick<Conversation, 'id' | 'agent' | 'status' | 'createdAt' | 'updatedAt'> &
  RouteView & {
    handoff: (HandoffNotice & { webhook: Webhook | null }) | null;
  };

/** So many of a conversation's newest events are read for a list: the customer's newest messages are among them. */
const NEWEST_EVENTS = 300;

/** A page of conversations, newest activity first, at most `limit`; `next` is the `before` of the next one, or null. */
export async function listInbox(
  desk: Desk,
  { status, before, limit }: { status?: Status | undefined; before?: Position | undefined; limit: number },
): Promise<{ conversations: InboxRow[]; next: Position | null }> {
  const filter = { ...(status ? { status } : {}), ...(before ? { before } : {}) };
  const found = await desk.store.conversations.list({ ...filter, limit: limit + 1 });
  const page = found.slice(0, limit);
  const deliveries = await desk.store.deliveries.of(page.filter(({ handoff }) => handoff).map(({ id }) => id));
  const webhooks = new Map(
    deliveries.map(({ id, state, attempts, lastError }) => [id, { state, attempts, lastError }]),
  );
  return {
    conversations: await Promise.all(page.map((conversation) => inboxRow(desk, conversation, webhooks))),
    next: found.length > limit ? (page.at(-1) ?? null) : null,
  };
}

async function inboxRow(
  desk: Desk,
  conversation: Conversation,
  webhooks: ReadonlyMap<string, Webhook>,
): Promise<InboxRow> {
  const { id, agent, status, createdAt, updatedAt, handoff, receivedSeq } = conversation;
  const row = { id, agent, status, ...routeView(desk, conversation), createdAt, updatedAt };
  if (!handoff) return { ...row, handoff: null };
  const newest = await desk.store.log.events(id, Math.max(0, receivedSeq - NEWEST_EVENTS));
  const notice = await handoffNotice(desk, conversation, toMessages(newest));
  return { ...row, handoff: notice && { ...notice, webhook: webhooks.get(deliveryId(id, handoff)) ?? null } };
}

/** A conversation as operators read it, with its newest handoff, if any. Throws `conversation_not_found`. */
export async function readAsOperator(
  desk: Desk,
  conversationId: string,
): Promise<{ conversation: ConversationView; handoff: HandoffNotice | null }> {
  const record = await desk.store.conversations.get(conversationId);
  if (!record) throw new FrontdeskError('conversation_not_found');
  const conversation = await viewOf(desk, record);
  return { conversation, handoff: await handoffNotice(desk, record, conversation.messages) };
}

/**
 * An operator writes to the customer, and with it takes the conversation over: a running reply ends where it is.
 * Throws `conversation_not_found`, `conversation_closed`, `empty_message`, `message_too_long`.
 */
export async function sendAsOperator(desk: Desk, conversationId: string, raw: string): Promise<ConversationView> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  const text = checkText(raw, desk.limits.characters);
  await endTurnAndAppend(desk, conversationId, [
    ...(conversation.status === 'with_human' ? [] : [{ type: 'status.changed', status: 'with_human' } as const]),
    { type: 'message.sent', messageId: desk.newId('msg'), role: 'operator', text },
  ]);
  return readConversation(desk, conversationId);
}

/**
 * Gives the conversation back to the agent, which knows what was said meanwhile. Harmless when it has it.
 * Throws `conversation_not_found`, `conversation_closed`.
 */
export async function returnToAgent(desk: Desk, conversationId: string): Promise<ConversationView> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  if (conversation.status === 'with_human' || conversation.status === 'waiting_for_human') {
    await appendOrThrow(desk, conversationId, [{ type: 'status.changed', status: 'open' }]);
  }
  return readConversation(desk, conversationId);
}
