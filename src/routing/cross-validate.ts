import { type Row, raritiesOf, Vocabulary, weigh } from './features.ts';
import { foldsOf } from './folds.ts';
import { prepare, type TrainingOptions } from './prepare.ts';
import { fitStack, type Judged, mix } from './stack.ts';
import type { Example, TrainingSet } from './training-set.ts';
import { hear, learnVoices } from './voices.ts';

/** An example, and what a classifier says of it that has learned from the others only. */
export type Validated = Example & { predicted: string; confidence: number };

const FOLDS = 5;

/** Judges every example by what is learned from four fifths of the others, in the order of the set. */
export async function crossValidate(set: TrainingSet, options: TrainingOptions): Promise<Validated[]> {
  const { examples, names, labels, vocabulary, steps } = await prepare(set, options, FOLDS);
  const judged: (Judged & { at: number; classes: readonly number[] })[] = [];
  const folds = foldsOf(examples, names, labels.length, { parts: FOLDS, used: FOLDS, standIns: false });
  for (const { learned, classes, inside, outside } of folds) {
    const voices = await learnVoices(learned, classes.length, vocabulary.terms, steps.breathe);
    for (const one of [...inside, ...outside]) {
      if (one.at >= set.examples.length) continue;
      const { scores } = hear(voices, one, vocabulary);
      judged.push({ scores, own: one.own, at: one.at, classes });
      await steps.breathe();
    }
    steps.add(1);
  }
  const weights = fitStack(
    judged.filter(({ own, classes }) => own < classes.length),
    judged[0]?.scores.length ?? 1,
  );
  return judged
    .sort((a, b) => a.at - b.at)
    .map(({ scores, at, classes }) => {
      const probabilities = mix(scores, weights);
      const confidence = probabilities.reduce((most, one) => Math.max(most, one), 0);
      const own = classes[probabilities.indexOf(confidence)];
      return { ...(set.examples[at] as Example), predicted: labels[own ?? -1] ?? '', confidence };
    });
}

/** Two utterances of different labels, and how alike they are, 0 to 1. */
export type Pair = { a: Example; b: Example; likeness: number };

const PAIRS = 20;
/** So many examples are compared, or it would take too long: every pair of them is looked at. */
const COMPARED = 4_000;

/**
 * The utterances of different labels that are most alike, by the share of their words and n-grams: whoever writes a route
 * sees what it can be taken for.
 */
export function closestPairs(set: TrainingSet, most: number = PAIRS): Pair[] {
  const examples = set.examples.slice(0, COMPARED);
  const vocabulary = Vocabulary.of(
    examples.map(({ text }) => text),
    1,
  );
  const counted = examples.map(({ text }) => vocabulary.count(text));
  const rarities = raritiesOf(counted, vocabulary.terms);
  const rows = counted.map((one) => weigh(one, rarities));
  let best: Pair[] = [];
  const spread = new Float32Array(vocabulary.terms.length);
  for (const [at, a] of examples.entries()) {
    const { ids, values } = rows[at] as Row;
    for (const [place, id] of ids.entries()) spread[id] = values[place] ?? 0;
    for (let other = 0; other < at; other++) {
      const b = examples[other] as Example;
      if (b.label === a.label) continue;
      const likeness = product(rows[other] as Row, spread);
      if (best.length < most || likeness > (best.at(-1)?.likeness ?? 0)) {
        best = [...best, { a: b, b: a, likeness }].sort((one, two) => two.likeness - one.likeness).slice(0, most);
      }
    }
    for (const id of ids) spread[id] = 0;
  }
  return best;
}

function product({ ids, values }: Row, spread: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < ids.length; at++) sum += (values[at] as number) * (spread[ids[at] as number] as number);
  return Math.min(1, sum);
}
