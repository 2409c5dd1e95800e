/**
 * What a turn costs beside reading the same model stream and doing nothing with it (the floor): CPU time per delta,
 * and the time from the customer's message to the first segment and to the end of the turn, every event committed.
 *
 *   npm run bench:turn -- [--turns 200] [--deltas 100] [--parallel 20] [--postgres URL] [--json]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openPostgresStore } from '../src/adapters/sql/postgres.ts';
import { openSqliteStore } from '../src/adapters/sql/sqlite.ts';
import type { Model, ModelEvent } from '../src/agent/model.ts';
import { loadAgent } from '../src/agent-folder/load-agent.ts';
import { answerMessage, turnEvents } from '../src/conversations/answer-message.ts';
import { startConversation } from '../src/conversations/conversation.ts';
import type { Desk } from '../src/conversations/desk.ts';
import type { Store } from '../src/conversations/log.ts';
import { RunningTurns } from '../src/conversations/running-turns.ts';
import { toDeskAgent } from '../src/desk-agent.ts';
import { scriptedModel } from '../src/testing/scripted-model.ts';
import { benchDesk } from './desk.ts';

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '200' },
    deltas: { type: 'string', default: '100' },
    parallel: { type: 'string', default: '20' },
    postgres: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const turns = Number(values.turns);
const deltas = Number(values.deltas);
const parallel = Number(values.parallel);

/** A reply with a sentence every ten deltas. */
const text = Array.from({ length: deltas }, (_, n) => ((n + 1) % 10 === 0 ? 'word. ' : 'word '));
const empty = {
  model: 'bench',
  max_tokens: 1,
  system: [],
  messages: [{ role: 'user' as const, content: '' }],
  tools: [],
};
const events = await Array.fromAsync(scriptedModel([{ text }]).model(empty, new AbortController().signal));

const model: Model = async function* (): AsyncGenerator<ModelEvent> {
  for (const event of events) {
    await Promise.resolve();
    yield event;
  }
};

type Figures = { cpu_us: number; first_segment_ms: Spread; turn_ms: Spread };
type Spread = { p50: number; p99: number };

const floor = await measureFloor();
const stores: Record<string, Figures> = { sqlite: await withSqlite() };
if (values.postgres) stores.postgres = await withPostgres(values.postgres);
const ratio = round((stores.sqlite?.cpu_us ?? 0) / floor);
if (values.json)
  console.log(JSON.stringify({ turns, deltas, parallel, floor: { cpu_us: floor }, stores, ratio_floor: ratio }));
else printTable();

async function measureFloor(): Promise<number> {
  const before = process.cpuUsage();
  for (let n = 0; n < turns; n++) for await (const event of model(empty, new AbortController().signal)) void event;
  return cpuPerDelta(before);
}

async function withSqlite(): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-bench-'));
  const store = await openSqliteStore({ folder });
  try {
    return await measure(store);
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/** Works in a schema of its own, which it drops at the end. */
async function withPostgres(url: string): Promise<Figures> {
  const schema = `frontdesk_bench_${process.pid}`;
  const store = await openPostgresStore({ url, schema });
  try {
    return await measure(store);
  } finally {
    await store.close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`drop schema ${schema} cascade`);
    await client.end();
  }
}

async function measure(store: Store): Promise<Figures> {
  const desk = await createDesk(store);
  const running = new RunningTurns(desk, 'bench');
  await oneTurn(desk, running);
  const first: number[] = [];
  const whole: number[] = [];
  const before = process.cpuUsage();
  for (let n = 0; n < turns; n += parallel) {
    const batch = Array.from({ length: Math.min(parallel, turns - n) }, () => oneTurn(desk, running));
    for (const timing of await Promise.all(batch)) {
      first.push(timing.first);
      whole.push(timing.whole);
    }
  }
  const cpu = cpuPerDelta(before);
  await running.close();
  return { cpu_us: cpu, first_segment_ms: spread(first), turn_ms: spread(whole) };
}

async function createDesk(store: Store): Promise<Desk> {
  const { agent } = await loadAgent(fileURLToPath(new URL('../examples/acme-insurance', import.meta.url)));
  const ready = {
    ...toDeskAgent(agent, { model: 'bench', fastModel: 'bench', staffed: true, embedder: null }),
    firstSearch: async () => ({ passages: [], relevance: null, isGap: false }),
  };
  return benchDesk({ store, agent: ready, model });
}

async function oneTurn(desk: Desk, running: RunningTurns): Promise<{ first: number; whole: number }> {
  const { id } = await startConversation(desk, {});
  const start = performance.now();
  const received = await answerMessage({ desk, turns: running }, { conversationId: id, text: 'hello' });
  let first = 0;
  const { signal } = new AbortController();
  for await (const event of turnEvents(desk, { conversationId: id, ...received, signal })) {
    if (first === 0 && event.type === 'segment.released') first = performance.now() - start;
  }
  return { first, whole: performance.now() - start };
}

function printTable(): void {
  console.log(`${turns} turns of ${deltas} deltas, ${parallel} at a time\n`);
  console.log('            CPU us/delta   first segment ms (p50/p99)   turn ms (p50/p99)');
  console.log(`floor       ${String(floor).padEnd(14)}`);
  for (const [name, { cpu_us, first_segment_ms: first, turn_ms: whole }] of Object.entries(stores)) {
    console.log(
      `${name.padEnd(11)} ${String(cpu_us).padEnd(14)} ${`${first.p50} / ${first.p99}`.padEnd(28)} ${whole.p50} / ${whole.p99}`,
    );
  }
  console.log(`\nsqlite / floor: ${ratio}`);
}

function cpuPerDelta(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return round((user + system) / (turns * deltas));
}

function spread(times: number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
