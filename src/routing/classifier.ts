import { pack, unpack } from './bytes.ts';
import { Vocabulary } from './features.ts';
import { judge, listsOf, type Model, modelFrom } from './model.ts';
import { FORMAT } from './training-set.ts';

/** What a classifier says of a text. Probabilities are 0 to 1. */
export type Judgement = {
  /** The likeliest label. */
  label: string;
  /** How probable it is that the label is right, given that the text is of any; calibrated on the examples. */
  confidence: number;
  /** How probable it is that the text is of no label: above 0.5 it is to be taken so. */
  outOfScope: number;
  /** Of the labels in their order, given that the text is of any. They sum to 1. */
  probabilities: Float64Array;
};

/** Says what a text is about. Made by `trainClassifier`. */
export type Classifier = {
  labels: readonly string[];
  /** Changes with what it learned from (`versionOf`). */
  version: string;
  /** The encoder whose vectors it takes; null where it takes none. */
  embedder: string | null;
  /** Takes any text in bounded time; the vector of the text, or null where there is none. */
  classify(text: string, vector: Float32Array | null): Judgement;
  toBytes(): Uint8Array;
};

/** The parts of a classifier: one model that does without the encoder, and one that does not where there was one. */
export type Parts = {
  labels: readonly string[];
  version: string;
  embedder: string | null;
  vocabulary: Vocabulary;
  plain: Model;
  joined: Model | null;
};

export function classifierOf(parts: Parts): Classifier {
  const { labels, version, embedder, vocabulary, plain, joined } = parts;
  const width = joined?.voices.neighbours?.width;
  return {
    labels,
    version,
    embedder,
    classify(text, vector) {
      const fits = vector?.length === width;
      const model = joined && fits ? joined : plain;
      const read = { counted: vocabulary.count(text), vector: model === joined ? vector : null };
      const { probabilities, outOfScope } = judge(model, read, vocabulary);
      const confidence = probabilities.reduce((most, one) => Math.max(most, one), 0);
      return { label: labels[probabilities.indexOf(confidence)] ?? '', confidence, outOfScope, probabilities };
    },
    toBytes: () => bytesOf(parts),
  };
}

function bytesOf({ labels, version, embedder, vocabulary, plain, joined }: Parts): Uint8Array {
  const named = (prefix: string, model: Model) =>
    Object.entries(listsOf(model)).map(([name, list]) => [`${prefix}.${name}`, list] as const);
  const lists = Object.fromEntries([...named('plain', plain), ...(joined ? named('joined', joined) : [])]);
  return pack({ format: FORMAT, labels, version, embedder, terms: vocabulary.terms }, lists);
}

/** A classifier from what its `toBytes` gave; null for anything else, or what an older version wrote. */
export function classifierFromBytes(bytes: Uint8Array): Classifier | null {
  const found = unpack(bytes);
  const head = found?.value as Partial<Head> | undefined;
  if (!found || head?.format !== FORMAT) return null;
  const { labels, version, embedder, terms } = head as Head;
  const named = (prefix: string) => {
    const own = Object.entries(found.lists).filter(([name]) => name.startsWith(`${prefix}.`));
    return Object.fromEntries(own.map(([name, list]) => [name.slice(prefix.length + 1), list]));
  };
  const joined = embedder === null ? null : modelFrom(named('joined'));
  const plain = modelFrom(named('plain'));
  return classifierOf({ labels, version, embedder, vocabulary: new Vocabulary(terms), plain, joined });
}

type Head = { format: number; labels: string[]; version: string; embedder: string | null; terms: string[] };
