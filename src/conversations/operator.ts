import { normaliseMessage } from '../language/invisible.ts';
import type { Status } from '../protocol/conversation.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { appendOrThrow, type ConversationView, endTurnAndAppend, readConversation } from './conversation.ts';
import type { Desk } from './desk.ts';
import { type HandoffFacts, handoffFacts } from './handoff.ts';
import type { Delivery } from './log.ts';

/** A conversation as an operator's list shows it. */
export type InboxRow = {
  id: string;
  agent: string;
  status: Status;
  createdAt: number;
  updatedAt: number;
  handoff: (HandoffFacts & { webhook: Pick<Delivery, 'state' | 'attempts' | 'lastError'> | null }) | null;
};

/** Conversations, newest activity first, at most `limit`; `before` pages by `updatedAt`. */
export async function listInbox(
  desk: Desk,
  filter: { status?: Status | undefined; before?: number | undefined; limit: number },
): Promise<InboxRow[]> {
  const found = await desk.store.conversations.list({
    limit: filter.limit,
    ...(filter.status ? { status: filter.status } : {}),
    ...(filter.before ? { before: filter.before } : {}),
  });
  return Promise.all(
    found.map(async ({ id, agent, status, createdAt, updatedAt }) => ({
      id,
      agent,
      status,
      createdAt,
      updatedAt,
      handoff: await inboxHandoff(desk, id),
    })),
  );
}

async function inboxHandoff(desk: Desk, conversationId: string): Promise<InboxRow['handoff']> {
  const facts = await handoffFacts(desk, conversationId);
  if (!facts) return null;
  const delivery = (await desk.store.deliveries.of(conversationId)).at(-1);
  const webhook = delivery && { state: delivery.state, attempts: delivery.attempts, lastError: delivery.lastError };
  return { ...facts, webhook: webhook ?? null };
}

/** An operator writes to the customer, and with it takes the conversation over: a running reply ends where it is. */
export async function sendAsOperator(desk: Desk, conversationId: string, raw: string): Promise<ConversationView> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  const text = normaliseMessage(raw);
  if (text === '') throw new FrontdeskError('empty_message');
  await endTurnAndAppend(desk, conversationId, [
    ...(conversation.status === 'with_human' ? [] : [{ type: 'status.changed', status: 'with_human' } as const]),
    { type: 'message.sent', messageId: desk.newId('msg'), role: 'operator', text },
  ]);
  return readConversation(desk, conversationId);
}

/** Gives the conversation back to the agent, which knows what was said meanwhile. Harmless when it has it. */
export async function returnToAgent(desk: Desk, conversationId: string): Promise<ConversationView> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  if (conversation.status === 'with_human' || conversation.status === 'waiting_for_human') {
    await appendOrThrow(desk, conversationId, [{ type: 'status.changed', status: 'open' }]);
  }
  return readConversation(desk, conversationId);
}
