import { sentencesFor } from '../agent/sentences.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import type { Desk } from './desk.ts';
import { toMessages } from './fold-log.ts';
import type { Delivery } from './log.ts';

/** What is known of the newest handoff of a conversation. */
export type HandoffFacts = { reason: string; summary: string | null; by: 'customer' | 'agent'; at: number };

/**
 * The customer asks for a person themselves. Says how and when one can be reached. Harmless when one was asked for.
 * Throws `conversation_not_found`, `conversation_closed`.
 */
export async function requestHandoff(desk: Desk, conversationId: string, reason: string): Promise<void> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  // Asked again, perhaps because the first request broke off before the webhook call was in the outbox.
  if (conversation.status === 'waiting_for_human') return reconcileHandoff(desk, conversationId);
  if (conversation.status === 'with_human') return;
  const { contact } = desk.agents.get(conversation.agent) ?? desk.defaultAgent;
  const text = sentencesFor(conversation.language, contact).handedOff;
  const appended = await desk.store.log.append(conversationId, {
    events: [
      { type: 'handoff.requested', by: 'customer', reason },
      { type: 'status.changed', status: 'waiting_for_human' },
      { type: 'message.sent', messageId: desk.newId('msg'), role: 'agent', text },
    ],
  });
  if (appended.ok) await notifyHandoff(desk, conversationId, appended.events);
}

/** Puts the webhook call for a handoff among `events` into the outbox. Doing it twice for one handoff does it once. */
export async function notifyHandoff(desk: Desk, conversationId: string, events: readonly LoggedEvent[]): Promise<void> {
  const handoff = events.find((event) => event.type === 'handoff.requested');
  if (!handoff || !desk.webhook) return;
  const facts = await handoffFacts(desk, conversationId);
  const delivery: Delivery = {
    id: `${conversationId}:${handoff.seq}`,
    conversationId,
    body: JSON.stringify({
      type: 'handoff.requested',
      timestamp: new Date(handoff.at).toISOString(),
      data: { conversationId, ...facts, messages: toMessages(await desk.store.log.events(conversationId)) },
    }),
    attempts: 0,
    nextAt: desk.now(),
    state: 'pending',
    lastError: null,
  };
  await desk.store.deliveries.add(delivery);
}

/** Sees to it that every handoff still waiting has its webhook call, also one whose server died in between. */
export async function reconcileHandoffs(desk: Desk): Promise<void> {
  if (!desk.webhook) return;
  for (const { id } of await desk.store.conversations.list({ status: 'waiting_for_human', limit: 1_000 })) {
    await reconcileHandoff(desk, id);
  }
}

/** Sees to it that the newest handoff of a conversation, if any, has its webhook call. */
export async function reconcileHandoff(desk: Desk, conversationId: string): Promise<void> {
  if (!desk.webhook) return;
  const handoff = (await desk.store.log.events(conversationId)).findLast(isHandoff);
  if (handoff) await notifyHandoff(desk, conversationId, [handoff]);
}

/** The newest handoff, with the summary that the agent wrote for its colleague; null where there was none. */
export async function handoffFacts(desk: Desk, conversationId: string): Promise<HandoffFacts | null> {
  const [events, steps] = await Promise.all([
    desk.store.log.events(conversationId),
    desk.store.log.steps(conversationId),
  ]);
  const handoff = events.findLast(isHandoff);
  if (!handoff) return null;
  const calls = steps.flatMap(({ output }) => output).filter((block) => block.type === 'tool_use');
  const input = calls.findLast(({ name }) => name === 'hand_off')?.input as { summary?: unknown } | undefined;
  const summary = handoff.by === 'agent' && typeof input?.summary === 'string' ? input.summary : null;
  return { reason: handoff.reason, summary, by: handoff.by, at: handoff.at };
}

function isHandoff(event: LoggedEvent): event is Extract<LoggedEvent, { type: 'handoff.requested' }> {
  return event.type === 'handoff.requested';
}
