import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import MiniSearch from 'minisearch';
import { chunkDocument } from '../../src/knowledge/chunk.ts';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import { createLiveIndex } from '../../src/knowledge/live-index.ts';
import { stem } from '../../src/language/stem.ts';
import { STOP_WORDS } from '../../src/language/stop-words.ts';
import { Corpus, PASSAGES_PER_DOCUMENT } from './corpus.ts';

const SEED = 4;
const BATCH = 1_000;
const LIMIT = 10;
const WARMING = 20;
const QUESTIONS = { frontdesk: 300, minisearch: 60 };
const CHANGES = 20;
const REST_MS = 15_000;

export type Engine = keyof typeof QUESTIONS;
/**
 * Milliseconds and megabytes. `held_mb`: what the heap and buffers hold more than before, after a full garbage
 * collection; `rss_mb`: the same of the process. Ours holds the passages' text, MiniSearch only its index.
 */
export type Figures = {
  engine: Engine;
  passages: number;
  build_ms: number;
  query_p50_ms: number;
  query_p99_ms: number;
  held_mb: number;
  rss_mb: number;
  /** Ours only: the longest that the event loop stood still while it was built, a change of one document, the same. */
  build_stall_ms?: number;
  change_p50_ms?: number;
  change_stall_ms?: number;
};

type Subject = {
  add(documents: readonly SourceDocument[]): Promise<void>;
  settle(): Promise<void>;
  search(query: string): Promise<number>;
  /** Memory that the garbage collector does not count. */
  bytes(): number;
  change?(document: SourceDocument): Promise<void>;
};

/** Builds one engine's index in this process and measures it. The process must have been started with --expose-gc. */
export async function measure(engine: Engine, passages: number): Promise<Figures> {
  const corpus = new Corpus(SEED);
  const sample: SourceDocument[] = [];
  const subject = engine === 'frontdesk' ? frontdesk() : miniSearch();
  const before = memory();
  let spent = 0;
  const stall = monitorEventLoopDelay({ resolution: 1 });
  for (let at = 0; at * PASSAGES_PER_DOCUMENT < passages; at += BATCH) {
    const documents: SourceDocument[] = [];
    for (let n = at; n < at + BATCH && n * PASSAGES_PER_DOCUMENT < passages; n++) documents.push(corpus.document(n));
    sample.push(...documents.slice(0, 5));
    const start = performance.now();
    stall.enable();
    await subject.add(documents);
    stall.disable();
    spent += performance.now() - start;
  }
  const start = performance.now();
  await subject.settle();
  const build_ms = spent + performance.now() - start;
  // V8 gives the memory of a thread that ended back after some ten seconds.
  await sleep(REST_MS);
  const after = memory();

  const questions = corpus.questions(sample, QUESTIONS[engine] + WARMING);
  const times: number[] = [];
  for (const question of questions) {
    const asked = performance.now();
    const found = await subject.search(question);
    times.push(performance.now() - asked);
    if (found === 0) throw new Error(`Nothing was found for: ${question}`);
  }
  times.splice(0, WARMING);
  const { change } = subject;
  return {
    engine,
    passages,
    build_ms: Math.round(build_ms),
    query_p50_ms: percentile(times, 0.5),
    query_p99_ms: percentile(times, 0.99),
    held_mb: Math.round(after.held - before.held + subject.bytes() / 1e6),
    rss_mb: Math.round(after.rss - before.rss),
    ...(change ? { build_stall_ms: Math.round(stall.max / 1e6), ...(await measureChanges(corpus, change)) } : {}),
  };
}

async function measureChanges(corpus: Corpus, change: NonNullable<Subject['change']>) {
  const stall = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  stall.enable();
  for (let n = 0; n < CHANGES; n++) {
    const document = corpus.document(n * 7);
    const start = performance.now();
    await change(document);
    times.push(performance.now() - start);
    await sleep(20);
  }
  stall.disable();
  return { change_p50_ms: percentile(times, 0.5), change_stall_ms: Math.round(stall.max / 1e6) };
}

function frontdesk(): Subject {
  const index = createLiveIndex();
  return {
    add: (documents) => index.apply({ put: documents }),
    async settle() {
      await index.settled();
      await index.close();
    },
    search: async (query) => (await index.search({ query, limit: LIMIT })).passages.length,
    bytes: () => index.bytes,
    change: (document) => index.apply({ put: [document] }),
  };
}

/** With our stop words and stems, cached by word as ours are, and the same weight of headings. */
function miniSearch(): Subject {
  const index = new MiniSearch<{ id: string; heading: string; text: string }>({
    fields: ['heading', 'text'],
    processTerm(term) {
      const word = term.toLowerCase();
      return STOP_WORDS.has(word) ? null : stem(word);
    },
    searchOptions: { boost: { heading: 1.5 } },
  });
  return {
    async add(documents) {
      for (const { id, title, headings, sentences } of documents.flatMap(chunkDocument)) {
        index.add({ id, heading: [title, ...headings].join('\n'), text: sentences.join('') });
      }
    },
    settle: async () => undefined,
    bytes: () => 0,
    search: async (query) => index.search(query).slice(0, LIMIT).length,
  };
}

function memory(): { held: number; rss: number } {
  if (globalThis.gc === undefined) throw new Error('Start node with --expose-gc.');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: (heapUsed + external) / 1e6, rss: rss / 1e6 };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(3));
}
