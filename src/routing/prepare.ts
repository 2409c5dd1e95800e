import type { Embedder } from '../language/embedder.ts';
import { breather } from './breath.ts';
import { Vocabulary } from './features.ts';
import { labelsOf, type TrainingSet } from './training-set.ts';
import type { Known } from './voices.ts';

export type TrainingOptions = {
  /** Null: the classifier does without. Training rejects when the encoder does. */
  embed: Embedder | null;
  /** Steps done and all there are. */
  progress?(done: number, total: number): void;
  /** Once it is aborted, training rejects with its reason. */
  signal?: AbortSignal;
};

/** From so many texts on, what one of them alone says is left out: that halves size and time for a thousandth of accuracy. */
const MANY = 2_000;
/** Texts that the encoder reads between two steps of progress. */
const BATCH = 32;

/** A set as the voices read it. */
export type Prepared = {
  labels: string[];
  vocabulary: Vocabulary;
  /** The examples in their order, then the texts out of scope. */
  examples: Known[];
  /** The names of labels, which are learned from and never judged. */
  names: Known[];
  steps: Steps;
};

/** @param more steps that follow reading the texts */
export async function prepare(set: TrainingSet, options: TrainingOptions, more: number): Promise<Prepared> {
  const labels = labelsOf(set);
  const numbers = new Map(labels.map((label, at) => [label, at]));
  const named = labels.filter((label) => Object.hasOwn(set.names, label) && set.names[label]);
  const own = [
    ...set.examples.map(({ label }) => numbers.get(label) ?? 0),
    ...set.outside.map(() => labels.length),
    ...named.map((label) => numbers.get(label) ?? 0),
  ];
  const texts = [
    ...set.examples.map(({ text }) => text),
    ...set.outside,
    ...named.map((label) => set.names[label] ?? ''),
  ];
  const steps = new Steps(options, (options.embed ? texts.length : 0) + more);
  const vectors = options.embed ? await vectorsOf(texts, options.embed, steps) : null;
  const vocabulary = Vocabulary.of(texts, texts.length < MANY ? 1 : 2);
  const known: Known[] = [];
  for (const [at, text] of texts.entries()) {
    known.push({ counted: vocabulary.count(text), vector: vectors?.[at] ?? null, own: own[at] ?? 0 });
    await steps.breathe();
  }
  const judged = texts.length - named.length;
  return { labels, vocabulary, examples: known.slice(0, judged), names: known.slice(judged), steps };
}

/** Counts what is done, and lets others run. */
class Steps {
  readonly breathe: () => Promise<void>;
  readonly #options: TrainingOptions;
  readonly #total: number;
  #done = 0;

  constructor(options: TrainingOptions, total: number) {
    this.breathe = breather(options.signal);
    this.#options = options;
    this.#total = total;
  }

  add(done: number): void {
    this.#done += done;
    this.#options.progress?.(this.#done, this.#total);
  }
}

async function vectorsOf(texts: readonly string[], embedder: Embedder, steps: Steps): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let at = 0; at < texts.length; at += BATCH) {
    await steps.breathe();
    const batch = await embedder.embed(texts.slice(at, at + BATCH));
    vectors.push(...batch);
    steps.add(batch.length);
  }
  return vectors;
}
