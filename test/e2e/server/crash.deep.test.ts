import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../../src/protocol/events.ts';
import { isDeep } from '../../depth.ts';
import { readEvents } from '../../http/requests.ts';
import { checkLog } from './check-log.ts';
import { Customer, endedTurns } from './customer.ts';
import { Follower } from './follower.ts';
import { createPlace, type Place, type StoreKind, storeKinds } from './places.ts';
import { createProcesses, type Environment, type Server } from './processes.ts';
import { type Random, randomFrom, seeded } from './random.ts';
import { startStreamingClaude, streamedReply, textOf } from './streamed-replies.ts';

const KILLS = isDeep ? { SQLite: 4, PostgreSQL: 2 } : { SQLite: 2, PostgreSQL: 1 };
const LONG = { timeout: 180_000 };
const EACH_KILL = 3;
const SENTENCES = 30;
const DELTA_MS = 15;
/** A reply takes longer than this: each sentence comes in two pieces. */
const REPLY_MS = 2 * SENTENCES * DELTA_MS;
/** On PostgreSQL a lease of the dead server has to lapse first. */
const PATIENCE_MS = 60_000;

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
afterAll(() => processes.cleanUp());

describe('a server that is killed', { concurrent: true }, () => {
  const kinds = storeKinds();
  const each = kinds.map((kind) => ({ kind, kills: KILLS[kind] }));

  test.for(each)('in the middle of replies, $kills times, loses nothing: $kind', LONG, ({ kind, kills }) =>
    seeded((seed) =>
      withClaude(kind, (place, env) => killAndCompare({ kind, place, env, kills, random: randomFrom(seed) })),
    ),
  );

  test.skipIf(!kinds.includes('PostgreSQL'))('has its reply finished by another one on the same database', LONG, () =>
    withClaude('PostgreSQL', async (place, env) => {
      const [one, two] = await Promise.all([processes.start(env), processes.start(env)]);
      const client = await newClient({ url: one.url }, 0, 0);
      // This client has never been connected to the one that dies.
      const settled = settle({ ...client, acknowledged: 'by the other server' }, two);
      await Promise.all([ask(client), client.follower.has('segment.released')]);
      await one.kill();
      await settled;
      await two.stop();
      const [log = []] = await place.logs([client.customer.id]);
      checkClient(client, log);
    }),
  );
});

async function withClaude(kind: StoreKind, body: (place: Place, env: Environment) => Promise<void>): Promise<void> {
  const place = await createPlace(kind, processes);
  const claude = await startStreamingClaude({ sentences: SENTENCES, deltaMs: DELTA_MS });
  try {
    await body(place, { ...place.env, ANTHROPIC_BASE_URL: claude.url });
  } finally {
    await claude.close();
    await place.cleanUp();
  }
}

/** One conversation with one question, and what its client knows of it. */
type Client = {
  customer: Customer;
  follower: Follower;
  question: string;
  key: string;
  /** Id of the question, once the server has acknowledged it. */
  acknowledged: string | null;
};

type Ordeal = { kind: StoreKind; place: Place; env: Environment; kills: number; random: Random };

async function killAndCompare({ kind, place, env, kills, random }: Ordeal): Promise<void> {
  const address = { url: '' };
  const clients: Client[] = [];
  let caughtOpen = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const server = await processes.start(env);
    address.url = server.url;
    // On PostgreSQL the leases of the dead lapse one after the other: those are waited for together, at the end.
    if (kind === 'SQLite') await Promise.all(clients.map((client) => settle(client, server)));
    const fresh = await Promise.all(Array.from({ length: EACH_KILL }, (_, n) => newClient(address, kill, n)));
    clients.push(...fresh);
    const following = clients.map(({ follower }) => follower.follow({ port: server.port, until: () => false }));
    const asking = fresh.map(ask);
    await pause(random() * REPLY_MS);
    await server.kill();
    await Promise.all([...asking, ...following]);
    caughtOpen += fresh.filter(({ follower }) => endedTurns(follower.seen) === 0).length;
  }
  expect(caughtOpen).toBeGreaterThanOrEqual(kills);

  const server = await processes.start(env);
  address.url = server.url;
  await Promise.all(clients.map((client) => settle(client, server)));
  await Promise.all(clients.map(checkRetry));
  await Promise.all(clients.map(checkHistory));
  expect(await server.stop()).toMatchObject({ code: 0, stderr: '' });
  const logs = await place.logs(clients.map(({ customer }) => customer.id));
  for (const [n, log] of logs.entries()) checkClient(clients[n] as Client, log);
}

async function newClient(address: { url: string }, kill: number, n: number): Promise<Client> {
  const customer = await Customer.start(address);
  const what = n % 2 === 0 ? 'What is covered' : 'I want a quote';
  const question = `${what}, case ${kill} ${n} of ${customer.id}?`;
  return { customer, follower: new Follower(customer), question, key: `key ${kill} ${n}`, acknowledged: null };
}

/** Sends the question; the server may die meanwhile. */
async function ask(client: Client): Promise<void> {
  const { customer, question: text, key: idempotencyKey } = client;
  try {
    const headers = { Accept: 'text/event-stream' };
    const response = await customer.post('/messages', { text, idempotencyKey }, headers);
    const { events } = await readEvents(response, ([first]) => first?.type === 'message.received');
    if (events[0]?.type === 'message.received') client.acknowledged = events[0].messageId;
  } catch {
    // The server was killed before it answered: the client does not know, and sends it again when it can.
  }
}

/** Waits for the end of the turn. Only a question that was never acknowledged is sent again. */
async function settle(client: Client, server: Server): Promise<void> {
  const { customer, follower, question, key } = client;
  if (!client.acknowledged) client.acknowledged = await sendAgain(customer, question, key);
  if (endedTurns(follower.seen) > 0) return;
  const until = () => endedTurns(follower.seen) > 0;
  const late = pause(PATIENCE_MS, 'late', { ref: false });
  expect(await Promise.race([follower.follow({ port: server.port, until }), late]), question).toBe('done');
}

async function sendAgain(customer: Customer, question: string, key: string): Promise<string> {
  const [received] = await customer.stream(question, key);
  if (received?.type !== 'message.received') throw new Error(`the answer begins with ${received?.type}`);
  return received.messageId;
}

/** The same key after all that is the same message, with the reply that it had. */
async function checkRetry({ customer, question, key, acknowledged, follower }: Client): Promise<void> {
  expect(await sendAgain(customer, question, key)).toBe(acknowledged);
  const ended = follower.seen.find(({ type }) => type === 'turn.ended');
  expect(await customer.say(question, key)).toMatchObject({ id: (ended as { messageId: string }).messageId });
}

async function checkHistory({ customer, question }: Client): Promise<void> {
  const { messages } = await customer.read();
  expect(messages.map(({ role }) => role)).toEqual(['agent', 'customer', 'agent']);
  expect(messages[1]?.text).toBe(question);
  checkReply(messages[2]?.text ?? '', question);
}

/** What the client has seen, in pieces and over several servers, is the log; the turn ended once. */
function checkClient({ customer, follower, question }: Client, log: LoggedEvent[]): void {
  expect(follower.seen, customer.id).toEqual(log);
  const [text = '', ...others] = checkLog(log);
  expect(others).toEqual([]);
  checkReply(text, question);
  expect(log.filter(({ type }) => type === 'turn.ended')).toMatchObject([{ outcome: 'completed' }]);
}

/** With a quote, something was said before the tool was called. */
function checkReply(text: string, question: string): void {
  const expected = textOf(streamedReply(question, SENTENCES));
  expect(text.slice(-expected.length)).toBe(expected);
  expect(text.length - expected.length, text).toBeLessThan(40);
}
