import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GENERAL, type Router } from './agent/route.ts';
import type { Agent } from './agent-folder/agent.ts';
import { keepVectors } from './ingest/make-vectors.ts';
import type { VectorStore } from './knowledge/store.ts';
import { withStoredVectors } from './knowledge/stored-vectors.ts';
import { textKey } from './knowledge/vectors.ts';
import type { Embedder } from './language/embedder.ts';
import type { Classifier } from './routing/classifier.ts';
import type { TrainingSet } from './routing/training-set.ts';

/** From so many examples on a server does not wait for the training, but is unsure of everything until it is done. */
const LARGE = 2_000;
const FILE = /^routing-[0-9a-f]{32}\.bin$/;

/** `what` is done with examples. */
export type TrainingStep = { what: string; done: number; of: number };

export type RoutingParts = {
  agent: Pick<Agent, 'routes' | 'training'>;
  /** Where the trained classifier is kept. One that cannot be written to costs a training at each start. */
  dataFolder: string;
  /** On this machine; null for words alone. */
  embedder: Embedder | null;
  /** Where the examples' vectors are kept; null for nowhere. */
  vectors: VectorStore | null;
  signal: AbortSignal;
  onProgress?(step: TrainingStep): void;
  onTrouble(error: unknown): void;
};

/**
 * The router of an agent, or null where it has no routes. A small set of examples is trained before this resolves, a large
 * one afterwards. Rejects where a small set cannot be trained.
 */
export async function openRouting(parts: RoutingParts): Promise<Router | null> {
  if (parts.agent.routes.length === 0) return null;
  const [{ openRouter, languagesOf, untrainedRouter }, { classifierFromBytes }, { versionOf }] = await Promise.all([
    import('./routing/router.ts'),
    import('./routing/classifier.ts'),
    import('./routing/training-set.ts'),
  ]);
  const { agent, embedder, dataFolder, signal, onTrouble } = parts;
  const set = trainingSetOf(agent);
  const texts = set.examples.map(({ text }) => text);
  const version = versionOf(set, embedder);
  const routerOf = (classifier: Classifier) => openRouter({ classifier, embedder, languages: languagesOf(texts) });
  const kept = await readKept(dataFolder, version);
  const known = kept && classifierFromBytes(kept);
  if (known) return routerOf(known);
  const trained = train(set, parts).then(routerOf);
  if (texts.length < LARGE) return trained;
  let router = untrainedRouter(version);
  trained.then(
    (ready) => {
      router = ready;
    },
    (error: unknown) => {
      if (!signal.aborted) onTrouble(error);
    },
  );
  return { version, classify: (text) => router.classify(text) };
}

/** What the router learns from: labels are `route` or `route/intent`, and what is said of them their names in words. */
export function trainingSetOf({ routes, training }: RoutingParts['agent']): TrainingSet {
  const names: Record<string, string> = {};
  const examples = training.general.map((text) => ({ text, label: GENERAL }));
  for (const { name, title, utterances } of routes) {
    for (const { text, intent } of utterances) {
      const label = intent === null ? name : `${name}/${intent}`;
      names[label] = intent === null ? title : intent.replace(/[_-]+/g, ' ');
      examples.push({ text, label });
    }
  }
  return { examples, names, outside: training.offTopic };
}

/** Trains a classifier and keeps it for the next start. Where the encoder fails it learns from words alone, for this once. */
async function train(set: TrainingSet, parts: RoutingParts): Promise<Classifier> {
  const { signal, onProgress, onTrouble, dataFolder } = parts;
  const { trainClassifier } = await import('./routing/train.ts');
  const options = {
    signal,
    progress: (done: number, of: number) => onProgress?.({ what: 'steps of training', done, of }),
  };
  const embed = parts.embedder && parts.vectors ? keeping(parts.embedder, parts.vectors, signal) : parts.embedder;
  const classifier = await trainClassifier(set, { ...options, embed }).catch((error: unknown) => {
    signal.throwIfAborted();
    onTrouble(error);
    return trainClassifier(set, { ...options, embed: null });
  });
  if (classifier.embedder === (embed?.id ?? null)) await keep(dataFolder, classifier).catch(onTrouble);
  return classifier;
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

const DIGEST_BYTES = 32;

/** What was kept under this version, or null where nothing was, or it is not what was written. */
async function readKept(folder: string, version: string): Promise<Uint8Array | null> {
  const whole = await readFile(join(folder, `routing-${version}.bin`)).catch(() => null);
  if (!whole) return null;
  const bytes = whole.subarray(DIGEST_BYTES);
  return digestOf(bytes).equals(whole.subarray(0, DIGEST_BYTES)) ? bytes : null;
}

/** Whole or not at all; those of earlier versions go. */
async function keep(folder: string, classifier: Classifier): Promise<void> {
  await mkdir(folder, { recursive: true });
  const bytes = classifier.toBytes();
  const file = `routing-${classifier.version}.bin`;
  const draft = join(folder, `${file}.${process.pid}`);
  await writeFile(draft, Buffer.concat([digestOf(bytes), bytes]));
  await rename(draft, join(folder, file));
  const others = (await readdir(folder)).filter((name) => FILE.test(name) && name !== file);
  await Promise.all(others.map((name) => rm(join(folder, name), { force: true })));
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
