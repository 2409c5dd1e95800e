import type Anthropic from '@anthropic-ai/sdk';
import type { ModelEvent } from '../agent/model.ts';

type StreamEvent = Anthropic.RawMessageStreamEvent;

export const STREAM_HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };

/** One event as the Messages API writes it: an `event:` line with its type, a `data:` line with its JSON, an empty line. */
export function encodeEvent(event: { type: string }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** A body of the API's error answers, and the data of an `error` event. */
export function errorBody(error: { type: string; message: string; details?: unknown }, requestId: string) {
  return { type: 'error', error, request_id: requestId };
}

/** What a `Model` yields, in the words of the wire: our own events become pings, a failure becomes an `error` event. */
export function wireEvent(event: ModelEvent, requestId: string): { type: string } {
  if (event.type === 'waiting' || event.type === 'retrying') return { type: 'ping' };
  if (event.type !== 'failed') return event;
  const type =
    event.code === 'rate_limited' ? 'rate_limit_error' : event.code === 'overloaded' ? 'overloaded_error' : 'api_error';
  return errorBody({ type, message: event.detail }, requestId);
}

/** The whole message of a stream, as the API answers it without streaming. Throws on a stream without `message_start`. */
export function foldMessage(events: Iterable<StreamEvent>): Anthropic.Message {
  let message: Anthropic.Message | null = null;
  const inputs = new Map<number, string>();
  for (const event of events) {
    if (event.type === 'message_start') message = structuredClone(event.message);
    else if (!message) throw new Error('the stream has no message_start');
    else if (event.type === 'content_block_start') message.content.push(structuredClone(event.content_block));
    else if (event.type === 'content_block_delta') addDelta(message, event, inputs);
    else if (event.type === 'content_block_stop') finishInput(message, event.index, inputs);
    else if (event.type === 'message_delta') {
      Object.assign(message, event.delta);
      Object.assign(message.usage, withoutNulls(event.usage));
    }
  }
  if (!message) throw new Error('the stream has no message_start');
  return message;
}

function addDelta(
  message: Anthropic.Message,
  event: Anthropic.RawContentBlockDeltaEvent,
  inputs: Map<number, string>,
): void {
  const block = message.content[event.index];
  const { delta } = event;
  if (delta.type === 'input_json_delta') {
    inputs.set(event.index, (inputs.get(event.index) ?? '') + delta.partial_json);
  } else if (block?.type === 'text' && delta.type === 'text_delta') {
    block.text += delta.text;
  } else if (block?.type === 'text' && delta.type === 'citations_delta') {
    block.citations = [...(block.citations ?? []), delta.citation];
  } else if (block?.type === 'thinking' && delta.type === 'thinking_delta') {
    block.thinking += delta.thinking;
  } else if (block?.type === 'thinking' && delta.type === 'signature_delta') {
    block.signature = delta.signature;
  }
}

function finishInput(message: Anthropic.Message, index: number, inputs: Map<number, string>): void {
  const block = message.content[index];
  if (block?.type === 'tool_use') block.input = JSON.parse(inputs.get(index) || '{}');
}

function withoutNulls(usage: Anthropic.MessageDeltaUsage): Partial<Anthropic.Usage> {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null));
}
