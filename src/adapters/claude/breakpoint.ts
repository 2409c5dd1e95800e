import type Anthropic from '@anthropic-ai/sdk';
import type { ModelRequest } from '../../agent/model.ts';

/** The API refuses a request with more. */
const MOST_BREAKPOINTS = 4;

/**
 * The request with a cache breakpoint on the last block of its last message, so that the next call of the conversation
 * reads everything up to there from the cache. The input is not changed. Where four breakpoints stand already, or
 * nothing in the last message can carry one, or no next call is to come (`tool_choice`), the request comes back as it is.
 */
export function withBreakpoint(request: ModelRequest): ModelRequest {
  if (request.tool_choice) return request;
  const last = request.messages.at(-1);
  if (!last || countBreakpoints([request.tools, request.system, request.messages]) >= MOST_BREAKPOINTS) return request;
  const content = markLast(typeof last.content === 'string' ? [{ type: 'text', text: last.content }] : last.content);
  if (!content) return request;
  return { ...request, messages: [...request.messages.slice(0, -1), { ...last, content } as Anthropic.MessageParam] };
}

function markLast(blocks: readonly Anthropic.ContentBlockParam[]): Anthropic.ContentBlockParam[] | null {
  const at = blocks.findLastIndex(canCarry);
  const block = blocks[at];
  if (!block) return null;
  const marked = { cache_control: { type: 'ephemeral' as const }, ...block };
  return blocks.with(at, marked as Anthropic.ContentBlockParam);
}

/** Thinking and empty text are refused as the place of a breakpoint. */
function canCarry(block: Anthropic.ContentBlockParam): boolean {
  if (block.type === 'thinking' || block.type === 'redacted_thinking') return false;
  return block.type !== 'text' || block.text !== '';
}

/** Tool inputs are the model's own data, where a field of that name means nothing. */
function countBreakpoints(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countBreakpoints(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const { cache_control: mark, content } = value as { cache_control?: unknown; content?: unknown };
  return (mark ? 1 : 0) + countBreakpoints(content);
}
