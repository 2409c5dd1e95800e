import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SourceDocument } from '../../knowledge/documents.ts';
import type { ItemChange, ItemName, ItemState, NewDocument, Outcome, TextUnit } from '../../knowledge/store.ts';
import type { Database, Dialect } from './dialect.ts';

/** How long removed documents are told of, ms. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;
const UNITS: readonly TextUnit[] = ['sentence', 'passage'];

type Commit = { db: Database; dialect: Dialect; agent: string };
/** A commit under way: the version that it makes where it changes any document, and the revision that it makes. */
type Running = Commit & { version: number; revision: number; now: number };

/** Runs in a transaction. */
export async function commitKnowledge(commit: Commit, changes: readonly ItemChange[]): Promise<Outcome[]> {
  const running = await begin(commit);
  const outcomes: Outcome[] = [];
  for (const change of changes) outcomes.push(await applyChange(running, change));
  await finish(running, outcomes.includes('changed'));
  return outcomes;
}

/** Removes a source and everything that it gave. Runs in a transaction. */
export async function removeItems(commit: Commit, source: string): Promise<void> {
  const running = await begin(commit);
  const { db, agent } = running;
  const rows = await db
    .selectFrom('knowledge_documents')
    .select('id')
    .where('agent', '=', agent)
    .where('source', '=', source)
    .execute();
  await removeDocuments(
    running,
    rows.map(({ id }) => id),
  );
  await db.deleteFrom('knowledge_items').where('agent', '=', agent).where('source', '=', source).execute();
  await db.deleteFrom('knowledge_sources').where('agent', '=', agent).where('id', '=', source).execute();
  await finish(running, rows.length > 0);
}

/** Runs in a transaction. */
export async function summariseDocuments(commit: Commit, documents: readonly NewDocument[]): Promise<number> {
  const running = await begin(commit);
  const had = await bodiesOf(
    running,
    documents.map(({ document }) => document.id),
  );
  const fresh = documents.filter(({ document }) => {
    const before = had.get(document.id);
    return before && hashOf(document) === hashOf(before) && bodyOf(document) !== bodyOf(before);
  });
  const texts = await textsOf(
    running,
    fresh.map(({ document }) => document.id),
  );
  for (const { document } of fresh) {
    await running.db
      .updateTable('knowledge_documents')
      .set({ body: bodyOf(document), version: running.version })
      .where('agent', '=', running.agent)
      .where('id', '=', document.id)
      .execute();
  }
  await putTexts(running, fresh);
  await dropVectors(running, texts);
  await finish(running, fresh.length > 0);
  return fresh.length;
}

/** Takes the agent's counters, which keeps other commits of its knowledge waiting until this one is over. */
async function begin(commit: Commit): Promise<Running> {
  const { db, agent, dialect } = commit;
  await db
    .insertInto('knowledge_versions')
    .values({ agent, version: 0, revision: 0 })
    .onConflict((conflict) => conflict.column('agent').doNothing())
    .execute();
  const { version, revision } = await db
    .selectFrom('knowledge_versions')
    .selectAll()
    .where('agent', '=', agent)
    .$if(dialect.locksRows, (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  return { ...commit, version: version + 1, revision: revision + 1, now: Date.now() };
}

async function finish({ db, dialect, agent, ...made }: Running, changed: boolean): Promise<void> {
  await db
    .updateTable('knowledge_versions')
    .set({ revision: made.revision, ...(changed ? { version: made.version } : {}) })
    .where('agent', '=', agent)
    .execute();
  if (!changed) return;
  await db
    .deleteFrom('knowledge_removals')
    .where('agent', '=', agent)
    .where('at', '<', made.now - REMEMBERED_MS)
    .execute();
  await dialect.notifyKnowledge(db);
}

async function applyChange(running: Running, change: ItemChange): Promise<Outcome> {
  const { db, agent } = running;
  const { source, key, seen } = change;
  const ofItem = { agent, source, key };
  const item = await db
    .selectFrom('knowledge_items')
    .select(['revision', 'documents'])
    .where((eb) => eb.and(ofItem))
    .executeTakeFirst();
  if ((item?.revision ?? null) !== seen) return 'refused';
  if ('remove' in change) {
    const had = await documentsOf(running, change);
    await removeDocuments(running, [...had.keys()]);
    await db
      .deleteFrom('knowledge_items')
      .where((eb) => eb.and(ofItem))
      .execute();
    return had.size > 0 ? 'changed' : 'same';
  }
  const outcome = change.documents ? await replaceDocuments(running, change, change.documents) : 'same';
  if (outcome === 'taken') return outcome;
  const documents = change.documents?.length ?? item?.documents ?? 0;
  const row = { revision: running.revision, documents, ...stateColumns(change.state) };
  await db
    .insertInto('knowledge_items')
    .values({ ...ofItem, ...row })
    .onConflict((conflict) => conflict.columns(['agent', 'source', 'key']).doUpdateSet(row))
    .execute();
  return outcome;
}

function stateColumns({ lastModified, checkedAt, problem, ...same }: ItemState) {
  return {
    ...same,
    last_modified: lastModified,
    checked_at: checkedAt,
    problem: problem && JSON.stringify(problem),
  };
}

/** Ids of the item's documents, and the hash of each. */
async function documentsOf({ db, agent }: Running, { source, key }: ItemName): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('knowledge_documents')
    .select(['id', 'hash'])
    .where((eb) => eb.and({ agent, source, key }))
    .execute();
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

async function replaceDocuments(
  running: Running,
  { source, key }: ItemName,
  documents: readonly NewDocument[],
): Promise<Outcome> {
  const { db, agent, version } = running;
  const had = await documentsOf(running, { source, key });
  const rows = documents.map(({ document }) => {
    return { agent, id: document.id, source, key, version, hash: hashOf(document), body: bodyOf(document) };
  });
  const others = rows.map(({ id }) => id).filter((id) => !had.has(id));
  if (new Set(rows.map(({ id }) => id)).size < rows.length || (await isTaken(running, others))) return 'taken';
  const gone = [...had.keys()].filter((id) => !rows.some((row) => row.id === id));
  const fresh = rows.filter(({ id, hash }) => had.get(id) !== hash);
  await removeDocuments(running, gone);
  const replaced = fresh.map(({ id }) => id).filter((id) => had.has(id));
  const before = await textsOf(running, replaced);
  const summaries = await summariesOf(running, replaced);
  for (const { document } of documents) {
    const row = fresh.find(({ id }) => id === document.id);
    if (!row) continue;
    // Those of passages that stay as they are go on; others are known by keys that nothing has any more.
    const kept = summaries.get(row.id);
    const values = kept ? { ...row, body: bodyOf({ ...document, summaries: kept }) } : row;
    await db
      .insertInto('knowledge_documents')
      .values(values)
      .onConflict((conflict) => conflict.columns(['agent', 'id']).doUpdateSet(values))
      .execute();
    await db.deleteFrom('knowledge_removals').where('agent', '=', agent).where('id', '=', row.id).execute();
  }
  await putTexts(
    running,
    documents.filter(({ document }) => fresh.some(({ id }) => id === document.id)),
  );
  await dropVectors(running, before);
  return fresh.length + gone.length > 0 ? 'changed' : 'same';
}

async function putTexts({ db, dialect, agent }: Running, documents: readonly NewDocument[]): Promise<void> {
  for (const { document, texts } of documents) {
    await db.deleteFrom('knowledge_texts').where('agent', '=', agent).where('document', '=', document.id).execute();
    for (const unit of UNITS) {
      await sql`insert into knowledge_texts (agent, document, unit, text_key)
        select ${agent}, ${document.id}, ${unit}, value from (${dialect.each([...new Set(texts[unit])])}) as texts`.execute(
        db,
      );
    }
  }
}

async function bodiesOf({ db, dialect, agent }: Running, ids: string[]): Promise<Map<string, SourceDocument>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('knowledge_documents')
    .select(['id', 'body'])
    .where('agent', '=', agent)
    .where(sql<boolean>`id in (${dialect.each(ids)})`)
    .execute();
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body)]));
}

async function summariesOf(running: Running, ids: string[]) {
  const bodies = await bodiesOf(running, ids);
  return new Map([...bodies].flatMap(([id, { summaries }]) => (summaries ? [[id, summaries] as const] : [])));
}

async function isTaken({ db, dialect, agent }: Running, ids: string[]): Promise<boolean> {
  if (ids.length === 0) return false;
  const row = await db
    .selectFrom('knowledge_documents')
    .select('id')
    .where('agent', '=', agent)
    .where(sql<boolean>`id in (${dialect.each(ids)})`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function removeDocuments(running: Running, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const { db, dialect, agent, version, now } = running;
  const texts = await textsOf(running, ids);
  const among = sql<boolean>`id in (${dialect.each(ids)})`;
  await db.deleteFrom('knowledge_documents').where('agent', '=', agent).where(among).execute();
  await db
    .deleteFrom('knowledge_texts')
    .where('agent', '=', agent)
    .where(sql<boolean>`document in (${dialect.each(ids)})`)
    .execute();
  await sql`insert into knowledge_removals (agent, id, version, at)
    select ${agent}, value, cast(${version} as bigint), cast(${now} as bigint) from (${dialect.each(ids)}) as ids
    where true on conflict (agent, id) do update set version = excluded.version, at = excluded.at`.execute(db);
  await dropVectors(running, texts);
}

async function textsOf({ db, dialect, agent }: Running, documents: string[]): Promise<string[]> {
  if (documents.length === 0) return [];
  const rows = await db
    .selectFrom('knowledge_texts')
    .select('text_key')
    .distinct()
    .where('agent', '=', agent)
    .where(sql<boolean>`document in (${dialect.each(documents)})`)
    .execute();
  return rows.map(({ text_key }) => text_key);
}

/** Drops the vectors of these texts where no document of any agent has the text any more. */
async function dropVectors({ db, dialect }: Running, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  await db
    .deleteFrom('knowledge_vectors')
    .where(sql<boolean>`text_key in (${dialect.each(keys)})`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('knowledge_texts')
            .select('agent')
            .whereRef('knowledge_texts.text_key', '=', 'knowledge_vectors.text_key'),
        ),
      ),
    )
    .execute();
}

/** Of what was read, not of what was written about it since. */
function hashOf(document: SourceDocument): string {
  const { summaries: _, ...read } = document;
  return createHash('sha256').update(bodyOf(read)).digest('base64url');
}

/** The same document gives the same text, in whatever order its fields were written. */
function bodyOf({ id, title, url, text, language = null, labels = {}, summaries }: SourceDocument): string {
  const about = summaries && Object.keys(summaries).length > 0 ? { summaries: sorted(summaries) } : {};
  return JSON.stringify({ id, title, url, text, language, labels: sorted(labels), ...about });
}

function sorted(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}
