import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/frontdesk.js', import.meta.url));

export type ServerProcess = { url: string; listeningMs: number; end(signal: NodeJS.Signals): Promise<void> };

/** A server that may not listen yet. */
export type Launched = {
  /** Its address; rejects where it ends before it has one. */
  listening: Promise<string>;
  /** Its exit code; null where a signal ended it. */
  exited: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
};

/** Starts a server of its own process, as `npm start` starts it, and does not wait for it. */
export function launchServer(env: Record<string, string>, onError?: (text: string) => void): Launched {
  const server = spawn(process.execPath, [BIN, 'start'], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', onError ? 'pipe' : 'inherit'],
  });
  const exited = once(server, 'exit').then(([code]) => code as number | null);
  server.stderr?.setEncoding('utf8').on('data', onError ?? (() => {}));
  let printed = '';
  const listening = new Promise<string>((resolve, reject) => {
    server.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const url = / at (http:\S+)/.exec(printed)?.[1];
      if (url !== undefined) resolve(url.replace('localhost', '127.0.0.1'));
    });
    void exited.then(() => reject(new Error(`The server did not start:\n${printed}`)));
  });
  // Who launches one to kill it does not wait for its address.
  listening.catch(() => {});
  return { listening, exited, signal: (name) => void server.kill(name) };
}

/** A server of its own process; resolves when it has its port. */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const begun = performance.now();
  const server = launchServer(env);
  const url = await server.listening;
  const end = async (signal: NodeJS.Signals) => {
    server.signal(signal);
    await server.exited;
  };
  return { url, listeningMs: performance.now() - begun, end };
}
