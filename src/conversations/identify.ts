import type { Customer } from '../agent/customer.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Desk } from './desk.ts';
import { countAct } from './limits.ts';
import type { Conversation } from './log.ts';

/** Who a token has shown, and until when (epoch ms) that is good. */
export type Identified = { customer: Customer; verifiedUntil: number };

/**
 * Who the token says the customer is. Throws `identity_disabled` where nothing is configured to verify it by,
 * `invalid_customer_token`, and `unavailable` where the keys cannot be had.
 */
export async function verifyToken({ identity }: Desk, token: string): Promise<Identified> {
  if (!identity) throw new FrontdeskError('identity_disabled');
  return identity(token);
}

/**
 * Binds a conversation to the customer whom the token shows, for good: the same customer may come again, which renews
 * it, and whoever else does is refused. Gives back until when (epoch ms) the customer counts as signed in.
 * Throws as `verifyToken` does, `conversation_not_found`, `conversation_closed`, `other_customer`, `too_many_messages`.
 */
export async function identifyCustomer(desk: Desk, conversationId: string, token: string): Promise<number> {
  await countAct(desk, conversationId);
  const identified = await verifyToken(desk, token);
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  if (conversation.status === 'closed') throw new FrontdeskError('conversation_closed');
  return recordCustomer(desk, conversation, identified);
}

/** Writes it down, unless it says nothing new: every page of a site shows its token again. */
export async function recordCustomer(
  desk: Desk,
  conversation: Pick<Conversation, 'id' | 'customer' | 'verifiedUntil'>,
  identified: Identified,
): Promise<number> {
  const { id, customer, verifiedUntil } = conversation;
  // An older token of the same customer takes nothing back.
  if (customer?.id === identified.customer.id && verifiedUntil >= identified.verifiedUntil) return verifiedUntil;
  const appended = await desk.store.log.append(id, {
    events: [{ type: 'customer.identified' }],
    customer: identified,
  });
  if (appended.ok) return identified.verifiedUntil;
  if (appended.why === 'other_customer' || appended.why === 'conversation_closed')
    throw new FrontdeskError(appended.why);
  throw new FrontdeskError('conversation_not_found');
}

/** The customer while what showed it is good; null for an anonymous visitor and for one who has to sign in again. */
export function signedInCustomer(
  { customer, verifiedUntil }: Pick<Conversation, 'customer' | 'verifiedUntil'>,
  now: number,
): Customer | null {
  return verifiedUntil > now ? customer : null;
}
