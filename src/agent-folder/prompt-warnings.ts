import { cacheableMinimum } from '../agent/cacheable-minimum.ts';
import type { Agent } from './agent.ts';

/** Sentences about what an agent's prompt costs on `model`; empty where all is well. */
export function promptWarnings(agent: Pick<Agent, 'prompt'>, model: string): string[] {
  const minimum = cacheableMinimum(model);
  const { estimatedTokens } = agent.prompt;
  if (estimatedTokens >= minimum) return [];
  return [
    `The prompt has about ${estimatedTokens} tokens, and ${model} caches none under ${minimum}: ` +
      'every call pays for all of it. More context or examples, or a model with a lower minimum, would change that.',
  ];
}
