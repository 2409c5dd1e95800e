import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/frontdesk.js', import.meta.url));

export type ServerProcess = { url: string; listeningMs: number; end(signal: NodeJS.Signals): Promise<void> };

/** A server of its own process, as `npm start` starts it; resolves when it has its port. */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const begun = performance.now();
  const server = spawn(process.execPath, [BIN, 'start'], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  let printed = '';
  for await (const chunk of server.stdout) {
    printed += chunk;
    if (/ at http:\S+/.test(printed)) break;
  }
  const url = / at (http:\S+)/.exec(printed)?.[1];
  if (url === undefined) throw new Error(`The server did not start:\n${printed}`);
  const end = async (signal: NodeJS.Signals) => {
    server.kill(signal);
    await exited;
  };
  return { url: url.replace('localhost', '127.0.0.1'), listeningMs: performance.now() - begun, end };
}
