import type Anthropic from '@anthropic-ai/sdk';
import type { ModelRequest } from '../../../agent/model.ts';

/** What may be spent on batches. */
export type Purse = {
  /** Dollars for a million tokens, at the full price. */
  price: { input: number; output: number };
  /** Gives what settles it with the dollars that were spent, or null where there is no room. */
  setAside(dollars: number): Promise<((spent: number) => Promise<void>) | null>;
};

const MILLION = 1_000_000;
const BATCH = 0.5;
/** Of the price of input: reading the prompt cache, writing it for five minutes and for an hour. */
const READ = 0.1;
const WRITE = 1.25;
const WRITE_LONG = 2;
/** At least, in any script. */
const BYTES_A_TOKEN = 2;

/** Dollars that a call in a batch costs at most: all of it written to the cache for an hour, all output used. */
export function mostOf({ messages, system, tools, max_tokens }: ModelRequest, price: Purse['price']): number {
  const input = Buffer.byteLength(JSON.stringify([messages, system, tools])) / BYTES_A_TOKEN;
  return (BATCH * (input * WRITE_LONG * price.input + max_tokens * price.output)) / MILLION;
}

/** Dollars that an answer of a batch has cost. */
export function costOf(usage: Anthropic.Usage, price: Purse['price']): number {
  const read = (usage.cache_read_input_tokens ?? 0) * READ;
  const long = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const short = Math.max(0, (usage.cache_creation_input_tokens ?? 0) - long);
  const input = usage.input_tokens + read + long * WRITE_LONG + short * WRITE;
  return (BATCH * (input * price.input + usage.output_tokens * price.output)) / MILLION;
}
