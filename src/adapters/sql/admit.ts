import { createHash } from 'node:crypto';
import { handoffSummary } from '../../conversations/handoff-summary.ts';
import type { Conversation, Lease, LogEntry } from '../../conversations/log.ts';
import type { EventBody, LoggedEvent } from '../../protocol/events.ts';
import { foldConversation } from './fold.ts';
import { type ActionHalves, actionOf, type Moved, moveActions } from './move-actions.ts';
import { type ActionRow, storableId } from './schema.ts';

/** An entry made ready to be stored, so that nothing in it can fail once it shares a transaction with others. */
export type PreparedEntry = {
  events: { json: string; body: EventBody }[];
  stepJson: string | null;
  handoffSummary: string | null;
  actions: ActionHalves;
  customer: (NonNullable<LogEntry['customer']> & { json: string }) | null;
  keyHash: string | null;
  lease: Lease | null;
};

/** What a batch knows of one conversation: its locked row, changed by the entries admitted so far. */
export type Draft = {
  conversation: Conversation;
  leaseEpoch: number;
  stepCount: number;
  /** Of the messages, decisions and turns that the batch refers to. */
  answerableSeqs: Map<string, number>;
  turnIds: Set<string>;
  keys: Map<string, KeySpan>;
  /** Those that the batch refers to, and the ids of those that it made or moved. */
  actions: Map<string, ActionRow>;
  movedActions: Set<string>;
  /** The customer as JSON where an entry bound or renewed it; null: as it was. */
  customerJson: string | null;
};

/** The events that the first append with a key committed. */
export type KeySpan = { firstSeq: number; count: number };

export type Admission =
  | { ok: true; events: LoggedEvent[] }
  | { ok: false; why: 'stale_lease' | 'turn_not_open' | 'other_customer' | 'conversation_closed' }
  | Exclude<Moved, { ok: true }>
  | { ok: false; why: 'duplicate'; span: KeySpan };

/**
 * Serialises the entry. Throws on misuse: ids and times that cannot be stored, values that JSON does not know, private
 * halves that do not belong to the events.
 */
export function prepareEntry(entry: LogEntry): PreparedEntry {
  return {
    events: entry.events.map((event) => {
      const columns = event.type === 'conversation.started' ? [event.language ?? ''] : refsOf(event);
      if (!columns.every(storableId)) throw new TypeError(`An id in ${event.type} is too long or has a NUL character.`);
      const json = JSON.stringify(event);
      // What is handed on is what a reader of the database will see, and the caller cannot change it any more.
      return { json, body: JSON.parse(json) as EventBody };
    }),
    stepJson: entry.step ? JSON.stringify(entry.step) : null,
    handoffSummary: entry.handoffSummary ?? (entry.step ? handoffSummary(entry.step) : null),
    actions: prepareActions(entry),
    customer: prepareCustomer(entry),
    keyHash: entry.idempotencyKey === undefined ? null : hashKey(entry.idempotencyKey),
    lease: entry.lease ?? null,
  };
}

/** Checks that the private halves are those of the entry's actions, in their order. */
function prepareActions({ events, proposals = [], results = {} }: LogEntry): ActionHalves {
  const proposed = events.flatMap((event) => (event.type === 'action.proposed' ? event.action : []));
  if (proposed.length !== proposals.length || proposed.some(({ id }, index) => id !== proposals[index]?.id)) {
    throw new TypeError('The proposals of an entry are not those of its action.proposed.');
  }
  for (const { expiresAt } of proposed) checkTime(expiresAt);
  for (const { customerId } of proposals) checkCustomerId(customerId);
  const finished = new Set(events.map((event) => (event.type === 'action.finished' ? event.actionId : null)));
  const known = Object.entries(results);
  const other = known.find(([id]) => !finished.has(id));
  if (other) throw new TypeError(`There is a result of action ${other[0]}, which does not finish in this entry.`);
  return {
    customers: new Map(proposals.map(({ id, customerId }) => [id, customerId])),
    results: new Map(known.map(([id, result]) => [id, JSON.stringify(result)])),
  };
}

function prepareCustomer({ events, customer }: LogEntry): PreparedEntry['customer'] {
  const identified = events.some(({ type }) => type === 'customer.identified');
  if (identified !== (customer !== undefined)) {
    throw new TypeError('customer.identified and the customer belong in one entry.');
  }
  if (!customer) return null;
  checkTime(customer.verifiedUntil);
  checkCustomerId(customer.customer.id);
  const json = JSON.stringify(customer.customer);
  return { customer: JSON.parse(json), verifiedUntil: customer.verifiedUntil, json };
}

function checkTime(time: number): void {
  if (!Number.isSafeInteger(time)) throw new TypeError(`${time} is not a time in whole milliseconds.`);
}

function checkCustomerId(id: string | null): void {
  if (!storableId(id ?? '')) throw new TypeError('The id of a customer is too long or has a NUL character.');
}

/** An idempotency key as it is stored. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The ids by which an event refers to earlier ones, or by which later ones refer to it. */
export function refsOf(event: EventBody): string[] {
  if (event.type === 'message.received') return [event.messageId];
  if (event.type === 'turn.started') return [event.turnId, ...event.answers];
  const actionId = actionOf(event);
  return [...('turnId' in event ? [event.turnId] : []), ...(actionId === null ? [] : [actionId])];
}

/**
 * Decides on one entry and, where it is admitted, moves the draft on. A refused entry leaves the draft as it was.
 * Throws on an answer to a message or a decision that the log does not have.
 */
export function admit(draft: Draft, entry: PreparedEntry, now: number): Admission {
  const span = entry.keyHash === null ? undefined : draft.keys.get(entry.keyHash);
  if (span) return { ok: false, why: 'duplicate', span };
  const { lease } = entry;
  if (lease && (lease.epoch !== draft.leaseEpoch || lease.conversationId !== draft.conversation.id)) {
    return { ok: false, why: 'stale_lease' };
  }
  if (!turnsFit(draft, entry)) return { ok: false, why: 'turn_not_open' };

  const { conversation } = draft;
  // Clocks of nodes differ; within a conversation time never runs backwards.
  const at = Math.max(now, conversation.updatedAt);
  const events = entry.events.map(({ body }, index): LoggedEvent => {
    return { seq: conversation.lastSeq + index + 1, at, ...body };
  });
  if (conversation.status === 'closed' && events.some(isOver)) return { ok: false, why: 'conversation_closed' };
  const moved = moveActions(conversation.id, events, { known: draft.actions, halves: entry.actions });
  if (!moved.ok) return moved;
  const { customer } = entry;
  if (customer && conversation.customer && customer.customer.id !== conversation.customer.id) {
    return { ok: false, why: 'other_customer' };
  }
  const answerableSeqs = withAnswerable(draft, events);
  draft.conversation = foldConversation(conversation, events, {
    seqOf: (id) => answerableSeqs.get(id) ?? 0,
    handoffSummary: entry.handoffSummary,
    customer,
  });
  draft.answerableSeqs = answerableSeqs;
  for (const [id, row] of moved.rows) {
    draft.actions.set(id, row);
    draft.movedActions.add(id);
  }
  if (draft.conversation.customer !== conversation.customer) draft.customerJson = customer?.json ?? null;
  for (const event of events) if (event.type === 'turn.started') draft.turnIds.add(event.turnId);
  if (entry.stepJson !== null) draft.stepCount += 1;
  if (entry.keyHash !== null)
    draft.keys.set(entry.keyHash, { firstSeq: conversation.lastSeq + 1, count: events.length });
  return { ok: true, events };
}

/** True for what cannot come any more once a conversation is closed. */
function isOver(event: LoggedEvent): boolean {
  if (event.type === 'status.changed') return event.status !== 'closed';
  return ['message.received', 'action.decided', 'customer.identified'].includes(event.type);
}

/** Whether every event of a turn belongs to the turn that is open where it stands, and no turn starts twice. */
function turnsFit(draft: Draft, entry: PreparedEntry): boolean {
  let open = draft.conversation.openTurn;
  const started = new Set<string>();
  for (const { body } of entry.events) {
    if (!('turnId' in body)) continue;
    if (body.type === 'turn.started') {
      if (open !== null || draft.turnIds.has(body.turnId) || started.has(body.turnId)) return false;
      open = body.turnId;
      started.add(body.turnId);
    } else if (body.turnId !== open) return false;
    if (body.type === 'turn.ended') open = null;
  }
  return true;
}

/** Throws where an answer is to none of them. */
function withAnswerable(draft: Draft, events: LoggedEvent[]): Map<string, number> {
  const seqs = new Map(draft.answerableSeqs);
  for (const event of events) {
    if (event.type === 'message.received') seqs.set(event.messageId, event.seq);
    if (event.type === 'action.decided') seqs.set(event.actionId, event.seq);
    if (event.type !== 'turn.started') continue;
    const unknown = event.answers.find((id) => !seqs.has(id));
    if (unknown !== undefined) throw new TypeError(`turn.started answers ${unknown}, which is not in the log.`);
  }
  return seqs;
}
