import { consentOf } from '../language/consent.ts';
import { maskSecrets } from '../language/secrets.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { EventBody, LoggedEvent } from '../protocol/events.ts';
import { checkText } from './check-text.ts';
import { refusal } from './conversation.ts';
import { whyNot } from './decide-action.ts';
import { agentOf, type Desk } from './desk.ts';
import { countMessage, uncountMessage } from './limits.ts';
import type { Conversation } from './log.ts';
import { checkPause } from './pause.ts';
import type { RunningTurns } from './running-turns.ts';
import { wasScreened } from './screen-message.ts';
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
 * Takes a customer's message, its secrets masked: it is in the log when this resolves, and a turn that answers it is on its way (unless a
 * human has the conversation). The same `idempotencyKey` gives the same message, once; so does a `messageId` of the log.
 *
 * A message that comes while a reply streams waits for it to end; all that wait are then answered together by one turn.
 * A clear yes or no to what was just proposed is its decision as well, where the tool allows that.
 *
 * Throws `FrontdeskError`: `conversation_not_found`, `conversation_closed`, `empty_message`, `message_too_long`,
 * `idempotency_key_reused`, `too_many_messages`, `budget_spent`, `paused`. What was taken before is not refused again.
 */
export async function answerMessage(
  { desk, turns }: { desk: Desk; turns: RunningTurns },
  { conversationId, ...message }: NewMessage & { conversationId: string },
): Promise<ReceivedMessage> {
  const text = maskSecrets(checkText(message.text, desk.limits.characters));
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
  const events: EventBody[] =
    status === 'resolved' ? [{ type: 'status.changed', status: 'open' }, received] : [received];
  const decided = await typedDecision(desk, conversation, text);
  const append = (more: EventBody[]) => {
    const entry = { events: [...events, ...more], ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
    return desk.store.log.append(id, entry);
  };
  let appended = await append(decided);
  // Decided by the card in the same moment: then it is a message and no more.
  if (!appended.ok && appended.why === 'action_not_there') appended = await append([]);
  if (!appended.ok && appended.why !== 'duplicate') throw refusal(appended.why);
  if (!appended.ok) await uncountMessage(desk, conversation, address);
  return receivedIn(appended.events);
}

/**
 * The decision that a message makes: a whole "yes" or "no" where the agent's last words asked the customer to confirm one
 * thing, whose tool takes that for an answer, and nothing else of theirs is open.
 */
async function typedDecision(desk: Desk, conversation: Conversation, text: string): Promise<EventBody[]> {
  const consent = consentOf(text);
  if (consent === null || conversation.status === 'with_human' || conversation.openTurn !== null) return [];
  const decision = consent === 'yes' ? 'confirm' : 'decline';
  const how = { decision, by: 'customer' } as const;
  const actions = await desk.store.actions.of(conversation.id);
  const open = actions.filter(({ state, expiresAt }) => state === 'proposed' && expiresAt >= desk.now());
  const [action, ...others] = open.filter(({ by }) => by === 'customer');
  if (!action || others.length > 0 || whyNot(desk, { conversation, action }, how)) return [];
  const tool = agentOf(desk, conversation).tools.find(({ name }) => name === action.tool);
  if (!tool?.action?.confirmByMessage) return [];
  const events = await desk.store.log.events(conversation.id);
  if (wasScreened(action.turnId, events)) return [];
  const asking = lastAsking(events);
  // A later turn may have asked for this again, or for something else that waits or has waited.
  const isOther = asking !== action.turnId && (open.length > 1 || actions.some(({ turnId }) => turnId === asking));
  return asking === null || isOther ? [] : [{ type: 'action.decided', actionId: action.id, ...how }];
}

/** The newest turn, where it ended by asking for a decision and nobody has said anything since. */
function lastAsking(events: readonly LoggedEvent[]): string | null {
  const last = events.findLast(({ type }) => SAYING.has(type));
  return last?.type === 'turn.ended' && last.outcome === 'awaiting_decision' ? last.turnId : null;
}

const SAYING: ReadonlySet<string> = new Set<EventBody['type']>(['turn.ended', 'message.received', 'message.sent']);

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
 * The events from a message on, or from a decision (`messageId` is the action's id then), to the end of the turn that
 * answers it. Ends without one where none will come: a human has the conversation, or it was closed; not before a
 * confirmed action has come to its end.
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
  let isRunning = false;
  let silent = !settled && (conversation?.status === 'with_human' || conversation?.status === 'closed');
  try {
    for await (const event of desk.store.log.follow(conversationId, seq - 1, either)) {
      if (event.type === 'turn.started' && event.answers.includes(messageId)) turnId = event.turnId;
      if (!('turnId' in event) || event.turnId === turnId) yield event;
      if (event.type === 'turn.ended' && event.turnId === turnId) return;
      if (event.type === 'status.changed' && turnId === null) {
        silent ||= !settled && (event.status === 'with_human' || event.status === 'closed');
      }
      if (event.type === 'action.decided' && event.actionId === messageId) isRunning = event.decision === 'confirm';
      if (event.type === 'action.finished' && event.actionId === messageId) isRunning = false;
      const missed = settled && event.seq >= conversation.lastSeq;
      if ((silent || missed) && turnId === null && !isRunning) return;
    }
  } finally {
    stop.abort();
  }
}
