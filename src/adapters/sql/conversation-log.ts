import { GENERAL } from '../../agent/route.ts';
import type { StepRecord } from '../../agent/step.ts';
import type { Appended, ConversationLog, LogEntry, NewConversation } from '../../conversations/log.ts';
import type { EventBody, LoggedEvent } from '../../protocol/events.ts';
import { admit, hashKey, type KeySpan, prepareEntry } from './admit.ts';
import { type AppendRequest, commitBatch, newDraft, type Outcome } from './commit-batch.ts';
import { createCommitWindow } from './commit-window.ts';
import type { Database, Dialect } from './dialect.ts';
import type { Hub } from './followers.ts';
import { type ConversationRow, type EventRow, storableId } from './schema.ts';

/** Entries in one transaction at most. */
const BATCH_LIMIT = 256;

export type SqlLogOptions = {
  db: Database;
  dialect: Dialect;
  hub: Hub;
  commitWindowMs: number;
  onTrouble(error: unknown): void;
};

/** The log over SQL; `close` refuses new entries and resolves when those under way are committed. */
export function createConversationLog(options: SqlLogOptions): ConversationLog & { close(): Promise<void> } {
  const { db, hub } = options;
  const commits = createCommitWindow<AppendRequest, Outcome>({
    windowMs: options.commitWindowMs,
    limit: BATCH_LIMIT,
    commit: (requests) => commitAndPublish(options, requests),
  });

  return {
    async create(conversation, events) {
      const request = createRequest(conversation, events);
      const outcome = await commits.add(request);
      if (!outcome.ok) throw new Error(`The conversation was not created: ${outcome.why}.`);
      return outcome.events;
    },

    async append(conversationId, entry: LogEntry): Promise<Appended> {
      if (!storableId(conversationId)) return { ok: false, why: 'no_such_conversation' };
      const outcome = await commits.add({ conversationId, entry: prepareEntry(entry) });
      if (outcome.ok || outcome.why !== 'duplicate') return outcome;
      return { ok: false, why: 'duplicate', events: await readSpan(db, conversationId, outcome.span) };
    },

    async appended(conversationId, idempotencyKey) {
      if (!storableId(conversationId)) return null;
      const row = await db
        .selectFrom('idempotency_keys')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .where('key_hash', '=', hashKey(idempotencyKey))
        .executeTakeFirst();
      return row ? await readSpan(db, conversationId, { firstSeq: row.first_seq, count: row.event_count }) : null;
    },

    async events(conversationId, after = 0) {
      return await readEvents(db, conversationId, { after });
    },

    async steps(conversationId) {
      if (!storableId(conversationId)) return [];
      const rows = await db
        .selectFrom('steps')
        .select('body')
        .where('conversation_id', '=', conversationId)
        .orderBy('position')
        .execute();
      return rows.map(({ body }) => JSON.parse(body) as StepRecord);
    },

    follow(conversationId, after, signal) {
      return hub.follow({
        conversationId,
        after,
        signal,
        read: (id, from, limit) => readEvents(db, id, { after: from, limit }),
        onTrouble: options.onTrouble,
      });
    },

    close: () => commits.close(),
  };
}

async function commitAndPublish(
  { db, dialect, hub }: SqlLogOptions,
  requests: AppendRequest[],
): Promise<(Outcome | Error)[]> {
  const outcomes = await commitBatch(db, dialect, requests).catch((error: unknown) => {
    // It may have been committed all the same, where only the answer was lost.
    for (const { conversationId } of requests) hub.hint({ conversationId, lastSeq: Number.POSITIVE_INFINITY });
    throw error;
  });
  const committed = new Map<string, LoggedEvent[]>();
  for (const [index, { conversationId }] of requests.entries()) {
    const outcome = outcomes[index];
    if (!outcome || outcome instanceof Error || !outcome.ok) continue;
    const events = committed.get(conversationId);
    if (events) events.push(...outcome.events);
    else committed.set(conversationId, [...outcome.events]);
  }
  for (const [conversationId, events] of committed) hub.publish(conversationId, events);
  return outcomes;
}

function createRequest(conversation: NewConversation, events: EventBody[]): AppendRequest {
  const { id, agent, tokenHash, visitor, language } = conversation;
  if (![id, agent, tokenHash, visitor, language ?? ''].every(storableId)) {
    throw new TypeError('A field of the new conversation is too long or has a NUL character.');
  }
  const row = newRow(conversation);
  const entry = prepareEntry({ events });
  // Tried out beforehand: once the row is inserted among the others of a batch, its first events must fit.
  const admission = admit(newDraft(row), entry, row.created_at);
  if (!admission.ok) throw new TypeError(`The first events of a conversation do not fit: ${admission.why}.`);
  return { conversationId: id, entry, create: row };
}

function newRow({ id, agent, tokenHash, visitor, language, metadata }: NewConversation): ConversationRow {
  const now = Date.now();
  return {
    id,
    agent,
    token_hash: tokenHash,
    visitor,
    language,
    metadata: JSON.stringify(metadata),
    status: 'open',
    route: GENERAL,
    created_at: now,
    updated_at: now,
    last_seq: 0,
    open_turn: null,
    received_seq: 0,
    taken_seq: 0,
    step_count: 0,
    handoff: null,
    customer: null,
    verified_until: 0,
    pending_actions: 0,
    lease_owner: null,
    lease_epoch: 0,
    lease_until: 0,
  };
}

async function readSpan(db: Database, conversationId: string, { firstSeq, count }: KeySpan): Promise<LoggedEvent[]> {
  return count === 0 ? [] : await readEvents(db, conversationId, { after: firstSeq - 1, limit: count });
}

async function readEvents(
  db: Database,
  conversationId: string,
  { after, limit }: { after: number; limit?: number },
): Promise<LoggedEvent[]> {
  if (!storableId(conversationId)) return [];
  let query = db
    .selectFrom('events')
    .select(['seq', 'at', 'body'])
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', after)
    .orderBy('seq');
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(toLoggedEvent);
}

function toLoggedEvent({ seq, at, body }: Pick<EventRow, 'seq' | 'at' | 'body'>): LoggedEvent {
  const event = JSON.parse(body) as EventBody;
  // What was logged before citations had a location.
  if (event.type === 'citation.added') event.citation.location ??= null;
  return { seq, at, ...event };
}
