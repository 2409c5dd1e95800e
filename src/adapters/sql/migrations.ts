import { sql } from 'kysely';
import type { Database, Dialect } from './dialect.ts';

type Migration = (db: Database) => Promise<void>;

/** Numbered from 1 by position. One that was released is never edited: what is missing is a new one at the end. */
const MIGRATIONS: Migration[] = [
  ...[createTables, addHandoff, addLimits, addAnswers, addKnowledge, addActions, addRoute],
  addCommitments,
];

/**
 * Brings the database to this version's tables, in one transaction; harmless when it is there already or when two nodes
 * start at once. Throws when the database was written by a newer version.
 */
export async function migrate(db: Database, dialect: Dialect): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await dialect.beforeMigrations(trx);
    await trx.schema
      .createTable('frontdesk_migrations')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    const newest = await trx
      .selectFrom('frontdesk_migrations')
      .select((eb) => eb.fn.max<number | null>('version').as('version'))
      .executeTakeFirst();
    const done = newest?.version ?? 0;
    if (done > MIGRATIONS.length) {
      throw new Error(
        `The database is at version ${done}, this Frontdesk knows only ${MIGRATIONS.length}: start a newer Frontdesk.`,
      );
    }
    for (const [index, run] of MIGRATIONS.entries()) {
      if (index < done) continue;
      await run(trx);
      await trx
        .insertInto('frontdesk_migrations')
        .values({ version: index + 1, at: Date.now() })
        .execute();
    }
  });
}

async function createTables(db: Database): Promise<void> {
  await createConversations(db);
  await createLog(db);
  await createDeliveries(db);
}

async function createConversations(db: Database): Promise<void> {
  await db.schema
    .createTable('conversations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull())
    .addColumn('language', 'text')
    .addColumn('metadata', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seq', 'bigint', (column) => column.notNull())
    .addColumn('open_turn', 'text')
    .addColumn('received_seq', 'bigint', (column) => column.notNull())
    .addColumn('taken_seq', 'bigint', (column) => column.notNull())
    .addColumn('step_count', 'bigint', (column) => column.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_epoch', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .execute();
  await sql`create index conversations_by_activity on conversations (updated_at, id)`.execute(db);
  await sql`create index conversations_by_status on conversations (status, updated_at, id)`.execute(db);
  // Few conversations need a turn at any moment, however many there are.
  await sql`create index conversations_needing_a_turn on conversations (updated_at)
    where open_turn is not null or received_seq > taken_seq`.execute(db);
}

async function createLog(db: Database): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('ref', 'text')
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('events_pk', ['conversation_id', 'seq'])
    .execute();
  await sql`create index events_by_ref on events (conversation_id, ref) where ref is not null`.execute(db);
  await db.schema
    .createTable('steps')
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('steps_pk', ['conversation_id', 'position'])
    .execute();
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('key_hash', 'text', (column) => column.notNull())
    .addColumn('first_seq', 'bigint', (column) => column.notNull())
    .addColumn('event_count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_pk', ['conversation_id', 'key_hash'])
    .execute();
}

async function createDeliveries(db: Database): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('last_error', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await sql`create index deliveries_due on deliveries (next_at) where state = 'pending'`.execute(db);
  await sql`create index deliveries_of on deliveries (conversation_id, created_at)`.execute(db);
}

/** So that a list of conversations need not read their logs. */
async function addHandoff(db: Database): Promise<void> {
  await db.schema.alterTable('conversations').addColumn('handoff', 'text').execute();
}

/** What the limits are counted by. A conversation from before is a visitor of its own. */
async function addLimits(db: Database): Promise<void> {
  await db.schema
    .alterTable('conversations')
    .addColumn('visitor', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await sql`update conversations set visitor = id`.execute(db);
  await db.schema
    .createTable('tallies')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  await sql`create index tallies_by_end on tallies (until)`.execute(db);
  await db.schema
    .createTable('settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

/** Questions that were answered once, and those for which the knowledge has nothing. */
async function addAnswers(db: Database): Promise<void> {
  await db.schema
    .createTable('answers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('knowledge_version', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('wording', 'text', (column) => column.notNull())
    .addColumn('content', 'text')
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('reply', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('answers_once', ['scope', 'wording'])
    .execute();
  await sql`create index answers_by_content on answers (scope, content)`.execute(db);
  await sql`create index answers_by_age on answers (created_at, id)`.execute(db);
  await sql`create index answers_by_end on answers (until)`.execute(db);
  await db.schema
    .createTable('gaps')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('wording', 'text', (column) => column.notNull())
    .addColumn('example', 'text', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addColumn('relevance', 'double precision', (column) => column.notNull())
    .addColumn('first_at', 'bigint', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('gaps_once', ['agent', 'language', 'wording'])
    .execute();
  await sql`create index gaps_by_count on gaps (count, id)`.execute(db);
  await sql`create index gaps_by_last on gaps (agent, language, last_at)`.execute(db);
}

async function addKnowledge(db: Database): Promise<void> {
  await addKnowledgeItems(db);
  await addKnowledgeDocuments(db);
  await db.schema
    .createTable('knowledge_texts')
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('text_key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('knowledge_texts_pk', ['agent', 'document', 'unit', 'text_key'])
    .execute();
  await sql`create index knowledge_texts_by_key on knowledge_texts (text_key)`.execute(db);
  await db.schema
    .createTable('knowledge_vectors')
    .addColumn('text_key', 'text', (column) => column.notNull())
    .addColumn('encoder', 'text', (column) => column.notNull())
    // SQLite takes any name of a type and keeps bytes as bytes.
    .addColumn('vector', 'bytea', (column) => column.notNull())
    .addPrimaryKeyConstraint('knowledge_vectors_pk', ['text_key', 'encoder'])
    .execute();
}

async function addKnowledgeItems(db: Database): Promise<void> {
  await db.schema
    .createTable('knowledge_versions')
    .addColumn('agent', 'text', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('knowledge_sources')
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('spec', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('knowledge_sources_pk', ['agent', 'id'])
    .execute();
  await db.schema
    .createTable('knowledge_items')
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('documents', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('stamp', 'text')
    .addColumn('etag', 'text')
    .addColumn('last_modified', 'text')
    .addColumn('problem', 'text')
    .addColumn('checked_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('knowledge_items_pk', ['agent', 'source', 'key'])
    .execute();
}

async function addKnowledgeDocuments(db: Database): Promise<void> {
  await db.schema
    .createTable('knowledge_documents')
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('knowledge_documents_pk', ['agent', 'id'])
    .execute();
  await sql`create index knowledge_documents_by_version on knowledge_documents (agent, version, id)`.execute(db);
  await sql`create index knowledge_documents_of_item on knowledge_documents (agent, source, key)`.execute(db);
  await db.schema
    .createTable('knowledge_removals')
    .addColumn('agent', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('knowledge_removals_pk', ['agent', 'id'])
    .execute();
}

/** What needs a yes, and who the customer is. */
async function addActions(db: Database): Promise<void> {
  const conversations = () => db.schema.alterTable('conversations');
  await conversations().addColumn('customer', 'text').execute();
  for (const name of ['verified_until', 'pending_actions']) {
    await conversations()
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await sql`drop index conversations_needing_a_turn`.execute(db);
  await sql`create index conversations_needing_work on conversations (updated_at)
    where open_turn is not null or received_seq > taken_seq or pending_actions > 0`.execute(db);
  await db.schema
    .createTable('actions')
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('proposed_seq', 'bigint', (column) => column.notNull())
    .addColumn('turn_id', 'text', (column) => column.notNull())
    .addColumn('customer_id', 'text')
    .addColumn('decider', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('proposed_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('decided_at', 'bigint')
    .addColumn('decided_by', 'text')
    .addColumn('decided_seq', 'bigint')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('result', 'text')
    // The id first: a page of the operators' list is found by it alone.
    .addPrimaryKeyConstraint('actions_pk', ['id', 'conversation_id'])
    .execute();
  await sql`create unique index actions_of on actions (conversation_id, proposed_seq)`.execute(db);
  // Those that nobody decided in time stay as they are, and must not be read again and again.
  await sql`create index actions_for_operators on actions (expires_at)
    where state = 'proposed' and decider = 'operator'`.execute(db);
}

/** The desk that has a conversation: so far there was one. */
async function addRoute(db: Database): Promise<void> {
  await db.schema
    .alterTable('conversations')
    .addColumn('route', 'text', (column) => column.notNull().defaultTo('general'))
    .execute();
}

/** What replies have committed the company to; the log itself is by conversation. */
async function addCommitments(db: Database): Promise<void> {
  await db.schema
    .createTable('commitments')
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('turn_id', 'text', (column) => column.notNull())
    .addColumn('start_at', 'bigint', (column) => column.notNull())
    .addColumn('end_at', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('commitments_pk', ['conversation_id', 'seq'])
    .execute();
  await sql`create index commitments_by_time on commitments (at, conversation_id, seq)`.execute(db);
  await sql`create index commitments_by_kind on commitments (kind, at, conversation_id, seq)`.execute(db);
}
