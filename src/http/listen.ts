import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { FrontdeskError } from '../protocol/errors.ts';
import { errorAnswer } from './answers.ts';
import type { App } from './route.ts';

/** Milliseconds between looks for connections that have nothing more to say, while closing. */
const HANG_UP_MS = 50;

export type Listening = {
  /** The port that it has, also where 0 was asked for. */
  port: number;
  /** Takes no more connections; resolves when the open ones are done, cutting them off after `graceMs`. */
  close(graceMs: number): Promise<void>;
};

/** Serves the app. Rejects with the system's error (`EADDRINUSE`, `EACCES`…) where the address cannot be had. */
export async function listen(app: App, { host, port }: { host: string; port: number }): Promise<Listening> {
  const listener = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    // What is no request at all, such as a broken Host header, never reaches the app.
    errorHandler: (error) => errorAnswer(new FrontdeskError(isNoRequest(error) ? 'invalid_request' : 'internal_error')),
  });
  // A missing Host header is refused by the listener, with a body.
  // Nobody needs long for a request: what is half sent holds memory.
  const patience = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 };
  const options = { requireHostHeader: false, ...patience };
  const server = createServer(options, (incoming, outgoing) => void listener(incoming, outgoing));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuse(error, socket));
  const silent = watchSilent(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const close = async (graceMs: number) => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    const hangUp = setInterval(() => {
      // One whose last answer ends only now would be kept alive for another request.
      server.closeIdleConnections();
      for (const socket of silent) socket.destroy();
    }, HANG_UP_MS);
    await closed;
    clearTimeout(cut);
    clearInterval(hangUp);
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** Connections that have not asked for anything yet, as browsers open them in advance: to Node these are not idle. */
function watchSilent(server: Server): Set<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return silent;
}

function isNoRequest(error: unknown): boolean {
  return error instanceof Error && error.name === 'RequestError';
}

/** Answers bytes that are not HTTP, or whose headers are too large, with an error of ours; then hangs up. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const message = `The server cannot read this request: ${STATUS_CODES[status]}.`;
  const body = JSON.stringify({ error: { code: 'invalid_request', message } });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
