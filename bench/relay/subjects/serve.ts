import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers `GET /stream-17` with whatever `relay` writes for stream 17, and prints the address as the server does. */
export function serve(relay: (stream: string, response: ServerResponse) => void | Promise<void>): void {
  const server = createServer((request, response) => {
    Promise.resolve(relay((request.url ?? '').slice(1), response)).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1', () => {
    console.log(`listening at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  process.on('SIGTERM', () => process.exit(0));
}

export const EVENT_STREAM = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' };

/** A request to the Messages API, as small as it gets. */
export function requestFor(stream: string) {
  return { model: 'bench', max_tokens: 1_024, messages: [{ role: 'user' as const, content: `A question. ${stream}` }] };
}
