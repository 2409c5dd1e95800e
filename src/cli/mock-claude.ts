import { readFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { type MockClaude, type MockScript, startMockClaude } from '../testing/mock-claude.ts';

export const mockClaudeCommand = defineCommand({
  meta: { name: 'mock-claude', description: 'Serve the Messages API on loopback from a script, for tests.' },
  args: {
    port: { type: 'string', default: '0', description: 'Port to listen on; 0 takes any free one' },
    script: { type: 'string', description: 'JSON file with the turns (docs/mock-claude.md)' },
    hostile: {
      type: 'string',
      description: 'In place of a script, a hijacked model: all, or modes with commas between',
    },
    seed: { type: 'string', default: '0', description: 'With --hostile: another number, other choices' },
  },
  async run({ args }) {
    try {
      const { plays, script } = await chooseScript(args);
      const mock = await startMockClaude({ script, port: readPort(args.port) });
      console.log(`Mock Claude listens at ${mock.url} and plays ${plays}.`);
      console.log(`Use it: ANTHROPIC_BASE_URL=${mock.url} npm start`);
      console.log('Stop it with Ctrl+C: it then names calls that were not scripted and turns that were not used.');
      await stopSignal();
      process.exitCode = await report(mock);
    } catch (error) {
      console.error(explain(error, args));
      process.exitCode = 1;
    }
  },
});

type Given = { script?: string | undefined; hostile?: string | undefined; seed: string };

/** The shape of a script is checked where it is played. */
async function chooseScript({ script, hostile, seed }: Given): Promise<{ plays: string; script: MockScript }> {
  if ((script === undefined) === (hostile === undefined)) throw new Error('Give either --script or --hostile.');
  if (script !== undefined) return { plays: script, script: await readScript(script) };
  const modes = hostile?.split(',').map((mode) => mode.trim());
  const given = { hostile: modes?.length === 1 ? modes[0] || 'all' : modes, seed: readSeed(seed) };
  return { plays: `a hijacked model: ${hostile || 'all'}, seed ${seed}`, script: given as MockScript };
}

async function readScript(path: string): Promise<MockScript> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text) as MockScript;
  } catch (error) {
    throw new Error(`${path} is not valid JSON: ${(error as Error).message}`);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`--port ${text} is not a port: give a number up to 65535.`);
  return port;
}

function readSeed(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Error(`--seed ${text} is not a seed: give a whole number.`);
  return Number(text);
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/** Prints how the script was followed; gives the exit code. */
async function report(mock: MockClaude): Promise<number> {
  const problems = mock.problems();
  await mock.close();
  const share = Math.round(100 * mock.cache().share);
  console.log(`${mock.requests.length} calls, ${share} % of their input read from the prompt cache (estimated).`);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

function explain(error: unknown, { port, script }: Given & { port: string }): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `Port ${port} is taken: give another with --port.`;
  return code === 'ENOENT' ? `There is no script at ${script}.` : message;
}
