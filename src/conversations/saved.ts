import type { Usage } from '../agent/step.ts';
import type { Desk } from './desk.ts';
import { priceTable } from './prices.ts';
import { costOf } from './spending.ts';

/** What was saved in the running 24 hours by answering first questions as before. */
export type Saved = { questions: number; hits: number; seconds: number; dollars: number };

const DAY_MS = 86_400_000;
const MICRO = 1_000_000;
const KEYS = {
  questions: 'first questions looked up',
  hits: 'first questions answered as before',
  ms: 'milliseconds saved by answering as before',
  micro: 'spending saved by answering as before',
};

/** Counts a first question that was looked up, and what it saved where it was known. */
export async function countLookUp(desk: Desk, saved: { ms: number; dollars: number } | null): Promise<void> {
  const amounts = [1, saved ? 1 : 0, Math.round(saved?.ms ?? 0), Math.round((saved?.dollars ?? 0) * MICRO)];
  // All in one, so that their days begin and end together.
  const uses = Object.values(KEYS).map((key, at) => ({ key, amount: amounts[at] ?? 0, most: null, windowMs: DAY_MS }));
  await desk.store.tallies.take(uses, desk.now());
}

/** Null where no question is looked up. */
export async function readSaved({ store, answers, now }: Desk): Promise<Saved | null> {
  if (!answers) return null;
  const tallies = await store.tallies.read(Object.values(KEYS), now());
  const count = (key: string) => tallies.get(key)?.value ?? 0;
  return {
    questions: count(KEYS.questions),
    hits: count(KEYS.hits),
    seconds: count(KEYS.ms) / 1000,
    dollars: count(KEYS.micro) / MICRO,
  };
}

/** What a reply has cost by the price of its models; the offline model costs nothing. */
export function dollarsOf({ offline, limits }: Desk, used: readonly { model: string; usage: Usage }[]): number {
  if (offline) return 0;
  const prices = limits.spending?.prices ?? priceTable({});
  return used.reduce((sum, { model, usage }) => sum + costOf(usage, prices(model)), 0);
}
