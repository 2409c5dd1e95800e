import { type Bend, least } from './newton.ts';

/** Scores by voice of a text whose class is known. */
export type Judged = { scores: readonly Float64Array[]; own: number };

/** What each voice counts for where nothing is known yet, and how strongly that holds against the examples. */
const USUAL = [4, 0.1];
const HOLD = [0.02, 10];

/**
 * What each voice counts for: the weights that make the classes of texts that the voices have not learned from most probable
 * (stacked generalisation, Wolpert 1992). So the probabilities are calibrated too. The first voice speaks alone where it is right
 * more often so, as it can be when there are many examples.
 */
export function fitStack(judged: readonly Judged[], voices: number): Float64Array {
  const together = fitWeights(judged, voices);
  const alone = Float64Array.from({ length: voices });
  alone.set(fitWeights(judged, 1));
  return rightOnes(judged, alone) > rightOnes(judged, together) ? alone : together;
}

function fitWeights(judged: readonly Judged[], voices: number): Float64Array {
  const usual = Float64Array.from(USUAL.slice(0, voices));
  const heard = judged.map(({ scores, own }) => ({ scores: scores.slice(0, voices), own }));
  const found = least(usual, (weights) => bendAt(heard, weights, usual));
  return found.map((weight, voice) => Math.max(weight, (usual[voice] ?? 0) / 100));
}

function rightOnes(judged: readonly Judged[], weights: Float64Array): number {
  return judged.filter(({ scores, own }) => {
    const probabilities = mix(scores, weights);
    return probabilities.every((one, at) => one < (probabilities[own] ?? 0) || at === own);
  }).length;
}

function bendAt(judged: readonly Judged[], weights: Float64Array, usual: Float64Array): Bend {
  const size = weights.length;
  const bend: Bend = { value: 0, slope: new Float64Array(size), curvature: new Float64Array(size * size) };
  for (let a = 0; a < size; a++) {
    const apart = (weights[a] as number) - (usual[a] as number);
    const hold = HOLD[a] ?? 1;
    bend.value += 0.5 * hold * apart * apart;
    bend.slope[a] = hold * apart;
    bend.curvature[a * size + a] = hold;
  }
  for (const one of judged) addTo(bend, one, weights);
  return bend;
}

function addTo(bend: Bend, { scores, own }: Judged, weights: Float64Array): void {
  const size = weights.length;
  const probabilities = mix(scores, weights);
  bend.value -= Math.log(Math.max(probabilities[own] ?? 0, 1e-300));
  const means = scores.map((voice) => sumOf(probabilities, voice, null));
  for (let a = 0; a < size; a++) {
    const one = scores[a] as Float64Array;
    bend.slope[a] = (bend.slope[a] as number) + (means[a] as number) - (one[own] as number);
    for (let b = 0; b < size; b++) {
      const both = sumOf(probabilities, one, scores[b] as Float64Array) - (means[a] as number) * (means[b] as number);
      bend.curvature[a * size + b] = (bend.curvature[a * size + b] as number) + both;
    }
  }
}

function sumOf(probabilities: Float64Array, one: Float64Array, other: Float64Array | null): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++)
    sum += (probabilities[at] as number) * (one[at] as number) * (other ? (other[at] as number) : 1);
  return sum;
}

/** The probabilities of the classes: the softmax of the weighted scores. */
export function mix(scores: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sums = new Float64Array(scores[0]?.length ?? 0);
  for (const [voice, own] of scores.entries()) {
    for (let at = 0; at < own.length; at++)
      sums[at] = (sums[at] as number) + (weights[voice] ?? 0) * (own[at] as number);
  }
  return softmax(sums, 1);
}

export function softmax(scores: Float64Array, temperature: number): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) highest = Math.max(highest, score);
  const powers = scores.map((score) => Math.exp((score - highest) / temperature));
  const total = powers.reduce((all, one) => all + one, 0);
  return powers.map((one) => one / total);
}
