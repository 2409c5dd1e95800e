import { defineCommand } from 'citty';
import { compose, type Frontdesk } from '../compose.ts';
import { type Config, isOffline } from '../config.ts';
import { listen } from '../http/listen.ts';
import { explainStart } from './explain.ts';
import { progressOn, type Step } from './progress.ts';
import { rehearse } from './rehearsal.ts';
import { keepHeapSmall } from './small-heap.ts';

/** Milliseconds that open requests get to finish when the server is told to stop. */
const GRACE_MS = 5_000;
const SAME_SIGNAL_MS = 500;

/** `frontdesk start`: serves the chat until it is told to stop. */
export function startCommand(config: Config) {
  return defineCommand({
    meta: { name: 'start', description: 'Serve the chat and its API' },
    args: {
      watch: {
        type: 'boolean',
        default: false,
        description: "Take up changes of the agent's knowledge folder within seconds, for development",
      },
    },
    async run({ args }) {
      try {
        await start(config, { watch: args.watch });
      } catch (error) {
        process.stderr.write(`${explainStart(error, config)}\n`);
        process.exit(1);
      }
    },
  });
}

/** Steps of learning that take so long that somebody may want to see how far they are. */
const LONG = 2_000;

async function start(config: Config, options: { watch: boolean }): Promise<void> {
  const progress = progressOn(process.stderr);
  const onLearning = (step: Step) => {
    if (step.of < LONG) return;
    if (step.done < step.of) progress.show(step);
    else progress.end();
  };
  const frontdesk = await compose(config, { onLearning });
  if (config.rehearsal) await rehearse(config, frontdesk.desk.defaultAgent);
  keepHeapSmall({ waits: config.databaseUrl !== null });
  const server = await listen(frontdesk.app, config).catch(async (error) => {
    await frontdesk.close();
    throw error;
  });
  frontdesk.begin(options);
  // Before the address is printed: whoever reads it may stop the server at once.
  const stop = stopSignal();
  process.stdout.write(`${facts(config, frontdesk, server.port).join('\n')}\n`);
  await stop;
  const closed = server.close(GRACE_MS);
  await frontdesk.close();
  await closed;
  process.exit(0);
}

function facts(config: Config, { desk, warnings }: Frontdesk, port: number): string[] {
  const { name, company, modelId } = desk.defaultAgent;
  const address = `http://${hostInUrl(config.host)}:${port}`;
  return [
    `Frontdesk serves ${name} of ${company} at ${address}`,
    isOffline(config)
      ? 'Model: the offline model, which is not Claude. Set ANTHROPIC_API_KEY for Claude.'
      : `Model: ${modelId}${config.anthropic.baseUrl ? ` at ${config.anthropic.baseUrl}` : ''}`,
    `Data: ${config.databaseUrl ? withoutSecrets(config.databaseUrl) : config.dataFolder}`,
    `API: ${address}/docs`,
    ...warnings.map((warning) => `Warning: ${warning}`),
  ];
}

/** A host that a browser of this machine can open. */
function hostInUrl(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function withoutSecrets(address: string): string {
  const url = new URL(address);
  const schema = /search_path=([\w,$]+)/.exec(url.searchParams.get('options') ?? '')?.[1];
  url.password = '';
  // A password may stand there as well.
  url.search = '';
  return schema ? `${url.href} (schema ${schema})` : url.href;
}

/**
 * Resolves at the first SIGINT or SIGTERM. A second one ends the process at once, but not one that follows within a
 * moment: npm passes on the Ctrl+C that the terminal has sent to all.
 */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      resolve();
      setTimeout(() => process.off('SIGINT', stop).off('SIGTERM', stop), SAME_SIGNAL_MS).unref();
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}
