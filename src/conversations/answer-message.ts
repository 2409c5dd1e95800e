import { FrontdeskError } from '../protocol/errors.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import { checkText } from './check-text.ts';
import type { Desk } from './desk.ts';
import { countMessage, uncountMessage } from './limits.ts';
import type { Conversation } from './log.ts';
import { checkPause } from './pause.ts';
import type { RunningTurns } from './running-turns.ts';
import { checkBudgets } from './spending.ts';

export type ReceivedMessage = { messageId: string; seq: number };

type NewMessage = {
  text: string;
  idempotencyKey?: string | undefined;
  /** Where it is the id of a customer's message of this log, that message is meant. */
  messageId?: string | undefined;
  /** Where the request came from, counted where it is known. */
  address?: string | undefined;
};

/**
 * Takes a customer's message: it is in the log when this resolves, and a turn that answers it is on its way (unless a
 * human has the conversation). The same `idempotencyKey` gives the same message, once; so does a `messageId` of the log.
 *
 * A message that comes while a reply streams waits for it to end; all that wait are then answered together by one turn.
 *
 * Throws `FrontdeskError`: `conversation_not_found`, `conversation_closed`, `empty_message`, `message_too_long`,
 * `idempotency_key_reused`, `too_many_messages`, `budget_spent`, `paused`. What was taken before is not refused again.
 */
export async function answerMessage(
  { desk, turns }: { desk: Desk; turns: RunningTurns },
  { conversationId, ...message }: NewMessage & { conversationId: string },
): Promise<ReceivedMessage> {
  const text = checkText(message.text, desk.limits.characters);
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  const logged =
    (await findMessage(desk, conversation, message.messageId)) ??
    (await take(desk, conversation, { ...message, text }));
  if (logged?.text !== text) throw new FrontdeskError('idempotency_key_reused');
  turns.wake(conversationId);
  return { messageId: logged.messageId, seq: logged.seq };
}

type LoggedMessage = Extract<LoggedEvent, { type: 'message.received' }>;

async function findMessage(desk: Desk, { id }: Conversation, messageId?: string): Promise<LoggedMessage | undefined> {
  if (!messageId?.startsWith('msg_')) return undefined;
  const events = await desk.store.log.events(id);
  return events.find((event) => event.type === 'message.received' && event.messageId === messageId) as
    | LoggedMessage
    | undefined;
}

async function take(
  desk: Desk,
  conversation: Conversation,
  { text, idempotencyKey, address }: NewMessage,
): Promise<LoggedMessage | undefined> {
  const { id, status } = conversation;
  const known = idempotencyKey === undefined ? null : await desk.store.log.appended(id, idempotencyKey);
  if (known) return receivedIn(known);
  await admit(desk, conversation, address);
  const received = { type: 'message.received', messageId: desk.newId('msg'), text } as const;
  const appended = await desk.store.log.append(id, {
    events: status === 'resolved' ? [{ type: 'status.changed', status: 'open' }, received] : [received],
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
  if (!appended.ok && appended.why !== 'duplicate') throw new FrontdeskError('conversation_not_found');
  if (!appended.ok) await uncountMessage(desk, conversation, address);
  return receivedIn(appended.events);
}

function receivedIn(events: readonly LoggedEvent[]): LoggedMessage | undefined {
  return events.find((event) => event.type === 'message.received');
}

/** Whether the agent may be given a message now; counts it. */
async function admit(desk: Desk, conversation: Conversation, address: string | undefined): Promise<void> {
  await checkPause(desk, conversation);
  if (conversation.status !== 'with_human') await checkBudgets(desk, conversation);
  await countMessage(desk, conversation, address);
}

/**
 * The events from a message on to the end of the turn that answers it. Ends without one where none will come: a human
 * has the conversation, or it was closed.
 */
export async function* turnEvents(
  desk: Desk,
  { conversationId, messageId, seq, signal }: ReceivedMessage & { conversationId: string; signal: AbortSignal },
): AsyncGenerator<LoggedEvent> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let turnId: string | null = null;
  const conversation = await desk.store.conversations.get(conversationId);
  // Taken up by a turn that is in the log by now, or dealt with by a human.
  const settled = conversation !== null && conversation.takenSeq >= seq;
  let silent = !settled && (conversation?.status === 'with_human' || conversation?.status === 'closed');
  try {
    for await (const event of desk.store.log.follow(conversationId, seq - 1, either)) {
      if (event.type === 'turn.started' && event.answers.includes(messageId)) turnId = event.turnId;
      if (!('turnId' in event) || event.turnId === turnId) yield event;
      if (event.type === 'turn.ended' && event.turnId === turnId) return;
      if (event.type === 'status.changed' && turnId === null) {
        silent ||= !settled && (event.status === 'with_human' || event.status === 'closed');
      }
      const missed = settled && event.seq >= conversation.lastSeq;
      if ((silent || missed) && turnId === null) return;
    }
  } finally {
    stop.abort();
  }
}
