import { type Bend, least } from './newton.ts';
import { softmax } from './stack.ts';
import type { Heard } from './voices.ts';

/** Tells what is for nobody: a logistic of standardised signals. */
export type Rejector = { centres: Float64Array; spreads: Float64Array; weights: Float64Array; bias: number };

/**
 * The share of the own examples, judged unseen, that may be taken for something out of scope. Examples have near copies of each
 * other, so that new messages are turned away up to twice as often.
 */
const LOST = 0.01;
/** How strongly the usual weights hold against what the examples say. */
const HOLD = 10;
const TEMPERATURE = 0.25;

/** What varies less says nothing. */
const LEAST_SPREAD = 0.01;

const SIGNALS = 8;
/** What the signals count for where nothing is known yet. */
const USUAL = Float64Array.from([-0.8, -0.4, -0.4, -0.8, -0.8, 0.6, 0, 0.8]);

/** What tells whether a message is in scope; each grows or falls with it. */
export function signalsOf({ scores, outside, near, unknown, words }: Heard): Float64Array {
  const margins = scores[0] as Float64Array;
  const order = margins.toSorted();
  const top = order.at(-1) ?? 0;
  const highest = softmax(margins, TEMPERATURE).reduce((most, one) => Math.max(most, one), 0);
  const sum = margins.reduce((all, one) => all + Math.exp((one - top) / TEMPERATURE), 0);
  const energy = top + TEMPERATURE * Math.log(sum);
  return Float64Array.from([
    top,
    top - (order.at(-2) ?? -1),
    highest,
    energy,
    near,
    unknown,
    Math.log(1 + words),
    outside,
  ]);
}

/**
 * @param inside signals of own examples that were not learned from
 * @param outside signals of texts out of scope, or of stand-ins: examples of classes that were left out. May be empty.
 */
export function fitRejector(inside: readonly Float64Array[], outside: readonly Float64Array[]): Rejector {
  const centres = new Float64Array(SIGNALS);
  const spreads = new Float64Array(SIGNALS).fill(1);
  const rows = [...inside, ...outside];
  for (let at = 0; at < SIGNALS && rows.length > 1; at++) {
    const mean = rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length;
    const square = rows.reduce((sum, row) => sum + ((row[at] ?? 0) - mean) ** 2, 0) / rows.length;
    centres[at] = mean;
    spreads[at] = Math.max(Math.sqrt(square), LEAST_SPREAD);
  }
  const place = (row: Float64Array) => row.map((value, at) => (value - (centres[at] ?? 0)) / (spreads[at] ?? 1));
  const [own, others] = [inside.map(place), outside.map(place)];
  const fitted = least(Float64Array.from([...USUAL, 0]), (weights) => bendAt(own, others, weights));
  // A signal that points the other way than it must has learned from chance.
  const weights = fitted.subarray(0, SIGNALS).map((weight, at) => (weight * (USUAL[at] ?? 0) < 0 ? 0 : weight));
  const levels = own.map((row) => weighted(row, weights)).sort((a, b) => a - b);
  const level = levels[Math.min(levels.length - 1, Math.ceil(levels.length * (1 - LOST)))] ?? 0;
  return { centres, spreads, weights, bias: -level };
}

/** How probable it is that a message is for nobody, 0 to 1: above 0.5 as few of the own examples as `LOST` says. */
export function rejection({ centres, spreads, weights, bias }: Rejector, signals: Float64Array): number {
  const placed = signals.map((value, at) => (value - (centres[at] ?? 0)) / (spreads[at] ?? 1));
  return 1 / (1 + Math.exp(-weighted(placed, weights) - bias));
}

function weighted(row: Float64Array, weights: Float64Array): number {
  return weights.reduce((sum, weight, at) => sum + weight * (row[at] ?? 0), 0);
}

/** Both sides count alike, however many they are. */
function bendAt(inside: readonly Float64Array[], outside: readonly Float64Array[], place: Float64Array): Bend {
  const size = place.length;
  const bend: Bend = { value: 0, slope: new Float64Array(size), curvature: new Float64Array(size * size) };
  for (let at = 0; at < size; at++) {
    const apart = (place[at] as number) - (USUAL[at] ?? 0);
    bend.value += 0.5 * HOLD * apart * apart;
    bend.slope[at] = HOLD * apart;
    bend.curvature[at * size + at] = HOLD;
  }
  const both = 2 * Math.min(inside.length, outside.length);
  for (const row of inside) addTo(bend, row, 0, both / (2 * inside.length), place);
  for (const row of outside) addTo(bend, row, 1, both / (2 * outside.length), place);
  return bend;
}

function addTo(bend: Bend, row: Float64Array, wanted: number, weight: number, place: Float64Array): void {
  const size = place.length;
  const value = (at: number) => (at < SIGNALS ? (row[at] as number) : 1);
  let sum = 0;
  for (let at = 0; at < size; at++) sum += (place[at] as number) * value(at);
  const probability = 1 / (1 + Math.exp(-sum));
  bend.value -= weight * Math.log(Math.max(wanted === 1 ? probability : 1 - probability, 1e-300));
  for (let a = 0; a < size; a++) {
    bend.slope[a] = (bend.slope[a] as number) + weight * (probability - wanted) * value(a);
    for (let b = 0; b < size; b++) {
      const curve = weight * probability * (1 - probability) * value(a) * value(b);
      bend.curvature[a * size + b] = (bend.curvature[a * size + b] as number) + curve;
    }
  }
}
