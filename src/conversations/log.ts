import type { Customer } from '../agent/customer.ts';
import type { StepRecord } from '../agent/step.ts';
import type { Status } from '../protocol/conversation.ts';
import type { EventBody, LoggedEvent } from '../protocol/events.ts';
import type { ActionRecord, ActionResult, ActionStore } from './action-store.ts';
import type { AnswerStore, GapStore } from './answer-store.ts';
import type { CommitmentStore } from './commitments.ts';

/** What is known of a conversation without reading its log: derived from the events in the transaction that appends them. */
export type Conversation = {
  id: string;
  agent: string;
  /** SHA-256 of the conversation's token, hex. The token itself is never stored. */
  tokenHash: string;
  /** Who holds it: several conversations of one visitor have the same. A hash, from which nobody learns who it is. */
  visitor: string;
  language: string | null;
  metadata: Record<string, unknown>;
  status: Status;
  /** The desk that has it: a route's name, or `general`. */
  route: string;
  createdAt: number;
  updatedAt: number;
  /** Seq of the newest event. */
  lastSeq: number;
  /** The turn that has started and not ended, if any. */
  openTurn: string | null;
  /** Seq of the newest `message.received`, and of the newest one that a turn has taken up. */
  receivedSeq: number;
  takenSeq: number;
  /** Who the customer is; null for an anonymous visitor. Bound for good once it is known. */
  customer: Customer | null;
  /** Epoch ms until which the token that showed it is good; what needs a signed-in customer is refused after it. */
  verifiedUntil: number;
  /** Actions that are confirmed or running: they are brought to their end whatever the status. */
  pendingActions: number;
  /** The newest `handoff.requested`; null where no human was asked for. */
  handoff: Handoff | null;
};

/** `summary` is what the agent wrote for its colleague (`handoffSummary` of the step in the same entry). */
export type Handoff = Pick<Extract<LoggedEvent, { type: 'handoff.requested' }>, 'seq' | 'at' | 'by' | 'reason'> & {
  summary: string | null;
};

/** What one append commits, whole or not at all. */
export type LogEntry = {
  events: EventBody[];
  /** The private half: what the model saw and said. Never sent to a customer. */
  step?: StepRecord;
  /** The private halves of the `action.proposed` among the events, in their order. */
  proposals?: Pick<ActionRecord, 'id' | 'customerId'>[];
  /** What the actions that finish in this entry gave back, by id. */
  results?: Record<string, ActionResult>;
  /** With `handoff.requested`: what the colleague must know, where no step beside it says so. */
  handoffSummary?: string;
  /** With `customer.identified`: who, and until when that is good. */
  customer?: { customer: Customer; verifiedUntil: number };
  /** Makes a repeated `message.received` harmless: see `append`. */
  idempotencyKey?: string;
  /** Refuse the append unless this lease is still the newest. */
  lease?: Lease;
};

/** The right to write a conversation's turn. A newer lease has a higher epoch and makes the older one stale. */
export type Lease = { conversationId: string; owner: string; epoch: number };

export type Appended =
  | { ok: true; events: LoggedEvent[] }
  /** The key was used before: nothing was appended, `events` are those that the first append committed. */
  | { ok: false; why: 'duplicate'; events: LoggedEvent[] }
  /** An action is not where the event needs it: see `ActionStore`. */
  | { ok: false; why: 'action_not_there'; actionId: string; state: ActionRecord['state'] | null }
  | {
      ok: false;
      why: 'stale_lease' | 'no_such_conversation' | 'turn_not_open' | 'other_customer' | 'conversation_closed';
    };

/**
 * The append-only log of every conversation.
 *
 * `append` resolves when the entry is durable, with seqs that continue the conversation's without a gap; it refuses (as
 * a value, appending nothing) an unknown conversation, a stale lease, a repeated idempotency key, and any event with a
 * `turnId` that is neither the open turn nor started by this very entry (so a turn ends exactly once), an action that is not
 * where its event needs it, another customer than the one who is known (the same one's renewal is taken unless it
 * ends sooner), and, once a conversation is closed, any message, decision, sign-in or other status. It throws when the store is down. A concurrent append is ordered before or after, never mixed in.
 */
export type ConversationLog = {
  create(conversation: NewConversation, events: EventBody[]): Promise<LoggedEvent[]>;
  append(conversationId: string, entry: LogEntry): Promise<Appended>;
  /** The events that the first append with the key committed; null where the key is new. */
  appended(conversationId: string, idempotencyKey: string): Promise<LoggedEvent[] | null>;
  /** Committed events with seq > after, in order. */
  events(conversationId: string, after?: number): Promise<LoggedEvent[]>;
  /** Step records of the conversation in the order of their commit. */
  steps(conversationId: string): Promise<StepRecord[]>;
  /**
   * Replays events with seq > after, then yields new ones as they are committed, on whichever node, in order, none
   * missing and none twice, until `signal` aborts (then it returns).
   */
  follow(conversationId: string, after: number, signal: AbortSignal): AsyncIterable<LoggedEvent>;
};

export type NewConversation = Pick<Conversation, 'id' | 'agent' | 'tokenHash' | 'visitor' | 'language' | 'metadata'>;

/** Finds conversations without reading their logs. */
export type ConversationIndex = {
  get(conversationId: string): Promise<Conversation | null>;
  /** Newest activity first, equal times by id; only what comes after `before` in that order; at most `limit`. */
  list(filter: { status?: Status; before?: Position; limit: number }): Promise<Conversation[]>;
};

/** Where a conversation stands in the list. */
export type Position = Pick<Conversation, 'updatedAt' | 'id'>;

/**
 * Who may run a conversation's turn. A lease lapses `leaseMs` after it was claimed or renewed.
 * `claim` gives null while another owner's lease lives; it raises the epoch otherwise.
 * `renew` gives false when the lease was lost. `release` is harmless on a lost lease.
 * `unattended` names conversations that need a turn (an open turn, or a customer's message or a decided action that no
 * turn has taken, and status not `with_human` or `closed`) or have pending actions, and that no live lease holds.
 */
export type TurnLeases = {
  claim(conversationId: string, owner: string, leaseMs: number): Promise<Lease | null>;
  renew(lease: Lease, leaseMs: number): Promise<boolean>;
  release(lease: Lease): Promise<void>;
  unattended(limit: number): Promise<string[]>;
};

/** A webhook call that must be made, kept until it was made or given up. */
export type Delivery = {
  id: string;
  conversationId: string;
  body: string;
  attempts: number;
  nextAt: number;
  state: 'pending' | 'delivered' | 'failed';
  lastError: string | null;
};

/** How a delivery stands, without what it carries. */
export type DeliveryState = Omit<Delivery, 'body'>;

/**
 * An outbox. Adding a delivery whose id is known changes nothing. `due` claims deliveries whose `nextAt` has come by
 * moving it `claimMs` ahead, so two nodes do not send the same one at once. `of` gives those of several conversations,
 * oldest first.
 */
export type DeliveryStore = {
  add(delivery: Delivery): Promise<void>;
  due(now: number, claimMs: number, limit: number): Promise<Delivery[]>;
  update(delivery: DeliveryState): Promise<void>;
  of(conversationIds: readonly string[]): Promise<DeliveryState[]>;
};

/** How much of something was used since its window began; from `until` (epoch ms) on it is nothing. */
export type Tally = { value: number; until: number };

/**
 * What is to be added to a tally, a whole number; refused where the tally has reached `most` (null: never), or with
 * `strict` already where it would pass `most` by this.
 */
export type Use = { key: string; amount: number; most: number | null; windowMs: number; strict?: true };

/**
 * Tallies by key, shared by all nodes. A tally's window begins with its first use.
 * `take` adds all of the uses or none: null, or the first use that was refused, and how its tally stands.
 * Concurrent takes count one after the other, so that no limit is passed. `add` adds to each without a limit, also less than
 * nothing, where the window lasts; a lapsed one stays lapsed. `read` gives what is not lapsed.
 */
export type TallyStore = {
  take(uses: readonly Use[], now: number): Promise<{ key: string; tally: Tally } | null>;
  add(keys: readonly string[], amount: number, now: number): Promise<void>;
  read(keys: readonly string[], now: number): Promise<Map<string, Tally>>;
};

/** What operators have set for all nodes, by name. Null: not set. */
export type SettingStore = {
  read(name: string): Promise<string | null>;
  write(name: string, value: string | null): Promise<void>;
};

/** Everything that a database adapter provides. `close` resolves when nothing is in flight. */
export type Store = {
  log: ConversationLog;
  conversations: ConversationIndex;
  leases: TurnLeases;
  deliveries: DeliveryStore;
  tallies: TallyStore;
  settings: SettingStore;
  answers: AnswerStore;
  gaps: GapStore;
  actions: ActionStore;
  commitments: CommitmentStore;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
};
