import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from './agent-folder/agent.ts';
import { SOURCES_FILE } from './agent-folder/folder-files.ts';
import { followStore } from './ingest/follow-store.ts';
import { knowledgeUpkeep } from './ingest/operate.ts';
import type { FileReader } from './ingest/read-files.ts';
import type { Source } from './ingest/source.ts';
import { addedSources, forgetOthers, ownFiles, ownSites, type SourceSettings } from './ingest/sources.ts';
import { summaryUpkeep } from './ingest/summary-upkeep.ts';
import type { SourceReport, SyncParts } from './ingest/sync.ts';
import { SyncRuns } from './ingest/sync-runs.ts';
import { vectorUpkeep } from './ingest/vector-upkeep.ts';
import { userAgent } from './ingest/web/web-source.ts';
import { type LiveKnowledge, liveKnowledge } from './knowledge/live-knowledge.ts';
import type { KnowledgeStore } from './knowledge/store.ts';
import { withStoredVectors } from './knowledge/stored-vectors.ts';
import type { Summariser } from './knowledge/summaries.ts';
import type { KnowledgeUpkeep } from './knowledge/upkeep.ts';
import type { Embedder } from './language/embedder.ts';
import type { NetworkPolicy } from './net/addresses.ts';

/** How long a start waits for files that were changed; the rest is read while customers are served. */
const START_PATIENCE_MS = 3_000;
/** How often the folder is looked at while somebody works on it. */
const WATCH_MS = 1_000;
/** How often sites are looked at again, and how often it is looked whether it is time. */
const SITES_MS = 24 * 60 * 60 * 1000;
const SITES_CHECK_MS = 10 * 60 * 1000;
/** Failures that are told in full. */
const SHOWN = 10;

export type KnowledgeParts = {
  store: KnowledgeStore;
  agent: Pick<Agent, 'id' | 'knowledge'>;
  reader: FileReader;
  network: NetworkPolicy;
  version: string;
  /** With null the search knows words only. */
  embedder: Embedder | null;
  /** How long a search waits for the encoder. */
  patienceMs: number;
  /** Who writes what passages are about; null for nobody. */
  summariser: Summariser | null;
  /** True for whoever asks first in so many milliseconds, of all nodes: what is costly is done by one of them. */
  isFirst(what: string, ms: number): Promise<boolean>;
  onTrouble(error: unknown): void;
};

/** An agent's knowledge on one node: an index that follows the store, and what brings the store up to date. */
export type AgentKnowledge = {
  index: LiveKnowledge;
  upkeep: KnowledgeUpkeep;
  /** Sentences on files that could not be read when the node started. */
  warnings: string[];
  /**
   * Reads sites when it is time, makes the vectors that are missing, those of `texts` first, and looks at the folder over and
   * over where it is asked to. `onChange` is called at once, and whenever the index has become another one.
   */
  begin(options: { texts: readonly string[]; watch: boolean; onChange(): void }): void;
  close(): Promise<void>;
};

/** What the sources of an agent are made with. */
export function sourceSettings(
  { extensions }: FileReader,
  { network, version }: { network: NetworkPolicy; version: string },
): SourceSettings {
  const except = [SOURCES_FILE.slice('knowledge/'.length)];
  return { extensions, except, network, userAgent: userAgent(version) };
}

/**
 * Loads what the store has and then what was changed in the folder, the latter for a few seconds at most. Rejects where
 * the store does not answer.
 */
export async function openKnowledge(parts: KnowledgeParts): Promise<AgentKnowledge> {
  const { store, agent, patienceMs, reader } = parts;
  const closing = new AbortController();
  const { signal } = closing;
  const onTrouble = (error: unknown) => {
    if (!signal.aborted) parts.onTrouble(error);
  };
  const settings = sourceSettings(reader, parts);
  const files = ownFiles(agent.knowledge, settings);
  const sites = ownSites(agent.knowledge, settings);
  const embedder = parts.embedder && withStoredVectors(parts.embedder, store.vectors);
  const index = liveKnowledge({ embedder, patienceMs });
  const sync: SyncParts = { store, agent: agent.id, read: reader.read };
  const vectors = vectorUpkeep({ store, agent: agent.id, embedder: parts.embedder, onTrouble }, signal);
  const summaries = summaryUpkeep({ store, agent: agent.id, summariser: parts.summariser, onTrouble }, signal);
  let onNews = () => {};
  const onChange = () => {
    vectors.wake();
    summaries.wake();
    onNews();
  };
  const following = await followStore({ store, agent: agent.id, index, onTrouble, onChange });
  const runs = new SyncRuns(sync, signal);

  async function close(): Promise<void> {
    closing.abort();
    await runs.ended();
    await Promise.all([vectors.ended(), summaries.ended()]);
    await reader.close();
    await following.close();
    await index.close();
  }

  const first = runs.run([files]);
  const started = await Promise.race([first, sleep(START_PATIENCE_MS, null, { ref: false })]).catch(async (error) => {
    await close();
    throw error;
  });
  if (started) await following.catchUp();
  else first.catch(onTrouble);

  const sources = async () => [files, ...sites, ...(await addedSources(store, agent.id, settings))];
  return {
    index,
    warnings: started?.sources.flatMap(failureLines) ?? [],
    upkeep: knowledgeUpkeep({ sync, index, runs, sources, onTrouble }),
    begin({ texts, watch, onChange }) {
      onNews = onChange;
      onNews();
      vectors.begin(texts);
      summaries.begin();
      keepSites({ parts: { ...parts, onTrouble }, runs, sites }, signal).catch(onTrouble);
      if (watch) void keepWatching({ runs, files, onTrouble }, signal);
    },
    close,
  };
}

type Keeping = { parts: KnowledgeParts; runs: SyncRuns; sites: readonly Source[] };

/** Looks at each site once a day, on one of the nodes. */
async function keepSites({ parts, runs, sites }: Keeping, signal: AbortSignal): Promise<void> {
  const { store, agent, isFirst, onTrouble } = parts;
  await forgetOthers(store, agent.id, sites);
  while (sites.length > 0 && !signal.aborted) {
    for (const site of sites) {
      try {
        if (await isFirst(`knowledge:${agent.id}:${site.id}`, SITES_MS)) await runs.run([site]);
      } catch (error) {
        onTrouble(error);
      }
    }
    await pause(SITES_CHECK_MS, signal);
  }
}

type Watching = Pick<KnowledgeParts, 'onTrouble'> & { runs: SyncRuns; files: Source };

/** Looks at the folder over and over: what tells of changed files is not the same, or not reliable, on every system. */
async function keepWatching({ runs, files, onTrouble }: Watching, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const begun = performance.now();
    await runs.run([files], { retry: false }).catch(onTrouble);
    // A large folder takes its time: looking at it must not be all that is done.
    await pause(Math.max(WATCH_MS, 10 * (performance.now() - begun)), signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => {});
}

/** A sentence on each item that could not be read, a few at most. */
export function failureLines({ failures, problem, name }: SourceReport): string[] {
  const lines = failures.slice(0, SHOWN).map(({ key, problem: { message }, serving }) => {
    return `${key}: ${message}${serving ? ' Its earlier version is still found.' : ''}`;
  });
  if (failures.length > SHOWN) lines.push(`${failures.length - SHOWN} more of ${name} could not be read.`);
  return problem === null ? lines : [...lines, `${name} could not be read: ${problem}`];
}
