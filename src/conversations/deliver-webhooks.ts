import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk } from './desk.ts';
import type { Delivery } from './log.ts';

/** Milliseconds between looks at the outbox. */
const LOOK_MS = 1_000;
/** Milliseconds for which a delivery is kept from other nodes while it is being sent. */
const CLAIM_MS = 30_000;
/** After this many attempts, spread over about a day, a delivery counts as failed. */
const ATTEMPTS = 17;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 4 * 3_600_000;

/**
 * Sends what is due in the outbox, until closed. A delivery that fails is tried again after 5 s, 10 s, 20 s… up to
 * four hours, seventeen times in all; how it stands is shown in the operator's list.
 */
export function deliverWebhooks(desk: Desk, send: (delivery: Delivery) => Promise<void>): { close(): Promise<void> } {
  const closing = new AbortController();
  const running = keepSending(desk, send, closing.signal);
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}

async function keepSending(
  desk: Desk,
  send: (delivery: Delivery) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const due = await desk.store.deliveries.due(desk.now(), CLAIM_MS, 10);
      await Promise.all(due.map((delivery) => attempt(desk, send, delivery)));
    } catch (error) {
      desk.logger.error({ error: String(error) }, 'cannot read the outbox');
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

/** Never rejects: what could not be noted down comes again when its claim has lapsed. */
async function attempt(desk: Desk, send: (delivery: Delivery) => Promise<void>, delivery: Delivery): Promise<void> {
  const attempts = delivery.attempts + 1;
  const { conversationId } = delivery;
  const lastError = await send(delivery).then(() => null, reasonOf);
  const nextAt = desk.now() + Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
  const state = lastError === null ? 'delivered' : attempts >= ATTEMPTS ? 'failed' : 'pending';
  if (lastError !== null) {
    desk.logger.warn({ conversationId, attempts, state, error: lastError }, 'the handoff webhook failed');
  }
  await desk.store.deliveries.update({ ...delivery, attempts, state, nextAt, lastError }).catch((error: unknown) => {
    desk.logger.error({ conversationId, state, error: String(error) }, 'cannot write the outbox');
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
