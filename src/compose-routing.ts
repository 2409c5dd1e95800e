import { access, constants, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GENERAL, type Router } from './agent/route.ts';
import type { Agent } from './agent-folder/agent.ts';
import { BESIDE_PROGRAM } from './config.ts';
import { keepVectors } from './ingest/make-vectors.ts';
import type { VectorStore } from './knowledge/store.ts';
import { withStoredVectors } from './knowledge/stored-vectors.ts';
import { textKey } from './knowledge/vectors.ts';
import type { Embedder } from './language/embedder.ts';
import type { Classifier } from './routing/classifier.ts';
import type { TrainingSet } from './routing/training-set.ts';

/** From so many examples on a start does not wait for the training at all; with fewer no longer than this, ms. */
const LARGE = 2_000;
const PATIENCE_MS = 10_000;
/** Classifiers that stay in a folder, the newest. */
const MOST_KEPT = 8;
const FILE = /^routing-[0-9a-f]{32}\.bin$/;

/** `what` is done with examples. */
export type LearningStep = { what: string; done: number; of: number };

export type RoutingParts = {
  agent: Pick<Agent, 'routes' | 'training'>;
  /** Where the trained classifier is kept. Null, or one that cannot be written to, costs a training at each start. */
  keptIn: string | null;
  /** On this machine; null for words alone. */
  embedder: Embedder | null;
  /** Where the examples' vectors are kept; null for nowhere. */
  vectors: VectorStore | null;
  signal: AbortSignal;
  /** Milliseconds that a turn waits for it; missing for as long as a customer should. */
  patienceMs?: number | undefined;
  onProgress?(step: LearningStep): void;
  onTrouble(error: unknown): void;
};

/** `ready` resolves once nothing is left to learn; it never rejects. */
export type Routing = { router: Router; ready: Promise<void> };

/**
 * The router of an agent, or null where it has no routes. Where none is kept it is trained: first on words alone, which a
 * start waits for, then with the encoder in the background. Until then it is as good as it can be, or unsure of everything.
 */
export async function openRouting(parts: RoutingParts): Promise<Routing | null> {
  if (parts.agent.routes.length === 0) return null;
  const [{ openRouter, untrainedRouter }, { classifierFromBytes }, { versionOf }] = await Promise.all([
    import('./routing/router.ts'),
    import('./routing/classifier.ts'),
    import('./routing/training-set.ts'),
  ]);
  const { agent, embedder, keptIn, signal, onTrouble } = parts;
  const waiting = parts.patienceMs === undefined ? {} : { patienceMs: parts.patienceMs };
  const set = trainingSetOf(agent);
  const version = versionOf(set, embedder);
  const kept = keptIn && (await readKept(keptIn, version));
  const known = kept && classifierFromBytes(kept);
  if (known) return { router: openRouter({ classifier: known, embedder, set, ...waiting }), ready: Promise.resolve() };

  let router = untrainedRouter(version);
  const taught = Promise.withResolvers<void>();
  async function learn(): Promise<void> {
    for (const embed of embedder ? [null, embedder] : [null]) {
      const classifier = await train(set, embed, parts);
      router = openRouter({ classifier, embedder: embed, set, ...waiting });
      if (embed === embedder && keptIn) await keep(keptIn, classifier).catch(onTrouble);
      taught.resolve();
    }
  }
  const ready = learn().catch((error: unknown) => {
    if (!signal.aborted) onTrouble(error);
  });
  if (set.examples.length < LARGE) {
    await Promise.race([taught.promise, ready, sleep(PATIENCE_MS, undefined, { ref: false })]);
  }
  return {
    ready,
    router: {
      ...waiting,
      get version() {
        return router.version;
      },
      classify: (text) => router.classify(text),
    },
  };
}

/**
 * What the router learns from: labels are `route` or `route/intent`, and what is said of them their names in words. What a route
 * is for counts as its name: where it has five examples, a good sixth one.
 */
export function trainingSetOf({ routes, training }: RoutingParts['agent']): TrainingSet {
  const names: Record<string, string> = {};
  const examples = training.general.map((text) => ({ text, label: GENERAL }));
  for (const { name, title, when, utterances } of routes) {
    for (const { text, intent } of utterances) {
      const label = intent === null ? name : `${name}/${intent}`;
      names[label] = intent === null ? `${title}: ${when}` : intent.replace(/[_-]+/g, ' ');
      examples.push({ text, label });
    }
  }
  return { examples, names, outside: training.offTopic };
}

async function train(set: TrainingSet, embedder: Embedder | null, parts: RoutingParts): Promise<Classifier> {
  const { vectors, signal, onProgress } = parts;
  const { trainClassifier } = await import('./routing/train.ts');
  return trainClassifier(set, {
    embed: embedder && vectors ? keeping(embedder, vectors, signal) : embedder,
    progress: (done, of) => onProgress?.({ what: 'steps of learning the routes', done, of }),
    signal,
  });
}

/** The same encoder, whose vectors stay in the store, so that no other node and no later start asks for them again. */
function keeping(embedder: Embedder, vectors: VectorStore, signal: AbortSignal): Embedder {
  const stored = withStoredVectors(embedder, vectors);
  return {
    ...embedder,
    async embed(texts) {
      await keepVectors({ vectors, embedder }, new Map(texts.map((text) => [textKey(text), text])), signal);
      return stored.embed(texts, 'document');
    },
  };
}

/** What was kept under this version, or null where nothing was. */
function readKept(folder: string, version: string): Promise<Uint8Array | null> {
  return readFile(join(folder, `routing-${version}.bin`)).catch(() => null);
}

/** Whole or not at all. */
async function keep(folder: string, classifier: Classifier): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = `routing-${classifier.version}.bin`;
  const draft = join(folder, `${file}.${process.pid}`);
  try {
    await writeFile(draft, classifier.toBytes());
    await rename(draft, join(folder, file));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await forgetOld(folder);
}

/** Several agents may keep theirs in one folder. */
async function forgetOld(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => FILE.test(name)).map((name) => join(folder, name));
  const dated = await Promise.all(files.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  const old = dated.sort((a, b) => b.at - a.at).slice(MOST_KEPT);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
}

/**
 * Where a classifier is kept: beside the program, as its compiled code is, so that a new data folder does not cost a
 * training; in the data folder where nothing can be written there.
 */
export async function keptFolder(dataFolder: string): Promise<string> {
  return mkdir(BESIDE_PROGRAM, { recursive: true })
    .then(() => access(BESIDE_PROGRAM, constants.W_OK))
    .then(
      () => BESIDE_PROGRAM,
      () => dataFolder,
    );
}
