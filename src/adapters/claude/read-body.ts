import type Anthropic from '@anthropic-ai/sdk';
import { APIError } from '@anthropic-ai/sdk';
import { createParser } from 'eventsource-parser';
import { streamProblem, UNKNOWN_EVENT } from './trouble.ts';

type Listener = { onBytes(): void; onEvent(event: Anthropic.RawMessageStreamEvent): void };

/**
 * Reads the body of a streamed answer and gives each event as it comes. Returns what is wrong with the stream, or null
 * when it ended after its `message_stop`; throws the API's own error, and what breaks the connection.
 *
 * In place of the SDK's reading, which hides pings (a sign of life) and skips data lines without an event name (and
 * with them a piece of the reply could go missing), and which costs a few promises an event more.
 */
export async function readBody(response: Response, { onBytes, onEvent }: Listener): Promise<string | null> {
  let problem: string | null = null;
  let complete = false;
  const parser = createParser({
    onEvent({ event, data }) {
      if (problem !== null || complete) return;
      if (event === 'error') throw streamError(data, response);
      if (data === '') return;
      if (!event) problem = 'the stream has a data line without an event name';
      else if (event !== 'ping') take(JSON.parse(data));
    },
  });
  const take = (event: Anthropic.RawMessageStreamEvent) => {
    const wrong = streamProblem(event);
    if (wrong === UNKNOWN_EVENT) return;
    if (wrong !== null) {
      problem = wrong;
      return;
    }
    complete = event.type === 'message_stop';
    onEvent(event);
  };
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) return complete ? null : (problem ?? 'the stream ended before message_stop');
    onBytes();
    parser.feed(decoder.decode(chunk.value, { stream: true }));
    if (problem !== null) return problem;
  }
}

/** As the SDK throws it. */
function streamError(data: string, { headers }: Response): APIError {
  let body: { error?: { type?: string } } | string = data;
  try {
    body = JSON.parse(data) as { error?: { type?: string } };
  } catch {
    // The text as it is says what there is to say.
  }
  const type = typeof body === 'object' ? body?.error?.type : undefined;
  return new APIError(undefined, body as object, undefined, headers, type as APIError['type']);
}
