import { sql } from 'kysely';
import type { Appended } from '../../conversations/log.ts';
import type { LoggedEvent } from '../../protocol/events.ts';
import { type Admission, admit, type Draft, type KeySpan, type PreparedEntry, refsOf } from './admit.ts';
import { collectCommitment, type LedgerWrites, writeCommitments } from './commitments.ts';
import type { Database, Dialect, Head } from './dialect.ts';
import { actionOf } from './move-actions.ts';
import {
  type ActionRow,
  type ConversationRow,
  type EventRow,
  type KeyRow,
  type StepRow,
  toConversation,
} from './schema.ts';

/** One entry of a batch. With `create`, the conversation is made first, and must be new. */
export type AppendRequest = { conversationId: string; entry: PreparedEntry; create?: ConversationRow };

/** As `append` answers, except that a duplicate's events are still to be read. */
export type Outcome = Exclude<Appended, { why: 'duplicate' }> | { ok: false; why: 'duplicate'; span: KeySpan };

type Writes = { events: EventRow[]; steps: StepRow[]; keys: KeyRow[]; ledger: LedgerWrites };

/** Rows of one insert: databases bound the number of parameters. */
const ROWS_PER_INSERT = 500;

/**
 * Commits the batch in one transaction and gives one outcome a request. A request that is refused, or whose outcome is
 * an Error (misuse), leaves no trace and does not touch the others; a database failure throws and leaves no trace of any.
 */
export async function commitBatch(
  db: Database,
  dialect: Dialect,
  requests: AppendRequest[],
): Promise<(Outcome | Error)[]> {
  return await db.transaction().execute(async (trx) => {
    const created = await createConversations(trx, requests);
    const drafts = await lockDrafts(trx, dialect, requests);
    await addKnown(trx, requests, drafts);

    const now = Date.now();
    const writes: Writes = { events: [], steps: [], keys: [], ledger: { made: [], withdrawn: [] } };
    const changed = new Set<Draft>();
    const outcomes = requests.map((request): Outcome | Error => {
      if (request.create && !created.delete(request.conversationId)) {
        return new Error(`Conversation ${request.conversationId} exists already.`);
      }
      const draft = drafts.get(request.conversationId);
      // Still in `created`: an entry that came before the conversation it names.
      if (!draft || created.has(request.conversationId)) return { ok: false, why: 'no_such_conversation' };
      const outcome = admitOrError(draft, request.entry, now);
      if (!(outcome instanceof Error) && outcome.ok) {
        collectWrites(writes, draft, request.entry, outcome.events);
        changed.add(draft);
      }
      return outcome;
    });

    await write(trx, writes, [...changed]);
    await dialect.notify(trx, [...changed].map(headOf));
    return outcomes;
  });
}

function admitOrError(draft: Draft, entry: PreparedEntry, now: number): Admission | Error {
  try {
    return admit(draft, entry, now);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Inserts the rows of new conversations; gives the ids that did not exist before. */
async function createConversations(trx: Database, requests: AppendRequest[]): Promise<Set<string>> {
  const rows = new Map<string, ConversationRow>();
  for (const { create } of requests) if (create && !rows.has(create.id)) rows.set(create.id, create);
  if (rows.size === 0) return new Set();
  const inserted = await trx
    .insertInto('conversations')
    // In the order of ids: two nodes that insert the same ids wait for each other, never in a ring.
    .values([...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  return new Set(inserted.map(({ id }) => id));
}

/** Reads the rows of the batch, locked in the order of ids so that two nodes never wait for each other in a ring. */
async function lockDrafts(trx: Database, dialect: Dialect, requests: AppendRequest[]): Promise<Map<string, Draft>> {
  const rows = await trx
    .selectFrom('conversations')
    .selectAll()
    .where('id', 'in', [...new Set(requests.map(({ conversationId }) => conversationId))])
    .orderBy('id')
    .$if(dialect.locksRows, (query) => query.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.id, newDraft(row)]));
}

/** What is known of a conversation by its row alone. */
export function newDraft(row: ConversationRow): Draft {
  return {
    conversation: toConversation(row),
    leaseEpoch: row.lease_epoch,
    stepCount: row.step_count,
    answerableSeqs: new Map(),
    turnIds: new Set(),
    keys: new Map(),
    actions: new Map(),
    movedActions: new Set(),
    customerJson: null,
  };
}

/**
 * Looks up what the entries are checked against: keys used before, turns started before, messages and
 * decisions answered, actions. Each only where an entry needs it: most need none.
 */
async function addKnown(trx: Database, requests: AppendRequest[], drafts: Map<string, Draft>): Promise<void> {
  if (drafts.size === 0) return;
  const ids = [...drafts.keys()];
  const hashes = requests.flatMap(({ entry }) => entry.keyHash ?? []);
  if (hashes.length > 0) {
    const rows = await trx
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('conversation_id', 'in', ids)
      .where('key_hash', 'in', hashes)
      .execute();
    for (const row of rows) {
      const span = { firstSeq: row.first_seq, count: row.event_count };
      drafts.get(row.conversation_id)?.keys.set(row.key_hash, span);
    }
  }
  const starts = requests.flatMap(({ entry }) => entry.events.filter(({ body }) => body.type === 'turn.started'));
  if (starts.length > 0) {
    const rows = await trx
      .selectFrom('events')
      .select(['conversation_id', 'seq', 'type', 'ref'])
      .where('conversation_id', 'in', ids)
      .where('ref', 'in', [...new Set(starts.flatMap(({ body }) => refsOf(body)))])
      .execute();
    for (const { conversation_id, seq, type, ref } of rows) {
      if (ref === null) continue;
      if (type === 'turn.started') drafts.get(conversation_id)?.turnIds.add(ref);
      else drafts.get(conversation_id)?.answerableSeqs.set(ref, seq);
    }
  }
  const actionIds = requests.flatMap(({ entry }) => entry.events.flatMap(({ body }) => actionOf(body) ?? []));
  if (actionIds.length > 0) {
    const rows = await trx
      .selectFrom('actions')
      .selectAll()
      .where('id', 'in', [...new Set(actionIds)])
      .where('conversation_id', 'in', ids)
      .execute();
    for (const row of rows) drafts.get(row.conversation_id)?.actions.set(row.id, row);
  }
}

function collectWrites(writes: Writes, draft: Draft, entry: PreparedEntry, events: LoggedEvent[]): void {
  const conversation_id = draft.conversation.id;
  for (const [index, event] of events.entries()) {
    const body = entry.events[index]?.json ?? '';
    writes.events.push({ conversation_id, seq: event.seq, at: event.at, type: event.type, ref: refOf(event), body });
    collectCommitment(writes.ledger, conversation_id, event);
  }
  if (entry.stepJson !== null) {
    writes.steps.push({ conversation_id, position: draft.stepCount, body: entry.stepJson });
  }
  const span = entry.keyHash === null ? undefined : draft.keys.get(entry.keyHash);
  if (entry.keyHash !== null && span) {
    writes.keys.push({
      conversation_id,
      key_hash: entry.keyHash,
      first_seq: span.firstSeq,
      event_count: span.count,
    });
  }
}

function refOf(event: LoggedEvent): string | null {
  switch (event.type) {
    case 'message.received':
      return event.messageId;
    case 'turn.started':
      return event.turnId;
    case 'action.decided':
      return event.actionId;
    default:
      return null;
  }
}

async function write(trx: Database, writes: Writes, changed: Draft[]): Promise<void> {
  for (const rows of chunks(writes.events)) await trx.insertInto('events').values(rows).execute();
  for (const rows of chunks(writes.steps)) await trx.insertInto('steps').values(rows).execute();
  for (const rows of chunks(writes.keys)) await trx.insertInto('idempotency_keys').values(rows).execute();
  await writeCommitments(trx, writes.ledger);
  const actions = changed.flatMap((draft) => [...draft.movedActions].flatMap((id) => draft.actions.get(id) ?? []));
  for (const rows of chunks(actions)) await writeActions(trx, rows);
  for (const rows of chunks(changed)) await updateConversations(trx, rows);
}

/** Those that are new and those that moved: one statement. */
async function writeActions(trx: Database, rows: ActionRow[]): Promise<void> {
  await trx
    .insertInto('actions')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['id', 'conversation_id']).doUpdateSet((eb) => ({
        state: eb.ref('excluded.state'),
        decided_at: eb.ref('excluded.decided_at'),
        decided_by: eb.ref('excluded.decided_by'),
        decided_seq: eb.ref('excluded.decided_seq'),
        attempts: eb.ref('excluded.attempts'),
        result: eb.ref('excluded.result'),
      })),
    )
    .execute();
}

/** One statement for all rows: on PostgreSQL each would be a way there and back, while the batch holds its locks. */
async function updateConversations(trx: Database, drafts: Draft[]): Promise<void> {
  const rows = drafts.map(({ conversation, stepCount, customerJson }) => {
    const { id, language, status, updatedAt, lastSeq, openTurn, receivedSeq, takenSeq, handoff } = conversation;
    const { route, verifiedUntil, pendingActions } = conversation;
    const texts = [id, language, status, route, openTurn, handoff && JSON.stringify(handoff), customerJson];
    const counts = [updatedAt, lastSeq, receivedSeq, takenSeq, stepCount, verifiedUntil, pendingActions];
    const columns = [
      ...texts.map((text) => sql`cast(${text} as text)`),
      ...counts.map((n) => sql`cast(${n} as bigint)`),
    ];
    return sql`(${sql.join(columns)})`;
  });
  await sql`
    with changed (id, language, status, route, open_turn, handoff, customer, updated_at, last_seq, received_seq, taken_seq,
                  step_count, verified_until, pending_actions)
      as (values ${sql.join(rows)})
    update conversations
    set language = changed.language, status = changed.status, route = changed.route, open_turn = changed.open_turn,
        handoff = changed.handoff, customer = coalesce(changed.customer, conversations.customer), updated_at = changed.updated_at, last_seq = changed.last_seq,
        received_seq = changed.received_seq, taken_seq = changed.taken_seq, step_count = changed.step_count,
        verified_until = changed.verified_until, pending_actions = changed.pending_actions
    from changed
    where conversations.id = changed.id`.execute(trx);
}

function headOf({ conversation }: Draft): Head {
  return { conversationId: conversation.id, lastSeq: conversation.lastSeq };
}

function chunks<Row>(rows: Row[]): Row[][] {
  const parts: Row[][] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) parts.push(rows.slice(from, from + ROWS_PER_INSERT));
  return parts;
}
