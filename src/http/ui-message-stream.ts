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
  | { type: 'tool-input-start'; toolCallId: string; toolName: string; dynamic: true }
  | { type: 'tool-input-available'; toolCallId: string; toolName: string; input: unknown; dynamic: true }
  | { type: 'tool-output-available'; toolCallId: string; output: unknown; dynamic: true }
  | { type: 'tool-output-error'; toolCallId: string; errorText: string; dynamic: true }
  | { type: 'source-url'; sourceId: string; url: string; title: string }
  | { type: 'data-citation' | 'data-status' | 'data-handoff'; id: string; data: unknown }
  | { type: 'data-notice'; data: unknown; transient: true };

const DONE = '[DONE]';

/**
 * The events of one turn as a UI message stream, each chunk under the seq of its event. A step whose text is withdrawn
 * breaks the stream off without an end: the client asks for it again and gets the clean turn from its start. A message
 * that no turn answers (a person has the conversation) gives a message without text.
 */
export async function* uiMessageFrames(
  events: AsyncIterable<LoggedEvent>,
  { messageId }: { messageId: string },
): AsyncGenerator<Frame> {
  const message = new UiMessage();
  let id = 0;
  for await (const event of events) {
    id = event.seq;
    if (event.type === 'segments.superseded') return;
    for (const data of message.take(event)) yield { id, data };
  }
  for (const data of message.end(messageId)) yield { id, data };
  yield { id, data: DONE };
}

/** Where the message stands: what was begun and has to be ended. */
class UiMessage {
  #started = false;
  #ended = false;
  #inStep = false;
  #text: string | null = null;
  #texts = 0;

  *take(event: LoggedEvent): Generator<UiChunk> {
    switch (event.type) {
      case 'turn.started':
        this.#started = true;
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
      case 'tool.started':
        yield* this.#endText();
        yield { type: 'tool-input-start', toolCallId: event.callId, toolName: event.tool, dynamic: true };
        // What a tool was asked and what it said is not for the customer's side.
        yield {
          type: 'tool-input-available',
          toolCallId: event.callId,
          toolName: event.tool,
          input: {},
          dynamic: true,
        };
        return;
      case 'tool.finished':
        yield event.ok
          ? { type: 'tool-output-available', toolCallId: event.callId, output: {}, dynamic: true }
          : { type: 'tool-output-error', toolCallId: event.callId, errorText: 'This did not work.', dynamic: true };
        return;
      case 'citation.added': {
        const { number, title, url, quote } = event.citation;
        if (url !== null) yield { type: 'source-url', sourceId: String(number), url, title };
        const data = { number, title, url, quote, start: event.start, end: event.end };
        yield { type: 'data-citation', id: `citation-${event.seq}`, data };
        return;
      }
      case 'notice':
        yield { type: 'data-notice', data: { code: event.code, text: event.text }, transient: true };
        return;
      case 'handoff.requested':
        yield { type: 'data-handoff', id: 'handoff', data: { by: event.by } };
        return;
      case 'status.changed':
        yield { type: 'data-status', id: 'status', data: { status: event.status } };
        return;
      case 'turn.ended':
        this.#ended = true;
        yield* this.#endStep();
        yield { type: 'finish' };
        return;
      default:
        return;
    }
  }

  /** Ends what no turn has ended. */
  *end(messageId: string): Generator<UiChunk> {
    if (this.#ended) return;
    if (!this.#started) yield { type: 'start', messageId };
    yield* this.#endStep();
    yield { type: 'finish' };
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
