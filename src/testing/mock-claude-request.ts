import type Anthropic from '@anthropic-ai/sdk';
import type { ParsedTurn } from './mock-claude-script.ts';

type Request = Anthropic.MessageCreateParams;

const MOST_BREAKPOINTS = 4;

/** What the API itself would refuse in a request, in a sentence; null for a good one. Not all of its rules. */
export function refusalOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'the body is not a JSON object';
  const { model, max_tokens: maxTokens, messages } = body as Partial<Request>;
  if (typeof model !== 'string' || model === '') return 'model: Field required';
  if (!Number.isInteger(maxTokens) || Number(maxTokens) < 1) return 'max_tokens: a whole number above 0 is required';
  if (!Array.isArray(messages) || messages.length === 0) return 'messages: at least one message is required';
  if (messages.some((message) => !isMessage(message))) return 'messages: each needs a role and a content';
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  const request = body as Request;
  const marks = countMarks([request.tools, request.system, request.messages]);
  if (marks > MOST_BREAKPOINTS)
    return `A maximum of ${MOST_BREAKPOINTS} blocks with cache_control may be provided. Found ${marks}.`;
  return emptyText(request) ?? unansweredTools(request);
}

function isMessage(value: unknown): boolean {
  const { role, content } = (value ?? {}) as { role?: unknown; content?: unknown };
  return typeof role === 'string' && (typeof content === 'string' || Array.isArray(content));
}

function countMarks(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countMarks(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const { cache_control: mark, content } = value as { cache_control?: unknown; content?: unknown };
  return (mark ? 1 : 0) + countMarks(content);
}

function emptyText(request: Request): string | null {
  const at = request.messages.findIndex((message) =>
    blocksOf(message).some((block) => block.type === 'text' && block.text === ''),
  );
  return at < 0 ? null : `messages.${at}: text content blocks must be non-empty`;
}

/** Every tool call is answered in the message after it, and nothing else is. */
function unansweredTools(request: Request): string | null {
  for (const [at, message] of request.messages.entries()) {
    const asked = blocksOf(message).flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
    const answered = toolResultsOf(request.messages[at + 1]).map((block) => block.tool_use_id);
    const open = asked.find((id) => !answered.includes(id));
    if (open) return `messages.${at}: tool_use ${open} has no tool_result in the next message`;
    const stray = answered.find((id) => !asked.includes(id));
    if (stray) return `messages.${at + 1}: tool_result ${stray} has no tool_use in the message before`;
  }
  return null;
}

/** What a turn expected of its request and did not find, in a sentence; null when all is there. */
export function surpriseOf(turn: ParsedTurn, request: Request): string | null {
  const { text, matches, toolResult, tools, model } = turn.expect ?? {};
  const said = lastUserText(request);
  const offered = (request.tools ?? []).map((tool) => ('name' in tool ? tool.name : ''));
  const missing = tools?.filter((name) => !offered.includes(name)) ?? [];
  const result = JSON.stringify(toolResultsOf(request.messages.at(-1)).map((block) => block.content));
  if (text !== undefined && !said.toLowerCase().includes(text.toLowerCase())) {
    return `expected the last user text to contain ${JSON.stringify(text)}, it is ${JSON.stringify(said)}`;
  }
  if (matches !== undefined && !new RegExp(matches, 'iu').test(said)) {
    return `expected the last user text to match /${matches}/, it is ${JSON.stringify(said)}`;
  }
  if (toolResult !== undefined && !result.includes(JSON.stringify(toolResult).slice(1, -1))) {
    return `expected a tool result to contain ${JSON.stringify(toolResult)}, they are ${result}`;
  }
  if (missing.length > 0)
    return `expected the tools ${missing.join(', ')}, the request has: ${offered.join(', ') || 'none'}`;
  if (model !== undefined && model !== request.model) return `expected the model ${model}, it is ${request.model}`;
  return null;
}

/** The text blocks of the newest user message that has any. */
export function lastUserText(request: Request): string {
  const texts = request.messages.filter((message) => message.role === 'user').map(textOf);
  return texts.findLast((text) => text !== '') ?? '';
}

function textOf(message: Anthropic.MessageParam): string {
  return blocksOf(message)
    .flatMap((block) => (block.type === 'text' ? [block.text] : []))
    .join('\n');
}

function blocksOf(message: Anthropic.MessageParam | undefined): Anthropic.ContentBlockParam[] {
  if (!message) return [];
  if (typeof message.content === 'string') return [{ type: 'text', text: message.content }];
  return message.content as Anthropic.ContentBlockParam[];
}

function toolResultsOf(message: Anthropic.MessageParam | undefined): Anthropic.ToolResultBlockParam[] {
  return blocksOf(message).filter((block) => block.type === 'tool_result');
}
