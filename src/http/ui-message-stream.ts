import type { Status } from '../protocol/conversation.ts';
import type { LoggedEvent } from '../protocol/events.ts';
import type { Frame } from './event-stream.ts';
import { type AnsweredAction, errorText, statusChunk, type UiChunk, UiMessage } from './ui-message.ts';

/** The header by which clients of the AI SDK know the protocol. */
export const UI_STREAM_HEADERS = { 'x-vercel-ai-ui-message-stream': 'v1' };

const DONE = '[DONE]';

type Reply = {
  /** Id of the message that is given where no turn answers; the client's own id of the one that it goes on with. */
  messageId: string;
  /** The client goes on with a message in which these wait for an answer. */
  answered?: readonly AnsweredAction[];
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
  { messageId, answered, readStatus, signal }: Reply,
): AsyncGenerator<Frame> {
  const message = new UiMessage();
  let id = 0;
  try {
    if (answered) for (const data of message.goOn(messageId, answered)) yield { id, data };
    for await (const event of events) {
      id = event.seq;
      if (event.type === 'segments.superseded') return yield { id, data: interrupted() };
      for (const data of message.take(event)) yield { id, data };
    }
    if (message.isReplying || signal.aborted) return yield { id, data: interrupted() };
    if (!message.isBegun) yield { id, data: { type: 'start', messageId } };
    yield { id, data: statusChunk(await readStatus()) };
    for (const data of message.end()) yield { id, data };
  } catch (error) {
    yield { id, data: interrupted() };
    throw error;
  }
  yield { id, data: DONE };
}

function interrupted(): UiChunk {
  return { type: 'error', errorText: errorText('reply_interrupted') };
}
