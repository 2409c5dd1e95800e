import type Anthropic from '@anthropic-ai/sdk';
import type { Citation } from '../protocol/conversation.ts';
import type { EventBody, NoticeCode } from '../protocol/events.ts';
import type { Model, ModelEvent, ModelFailure, ModelRequest } from './model.ts';
import type { Reply } from './reply.ts';
import { Segmenter } from './segment.ts';
import type { Usage } from './step.ts';

/** Milliseconds that text may be held back before it is cut in the middle of a sentence. */
const LONGEST_HOLD_MS = 1_500;

/** What one model call came to. */
export type ModelStep =
  | { ended: 'complete'; output: Anthropic.ContentBlockParam[]; stopReason: string | null; usage: Usage }
  | { ended: 'failed'; failure: ModelFailure }
  | { ended: 'aborted' };

export type ModelStepInput = {
  model: Model;
  request: ModelRequest;
  reply: Reply;
  /** True where this call continues text that was cut off by the token limit. */
  joined: boolean;
  cite(location: Anthropic.TextCitation): Omit<Citation, 'number'> | null;
  notice(code: NoticeCode): EventBody[];
  signal: AbortSignal;
};

/** One model call: yields events as segments are released, returns what the model produced. */
export async function* runModelStep(input: ModelStepInput): AsyncGenerator<EventBody[], ModelStep> {
  const { reply, signal } = input;
  let call = new CallState();
  for await (const event of withHoldLimit(input.model(input.request, signal), () => call.segmenter.holding)) {
    if (signal.aborted) return { ended: 'aborted' };
    if (event === 'held too long') {
      const cut = call.segmenter.cut();
      if (cut) yield reply.release(cut, input.joined);
      continue;
    }
    if (event.type === 'failed') return { ended: 'failed', failure: event };
    if (event.type === 'waiting') yield input.notice('model_slow');
    else if (event.type === 'retrying') {
      const withdrawn = reply.withdrawStep();
      yield [...withdrawn, ...input.notice(withdrawn.length > 0 ? 'reply_restarted' : 'model_retrying')];
      call = new CallState();
    } else {
      const events = takeEvent(call, event, input);
      if (events.length > 0) yield events;
      if (event.type === 'message_stop') return call.result();
    }
  }
  if (signal.aborted) return { ended: 'aborted' };
  return { ended: 'failed', failure: { type: 'failed', code: 'unreachable', detail: 'The stream ended early.' } };
}

/** A content block as it grows. `start` is where its text begins in the text of the call. */
type OutputBlock = {
  block: Anthropic.ContentBlock;
  json: string;
  start: number;
  citations: Omit<Citation, 'number'>[];
};

/** What has come of the call so far: content blocks, and how much text. */
class CallState {
  readonly segmenter = new Segmenter();
  readonly usage: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  stopReason: string | null = null;
  textLength = 0;
  blocks: OutputBlock[] = [];

  result(): ModelStep {
    const output = this.blocks.flatMap(({ block, json }) => toParam(block, json));
    return { ended: 'complete', output, stopReason: this.stopReason, usage: this.usage };
  }
}

function takeEvent(call: CallState, event: Anthropic.RawMessageStreamEvent, input: ModelStepInput): EventBody[] {
  switch (event.type) {
    case 'message_start':
      call.usage.input = event.message.usage.input_tokens;
      call.usage.cacheRead = event.message.usage.cache_read_input_tokens ?? 0;
      call.usage.cacheWrite = event.message.usage.cache_creation_input_tokens ?? 0;
      return [];
    case 'content_block_start':
      call.blocks[event.index] = { block: { ...event.content_block }, json: '', start: call.textLength, citations: [] };
      return event.content_block.type === 'text' && event.content_block.text
        ? takeText(call, event.content_block.text, input)
        : [];
    case 'content_block_delta':
      return takeDelta(call, event, input);
    case 'content_block_stop': {
      // Citations may come before or after their text: a block's range is known at its end.
      const at = call.blocks[event.index];
      return at ? at.citations.flatMap((found) => input.reply.cite(at.start, call.textLength, found)) : [];
    }
    case 'message_delta':
      call.stopReason = event.delta.stop_reason;
      call.usage.output = event.usage.output_tokens;
      return [];
    case 'message_stop': {
      const rest = call.segmenter.flush()?.trimEnd();
      return [...(rest ? input.reply.release(rest, input.joined) : []), ...input.reply.settleCitations()];
    }
  }
}

function takeDelta(call: CallState, event: Anthropic.RawContentBlockDeltaEvent, input: ModelStepInput): EventBody[] {
  const at = call.blocks[event.index];
  if (!at) return [];
  const { block } = at;
  const { delta } = event;
  if (delta.type === 'input_json_delta') at.json += delta.partial_json;
  if (delta.type === 'thinking_delta' && block.type === 'thinking') block.thinking += delta.thinking;
  if (delta.type === 'signature_delta' && block.type === 'thinking') block.signature += delta.signature;
  if (delta.type === 'text_delta' && block.type === 'text') {
    block.text += delta.text;
    return takeText(call, delta.text, input);
  }
  if (delta.type === 'citations_delta') {
    const found = input.cite(delta.citation);
    if (found) at.citations.push(found);
  }
  return [];
}

function takeText(call: CallState, text: string, input: ModelStepInput): EventBody[] {
  call.textLength += text.length;
  return call.segmenter.push(text).flatMap((segment) => input.reply.release(segment, input.joined));
}

/** The block as it is sent back to the API. A tool call whose input was cut off is dropped. */
function toParam(block: Anthropic.ContentBlock, json: string): Anthropic.ContentBlockParam[] {
  if (block.type === 'text') return block.text === '' ? [] : [{ type: 'text', text: block.text }];
  if (block.type === 'thinking' || block.type === 'redacted_thinking') return [block];
  if (block.type !== 'tool_use') return [];
  const input = json === '' ? block.input : parseObject(json);
  return input === null ? [] : [{ type: 'tool_use', id: block.id, name: block.name, input }];
}

function parseObject(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Passes events on, and says so when the next one is late while text is being held back. */
async function* withHoldLimit(
  events: AsyncIterable<ModelEvent>,
  holding: () => boolean,
): AsyncGenerator<ModelEvent | 'held too long'> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (;;) {
      const result = holding() ? await orTimeout(next, LONGEST_HOLD_MS) : await next;
      if (result === 'late') {
        yield 'held too long';
        const late = await next;
        if (late.done) return;
        yield late.value;
      } else {
        if (result.done) return;
        yield result.value;
      }
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

async function orTimeout<T>(promise: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
