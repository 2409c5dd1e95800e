import type { Status } from '../protocol/conversation.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import type { Frame } from './event-stream.ts';

/** The header by which clients of the AI SDK know the protocol. */
export const UI_STREAM_HEADERS = { 'x-vercel-ai-ui-message-stream': 'v1' };

/**
 * A chunk of the AI SDK's UI message stream. Only types and fields that version 6 knows too: it refuses a stream with
 * anything else in it. What is ours goes in `data-*`.
 */
export type UiChunk =
  | { type: 'start'; messageId: string }
  | { type: 'start-step' | 'finish-step' | 'finish' }
  | { type: 'text-start' | 'text-end'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | ({ type: 'tool-input-start'; toolName: string } & ToolCall)
  | ({ type: 'tool-input-available'; toolName: string; input: unknown } & ToolCall)
  | ({ type: 'tool-output-available'; output: unknown } & ToolCall)
  | ({ type: 'tool-output-error'; errorText: string } & ToolCall)
  | { type: 'source-url'; sourceId: string; url: string; title: string }
  | { type: 'source-document'; sourceId: string; mediaType: string; title: string }
  | { type: 'data-citation' | 'data-status' | 'data-handoff' | 'data-outcome'; id: string; data: unknown }
  | { type: 'data-notice'; data: unknown; transient: true }
  | { type: 'error'; errorText: string };

/** `providerExecuted`: it runs here, so that clients neither run it nor send its result. */
type ToolCall = { toolCallId: string; dynamic: true; providerExecuted: true };

const DONE = '[DONE]';

type Reply = {
  /** Id of the message that is given where no turn answers. */
  messageId: string;
  readStatus(): Promise<Status>;
  /** Aborts when the stream has to end before the reply does. */
  signal: AbortSignal;
};

/**
 * The events of one turn as a UI message stream, each chunk under the seq of its event. It ends with where the
 * conversation stands; a message that no turn answers (a person has the conversation) gives a message without text.
 *
 * The SDK cannot take text back. Where a step is withdrawn, and where the stream has to end before the reply does, it ends
 * with the error `reply_interrupted`: the client asks again and gets the clean reply from its start.
 */
export async function* uiMessageFrames(
  events: AsyncIterable<LoggedEvent>,
  { messageId, readStatus, signal }: Reply,
): AsyncGenerator<Frame> {
  const message = new UiMessage();
  let id = 0;
  try {
    for await (const event of events) {
      id = event.seq;
      if (event.type === 'segments.superseded') return yield { id, data: interrupted() };
      if (event.type === 'turn.ended' && message.isOpen) yield { id, data: statusChunk(await readStatus()) };
      for (const data of message.take(event)) yield { id, data };
    }
    if (message.isOpen || signal.aborted) return yield { id, data: interrupted() };
    if (!message.isEnded) {
      const none: UiChunk[] = [{ type: 'start', messageId }, statusChunk(await readStatus()), { type: 'finish' }];
      for (const data of none) yield { id, data };
    }
  } catch (error) {
    yield { id, data: interrupted() };
    throw error;
  }
  yield { id, data: DONE };
}

/** As HTTP answers tell it: whoever reads the error of a chat reads one form of it. */
function interrupted(): UiChunk {
  const { code, message } = new FrontdeskError('reply_interrupted');
  return { type: 'error', errorText: JSON.stringify({ error: { code, message } }) };
}

function toolCall(toolCallId: string): ToolCall {
  return { toolCallId, dynamic: true, providerExecuted: true };
}

function statusChunk(status: Status): UiChunk {
  return { type: 'data-status', id: 'status', data: { status } };
}

/** Where the message stands: what was begun and has to be ended. */
class UiMessage {
  #stage: 'none' | 'open' | 'ended' = 'none';
  readonly #cited = new Set<number>();
  #inStep = false;
  #text: string | null = null;
  #texts = 0;

  *take(event: LoggedEvent): Generator<UiChunk> {
    // A chunk before `start` would make a message of its own in the client.
    if (this.#stage === 'none' && event.type !== 'turn.started') return;
    switch (event.type) {
      case 'turn.started':
        this.#stage = 'open';
        yield { type: 'start', messageId: event.messageId };
        return;
      case 'step.started':
        yield* this.#endStep();
        this.#inStep = true;
        yield { type: 'start-step' };
        return;
      case 'segment.released':
        yield* this.#say(event.turnId, event.text);
        return;
      case 'tool.started': {
        yield* this.#endText();
        const call = { ...toolCall(event.callId), toolName: event.tool };
        yield { type: 'tool-input-start', ...call };
        // What a tool was asked and what it said is not for the customer's side.
        yield { type: 'tool-input-available', ...call, input: {} };
        return;
      }
      case 'tool.finished':
        yield event.ok
          ? { type: 'tool-output-available', ...toolCall(event.callId), output: {} }
          : { type: 'tool-output-error', ...toolCall(event.callId), errorText: 'This did not work.' };
        return;
      case 'citation.added':
        yield* this.#cite(event);
        return;
      case 'notice':
        yield { type: 'data-notice', data: { code: event.code, text: event.text }, transient: true };
        return;
      case 'handoff.requested':
        yield { type: 'data-handoff', id: 'handoff', data: { by: event.by } };
        return;
      case 'status.changed':
        yield statusChunk(event.status);
        return;
      case 'turn.ended':
        this.#stage = 'ended';
        yield* this.#endStep();
        yield { type: 'data-outcome', id: 'outcome', data: { outcome: event.outcome, code: event.code ?? null } };
        yield { type: 'finish' };
        return;
      default:
        return;
    }
  }

  get isOpen(): boolean {
    return this.#stage === 'open';
  }

  get isEnded(): boolean {
    return this.#stage === 'ended';
  }

  /** The source at its first citation, and each range of the text that rests on it. */
  *#cite({ seq, start, end, citation }: Extract<LoggedEvent, { type: 'citation.added' }>): Generator<UiChunk> {
    const { number, title, url } = citation;
    const sourceId = String(number);
    if (!this.#cited.has(number)) {
      this.#cited.add(number);
      yield url === null
        ? { type: 'source-document', sourceId, mediaType: 'text/markdown', title }
        : { type: 'source-url', sourceId, url, title };
    }
    yield { type: 'data-citation', id: `citation-${seq}`, data: { ...citation, start, end } };
  }

  *#say(turnId: string, delta: string): Generator<UiChunk> {
    if (this.#text === null) {
      this.#texts += 1;
      this.#text = `${turnId}-${this.#texts}`;
      yield { type: 'text-start', id: this.#text };
    }
    yield { type: 'text-delta', id: this.#text, delta };
  }

  *#endText(): Generator<UiChunk> {
    if (this.#text !== null) yield { type: 'text-end', id: this.#text };
    this.#text = null;
  }

  *#endStep(): Generator<UiChunk> {
    yield* this.#endText();
    if (this.#inStep) yield { type: 'finish-step' };
    this.#inStep = false;
  }
}
