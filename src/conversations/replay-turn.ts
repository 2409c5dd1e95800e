import type { LoggedEvent } from '../protocol/events.ts';
import { type ReceivedMessage, turnEvents } from './answer-message.ts';
import type { Desk } from './desk.ts';

/** Milliseconds for which a turn that has ended is still replayed to a client that lost its connection. */
export const REPLAYED_MS = 60_000;

/**
 * The customer's message, or the decision, that is being answered, waits for its turn, or was answered a moment ago. Null
 * where nothing is being said.
 */
export async function messageInProgress(desk: Desk, conversationId: string): Promise<ReceivedMessage | null> {
  // In this order: what is asked about now is in the log then.
  const isWaiting = await hasWaitingMessage(desk, conversationId);
  const events = await desk.store.log.events(conversationId);
  const messages = events.flatMap((event): ReceivedMessage[] => {
    if (event.type === 'message.received') return [{ messageId: event.messageId, seq: event.seq }];
    return event.type === 'action.decided' ? [{ messageId: event.actionId, seq: event.seq }] : [];
  });
  if (isWaiting) return messages.at(-1) ?? null;
  const turn = events.findLast((event) => event.type === 'turn.started');
  if (!turn) return null;
  const ended = events.find((event) => event.type === 'turn.ended' && event.turnId === turn.turnId);
  if (ended && desk.now() - ended.at > REPLAYED_MS) return null;
  return messages.findLast(({ messageId }) => turn.answers.includes(messageId)) ?? null;
}

async function hasWaitingMessage(desk: Desk, conversationId: string): Promise<boolean> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation || conversation.openTurn !== null) return false;
  const { status, receivedSeq, takenSeq } = conversation;
  return receivedSeq > takenSeq && status !== 'with_human' && status !== 'closed';
}

/** `turnEvents` for who begins to read now: without the steps that have been withdrawn by now. */
export async function* cleanTurnEvents(
  desk: Desk,
  message: ReceivedMessage & { conversationId: string; signal: AbortSignal },
): AsyncGenerator<LoggedEvent> {
  const past = await desk.store.log.events(message.conversationId);
  const withdrawals = past.filter((event) => event.type === 'segments.superseded');
  for await (const event of turnEvents(desk, message)) {
    const isWithdrawn = withdrawals.some(
      ({ seq, turnId, step }) => 'step' in event && event.turnId === turnId && event.step >= step && event.seq <= seq,
    );
    if (!isWithdrawn) yield event;
  }
}
