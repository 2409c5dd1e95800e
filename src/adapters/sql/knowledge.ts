import { sql } from 'kysely';
import type { SourceDocument } from '../../knowledge/documents.ts';
import type {
  KnowledgeChange,
  KnowledgeItem,
  KnowledgeStore,
  SourceTotal,
  VectorStore,
} from '../../knowledge/store.ts';
import { packVector, unpackVector } from '../../knowledge/vectors.ts';
import type { Database, Dialect } from './dialect.ts';
import { commitKnowledge, removeItems, summariseDocuments } from './knowledge-commit.ts';
import type { KnowledgeDocumentRow, KnowledgeItemRow } from './schema.ts';

/** Documents of one piece of the changes: a document may be large. */
const PIECE = 50;
/** Vectors of one statement. */
const ROWS = 64;

/** Calls back everyone who asked to hear of new knowledge. */
export type Bell = { ring(): void; listen(listener: () => void): () => void };

export function createBell(): Bell {
  const listeners = new Set<() => void>();
  return {
    ring() {
      for (const listener of listeners) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

type Parts = { db: Database; dialect: Dialect; bell: Bell };

/** The knowledge over SQL. */
export function createKnowledgeStore({ db, dialect, bell }: Parts): KnowledgeStore {
  const version = (agent: string) => versionOf(db, agent);
  return {
    version,
    async size(agent) {
      const { size } = await db
        .selectFrom('knowledge_texts')
        .select(({ fn }) => fn.countAll<number>().as('size'))
        .where('agent', '=', agent)
        .where('unit', '=', 'passage')
        .executeTakeFirstOrThrow();
      return size;
    },
    changes: (agent, after) => readChanges(db, agent, after),
    async document(agent, id) {
      const row = await db
        .selectFrom('knowledge_documents')
        .select('body')
        .where('agent', '=', agent)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toDocument(row) : null;
    },
    async items(agent, source) {
      const rows = await db
        .selectFrom('knowledge_items')
        .selectAll()
        .where('agent', '=', agent)
        .where('source', '=', source)
        .execute();
      // Not by the database, whose order depends on its locale.
      return rows.map(toItem).sort((a, b) => (a.key < b.key ? -1 : 1));
    },
    async item(agent, { source, key }) {
      const row = await db
        .selectFrom('knowledge_items')
        .selectAll()
        .where((eb) => eb.and({ agent, source, key }))
        .executeTakeFirst();
      return row ? toItem(row) : null;
    },
    async list(agent, { after, limit }) {
      let query = db.selectFrom('knowledge_items').selectAll().where('agent', '=', agent);
      if (after) query = query.where(sql<boolean>`(source, key) > (${after.source}, ${after.key})`);
      const rows = await query.orderBy('source').orderBy('key').limit(limit).execute();
      return rows.map(toItem);
    },
    totals: (agent) => readTotals(db, agent),
    async commit(agent, changes) {
      if (changes.length === 0) return [];
      const outcomes = await db.transaction().execute((trx) => commitKnowledge({ db: trx, dialect, agent }, changes));
      if (outcomes.includes('changed')) bell.ring();
      return outcomes;
    },
    async summarise(agent, documents) {
      const changed = await db
        .transaction()
        .execute((trx) => summariseDocuments({ db: trx, dialect, agent }, documents));
      if (changed > 0) bell.ring();
      return changed;
    },
    sources: (agent) =>
      db
        .selectFrom('knowledge_sources')
        .select(['id', 'kind', 'spec'])
        .where('agent', '=', agent)
        .orderBy('id')
        .execute(),
    async putSource(agent, { id, kind, spec }) {
      await db
        .insertInto('knowledge_sources')
        .values({ agent, id, kind, spec })
        .onConflict((conflict) => conflict.columns(['agent', 'id']).doUpdateSet({ kind, spec }))
        .execute();
    },
    async removeSource(agent, id) {
      await db.transaction().execute((trx) => removeItems({ db: trx, dialect, agent }, id));
      bell.ring();
    },
    onChange: (listener) => bell.listen(listener),
    vectors: createVectorStore(db, dialect),
  };
}

async function versionOf(db: Database, agent: string): Promise<number> {
  const row = await db.selectFrom('knowledge_versions').select('version').where('agent', '=', agent).executeTakeFirst();
  return row?.version ?? 0;
}

async function readTotals(db: Database, agent: string): Promise<SourceTotal[]> {
  const rows = await db
    .selectFrom('knowledge_items')
    .select(({ fn }) => [
      'source',
      fn.countAll<number>().as('items'),
      fn.sum<number>('documents').as('documents'),
      fn.count<number>('problem').as('failed'),
    ])
    .where('agent', '=', agent)
    .groupBy('source')
    .orderBy('source')
    .execute();
  // PostgreSQL sums 64-bit integers to a decimal, which comes as text.
  return rows.map((row) => ({ ...row, documents: Number(row.documents) }));
}

async function* readChanges(db: Database, agent: string, after: number): AsyncGenerator<KnowledgeChange> {
  const newest = await versionOf(db, agent);
  if (newest <= after) return;
  const removals = await db
    .selectFrom('knowledge_removals')
    .select('id')
    .where('agent', '=', agent)
    .where('version', '>', after)
    .where('version', '<=', newest)
    .execute();
  let removed = removals.map(({ id }) => id);
  let at = { version: after + 1, id: '' };
  for (;;) {
    const rows = await db
      .selectFrom('knowledge_documents')
      .select(['id', 'version', 'body'])
      .where('agent', '=', agent)
      .where(sql<boolean>`(version, id) > (${at.version}, ${at.id})`)
      .where('version', '<=', newest)
      .orderBy('version')
      .orderBy('id')
      .limit(PIECE)
      .execute();
    const last = rows.at(-1);
    const isWhole = rows.length < PIECE || last === undefined;
    // Of the last version in this piece there may be more.
    yield { version: isWhole ? newest : last.version - 1, put: rows.map(toDocument), removed };
    if (isWhole) return;
    removed = [];
    at = { version: last.version, id: last.id };
  }
}

function toDocument({ body }: Pick<KnowledgeDocumentRow, 'body'>): SourceDocument {
  return JSON.parse(body);
}

function toItem(row: KnowledgeItemRow): KnowledgeItem {
  return {
    source: row.source,
    key: row.key,
    revision: row.revision,
    documents: row.documents,
    hash: row.hash,
    stamp: row.stamp,
    etag: row.etag,
    lastModified: row.last_modified,
    problem: row.problem === null ? null : JSON.parse(row.problem),
    checkedAt: row.checked_at,
  };
}

function createVectorStore(db: Database, dialect: Dialect): VectorStore {
  return {
    async read(encoder, keys) {
      if (keys.length === 0) return new Map();
      const rows = await db
        .selectFrom('knowledge_vectors')
        .select(['text_key', 'vector'])
        .where('encoder', '=', encoder)
        .where(sql<boolean>`text_key in (${dialect.each(keys)})`)
        .execute();
      const vectors = new Map<string, Float32Array>();
      for (const { text_key, vector } of rows) {
        const unpacked = unpackVector(vector);
        if (unpacked) vectors.set(text_key, unpacked);
      }
      return vectors;
    },

    async write(encoder, vectors) {
      const rows = [...vectors].map(([text_key, vector]) => ({ text_key, encoder, vector: packVector(vector) }));
      // In the order of keys: two nodes that write the same ones wait for each other, never in a ring.
      rows.sort((a, b) => (a.text_key < b.text_key ? -1 : 1));
      await db.transaction().execute(async (trx) => {
        for (let at = 0; at < rows.length; at += ROWS) {
          await trx
            .insertInto('knowledge_vectors')
            .values(rows.slice(at, at + ROWS))
            .onConflict((conflict) =>
              conflict.columns(['text_key', 'encoder']).doUpdateSet({ vector: sql`excluded.vector` }),
            )
            .execute();
        }
      });
    },

    async missing(encoder, { agent, unit, after, limit }) {
      const looked = await db
        .selectFrom('knowledge_documents')
        .select('id')
        .where('agent', '=', agent)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute();
      const ids = looked.map(({ id }) => id);
      const next = ids.length < limit ? null : (ids.at(-1) ?? null);
      if (ids.length === 0) return { documents: [], next };
      const rows = await db
        .selectFrom('knowledge_texts')
        .select('document')
        .distinct()
        .where('agent', '=', agent)
        .where('unit', '=', unit)
        .where(sql<boolean>`document in (${dialect.each(ids)})`)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('knowledge_vectors')
                .select('encoder')
                .whereRef('knowledge_vectors.text_key', '=', 'knowledge_texts.text_key')
                .where('encoder', '=', encoder),
            ),
          ),
        )
        .orderBy('document')
        .execute();
      return { documents: rows.map(({ document }) => document), next };
    },
  };
}
