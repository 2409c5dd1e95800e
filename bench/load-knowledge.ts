/**
 * How a server loads a large knowledge from its store: time, memory while it loads and after, the longest time that the
 * event loop stood still, and how soon a changed document is found.
 *
 *   npm run bench:load-knowledge -- [--passages 100000] [--json]     DATABASE_URL=… for PostgreSQL in place of SQLite
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { openPostgresStore } from '../src/adapters/sql/postgres.ts';
import { openSqliteStore } from '../src/adapters/sql/sqlite.ts';
import { followStore } from '../src/ingest/follow-store.ts';
import { textsOf } from '../src/ingest/texts-of.ts';
import type { SourceDocument } from '../src/knowledge/documents.ts';
import { liveKnowledge } from '../src/knowledge/live-knowledge.ts';
import type { ItemChange, ItemState } from '../src/knowledge/store.ts';

const { values } = parseArgs({
  options: { passages: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
});
const passages = Number(values.passages);
/** Passages of one document, each under a heading of its own, and words of each. */
const PARTS = 10;
const LENGTH = 90;
const WORDS = 5_000;
const AGENT = 'bench';
const MB = 1024 * 1024;

const folder = await mkdtemp(join(tmpdir(), 'frontdesk-bench-load-'));
const url = process.env.DATABASE_URL;
const schema = `bench_load_${process.pid}`;
const store = url ? await openPostgresStore({ url, schema }) : await openSqliteStore({ folder });
const written = await write();
globalThis.gc?.();
const before = process.memoryUsage().rss;
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let most = before;
const watching = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, 20);
const index = liveKnowledge({ embedder: null, patienceMs: 0 });
const begun = performance.now();
const following = await followStore({ store: store.knowledge, agent: AGENT, index, onTrouble: console.error });
const loaded = performance.now() - begun;
const longest = delay.max / 1e6;
await new Promise((resolve) => setTimeout(resolve, 2_000));
globalThis.gc?.();
const after = process.memoryUsage().rss;
const change = await changed();
clearInterval(watching);

const figures = {
  passages: index.size,
  store: url ? 'PostgreSQL' : 'SQLite',
  write_ms: Math.round(written),
  load_ms: Math.round(loaded),
  longest_stand_ms: Math.round(longest),
  rss_before_mb: Math.round(before / MB),
  rss_most_mb: Math.round(most / MB),
  rss_after_mb: Math.round(after / MB),
  change_ms: Math.round(change),
};
console.log(values.json ? JSON.stringify(figures) : figures);
await following.close();
await index.close();
await store.close();
await rm(folder, { recursive: true });

async function write(): Promise<number> {
  const start = performance.now();
  let batch: ItemChange[] = [];
  for (let n = 0; n < passages / PARTS; n++) {
    batch.push(put(article(n, 0), null));
    if (batch.length < 50) continue;
    await store.knowledge.commit(AGENT, batch);
    batch = [];
  }
  await store.knowledge.commit(AGENT, batch);
  return performance.now() - start;
}

/** From the commit of a changed document until it is found. */
async function changed(): Promise<number> {
  const item = await store.knowledge.item(AGENT, { source: 'bench', key: '7' });
  const start = performance.now();
  const document = { ...article(7, 1), text: '# Seven\n\nThis is about zyzzyvas alone.' };
  await store.knowledge.commit(AGENT, [put(document, item?.revision ?? null)]);
  while ((await index.search({ query: 'zyzzyvas', limit: 1 })).passages[0]?.passage.documentId !== '7') {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return performance.now() - start;
}

function put(document: SourceDocument, seen: number | null): ItemChange {
  const { sentence, passage } = textsOf(document);
  const state: ItemState = { hash: 'h', stamp: null, etag: null, lastModified: null, problem: null, checkedAt: 0 };
  const texts = { sentence: [...sentence.keys()], passage: [...passage.keys()] };
  return { source: 'bench', key: document.id, seen, state, documents: [{ document, texts }] };
}

/** Words by the law of Zipf, so that some are in many passages and most in few. */
function article(n: number, edition: number): SourceDocument {
  let random = n * 7919 + edition + 1;
  const word = () => {
    random = (random * 48_271) % 2_147_483_647;
    return `w${Math.floor(WORDS ** (random / 2_147_483_647))}`;
  };
  const parts = Array.from({ length: PARTS }, (_, part) => {
    return `## Part ${part} of ${n}\n\n${Array.from({ length: LENGTH }, word).join(' ')}.`;
  });
  return { id: String(n), title: `Article ${n}`, url: null, text: parts.join('\n\n') };
}
