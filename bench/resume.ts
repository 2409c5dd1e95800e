/**
 * How soon everybody is back: clients that follow a conversation each lose their server (killed, not stopped) and come
 * back at once when it is there again. Then something happens in every conversation, which each must hear once.
 *
 *   npm run bench:resume -- [--clients 500] [--postgres URL] [--json]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type Access, Follower } from './follower.ts';
import { startServer } from './server-process.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '500' },
    postgres: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const CLIENTS = Number(values.clients);
const PATIENCE_MS = 60_000;
const AT_ONCE = 20;
/** Seq of what happens after the restart: a conversation begins with two events. */
const NEWS_SEQ = 3;

type Figures = {
  /** Milliseconds from the port to a live stream: the middle client, the last one. */
  live_p50: number;
  live_last: number;
  /** From the news to the last client that heard of it. */
  heard_last: number;
  refused: number;
  missing: number;
  twice: number;
};

const stores: Record<string, Figures> = { sqlite: await withSqlite() };
if (values.postgres) stores.postgres = await withPostgres(values.postgres);
if (values.json) console.log(JSON.stringify({ clients: CLIENTS, stores }));
else printTable();

async function withSqlite(): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-resume-'));
  try {
    return await measure({ FRONTDESK_DATA: folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Works in a schema of its own, which it drops at the end. */
async function withPostgres(url: string): Promise<Figures> {
  const schema = `frontdesk_resume_${process.pid}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create schema ${schema}`);
  try {
    const address = new URL(url);
    address.searchParams.set('options', `-c search_path=${schema}`);
    return await measure({ DATABASE_URL: address.href });
  } finally {
    await client.query(`drop schema ${schema} cascade`);
    await client.end();
  }
}

async function measure(store: Record<string, string>): Promise<Figures> {
  const env = { ...store, FRONTDESK_RATE_LIMIT: 'off', FRONTDESK_ENCODER: 'off', FRONTDESK_LOG: 'error' };
  const first = await startServer(env);
  const { port } = new URL(first.url);
  const clients = await inTurns(CLIENTS, async () => new Follower(Number(port), await startConversation(first.url)));
  for (const client of clients) client.connect();
  await until(() => clients.every(({ liveAt }) => liveAt !== null));
  await first.end('SIGKILL');
  for (const client of clients) client.liveAt = null;
  const second = await startServer({ ...env, PORT: port });
  const back = performance.now();
  await until(() => clients.every(({ liveAt }) => liveAt !== null));
  const live = clients.map(({ liveAt }) => (liveAt ?? back) - back).sort((a, b) => a - b);

  const told = performance.now();
  void (await inTurns(CLIENTS, async (n) => rate(second.url, clients[n] as Follower)));
  await until(() => clients.every(({ seqs }) => seqs.includes(NEWS_SEQ)));
  const heard = Math.max(...clients.map(({ newestAt }) => newestAt)) - told;
  for (const client of clients) client.close();
  await second.end('SIGTERM');
  return {
    live_p50: Math.round(live[Math.floor(live.length / 2)] ?? 0),
    live_last: Math.round(live.at(-1) ?? 0),
    heard_last: Math.round(heard),
    refused: sum(clients.map((client) => client.refused)),
    missing: sum(clients.map(({ seqs }) => NEWS_SEQ - new Set(seqs).size)),
    twice: sum(clients.map(({ seqs }) => seqs.length - new Set(seqs).size)),
  };
}

async function startConversation(url: string): Promise<Access> {
  return (await (await fetch(`${url}/v1/conversations`, { method: 'POST' })).json()) as Access;
}

async function rate(url: string, { access: { id, token } }: Follower): Promise<void> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ score: 5 });
  const answer = await fetch(`${url}/v1/conversations/${id}/rating`, { method: 'POST', headers, body });
  if (answer.status !== 204) throw new Error(`a rating was answered with ${answer.status}`);
}

/** Runs `count` jobs, a few at a time. */
async function inTurns<Value>(count: number, job: (n: number) => Promise<Value>): Promise<Value[]> {
  const results: Value[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) results[n] = await job(n);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`It did not happen within ${PATIENCE_MS / 1000} seconds.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function sum(list: number[]): number {
  return list.reduce((total, value) => total + value, 0);
}

function printTable(): void {
  console.log(`${CLIENTS} clients come back at once after their server was killed\n`);
  console.log('            live again ms (p50 / last)   heard the news ms (last)   refused   missing   twice');
  for (const [name, figures] of Object.entries(stores)) {
    const live = `${figures.live_p50} / ${figures.live_last}`;
    const { heard_last, refused, missing, twice } = figures;
    const cells = [
      live.padEnd(28),
      String(heard_last).padEnd(26),
      String(refused).padEnd(9),
      String(missing).padEnd(9),
    ];
    console.log(`${name.padEnd(11)} ${cells.join(' ')} ${twice}`);
  }
}
