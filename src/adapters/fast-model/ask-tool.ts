import type Anthropic from '@anthropic-ai/sdk';
import type { Model, ModelFailure, ModelRequest } from '../../agent/model.ts';

/** A request that is answered by one tool call and nothing else. */
export function toolRequest({ tool, ...rest }: Omit<ModelRequest, 'tools'> & { tool: Anthropic.Tool }): ModelRequest {
  return { ...rest, tools: [tool], tool_choice: { type: 'tool', name: tool.name } };
}

/** A call that failed, with the code of its failure. */
export class ModelCallError extends Error {
  readonly code: ModelFailure['code'];
  constructor({ code, detail }: ModelFailure) {
    super(`${code}: ${detail}`);
    this.name = 'ModelCallError';
    this.code = code;
  }
}

/**
 * What the model put into its tool call. Rejects with a sentence when the call fails, is cut short, or when there is no
 * such tool call. What it says is not checked beyond being JSON.
 */
export async function askTool(model: Model, request: ModelRequest, signal: AbortSignal): Promise<unknown> {
  let json: string | null = null;
  let stopped: string | null = null;
  for await (const event of model(request, signal)) {
    if (event.type === 'failed') throw new ModelCallError(event);
    if (event.type === 'retrying') json = null;
    if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') json = '';
    if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta' && json !== null)
      json += event.delta.partial_json;
    if (event.type === 'message_delta') stopped = event.delta.stop_reason;
  }
  signal.throwIfAborted();
  if (json === null) throw new Error(`the model did not call ${request.tools[0]?.name}`);
  if (stopped === 'max_tokens') throw new Error('the answer was cut short');
  return readJson(json);
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json || '{}');
  } catch {
    throw new Error('the tool call is not JSON');
  }
}

/** Text that cannot pass for one of our own tags. */
export function withoutTags(text: string, tags: readonly string[]): string {
  return text.replace(new RegExp(`<(?=\\s*/?\\s*(?:${tags.join('|')})\\b)`, 'gi'), '(');
}

/** Data between tags that it cannot end: `tags` are all that the request has. */
export function element(tag: string, text: string, tags: readonly string[], number?: number): string {
  const opening = number === undefined ? tag : `${tag} number="${number}"`;
  return `<${opening}>\n${withoutTags(text, tags).toWellFormed()}\n</${tag}>`;
}

/** The schema of an object with all of these fields and no others. */
export function objectOf(properties: Record<string, object>) {
  return { type: 'object' as const, properties, required: Object.keys(properties), additionalProperties: false };
}

/** With one space wherever there is white space: a quotation may break its lines elsewhere. */
export function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
