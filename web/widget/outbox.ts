import type { LoggedEvent } from '../../src/protocol/events.ts';
import type { Problem } from './api-error.ts';

/**
 * A message of the customer that the log does not show yet.
 * `queued`: waits for the one before it. `sending`: on its way. `failed`: not sent; the customer may try again.
 * `sent`: acknowledged, its event has not come yet.
 */
export type OutboxMessage = {
  /** The idempotency key: the same for every attempt. */
  key: string;
  text: string;
  /** Only events after this one can be this message. */
  afterSeq: number;
  state: 'queued' | 'sending' | 'failed' | 'sent';
  /** The logged message that is presumably this one, although its text differs (the server drops what cannot be seen). */
  presumedId?: string;
  /** Why it was not sent. */
  problem?: Problem;
};

/** Takes a `message.received` out of the outbox. `delivered` is the key of the message that it certainly was. */
export function acknowledge(
  outbox: OutboxMessage[],
  event: LoggedEvent,
): { outbox: OutboxMessage[]; delivered: string | null } {
  if (event.type !== 'message.received') return { outbox, delivered: null };
  const candidates = outbox.filter((entry) => event.seq > entry.afterSeq && entry.presumedId === undefined);
  const same = candidates.find((entry) => normal(entry.text) === normal(event.text));
  if (same) return { outbox: outbox.filter((entry) => entry !== same), delivered: same.key };
  const presumed = candidates.find((entry) => entry.state === 'sending' || entry.state === 'sent');
  if (!presumed) return { outbox, delivered: null };
  const next: OutboxMessage = { ...presumed, presumedId: event.messageId };
  return {
    outbox:
      presumed.state === 'sent'
        ? outbox.filter((entry) => entry !== presumed)
        : outbox.map((entry) => (entry === presumed ? next : entry)),
    delivered: null,
  };
}

/** What is shown below the log: a message that the log presumably shows already is left out until it fails. */
export function visible(outbox: OutboxMessage[]): OutboxMessage[] {
  return outbox.filter((entry) => entry.presumedId === undefined || entry.state === 'failed');
}

/** The next message to send: one at a time until it is acknowledged, so that the order holds. */
export function nextToSend(outbox: OutboxMessage[]): OutboxMessage | null {
  if (outbox.some((entry) => entry.state === 'sending' && entry.presumedId === undefined)) return null;
  return outbox.find((entry) => entry.state === 'queued') ?? null;
}

function normal(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
