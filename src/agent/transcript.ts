import type Anthropic from '@anthropic-ai/sdk';
import type { StepRecord } from './step.ts';

/**
 * A finished step as the model is shown it again: what stood on the customer's side, what was *released* of the
 * model's text (not what it wrote), its tool calls, and their results.
 */
export function stepMessages(step: StepRecord, released: string, keepThinking: boolean): Anthropic.MessageParam[] {
  const assistant: Anthropic.ContentBlockParam[] = [];
  const text = released.trim();
  const thinking = step.output.filter((block) => block.type === 'thinking' || block.type === 'redacted_thinking');
  if (keepThinking) assistant.push(...thinking);
  if (text) assistant.push({ type: 'text', text });
  assistant.push(...step.output.filter((block) => block.type === 'tool_use'));
  return [
    { role: 'user', content: step.input },
    { role: 'assistant', content: assistant },
    { role: 'user', content: step.toolResults },
  ];
}

/** Joins neighbours of the same role and drops empty messages, as the Messages API wants it. */
export function mergeRoles(messages: Anthropic.MessageParam[]): Anthropic.MessageParam[] {
  const merged: { role: 'user' | 'assistant'; content: Anthropic.ContentBlockParam[] }[] = [];
  for (const message of messages) {
    const content = blocksOf(message);
    if (content.length === 0 || message.role === 'system') continue;
    const last = merged.at(-1);
    if (last?.role === message.role) last.content.push(...content);
    else merged.push({ role: message.role, content: [...content] });
  }
  return merged;
}

/** The content of a message as blocks. */
export function blocksOf(message: Anthropic.MessageParam): Anthropic.ContentBlockParam[] {
  if (typeof message.content !== 'string') return message.content;
  return message.content === '' ? [] : [{ type: 'text', text: message.content }];
}
