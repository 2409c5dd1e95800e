import { FrontdeskError } from '../protocol/errors.ts';
import type { Desk } from './desk.ts';
import type { Conversation, Use } from './log.ts';
import type { Spending } from './spending.ts';

/** How often in an hour. */
export type Rates = { visitorMessages: number; addressMessages: number; addressConversations: number };

/** What visitors may use; `characters` of a message. Null: not counted. */
export type Limits = { characters: number; rates: Rates | null; spending: Spending | null };

/** For tests and load: nothing is counted. */
export const NO_LIMITS: Limits = { characters: 8_000, rates: null, spending: null };

const HOUR_MS = 3_600_000;
/** Ratings and cancels in a conversation in an hour: more than anybody has reason for. */
const MOST_ACTS = 100;

/**
 * Counts a message that the agent is to answer. Throws `too_many_messages`, with the seconds after which the visitor or
 * the address may send again; nothing is counted then. What a human answers costs nothing: only the address is counted.
 */
export async function countMessage(desk: Desk, conversation: Conversation, address: string | undefined): Promise<void> {
  const uses = messageUses(desk, conversation, address);
  await take(desk, uses, 'too_many_messages');
}

/** Takes back what `countMessage` counted: the message was known already. */
export async function uncountMessage(
  desk: Desk,
  conversation: Conversation,
  address: string | undefined,
): Promise<void> {
  const keys = messageUses(desk, conversation, address).map(({ key }) => key);
  if (keys.length > 0) await desk.store.tallies.add(keys, -1, desk.now());
}

function messageUses(
  { limits: { rates } }: Desk,
  { status, visitor }: Conversation,
  address: string | undefined,
): Use[] {
  if (!rates) return [];
  const ofVisitor = hourly(`messages of visitor ${visitor}`, rates.visitorMessages);
  return [
    ...(status === 'with_human' ? [] : [ofVisitor]),
    ...(address === undefined ? [] : [hourly(`messages from ${address}`, rates.addressMessages)]),
  ];
}

/** Counts a conversation that is about to start. Throws `too_many_conversations`. */
export async function countConversation(desk: Desk, address: string | undefined): Promise<void> {
  const { rates } = desk.limits;
  if (!rates || address === undefined) return;
  await take(desk, [hourly(`conversations from ${address}`, rates.addressConversations)], 'too_many_conversations');
}

/**
 * Counts what else a customer may do in a conversation and the log keeps: a rating, a cancel. Throws
 * `too_many_messages`.
 */
export async function countAct(desk: Desk, conversationId: string): Promise<void> {
  if (!desk.limits.rates) return;
  await take(desk, [hourly(`acts in ${conversationId}`, MOST_ACTS)], 'too_many_messages');
}

function hourly(key: string, most: number): Use {
  return { key, amount: 1, most, windowMs: HOUR_MS };
}

async function take(desk: Desk, uses: Use[], code: 'too_many_messages' | 'too_many_conversations'): Promise<void> {
  if (uses.length === 0) return;
  const now = desk.now();
  const reached = await desk.store.tallies.take(uses, now);
  if (reached) throw new FrontdeskError(code, undefined, { retryAfter: secondsUntil(reached.tally.until, now) });
}

/** Whole seconds, at least one. */
export function secondsUntil(until: number, now: number): number {
  return Math.max(1, Math.ceil((until - now) / 1000));
}
