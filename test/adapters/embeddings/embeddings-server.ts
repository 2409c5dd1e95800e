import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = {
  path: string;
  headers: IncomingHttpHeaders;
  body: { input: string[]; [field: string]: unknown };
};

/** Answers the n-th request itself. */
export type Answering = (asked: Asked, n: number, response: ServerResponse) => void;

/** A server on loopback in place of Voyage's or OpenAI's, which answers as `answering` says. */
export async function serveEmbeddings(answering: Answering) {
  const requests: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked['body'];
    const asked = { path: request.url ?? '', headers: request.headers, body };
    requests.push(asked);
    answering(asked, requests.length - 1, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A vector of a text that is not of unit length, and another one for each text. */
export function vectorOf(text: string, dimensions = 4): number[] {
  return Array.from(
    { length: dimensions },
    (_, at) => 1 + ((text.length * 7 + text.charCodeAt(at % text.length)) % 13),
  );
}

export function send(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** What the APIs answer, as base64 where that was asked for, the last text first. */
export function embeddingsOf({ body }: Asked, dimensions = 4) {
  const data = body.input.map((text, index) => {
    const vector = vectorOf(text, dimensions);
    const bytes = Buffer.from(Float32Array.from(vector).buffer).toString('base64');
    return { object: 'embedding', index, embedding: body.encoding_format === 'base64' ? bytes : vector };
  });
  return { object: 'list', data: data.reverse(), model: body.model, usage: { total_tokens: 3 * body.input.length } };
}
