import { setImmediate } from 'node:timers/promises';
import type { Desk } from './desk.ts';
import type { Conversation, Lease } from './log.ts';
import { settleActions } from './settle-actions.ts';
import { takeTurn } from './take-turn.ts';

/** Milliseconds after which another node may take over the turns of a node that has gone silent. */
const LEASE_MS = 10_000;
const RENEW_MS = 3_000;
/** Milliseconds between looks for conversations that nobody attends to. */
const SWEEP_MS = 2_000;
/** Conversations that one look takes up: as many as a server may have left behind, whose customers are all waiting. */
const SWEEP_LIMIT = 1_000;

/**
 * True where the customer is owed something: a turn that has not ended, a message or a decision that none has taken, or an
 * action that was confirmed and has not come to its end.
 */
export function needsWork({ status, openTurn, pendingActions, receivedSeq, takenSeq }: Conversation): boolean {
  if (openTurn !== null || pendingActions > 0) return true;
  return receivedSeq > takenSeq && status !== 'with_human' && status !== 'closed';
}

/**
 * Runs a conversation's confirmed actions and its turns, one after the other, while messages or decisions wait; across
 * nodes by leases. Both belong to the log, not to a request: whoever asked for them may be gone.
 */
export class RunningTurns {
  readonly #desk: Desk;
  readonly #owner: string;
  readonly #running = new Map<string, { again: boolean; done: Promise<void> }>();
  readonly #closing = new AbortController();
  #sweep: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(desk: Desk, owner: string) {
    this.#desk = desk;
    this.#owner = owner;
  }

  /** Takes up turns that a crash left behind, now and then every few seconds. */
  start(): void {
    this.#sweeping = this.#lookForUnattended();
  }

  /** Sees to it that the conversation's confirmed actions are done and its waiting messages answered. Returns at once. */
  wake(conversationId: string): void {
    if (this.#closing.signal.aborted) return;
    const running = this.#running.get(conversationId);
    if (running) {
      running.again = true;
      return;
    }
    const state = { again: false, done: Promise.resolve() };
    this.#running.set(conversationId, state);
    state.done = this.#attend(conversationId, state);
  }

  /** How many conversations this node is attending to. */
  get size(): number {
    return this.#running.size;
  }

  /**
   * Stops running turns where they are, and waits a few seconds for running actions; another start, or another node, goes
   * on with them. Resolves when all are idle.
   */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#sweep);
    await this.#sweeping;
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  async #lookForUnattended(): Promise<void> {
    try {
      for (const id of await this.#desk.store.leases.unattended(SWEEP_LIMIT)) {
        this.wake(id);
        // Else the reads of all come before the first commit of any, and before the first request of a customer.
        await setImmediate();
      }
    } catch (error) {
      this.#desk.logger.error({ error: String(error) }, 'cannot look for unattended conversations');
    }
    if (!this.#closing.signal.aborted) this.#sweep = setTimeout(() => this.start(), SWEEP_MS);
  }

  async #attend(conversationId: string, state: { again: boolean }): Promise<void> {
    try {
      let ours: boolean;
      do {
        state.again = false;
        ours = await this.#withLease(conversationId);
        // Who has let go looks again: for what came in between, others may have found the lease taken.
        // `again` is read last: it may be set while the store is asked.
      } while (!this.#closing.signal.aborted && ((ours && (await this.#needsWork(conversationId))) || state.again));
    } catch (error) {
      // The store is down: the sweep comes back to it.
      this.#desk.logger.error({ conversationId, error: String(error) }, 'a turn could not be run');
    } finally {
      this.#running.delete(conversationId);
    }
  }

  async #needsWork(conversationId: string): Promise<boolean> {
    const conversation = await this.#desk.store.conversations.get(conversationId);
    return conversation !== null && needsWork(conversation);
  }

  /** Does what the conversation needs, one thing after the other; false where another owner holds the lease. */
  async #withLease(conversationId: string): Promise<boolean> {
    const { leases } = this.#desk.store;
    const lease = await leases.claim(conversationId, this.#owner, LEASE_MS);
    if (!lease) return false;
    const lost = new AbortController();
    const renew = setInterval(() => void this.#renew(lease, lost), RENEW_MS);
    try {
      const signal = AbortSignal.any([lost.signal, this.#closing.signal]);
      while (!signal.aborted && (await this.#doNext(lease, signal)));
      return true;
    } finally {
      clearInterval(renew);
      await leases.release(lease);
    }
  }

  /** First the confirmed actions: a turn then tells what came of them. False where nothing is left to do. */
  async #doNext(lease: Lease, signal: AbortSignal): Promise<boolean> {
    const conversation = await this.#desk.store.conversations.get(lease.conversationId);
    if (!conversation) return false;
    const renew = () => this.#desk.store.leases.renew(lease, LEASE_MS);
    if (conversation.pendingActions > 0) return settleActions(this.#desk, { conversation, lease, renew }, signal);
    return takeTurn(this.#desk, { conversation, lease }, signal);
  }

  async #renew(lease: Lease, lost: AbortController): Promise<void> {
    try {
      if (!(await this.#desk.store.leases.renew(lease, LEASE_MS))) lost.abort();
    } catch (error) {
      this.#desk.logger.warn({ conversationId: lease.conversationId, error: String(error) }, 'cannot renew a lease');
    }
  }
}
