import type Anthropic from '@anthropic-ai/sdk';
import { Evidence } from '../../src/agent/evidence.ts';
import type { DeskAgent } from '../../src/conversations/desk.ts';
import type { Quantiles } from './latency.ts';

/** Milliseconds of each segment, by its place, in each round. */
export type Times = number[][];

/** What an agent's guards see of a reply to the question, where the model is shown these messages. */
export function shown(
  agent: DeskAgent,
  messages: Anthropic.MessageParam[],
  { question, released }: { question: string; released: () => string },
): Evidence {
  const { prompt, tools, company, contact, knowledgeVersion } = agent;
  const said = { said: [question], question, customer: null, language: 'en' };
  return new Evidence({ prompt, tools, company, contact, knowledgeVersion, ...said }, messages, released);
}

/** Milliseconds that some work takes. */
export function timeOf(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

export function noteTime(times: Times, at: number, ms: number): void {
  const known = times[at];
  if (known) known.push(ms);
  else times[at] = [ms];
}

/** Rounds that are played before those that count, while code is compiled. */
export function coldBefore(warm: number): number {
  return Math.ceil(warm / 2);
}

/** Over all segments, each with the median of its rounds. */
export function quantiles(times: Times): Quantiles {
  const medians = times.map((rounds) => quantile(rounds, 0.5));
  return { p50: quantile(medians, 0.5), p99: quantile(medians, 0.99) };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
