import { FrontdeskError } from '../protocol/errors.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import { checkText } from './check-text.ts';
import type { Desk } from './desk.ts';
import type { RunningTurns } from './running-turns.ts';

export type ReceivedMessage = { messageId: string; seq: number };

/**
 * Takes a customer's message: it is in the log when this resolves, and a turn that answers it is on its way (unless a
 * human has the conversation). The same `idempotencyKey` gives the same message, once.
 *
 * A message that comes while a reply streams waits for it to end; all that wait are then answered together by one turn.
 *
 * Throws `FrontdeskError`: `conversation_not_found`, `conversation_closed`, `empty_message`, `message_too_long`,
 * `idempotency_key_reused`.
 */
export async function answerMessage(
  { desk, turns }: { desk: Desk; turns: RunningTurns },
  { conversationId, ...message }: { conversationId: string; text: string; idempotencyKey?: string | undefined },
): Promise<ReceivedMessage> {
  const text = checkText(message.text);
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  const received = { type: 'message.received', messageId: desk.newId('msg'), text } as const;
  const appended = await desk.store.log.append(conversationId, {
    events: conversation.status === 'resolved' ? [{ type: 'status.changed', status: 'open' }, received] : [received],
    ...(message.idempotencyKey === undefined ? {} : { idempotencyKey: message.idempotencyKey }),
  });
  if (!appended.ok && appended.why !== 'duplicate') throw new FrontdeskError('conversation_not_found');
  const logged = appended.events.find((event) => event.type === 'message.received');
  if (!logged || logged.text !== text) throw new FrontdeskError('idempotency_key_reused');
  turns.wake(conversationId);
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
