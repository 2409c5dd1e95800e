import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from './agent-folder/agent.ts';
import { SOURCES_FILE } from './agent-folder/folder-files.ts';
import { folderSource } from './ingest/folder-source.ts';
import { type Following, followStore } from './ingest/follow-store.ts';
import { keepVectors, makeVectors } from './ingest/make-vectors.ts';
import type { FileReader } from './ingest/read-files.ts';
import type { Source } from './ingest/source.ts';
import type { SourceReport } from './ingest/sync.ts';
import { type SyncReport, syncAll } from './ingest/upkeep.ts';
import { type LiveKnowledge, liveKnowledge } from './knowledge/live-knowledge.ts';
import type { KnowledgeStore } from './knowledge/store.ts';
import { withStoredVectors } from './knowledge/stored-vectors.ts';
import type { Embedder } from './language/embedder.ts';

/** How long a start waits for files that were changed; the rest is read while customers are served. */
const START_PATIENCE_MS = 3_000;
/** Failures that are told in full. */
const SHOWN = 10;

export type KnowledgeParts = {
  store: KnowledgeStore;
  agent: Pick<Agent, 'id' | 'knowledge'>;
  reader: FileReader;
  /** With null the search knows words only. */
  embedder: Embedder | null;
  /** How long a search waits for the encoder. */
  patienceMs: number;
  onTrouble(error: unknown): void;
};

/** An agent's knowledge on one node: an index that follows the store, and what brings the store up to date. */
export type AgentKnowledge = {
  index: LiveKnowledge;
  /** Reads what was changed in the agent's folder. */
  sync(): Promise<SyncReport>;
  /** Makes the vectors that are missing, those of `texts` first. */
  makeVectors(texts?: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

/** The sources of an agent that are files. */
export function filesOf({ knowledge }: Pick<Agent, 'knowledge'>, extensions: readonly string[]): Source {
  const except = [SOURCES_FILE.slice('knowledge/'.length)];
  return folderSource({ id: 'folder', kind: 'folder', root: knowledge.folder, extensions, except });
}

/**
 * Loads what the store has and then what was changed in the folder, the latter for a few seconds at most. Rejects where
 * the store does not answer.
 */
export async function openKnowledge(parts: KnowledgeParts): Promise<AgentKnowledge & { started: SyncReport | null }> {
  const { store, agent, onTrouble, patienceMs } = parts;
  const closing = new AbortController();
  const { signal } = closing;
  const embedder = parts.embedder && withStoredVectors(parts.embedder, store.vectors);
  const index = liveKnowledge({ embedder, patienceMs });
  const following: Following = await followStore({ store, agent: agent.id, index, onTrouble });
  let syncing: Promise<SyncReport> | null = null;

  /** Whoever asks during a run gets its report. */
  function sync(): Promise<SyncReport> {
    const source = filesOf(agent, parts.reader.extensions);
    syncing ??= syncAll({ store, agent: agent.id, read: parts.reader.read }, [source], { signal, retry: true }).finally(
      () => {
        syncing = null;
      },
    );
    return syncing;
  }

  async function close(): Promise<void> {
    closing.abort();
    await syncing?.catch(() => {});
    await parts.reader.close();
    await following.close();
    await index.close();
  }

  const first = sync();
  const started = await Promise.race([first, sleep(START_PATIENCE_MS, null, { ref: false })]).catch(async (error) => {
    await close();
    throw error;
  });
  if (started) await following.catchUp();
  else first.catch(onTrouble);
  return {
    index,
    started,
    sync,
    async makeVectors(texts = []) {
      if (!parts.embedder) return;
      const raw = parts.embedder;
      await keepVectors({ vectors: store.vectors, embedder: raw }, texts, { signal });
      await makeVectors({ store, agent: agent.id, embedder: raw }, { signal });
    },
    close,
  };
}

/** A sentence on each item that could not be read, a few at most. */
export function failureLines({ failures, problem, name }: SourceReport): string[] {
  const lines = failures.slice(0, SHOWN).map(({ key, problem, serving }) => {
    return `${key}: ${problem.message}${serving ? ' Its earlier version is still found.' : ''}`;
  });
  if (failures.length > SHOWN) lines.push(`${failures.length - SHOWN} more of ${name} could not be read.`);
  return problem === null ? lines : [...lines, `${name} could not be read: ${problem}`];
}
