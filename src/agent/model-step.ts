import type Anthropic from '@anthropic-ai/sdk';
import type { Citation } from '../protocol/conversation.ts';
import type { EventBody, NoticeCode } from '../protocol/events.ts';
import { type Heard, isOf, listen } from './listen.ts';
import type { Model, ModelFailure, ModelRequest } from './model.ts';
import { ReleaseQueue } from './release-queue.ts';
import type { Reply } from './reply.ts';
import { Segmenter } from './segment.ts';
import type { TurnEntry, Usage } from './step.ts';

/** What one model call came to. */
export type ModelStep =
  | { ended: 'complete'; output: Anthropic.ContentBlockParam[]; stopReason: string | null; usage: Usage }
  | { ended: 'failed'; failure: ModelFailure }
  | { ended: 'aborted' }
  /** A guard ended the reply. */
  | { ended: 'guarded' };

export type ModelStepInput = {
  model: Model;
  request: ModelRequest;
  reply: Reply;
  /** True where this call goes on with text that the token limit cut off. */
  joined: boolean;
  /** True where a further call may go on with what the token limit cuts off in this one. */
  mayGoOn: boolean;
  cite(location: Anthropic.TextCitation): Omit<Citation, 'number'> | null;
  notice(code: NoticeCode): EventBody[];
  signal: AbortSignal;
};

/** One model call: yields events as segments are released, returns what the model produced. */
export async function* runModelStep(input: ModelStepInput): AsyncGenerator<TurnEntry, ModelStep> {
  const { reply, signal } = input;
  const hangUp = new AbortController();
  const deltas = input.model(input.request, AbortSignal.any([signal, hangUp.signal]));
  const heard = listen(deltas, () => call.heldSince);
  let call = new Call(input, heard.wake);
  try {
    for await (const event of heard) {
      if (isOf(event, 'failed')) return signal.aborted ? { ended: 'aborted' } : { ended: 'failed', failure: event };
      if (isOf(event, 'retrying')) {
        call.queue.drop();
        call = new Call(input, heard.wake);
      }
      const events = taken(call, event, input);
      const isLast = isOf(event, 'message_stop');
      if (events.length === 0 && !isLast && !reply.ended) continue;
      // Asked only here, since most deltas release nothing.
      if (signal.aborted) return { ended: 'aborted' };
      if (isLast) return yield* released(call, events, input);
      if (events.length > 0) yield { events };
      if (!reply.ended) continue;
      // The model may be silent for long: nobody waits for its next word.
      hangUp.abort();
      return { ended: 'guarded' };
    }
  } finally {
    call.queue.drop();
  }
  if (signal.aborted) return { ended: 'aborted' };
  return { ended: 'failed', failure: { type: 'failed', code: 'unreachable', detail: 'The stream ended early.' } };
}

/** Once the model has said all: releases what still waits, each once it may, and ends the call. `events` are yielded first. */
async function* released(
  call: Call,
  events: EventBody[],
  { reply, signal }: ModelStepInput,
): AsyncGenerator<TurnEntry, ModelStep> {
  let last = events;
  while (!call.queue.isEmpty) {
    if (last.length > 0) yield { events: last };
    last = await call.queue.next();
    if (signal.aborted) return { ended: 'aborted' };
  }
  if (!reply.ended) {
    reply.leaveOut(call.leftOut);
    last = [...last, ...reply.endStep()];
  }
  if (last.length > 0) yield { events: last };
  return reply.ended ? { ended: 'guarded' } : call.result();
}

/** A content block as it grows. `start` is where its text begins in the text of the call. */
type OutputBlock = {
  block: Anthropic.ContentBlock;
  /** Text that is not in `block` yet: added delta by delta, each would stay in memory as an object of its own. */
  deltas: string[];
  json: string;
  start: number;
  citations: Omit<Citation, 'number'>[];
};

/** What has come of the call so far: content blocks, how much text, and what of it waits to be released. */
class Call {
  readonly queue: ReleaseQueue;
  readonly #segmenter = new Segmenter();
  readonly usage: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  stopReason: string | null = null;
  textLength = 0;
  blocks: OutputBlock[] = [];
  /** Since when text waits for the end of its sentence, on the process's clock; null where none waits. */
  heldSince: number | null = null;
  /** What of its text is not released at its end. */
  leftOut = '';

  constructor({ reply, joined, signal }: ModelStepInput, wake: () => void) {
    this.queue = new ReleaseQueue({ reply, joined, signal, wake });
  }

  /** Takes more text; gives back the segments that are complete now. */
  push(text: string): string[] {
    this.textLength += text.length;
    const segments = this.#segmenter.push(text);
    this.#holdOn(segments.length > 0);
    return segments;
  }

  /** Releases as much of the held text as can be cut safely. The clock starts anew. */
  cut(): EventBody[] {
    const segment = this.#segmenter.cut();
    this.#holdOn(true);
    return segment === null ? [] : this.queue.push([segment]);
  }

  /** Releases the text that is left when the call ends. A sentence that the token limit has cut off is left to the next call. */
  rest(mayGoOn: boolean): EventBody[] {
    const rest = this.#segmenter.flush() ?? '';
    const isCutOff = mayGoOn && this.stopReason === 'max_tokens' && this.blocks.at(-1)?.block.type === 'text';
    const text = isCutOff ? '' : rest.trimEnd();
    this.leftOut = rest.slice(text.length);
    const goesOn = this.stopReason === 'pause_turn' || this.blocks.some(({ block }) => block.type === 'tool_use');
    return this.queue.push(text === '' ? [] : [text], goesOn);
  }

  result(): ModelStep {
    const cutOff = this.stopReason === 'max_tokens' ? this.blocks.at(-1) : undefined;
    const output = this.blocks.flatMap((grown) => toParam(grown, grown === cutOff));
    return { ended: 'complete', output, stopReason: this.stopReason, usage: this.usage };
  }

  #holdOn(anew: boolean): void {
    if (!this.#segmenter.holding) this.heldSince = null;
    else if (anew || this.heldSince === null) this.heldSince = performance.now();
  }
}

/** The events of what was released. */
function taken(call: Call, event: Exclude<Heard, ModelFailure>, input: ModelStepInput): EventBody[] {
  if (event === 'held too long') return call.cut();
  if (event === 'woken') return call.queue.advance();
  switch (event.type) {
    case 'waiting':
      return input.notice('model_slow');
    case 'retrying': {
      const withdrawn = input.reply.withdrawStep();
      return [...withdrawn, ...input.notice(withdrawn.length > 0 ? 'reply_restarted' : 'model_retrying')];
    }
    case 'message_start':
      // Some gateways count nothing.
      call.usage.input = event.message.usage?.input_tokens ?? 0;
      call.usage.cacheRead = event.message.usage?.cache_read_input_tokens ?? 0;
      call.usage.cacheWrite = event.message.usage?.cache_creation_input_tokens ?? 0;
      return [];
    case 'content_block_start':
      call.blocks[event.index] = {
        block: { ...event.content_block },
        deltas: [],
        json: '',
        start: call.textLength,
        citations: [],
      };
      return event.content_block.type === 'text' && event.content_block.text
        ? call.queue.push(call.push(event.content_block.text))
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
      call.usage.output = event.usage?.output_tokens ?? 0;
      return [];
    case 'message_stop':
      return call.rest(input.mayGoOn);
  }
}

function takeDelta(call: Call, event: Anthropic.RawContentBlockDeltaEvent, input: ModelStepInput): EventBody[] {
  const at = call.blocks[event.index];
  if (!at) return [];
  const { block } = at;
  const { delta } = event;
  if (delta.type === 'input_json_delta') at.json += delta.partial_json;
  if (delta.type === 'thinking_delta' && block.type === 'thinking') block.thinking += delta.thinking;
  if (delta.type === 'signature_delta' && block.type === 'thinking') block.signature += delta.signature;
  if (delta.type === 'text_delta' && block.type === 'text') {
    at.deltas.push(delta.text);
    const segments = call.push(delta.text);
    if (segments.length === 0) return [];
    block.text += at.deltas.join('');
    at.deltas = [];
    return call.queue.push(segments);
  }
  if (delta.type === 'citations_delta') {
    const found = input.cite(delta.citation);
    if (found) at.citations.push(found);
  }
  return [];
}

/** The block as it is sent back to the API. A tool call that was cut off, or whose input is no object, is dropped. */
function toParam({ block, deltas, json }: OutputBlock, cutOff: boolean): Anthropic.ContentBlockParam[] {
  if (block.type === 'text') {
    const text = block.text + deltas.join('');
    return text === '' ? [] : [{ type: 'text', text }];
  }
  if (block.type === 'thinking' || block.type === 'redacted_thinking') return [block];
  if (block.type !== 'tool_use' || (cutOff && json === '')) return [];
  const input = json === '' ? block.input : parseObject(json);
  return input === null ? [] : [{ type: 'tool_use', id: block.id, name: block.name, input }];
}

function parseObject(json: string): object | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
