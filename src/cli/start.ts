import { defineCommand } from 'citty';
import { compose, isOffline } from '../compose.ts';
import type { Config } from '../config.ts';
import { listen } from '../http/listen.ts';
import { explainStart } from './explain.ts';

/** Milliseconds that open requests get to finish when the server is told to stop. */
const GRACE_MS = 5_000;

/** `frontdesk start`: serves the chat until it is told to stop. */
export function startCommand(config: Config) {
  return defineCommand({
    meta: { name: 'start', description: 'Serve the chat and its API' },
    async run() {
      try {
        await start(config);
      } catch (error) {
        process.stderr.write(`${explainStart(error, config)}\n`);
        process.exit(1);
      }
    },
  });
}

async function start(config: Config): Promise<void> {
  const frontdesk = await compose(config);
  const server = await listen(frontdesk.app, config).catch(async (error) => {
    await frontdesk.close();
    throw error;
  });
  const { desk } = frontdesk;
  const host = config.host.includes(':')
    ? `[${config.host}]`
    : config.host.replace(/^127\.0\.0\.1$|^0\.0\.0\.0$/, 'localhost');
  const lines = [
    `Frontdesk serves ${desk.defaultAgent.name} of ${desk.defaultAgent.company} at http://${host}:${server.port}`,
    isOffline(config)
      ? 'Model: the offline model, which is not Claude. Set ANTHROPIC_API_KEY for Claude.'
      : `Model: ${desk.defaultAgent.modelId}${config.anthropic.baseUrl ? ` at ${config.anthropic.baseUrl}` : ''}`,
    `Data: ${config.databaseUrl ? withoutPassword(config.databaseUrl) : config.dataFolder}`,
    `API: http://${host}:${server.port}/docs`,
    ...frontdesk.warnings.map((warning) => `Warning: ${warning}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  await stopSignal();
  // A second signal ends the process at once: the handler below is the first one's only.
  const closed = server.close(GRACE_MS);
  await frontdesk.close();
  await closed;
  process.exit(0);
}

function withoutPassword(address: string): string {
  const url = new URL(address);
  url.password = '';
  return url.href;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
