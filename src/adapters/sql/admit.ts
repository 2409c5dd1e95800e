import { createHash } from 'node:crypto';
import { handoffSummary } from '../../conversations/handoff-summary.ts';
import type { Conversation, Lease, LogEntry } from '../../conversations/log.ts';
import type { EventBody, LoggedEvent } from '../../protocol/events.ts';
import { foldConversation } from './fold.ts';
import { storableId } from './schema.ts';

/** An entry made ready to be stored, so that nothing in it can fail once it shares a transaction with others. */
export type PreparedEntry = {
  events: { json: string; body: EventBody }[];
  stepJson: string | null;
  handoffSummary: string | null;
  keyHash: string | null;
  lease: Lease | null;
};

/** What a batch knows of one conversation: its locked row, changed by the entries admitted so far. */
export type Draft = {
  conversation: Conversation;
  leaseEpoch: number;
  stepCount: number;
  /** Of the messages and turns that the batch refers to. */
  messageSeqs: Map<string, number>;
  turnIds: Set<string>;
  keys: Map<string, KeySpan>;
};

/** The events that the first append with a key committed. */
export type KeySpan = { firstSeq: number; count: number };

export type Admission =
  | { ok: true; events: LoggedEvent[] }
  | { ok: false; why: 'stale_lease' | 'turn_not_open' }
  | { ok: false; why: 'duplicate'; span: KeySpan };

/** Serialises the entry. Throws on misuse: ids that cannot be stored, values that JSON does not know. */
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
    handoffSummary: entry.step ? handoffSummary(entry.step) : null,
    keyHash: entry.idempotencyKey === undefined ? null : hashKey(entry.idempotencyKey),
    lease: entry.lease ?? null,
  };
}

/** An idempotency key as it is stored. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The ids by which an event refers to earlier ones, or by which later ones refer to it. */
export function refsOf(event: EventBody): string[] {
  if (event.type === 'message.received') return [event.messageId];
  if (event.type === 'turn.started') return [event.turnId, ...event.answers];
  return 'turnId' in event ? [event.turnId] : [];
}

/**
 * Decides on one entry and, where it is admitted, moves the draft on. A refused entry leaves the draft as it was.
 * Throws on an answer to a message that the log does not have.
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
  const messageSeqs = answeredSeqs(draft, events);
  draft.conversation = foldConversation(conversation, events, {
    seqOf: (messageId) => messageSeqs.get(messageId) ?? 0,
    handoffSummary: entry.handoffSummary,
  });
  draft.messageSeqs = messageSeqs;
  for (const event of events) if (event.type === 'turn.started') draft.turnIds.add(event.turnId);
  if (entry.stepJson !== null) draft.stepCount += 1;
  if (entry.keyHash !== null)
    draft.keys.set(entry.keyHash, { firstSeq: conversation.lastSeq + 1, count: events.length });
  return { ok: true, events };
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

function answeredSeqs(draft: Draft, events: LoggedEvent[]): Map<string, number> {
  const seqs = new Map(draft.messageSeqs);
  for (const event of events) {
    if (event.type === 'message.received') seqs.set(event.messageId, event.seq);
    if (event.type !== 'turn.started') continue;
    const unknown = event.answers.find((messageId) => !seqs.has(messageId));
    if (unknown !== undefined) throw new TypeError(`turn.started answers ${unknown}, which is not in the log.`);
  }
  return seqs;
}
