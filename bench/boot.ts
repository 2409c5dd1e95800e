/**
 * How soon a server serves: from its start to the port, and its first message beside later ones (mock Claude answers, so
 * that only our own time counts). The data folder is warm: one start has gone before.
 *
 *   npm run bench:boot -- [--runs 5] [--json]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startMockClaude } from '../src/testing/mock-claude.ts';
import { startServer } from './server-process.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
});
/** Messages after the first one, and how many of them are left out while the process warms up. */
const LATER = 30;
const WARMING = 10;

type Run = { listening_ms: number; first_ms: number; later_ms: number };

/** A sentence of the agent's own context: what rests on nothing would be another one behind the guards. */
const REPLY =
  'Home charging coverage pays up to $2,500 per claim for a home wall charger, its wiring, and portable charging cables.';

const mock = await startMockClaude({ script: () => ({ text: REPLY }) });
const folder = await mkdtemp(join(tmpdir(), 'frontdesk-boot-'));
await start(true);
const runs: Run[] = [];
for (let n = 0; n < Number(values.runs); n++) runs.push(await start(false));
await mock.close();
await rm(folder, { recursive: true });

const figures = {
  runs: runs.length,
  listening_ms: median(runs.map(({ listening_ms }) => listening_ms)),
  first_ms: median(runs.map(({ first_ms }) => first_ms)),
  later_ms: median(runs.map(({ later_ms }) => later_ms)),
  ratio_first: median(runs.map(({ first_ms, later_ms }) => first_ms / later_ms)),
};
if (values.json) console.log(JSON.stringify(figures));
else {
  console.log(`start to listening   ${figures.listening_ms} ms`);
  console.log(`first message        ${figures.first_ms} ms`);
  console.log(`later message        ${figures.later_ms} ms   first / later: ${figures.ratio_first}`);
}

/** One server from start to end; the warming one stays until the encoder has read. */
async function start(warming: boolean): Promise<Run> {
  const server = await startServer({
    FRONTDESK_DATA: folder,
    FRONTDESK_RATE_LIMIT: 'off',
    ANTHROPIC_BASE_URL: mock.url,
  });
  if (warming) await new Promise((resolve) => setTimeout(resolve, 15_000));
  const times: number[] = [];
  try {
    for (let n = 0; n <= LATER; n++) times.push(await message(server.url));
  } finally {
    await server.end('SIGTERM');
  }
  return { listening_ms: server.listeningMs, first_ms: times[0] ?? 0, later_ms: median(times.slice(1 + WARMING)) };
}

/** A new conversation and its first question: milliseconds from the question to the whole reply. */
async function message(url: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  const { id, token } = (await (await fetch(`${url}/v1/conversations`, { method: 'POST' })).json()) as Record<
    string,
    string
  >;
  const before = performance.now();
  const answer = await fetch(`${url}/v1/conversations/${id}/messages`, {
    method: 'POST',
    headers: { ...headers, Authorization: `Bearer ${token}` },
    body: JSON.stringify({ text: 'Do you cover a home charger?' }),
  });
  const { message } = (await answer.json()) as { message: { text: string } };
  if (!message.text.includes(REPLY)) throw new Error(`an odd reply: ${message.text}`);
  return performance.now() - before;
}

function median(list: number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
}
