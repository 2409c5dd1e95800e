import type { Mood } from '../agent/route.ts';
import { sentencesFor } from '../agent/sentences.ts';
import type { Message } from '../protocol/conversation.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { agentOf, type Desk, routeView } from './desk.ts';
import { toMessages } from './fold-log.ts';
import type { Conversation, Handoff } from './log.ts';

/** A handoff as operators and the webhook are told of it. `mood`: of the customer's newest messages; never told to the customer. */
export type HandoffNotice = Omit<Handoff, 'seq'> & { mood: Mood };

/** So many of the customer's newest messages show their mood. */
const NEWEST_MESSAGES = 3;

/** The newest handoff of a conversation with these messages; null where no person was asked for. */
export async function handoffNotice(
  desk: Desk,
  conversation: Pick<Conversation, 'agent' | 'language' | 'handoff'>,
  messages: readonly Message[],
): Promise<HandoffNotice | null> {
  if (!conversation.handoff) return null;
  const { seq: _seq, ...facts } = conversation.handoff;
  const said = messages.filter(({ role }) => role === 'customer').map(({ text }) => text);
  const mood = await agentOf(desk, conversation).mood(said.slice(-NEWEST_MESSAGES), conversation.language);
  return { ...facts, mood };
}

/**
 * The customer asks for a person themselves. Says how and when one can be reached. Harmless when one was asked for.
 * Throws `conversation_not_found`, `conversation_closed`.
 */
export async function requestHandoff(desk: Desk, conversationId: string, reason: string): Promise<void> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  // Asked again, perhaps because the first request broke off before the webhook call was in the outbox.
  if (conversation.status === 'waiting_for_human') return notifyHandoff(desk, conversationId);
  if (conversation.status === 'with_human') return;
  const { contact } = agentOf(desk, conversation);
  const { handedOff, noted } = sentencesFor(conversation.language, contact);
  const text = desk.staffed ? handedOff : noted;
  const appended = await desk.store.log.append(conversationId, {
    events: [
      { type: 'handoff.requested', by: 'customer', reason },
      { type: 'status.changed', status: 'waiting_for_human' },
      { type: 'message.sent', messageId: desk.newId('msg'), role: 'agent', text },
    ],
  });
  if (appended.ok) await notifyHandoff(desk, conversationId);
}

/**
 * Sees to it that the webhook call for the newest handoff of a conversation, if any, is in the outbox. Doing it twice
 * for one handoff does it once.
 */
export async function notifyHandoff(desk: Desk, conversationId: string): Promise<void> {
  if (!desk.webhook) return;
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation?.handoff) return;
  const id = deliveryId(conversationId, conversation.handoff);
  if ((await desk.store.deliveries.of([conversationId])).some((known) => known.id === id)) return;
  const messages = toMessages(await desk.store.log.events(conversationId));
  const body = JSON.stringify({
    type: 'handoff.requested',
    timestamp: new Date(conversation.handoff.at).toISOString(),
    data: {
      conversationId,
      ...routeView(desk, conversation),
      ...(await handoffNotice(desk, conversation, messages)),
      messages,
    },
  });
  const fresh = { attempts: 0, nextAt: desk.now(), state: 'pending', lastError: null } as const;
  await desk.store.deliveries.add({ id, conversationId, body, ...fresh });
}

/** The id of the delivery that tells of a handoff. */
export function deliveryId(conversationId: string, { seq }: Handoff): string {
  return `${conversationId}:${seq}`;
}

/** Milliseconds for which a handoff is looked after in a conversation that waits for nobody. */
const RECENT_MS = 24 * 3_600_000;

/**
 * Sees to it that every handoff still waiting has its webhook call, also one whose server died in between; and every
 * recent one, since an action of unknown outcome may ask for a person in a conversation that is closed or with one.
 */
export async function reconcileHandoffs(desk: Desk): Promise<void> {
  if (!desk.webhook) return;
  const { conversations } = desk.store;
  const waiting = await conversations.list({ status: 'waiting_for_human', limit: 1_000 });
  const newest = await conversations.list({ limit: 1_000 });
  const recent = newest.filter(({ handoff }) => handoff && handoff.at > desk.now() - RECENT_MS);
  for (const id of new Set([...waiting, ...recent].map((conversation) => conversation.id)))
    await notifyHandoff(desk, id);
}
