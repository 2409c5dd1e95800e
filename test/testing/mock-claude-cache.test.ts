import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { PromptCache } from '../../src/testing/mock-claude-cache.ts';

const MINUTE = 60_000;
const long = (name: string, tokens = 5_000) => `${name} `.padEnd(tokens * 4, 'x');
const mark = { type: 'ephemeral' } as const;

type Options = { model?: string; system?: string; ttl?: '5m' | '1h'; tools?: Anthropic.Tool[] };

/** A system prompt with a breakpoint, and messages of which the last one carries another. */
function request(messages: string[], { model = 'claude-opus-4-6', system = long('system'), ttl, tools }: Options = {}) {
  const control = ttl ? { ...mark, ttl } : mark;
  return {
    model,
    max_tokens: 10,
    ...(tools ? { tools } : {}),
    system: [{ type: 'text', text: system, cache_control: control }],
    messages: messages.map((text, at) => ({
      role: at % 2 === 0 ? 'user' : 'assistant',
      content: [{ type: 'text', text, ...(at === messages.length - 1 ? { cache_control: mark } : {}) }],
    })),
  } as Anthropic.MessageCreateParams;
}

describe('the prompt cache of mock Claude', () => {
  test('writes once and reads what was written, moving on with the conversation', () => {
    const cache = new PromptCache();
    const first = cache.take(request(['hello']), 0);
    expect(first).toMatchObject({ read: 0, uncached: 0 });
    expect(first.written).toBeGreaterThan(5_000);
    const second = cache.take(request(['hello', 'hi', 'more']), MINUTE);
    expect(second.read).toBe(first.written);
    expect(second.written).toBeLessThan(100);
    expect(cache.report().share).toBeCloseTo(0.5, 1);
  });

  test.each([
    ['another system prompt', { system: long('other') }],
    ['another model', { model: 'claude-opus-4-5' }],
    ['another tool', { tools: [{ name: 't', input_schema: { type: 'object' } } as Anthropic.Tool] }],
  ])('%s reads nothing', (_, options: Options) => {
    const cache = new PromptCache();
    cache.take(request(['hello']), 0);
    expect(cache.take(request(['hello'], options), 1).read).toBe(0);
  });

  test('a change in the middle keeps what stands before it', () => {
    const cache = new PromptCache();
    cache.take(request(['one', 'two', 'three']), 0);
    const changed = cache.take(request(['one', 'TWO', 'three']), 1);
    expect(changed.read).toBeGreaterThan(5_000);
    expect(changed.read).toBeLessThan(5_100);
    expect(changed.written).toBeGreaterThan(0);
  });

  test('under the minimum of the model nothing is kept', () => {
    const cache = new PromptCache();
    const short = request(['hello'], { system: long('system', 3_000) });
    cache.take(short, 0);
    expect(cache.take(short, 1)).toMatchObject({ read: 0, written: 0 });
    const sonnet = request(['hello'], { system: long('system', 3_000), model: 'claude-sonnet-4-6' });
    cache.take(sonnet, 0);
    expect(cache.take(sonnet, 1).read).toBeGreaterThan(3_000);
  });

  test('forgets after five minutes without a hit, after an hour where that was asked for', () => {
    const cache = new PromptCache();
    for (const minute of [0, 4, 8]) cache.take(request(['hello']), minute * MINUTE);
    expect(cache.take(request(['hello']), 12 * MINUTE).read).toBeGreaterThan(0);
    expect(cache.take(request(['hello']), 18 * MINUTE).read).toBe(0);
    cache.take(request(['hello'], { ttl: '1h' }), 20 * MINUTE);
    expect(cache.take(request(['hello'], { ttl: '1h' }), 70 * MINUTE).read).toBeGreaterThan(0);
  });

  test('looks back twenty blocks and no further', () => {
    const messages = (count: number) => Array.from({ length: count }, (_, n) => `message ${n}`);
    const near = new PromptCache();
    near.take(request(messages(1)), 0);
    expect(near.take(request(messages(19)), 1).written).toBeLessThan(200);
    const far = new PromptCache();
    const first = far.take(request(messages(3)), 0);
    // Only the breakpoint of the system prompt is near enough to what was kept.
    expect(far.take(request(messages(41)), 1).read).toBeLessThan(first.written);
  });
});
