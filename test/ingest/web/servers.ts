import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NetworkPolicy } from '../../../src/net/addresses.ts';

export type TestServer = {
  port: number;
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Sockets that were ever opened to it. */
  connections: () => number;
  /** "GET /path" in order. */
  requests: string[];
};

const running: Server[] = [];

/** A real server on the loopback address. */
export async function serve(answer: RequestListener, host = '127.0.0.1'): Promise<TestServer> {
  let connections = 0;
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.on('connection', () => connections++);
  await listen(server, host);
  const { port } = server.address() as AddressInfo;
  return { port, requests, origin: `http://${host}:${port}`, connections: () => connections };
}

export function listen(server: Server, host = '127.0.0.1'): Promise<void> {
  running.push(server);
  return new Promise((resolve) => server.listen(0, host, resolve));
}

export async function closeServers(): Promise<void> {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Development: this machine may be reached, and every name stands for it. */
export const LOOPBACK: NetworkPolicy = { loopback: true, resolve: async () => ['127.0.0.1'] };

/** What a resolver answers, one call after the other; the last answer stays. */
export function resolver(...answers: string[][]): { resolve: (name: string) => Promise<string[]>; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (name) => {
      asked.push(name);
      return answers[Math.min(asked.length, answers.length) - 1] ?? [];
    },
  };
}
