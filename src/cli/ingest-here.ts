import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderInUseError } from '../adapters/sql/folder-lock.ts';
import { openStore } from '../adapters/sql/open-store.ts';
import type { SqlStore } from '../adapters/sql/store.ts';
import { loadKnowledge } from '../agent-folder/load-agent.ts';
import { sourceSettings } from '../agent-knowledge.ts';
import { openEmbedder } from '../compose-knowledge.ts';
import { type Config, version } from '../config.ts';
import { makeVectors } from '../ingest/make-vectors.ts';
import { type FileReader, openFileReader } from '../ingest/read-files.ts';
import type { Source } from '../ingest/source.ts';
import { addedSource, addedSources, forgetOthers, ownFiles, ownSites, type SourceSettings } from '../ingest/sources.ts';
import { type SyncReport, syncDescribed, together } from '../ingest/sync-runs.ts';
import { inUse } from './in-use.ts';
import type { IngestOptions } from './ingest.ts';
import type { IngestReport, Telling } from './ingest-report.ts';

const WATCH_MS = 1_000;

type Run = {
  config: Config;
  agent: Awaited<ReturnType<typeof loadKnowledge>>;
  store: SqlStore;
  reader: FileReader;
  settings: SourceSettings;
  signal: AbortSignal;
  telling: Telling;
};

/** Reads into the database of this configuration. Throws where nothing can be done. */
export async function ingestHere(config: Config, options: IngestOptions, telling: Telling): Promise<IngestReport> {
  const agent = await loadKnowledge(options.agentFolder);
  const store = await openStore(config, () => {}).catch((error: unknown) => {
    throw error instanceof FolderInUseError ? inUse(error) : error;
  });
  const reader = openFileReader({ workers: availableParallelism(), trusted: true });
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Error('Stopped. What was read until now is kept.'));
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const network = { loopback: config.fetchLoopback };
    const settings = sourceSettings(reader, { network, version: version() });
    const run: Run = { config, agent, store, reader, settings, signal: stopping.signal, telling };
    if (options.remove) return await remove(run, options.places);
    const sources = await sourcesOf(run, options.places);
    const report = await ingest(run, sources, { retry: true });
    telling.report(report);
    return options.watch ? await watch(run, sources, report) : report;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await reader.close();
    await store.close();
  }
}

async function sourcesOf({ agent, store, settings }: Run, places: string[]): Promise<Source[]> {
  const { knowledge } = agent;
  if (places.length === 0) {
    const sites = ownSites(knowledge, settings);
    await forgetOthers(store.knowledge, agent.id, sites);
    return [ownFiles(knowledge, settings), ...sites, ...(await addedSources(store.knowledge, agent.id, settings))];
  }
  const sources = places.map((place): Source => {
    const site = ownSites(knowledge, settings).find(({ name }) => name === place);
    if (site) return site;
    if (isAddress(place)) return addedSource(place, settings);
    const path = resolve(place);
    if (path === knowledge.folder || path.startsWith(knowledge.folder + sep)) return ownFiles(knowledge, settings);
    if (!existsSync(path)) throw new Error(`There is no ${path}.`);
    return addedSource(path, settings);
  });
  return [...new Map(sources.map((source) => [source.id, source])).values()];
}

function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

async function remove({ agent, store, settings, telling }: Run, places: string[]): Promise<IngestReport> {
  if (places.length === 0) throw new Error('Name what shall be forgotten: a path or an address that was added.');
  const begun = performance.now();
  const known = await store.knowledge.totals(agent.id);
  let removed = 0;
  for (const place of places) {
    const { id } = addedSource(isAddress(place) ? place : resolve(place), settings);
    const total = known.find(({ source }) => source === id);
    if (!total) throw new Error(`${place} was not added to ${agent.id}.`);
    removed += total.items;
    await store.knowledge.removeSource(agent.id, id);
  }
  const counts = { found: removed, changed: 0, unchanged: 0, removed, failed: 0 };
  const ms = Math.round(performance.now() - begun);
  const report = { agent: agent.id, ...counts, failures: [], problems: [], vectors: 0, ms };
  telling.report(report);
  return report;
}

type How = { retry: boolean };

async function ingest(run: Run, sources: Source[], { retry }: How): Promise<IngestReport> {
  const { agent, store, reader, signal, telling } = run;
  const begun = performance.now();
  const reports: SyncReport['sources'] = [];
  for (const source of sources) {
    const parts = { store: store.knowledge, agent: agent.id, read: reader.read, readers: availableParallelism() };
    const what = source.kind === 'web' ? `pages of ${source.name}` : 'files';
    reports.push(
      await syncDescribed(parts, source, {
        signal,
        retry,
        onProgress(_, { changed, unchanged, removed, failed, expected }) {
          telling.show({ what, done: changed + unchanged + removed + failed, of: expected });
        },
      }),
    );
  }
  const problems = reports.flatMap(({ name, problem }) => (problem ? [`${name} could not be read: ${problem}`] : []));
  const vectors = await readByEncoder(run).catch(noteProblem(problems, signal));
  const { sources: _, ...counts } = together(reports);
  const failures = reports.flatMap((report) =>
    report.failures.map(({ source, key, problem, serving }) => ({ source, key, ...problem, serving })),
  );
  return { agent: agent.id, ...counts, failures, problems, vectors, ms: Math.round(performance.now() - begun) };
}

/** Starts the encoder only where there is something for it to read. */
async function readByEncoder({ config, agent, store, signal, telling }: Run): Promise<number> {
  const embedder = openEmbedder(config, {});
  if (!embedder) return 0;
  try {
    const parts = { store: store.knowledge, agent: agent.id, embedder };
    return await makeVectors(parts, {
      signal,
      onProgress: (progress) => telling.show({ what: 'documents for the encoder', ...progress }),
    });
  } finally {
    await embedder.close();
  }
}

function noteProblem(problems: string[], signal: AbortSignal) {
  return (error: unknown): number => {
    if (signal.aborted) throw error;
    problems.push(`The encoder does not read: ${error instanceof Error ? error.message : String(error)}`);
    return 0;
  };
}

/** Until it is stopped. Tells of each run that changed something, or in which something else fails than before. */
async function watch(run: Run, sources: Source[], report: IngestReport): Promise<IngestReport> {
  const files = sources.filter(({ kind }) => kind !== 'web');
  let last = report;
  while (!run.signal.aborted) {
    await sleep(WATCH_MS, undefined, { signal: run.signal }).catch(() => {});
    if (run.signal.aborted) break;
    const next = await ingest(run, files, { retry: false }).catch((error: unknown) => {
      if (run.signal.aborted) return last;
      throw error;
    });
    const isNews = next.changed + next.removed > 0 || JSON.stringify(next.failures) !== JSON.stringify(last.failures);
    if (isNews) run.telling.report(next);
    last = next;
  }
  return last;
}
