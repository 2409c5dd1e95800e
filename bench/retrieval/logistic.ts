import { relevanceOf, type Signals, type WEIGHTS } from '../../src/knowledge/relevance.ts';

export type Example = { signals: Signals; isAnswered: boolean };
type Weighed = Example & { weight: number };
type Weights = (typeof WEIGHTS)['meaning'];

const NAMES = ['bias', 'likeness', 'words', 'coverage', 'unknown', 'lead'] as const;
const STEPS = 6_000;
const RATE = 2;
/** Keeps weights small where the data do not ask for more. */
const RIDGE = 0.0005;
const LIMITS = [0.05, 0.1, 0.2];

/** The weights that make the examples most probable, by plain descent. */
export function weightsOf(examples: readonly Weighed[]): Weights {
  const rows = examples.map(({ signals }) => NAMES.map((name) => (name === 'bias' ? 1 : (signals[name] ?? 0))));
  const weights = NAMES.map(() => 0);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight, n) => (n === 0 ? 0 : RIDGE * weight));
    for (const [at, row] of rows.entries()) {
      const { weight, isAnswered } = examples[at] as Weighed;
      const sum = row.reduce((all, value, n) => all + value * (weights[n] ?? 0), 0);
      const error = ((1 / (1 + Math.exp(-sum)) - (isAnswered ? 1 : 0)) * weight) / total;
      for (const [n, value] of row.entries()) slope[n] = (slope[n] ?? 0) + error * value;
    }
    for (const [n, one] of slope.entries()) weights[n] = (weights[n] ?? 0) - RATE * one;
  }
  const round = (value: number) => Math.round(value * 100) / 100;
  return Object.fromEntries(NAMES.map((name, n) => [name, round(weights[n] ?? 0)])) as Weights;
}

/**
 * How true the probabilities are: Brier's score (the mean squared error), the expected calibration error in ten bins, the
 * probability that an answered question ranks above another (AUROC), and what a threshold of 0.05, 0.1 and 0.2 lets go: the share
 * of the answered that it loses and of the others that it catches.
 */
export function reliabilityOf(weights: Weights, examples: readonly Weighed[]) {
  const rated = examples.map((one) => ({ ...one, p: relevanceOf(one.signals, weights) }));
  const total = rated.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (value: (one: (typeof rated)[number]) => number) =>
    rated.reduce((sum, one) => sum + one.weight * value(one), 0) / total;
  let ece = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inside = (p: number) => Math.min(9, Math.floor(p * 10)) === bin;
    ece += Math.abs(mean(({ p, isAnswered }) => (inside(p) ? p - (isAnswered ? 1 : 0) : 0)));
  }
  const [answered, others] = [rated.filter((one) => one.isAnswered), rated.filter((one) => !one.isAnswered)];
  let above = 0;
  for (const { p } of answered) for (const other of others) above += p > other.p ? 1 : p === other.p ? 0.5 : 0;
  const below = (list: typeof rated, limit: number) => list.filter(({ p }) => p < limit).length / list.length;
  const round = (value: number) => Math.round(value * 1_000) / 1_000;
  return {
    examples: rated.length,
    answered: answered.length,
    brier: round(mean(({ p, isAnswered }) => (p - (isAnswered ? 1 : 0)) ** 2)),
    ece: round(ece),
    auroc: round(above / (answered.length * others.length)),
    lost: LIMITS.map((limit) => round(below(answered, limit))),
    caught: LIMITS.map((limit) => round(below(others, limit))),
  };
}
