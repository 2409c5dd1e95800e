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

/** `address`: where the request came from, counted where it is known. */
export type NewMessage = {
  conversationId: string;
  text: string;
  idempotencyKey?: string | undefined;
  address?: string | undefined;
};

/**
 * Takes a customer's message: it is in the log when this resolves, and a turn that answers it is on its way (unless a
 * human has the conversation). The same `idempotencyKey` gives the same message, once.
 *
 * A message that comes while a reply streams waits for it to end; all that wait are then answered together by one turn.
 *
 * Throws `FrontdeskError`: `conversation_not_found`, `conversation_closed`, `empty_message`, `message_too_long`,
 * `idempotency_key_reused`, `too_many_messages`, `budget_spent`, `paused`. What was taken before is not refused again.
 */
export async function answerMessage(
  { desk, turns }: { desk: Desk; turns: RunningTurns },
  { conversationId, address, ...message }: NewMessage,
): Promise<ReceivedMessage> {
  const text = checkText(message.text, desk.limits.characters);
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  const admitted = await admit(desk, conversation, address).catch((error: unknown) => ({ error }));
  if (admitted) {
    const known = message.idempotencyKey && (await desk.store.log.appended(conversationId, message.idempotencyKey));
    if (known) return receivedOf(known, text);
    throw admitted.error;
  }
  const received = { type: 'message.received', messageId: desk.newId('msg'), text } as const;
  const appended = await desk.store.log.append(conversationId, {
    events: conversation.status === 'resolved' ? [{ type: 'status.changed', status: 'open' }, received] : [received],
    ...(message.idempotencyKey === undefined ? {} : { idempotencyKey: message.idempotencyKey }),
  });
  if (!appended.ok && appended.why !== 'duplicate') throw new FrontdeskError('conversation_not_found');
  if (!appended.ok) await uncountMessage(desk, conversation, address);
  const answer = receivedOf(appended.events, text);
  turns.wake(conversationId);
  return answer;
}

/** Whether the agent may be given a message now; counts it. */
async function admit(desk: Desk, conversation: Conversation, address: string | undefined): Promise<void> {
  await checkPause(desk, conversation);
  if (conversation.status !== 'with_human') await checkBudgets(desk, conversation);
  await countMessage(desk, conversation, address);
}

function receivedOf(events: readonly LoggedEvent[], text: string): ReceivedMessage {
  const logged = events.find((event) => event.type === 'message.received');
  if (!logged || logged.text !== text) throw new FrontdeskError('idempotency_key_reused');
  return { messageId: logged.messageId, seq: logged.seq };
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
