import { type Classifier, classifierOf } from './classifier.ts';
import { foldsOf } from './folds.ts';
import type { Model } from './model.ts';
import { type Prepared, prepare, type TrainingOptions } from './prepare.ts';
import { fitRejector, signalsOf } from './rejector.ts';
import { fitStack, type Judged } from './stack.ts';
import { type TrainingSet, versionOf } from './training-set.ts';
import { hear, learnVoices, type Read } from './voices.ts';

export type { Classifier } from './classifier.ts';
export type { TrainingOptions } from './prepare.ts';
export type { Example, TrainingSet } from './training-set.ts';

const PARTS = 5;
/** Of so few examples every one is judged; of more, three parts of five. */
const FEW = 150;
/** So many examples, judged by what was learned from the others, are enough to fit a few numbers on. */
const ENOUGH = 1_000;

/**
 * Trains a classifier: the same set and encoder give the same bytes. It lets the event loop run meanwhile. A set without
 * examples gives a classifier without labels.
 */
export async function trainClassifier(set: TrainingSet, options: TrainingOptions): Promise<Classifier> {
  const size = set.examples.length + set.outside.length;
  const used = Math.min(size < FEW ? PARTS : 3, Math.ceil((ENOUGH * PARTS) / Math.max(size, 1)));
  const prepared = await prepare(set, options, (used + 1) * (options.embed ? 2 : 1));
  const { labels, vocabulary } = prepared;
  const plain = await trainModel(withoutVectors(prepared), used);
  const joined = options.embed ? await trainModel(prepared, used) : null;
  const version = versionOf(set, options.embed);
  return classifierOf({ labels, version, embedder: options.embed?.id ?? null, vocabulary, plain, joined });
}

function withoutVectors(prepared: Prepared): Prepared {
  const examples = prepared.examples.map((one) => ({ ...one, vector: null }));
  return { ...prepared, examples, names: prepared.names.map((one) => ({ ...one, vector: null })) };
}

async function trainModel({ examples, names, vocabulary, labels, steps }: Prepared, used: number): Promise<Model> {
  const { terms } = vocabulary;
  const judged: Judged[] = [];
  const inside: Float64Array[] = [];
  const outside: Float64Array[] = [];
  const standIns = examples.every(({ own }) => own < labels.length);
  for (const fold of foldsOf(examples, names, labels.length, { parts: PARTS, used, standIns })) {
    const voices = await learnVoices(fold.learned, fold.classes.length, terms, steps.breathe);
    const listen = (read: Read) => hear(voices, read, vocabulary);
    for (const one of fold.inside) {
      const heard = listen(one);
      judged.push({ scores: heard.scores, own: one.own });
      inside.push(signalsOf(heard));
      await steps.breathe();
    }
    for (const one of fold.outside) {
      outside.push(signalsOf(listen(one)));
      await steps.breathe();
    }
    steps.add(1);
  }
  const voices = await learnVoices([...examples, ...names], labels.length, terms, steps.breathe);
  steps.add(1);
  const weights = fitStack(judged, voices.discriminant ? 2 : 1);
  return { voices, weights, rejector: fitRejector(inside, outside) };
}
