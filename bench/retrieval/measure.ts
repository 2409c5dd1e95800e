import type { KnowledgeIndex } from '../../src/knowledge/documents.ts';
import type { Question } from './data.ts';

/** Documents that are returned: the recipe's k. */
const K = 3;
/** Passages that are asked for, so that twenty documents are among them. */
const PASSAGES = 200;

/**
 * Precision and recall at 3 are means over the questions, F1 is that of the two means, `mrr` counts the first right
 * document among the 3, `mrr20` among 20. A document ranks where its best passage does. Times in milliseconds.
 */
export type Figures = {
  precision: number;
  recall: number;
  f1: number;
  mrr: number;
  recall5: number;
  recall10: number;
  recall20: number;
  mrr20: number;
  query_ms: { p50: number; p99: number };
};

/** What one question came to, for whoever compares two runs question by question. */
export type Outcome = { question: string; relevant: string[]; found: string[] };

/** Asks every question once. `onAsked` hears of each. */
export async function measure(
  index: KnowledgeIndex,
  questions: readonly Question[],
  onAsked: () => void = () => {},
): Promise<{ figures: Figures; outcomes: Outcome[] }> {
  // The first search of a process compiles code and starts the encoder.
  await index.search({ query: 'Where do I begin?', limit: PASSAGES });
  const outcomes: Outcome[] = [];
  const times: number[] = [];
  for (const { question, relevant } of questions) {
    const start = performance.now();
    const { passages } = await index.search({ query: question, limit: PASSAGES });
    times.push(performance.now() - start);
    const found = [...new Set(passages.map(({ passage }) => passage.documentId))];
    outcomes.push({ question, relevant, found });
    onAsked();
  }
  return { figures: { ...scoresOf(outcomes), query_ms: quantilesOf(times) }, outcomes };
}

/** The figures of some rankings. */
export function scoresOf(outcomes: readonly Outcome[]): Omit<Figures, 'query_ms'> {
  const precision = mean(outcomes.map((one) => hits(one, K) / Math.max(1, Math.min(K, one.found.length))));
  const recall = mean(outcomes.map((one) => recallAt(one, K)));
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return {
    precision,
    recall,
    f1,
    mrr: mean(outcomes.map((one) => reciprocalRank(one, K))),
    recall5: mean(outcomes.map((one) => recallAt(one, 5))),
    recall10: mean(outcomes.map((one) => recallAt(one, 10))),
    recall20: mean(outcomes.map((one) => recallAt(one, 20))),
    mrr20: mean(outcomes.map((one) => reciprocalRank(one, 20))),
  };
}

function hits({ relevant, found }: Outcome, k: number): number {
  return found.slice(0, k).filter((id) => relevant.includes(id)).length;
}

function recallAt(outcome: Outcome, k: number): number {
  return outcome.relevant.length === 0 ? 0 : hits(outcome, k) / outcome.relevant.length;
}

function reciprocalRank({ relevant, found }: Outcome, k: number): number {
  const at = found.slice(0, k).findIndex((id) => relevant.includes(id));
  return at < 0 ? 0 : 1 / (at + 1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function quantilesOf(times: readonly number[]): { p50: number; p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: quantile(0.5), p99: quantile(0.99) };
}
