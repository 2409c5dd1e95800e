import { createHash } from 'node:crypto';
import type Anthropic from '@anthropic-ai/sdk';
import { cacheableMinimum } from '../agent/cacheable-minimum.ts';

/** How far before a breakpoint the API looks for what it has cached, in blocks. */
const LOOK_BACK = 20;
const TTL_MS = { '5m': 5 * 60_000, '1h': 60 * 60_000 };

/** Tokens of one request, estimated at four characters each: read from the cache, written to it, neither. */
export type CacheUse = { read: number; written: number; uncached: number };

/** A block of the prompt: its place in the cache is named by everything up to and with it. */
type Block = { prefix: string; tokens: number; ttl: number | null };

/**
 * The prompt cache as the API describes it: tools, system and messages are one prefix, kept at each block that carries
 * `cache_control` for its time to live (which a hit renews), from the model's minimum on; a request reads the longest
 * prefix that was kept and lies at most 20 blocks before one of its own breakpoints. A change anywhere voids all that
 * comes after it.
 */
export class PromptCache {
  readonly #kept = new Map<string, { until: number; ttl: number }>();
  readonly #total: CacheUse = { read: 0, written: 0, uncached: 0 };

  /** Books a request. `now` is milliseconds. */
  take(request: Anthropic.MessageCreateParams, now: number): CacheUse {
    const blocks = blocksOf(request);
    const minimum = cacheableMinimum(request.model);
    const marked = blocks.flatMap(({ ttl }, at) => (ttl === null ? [] : [at]));
    const hit = this.#longestHit(blocks, marked, now);
    const read = hit === null ? 0 : (blocks[hit]?.tokens ?? 0);
    let end = read;
    for (const at of marked) {
      const block = blocks[at];
      if (!block?.ttl || block.tokens < minimum) continue;
      this.#kept.set(block.prefix, { until: now + block.ttl, ttl: block.ttl });
      end = Math.max(end, block.tokens);
    }
    const all = blocks.at(-1)?.tokens ?? 0;
    const use = { read, written: end - read, uncached: all - end };
    for (const kind of ['read', 'written', 'uncached'] as const) this.#total[kind] += use[kind];
    return use;
  }

  /** All requests so far; `share` is the part of their input that was read from the cache, 0 to 1. */
  report(): CacheUse & { share: number } {
    const { read, written, uncached } = this.#total;
    const all = read + written + uncached;
    return { read, written, uncached, share: all === 0 ? 0 : read / all };
  }

  #longestHit(blocks: readonly Block[], marked: readonly number[], now: number): number | null {
    let best: number | null = null;
    for (const breakpoint of marked) {
      for (let at = breakpoint; at >= 0 && at > breakpoint - LOOK_BACK; at--) {
        const kept = this.#kept.get(blocks[at]?.prefix ?? '');
        if (!kept || kept.until <= now) continue;
        kept.until = now + kept.ttl;
        best = Math.max(best ?? 0, at);
        break;
      }
    }
    return best;
  }
}

function blocksOf({ model, tools = [], system = [], messages }: Anthropic.MessageCreateParams): Block[] {
  const systemBlocks = typeof system === 'string' ? [{ type: 'text', text: system }] : system;
  const parts: [place: string, block: object][] = [
    ...tools.map((tool): [string, object] => ['tool', tool]),
    ...systemBlocks.map((block): [string, object] => ['system', block]),
    ...messages.flatMap(({ role, content }) => {
      const inner = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
      return inner.map((block): [string, object] => [role, block]);
    }),
  ];
  const hash = createHash('sha256').update(model);
  let tokens = 0;
  return parts.map(([place, block]) => {
    const { cache_control: mark, ...said } = block as { cache_control?: { ttl?: '5m' | '1h' } | null };
    const text = JSON.stringify(said);
    hash.update(`\n${place} ${text}`);
    tokens += Math.ceil(text.length / 4);
    return { prefix: hash.copy().digest('base64'), tokens, ttl: mark ? TTL_MS[mark.ttl ?? '5m'] : null };
  });
}
