import type Anthropic from '@anthropic-ai/sdk';
import type { Citation } from '../protocol/conversation.ts';
import type { EventBody, NoticeCode } from '../protocol/events.ts';
import type { Model, ModelEvent, ModelFailure, ModelRequest } from './model.ts';
import type { Reply } from './reply.ts';
import { Segmenter } from './segment.ts';
import type { TurnEntry, Usage } from './step.ts';

/** Milliseconds that text may be held back before it is cut in the middle of a sentence. */
const LONGEST_HOLD_MS = 1_500;
/** Milliseconds to the next look after that. */
const HOLD_AGAIN_MS = 50;

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
  let call = new CallState();
  for await (const event of withHoldLimit(deltas, () => call.heldSince)) {
    if (event === 'held too long') {
      const cut = signal.aborted ? null : call.cut();
      if (cut) yield { events: await released([cut], input) };
      if (!reply.ended) continue;
      // The model may be silent for long: nobody waits for its next word.
      hangUp.abort();
      return { ended: 'guarded' };
    }
    if (event.type === 'failed') return signal.aborted ? { ended: 'aborted' } : { ended: 'failed', failure: event };
    const taken = takeEvent(call, event, input);
    const events = Array.isArray(taken) ? taken : await taken;
    if (events.length === 0 && event.type !== 'message_stop' && !reply.ended) continue;
    // Asked only here, since most deltas release nothing.
    if (signal.aborted) return { ended: 'aborted' };
    if (events.length > 0) yield { events };
    if (reply.ended) return { ended: 'guarded' };
    if (event.type === 'message_stop') return call.result();
    if (event.type === 'retrying') call = new CallState();
  }
  if (signal.aborted) return { ended: 'aborted' };
  return { ended: 'failed', failure: { type: 'failed', code: 'unreachable', detail: 'The stream ended early.' } };
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

/** What has come of the call so far: content blocks, and how much text. */
class CallState {
  readonly #segmenter = new Segmenter();
  readonly usage: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  stopReason: string | null = null;
  textLength = 0;
  blocks: OutputBlock[] = [];
  /** Since when text waits for the end of its sentence, on the process's clock; null where none waits. */
  heldSince: number | null = null;

  /** Takes more text; gives back the segments that are complete now. */
  push(text: string): string[] {
    this.textLength += text.length;
    const segments = this.#segmenter.push(text);
    this.#holdOn(segments.length > 0);
    return segments;
  }

  /** As much of the held text as can be cut safely, or null. The clock starts anew. */
  cut(): string | null {
    const segment = this.#segmenter.cut();
    this.#holdOn(true);
    return segment;
  }

  /** The text that is left when the call ends. */
  rest(): string {
    return this.#segmenter.flush() ?? '';
  }

  /** Whether it is a sentence that the token limit has cut off: it is left to the next call. */
  isCutOff(mayGoOn: boolean): boolean {
    return mayGoOn && this.stopReason === 'max_tokens' && this.blocks.at(-1)?.block.type === 'text';
  }

  /** Whether the model is called again for more of the same reply. */
  get goesOn(): boolean {
    return this.stopReason === 'pause_turn' || this.blocks.some(({ block }) => block.type === 'tool_use');
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

/** The events of what was released, at once where nothing was: most deltas release nothing, and a promise costs more than they do. */
type Taken = EventBody[] | Promise<EventBody[]>;

function takeEvent(call: CallState, event: Exclude<ModelEvent, ModelFailure>, input: ModelStepInput): Taken {
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
        ? released(call.push(event.content_block.text), input)
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
      return takeRest(call, input);
  }
}

async function takeRest(call: CallState, input: ModelStepInput): Promise<EventBody[]> {
  const rest = call.rest();
  const text = call.isCutOff(input.mayGoOn) ? '' : rest.trimEnd();
  const events = await released(text === '' ? [] : [text], input, call.goesOn);
  input.reply.leaveOut(rest.slice(text.length));
  return [...events, ...input.reply.endStep()];
}

function takeDelta(call: CallState, event: Anthropic.RawContentBlockDeltaEvent, input: ModelStepInput): Taken {
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
    return released(segments, input);
  }
  if (delta.type === 'citations_delta') {
    const found = input.cite(delta.citation);
    if (found) at.citations.push(found);
  }
  return [];
}

/** Lets segments out in their order, each once it is settled. */
async function released(
  segments: readonly string[],
  { reply, joined, signal }: ModelStepInput,
  breaksOff = false,
): Promise<EventBody[]> {
  const events: EventBody[] = [];
  for (const segment of segments) {
    const settled = reply.mayAsk ? await reply.settle(segment, signal) : undefined;
    if (signal.aborted) break;
    events.push(...reply.release(segment, { joined, breaksOff, settled }));
  }
  return events;
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

type HeldEvent = ModelEvent | 'held too long';

/**
 * Passes events on, and says so each time that text has been held back for too long. One timer for all events, which
 * looks when it fires: most text is released long before. Written out by hand, since every delta comes through here.
 */
function withHoldLimit(
  events: AsyncIterable<ModelEvent>,
  heldSince: () => number | null,
): AsyncIterableIterator<HeldEvent> {
  const iterator = events[Symbol.asyncIterator]();
  let waiting: PromiseWithResolvers<IteratorResult<HeldEvent>> | null = null;
  /** What the iterator was asked for, or gave while nobody waited. */
  let coming: 'nothing' | 'asked' | IteratorResult<ModelEvent> = 'nothing';
  let broken: { error: unknown } | null = null;
  let timer = setTimeout(check, LONGEST_HOLD_MS);

  function check(): void {
    const since = heldSince();
    const left = since === null ? LONGEST_HOLD_MS : since + LONGEST_HOLD_MS - performance.now();
    // Without effect while the reader is busy: it is told soon after.
    if (left <= 0) hand({ done: false, value: 'held too long' });
    timer = setTimeout(check, left > 0 ? left : HOLD_AGAIN_MS);
  }

  function hand(result: IteratorResult<HeldEvent>): boolean {
    if (!waiting) return false;
    waiting.resolve(result);
    waiting = null;
    return true;
  }

  function take(result: IteratorResult<ModelEvent>): void {
    if (result.done) clearTimeout(timer);
    coming = hand(result) ? 'nothing' : result;
  }

  function fail(error: unknown): void {
    clearTimeout(timer);
    broken = { error };
    waiting?.reject(error);
  }

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (broken) return Promise.reject(broken.error);
      waiting = Promise.withResolvers();
      const { promise } = waiting;
      if (typeof coming === 'object') take(coming);
      else if (coming === 'nothing') {
        coming = 'asked';
        iterator.next().then(take, fail);
      }
      return promise;
    },
    async return() {
      clearTimeout(timer);
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}
