import { expect, test } from 'vitest';
import { cacheableMinimum } from '../../src/agent/cacheable-minimum.ts';
import { promptWarnings } from '../../src/agent-folder/prompt-warnings.ts';

test.each([
  ['claude-opus-4-6', 4_096],
  ['claude-haiku-4-5-20251001', 4_096],
  ['us.anthropic.claude-opus-4-6-v1', 4_096],
  ['claude-opus-4-7', 2_048],
  ['anthropic/claude-sonnet-4-6', 1_024],
  ['claude-opus-5', 512],
  ['claude-opus-50', 4_096],
  ['claude-unheard-of-9', 4_096],
  ['qwen3-8b', 0],
])('%s caches from %i tokens', (model, minimum) => {
  expect(cacheableMinimum(model)).toBe(minimum);
});

test('a prompt under the minimum is warned about, one at the minimum is not', () => {
  const agent = (estimatedTokens: number) => ({ prompt: { system: [], opening: [], hash: '', estimatedTokens } });
  expect(promptWarnings(agent(4_095), 'claude-opus-4-6')).toEqual([expect.stringMatching(/about 4095 .* under 4096/)]);
  expect(promptWarnings(agent(4_096), 'claude-opus-4-6')).toEqual([]);
  expect(promptWarnings(agent(10), 'qwen3-8b')).toEqual([]);
});
