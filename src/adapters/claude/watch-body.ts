import type { Middleware } from '@anthropic-ai/sdk/core/middleware';
import { createParser } from 'eventsource-parser';

/**
 * Looks at the bytes that the SDK reads, for two things that it hides: pings (it swallows them, and they are a sign of
 * life), and data lines without an event name (it skips them, and with them a piece of the reply could go missing).
 */
export function watchBody(onBytes: () => void): { middleware: Middleware; problem(): string | null } {
  let problem: string | null = null;
  let complete = false;
  const parser = createParser({
    onEvent({ event, data }) {
      if (event === 'message_stop') complete = true;
      if (!event && data && !complete) problem = 'the stream has a data line without an event name';
    },
  });
  const middleware: Middleware = async (request, next) => {
    const response = await next(request);
    onBytes();
    if (!response.ok || !response.body) return response;
    const decoder = new TextDecoder();
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          onBytes();
          parser.feed(decoder.decode(chunk, { stream: true }));
          controller.enqueue(chunk);
        },
      }),
    );
    return new Response(watched, response);
  };
  return { middleware, problem: () => problem };
}
