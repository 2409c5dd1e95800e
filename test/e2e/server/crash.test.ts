import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../../src/protocol/events.ts';
import { readEvents } from '../../http/requests.ts';
import { checkLog } from './check-log.ts';
import { Customer, endedTurns } from './customer.ts';
import { Follower } from './follower.ts';
import { createPlace, type Place, type StoreKind, storeKinds } from './places.ts';
import { createProcesses, type Server } from './processes.ts';
import { type Random, randomFrom, seeded } from './random.ts';
import { startStreamingClaude, streamedReply, textOf } from './streamed-replies.ts';

/** For longer runs: kills of each store. */
const KILLS = process.env.TEST_KILLS ? Number(process.env.TEST_KILLS) : null;
const EACH_KILL = 3;
const SENTENCES = 30;
const DELTA_MS = 15;
/** A reply takes about this long. */
const REPLY_MS = 2 * SENTENCES * DELTA_MS + 300;
/** On PostgreSQL a lease of the dead server has to lapse first. */
const PATIENCE_MS = 45_000;

const processes = createProcesses();
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => processes.cleanUp());

describe.each(storeKinds())('a server over %s', (kind) => {
  const kills = KILLS ?? (kind === 'SQLite' ? 8 : 4);
  test(`killed ${kills} times in the middle of replies loses nothing`, { timeout: 120_000 + kills * 10_000 }, () =>
    seeded(async (seed) => {
      const place = await createPlace(kind, processes);
      closers.push(() => place.cleanUp());
      await killAndCompare({ kind, place, kills, random: randomFrom(seed) });
    }),
  );
});

/** One conversation with one question, and what its client knows of it. */
type Client = {
  customer: Customer;
  follower: Follower;
  question: string;
  key: string;
  /** Id of the question, once the server has acknowledged it. */
  acknowledged: string | null;
};

type Ordeal = { kind: StoreKind; place: Place; kills: number; random: Random };

async function killAndCompare({ kind, place, kills, random }: Ordeal): Promise<void> {
  const claude = await startStreamingClaude({ sentences: SENTENCES, deltaMs: DELTA_MS });
  closers.push(() => claude.close());
  const env = { ...place.env, ANTHROPIC_BASE_URL: claude.url };
  const address = { url: '' };
  const clients: Client[] = [];
  let caughtOpen = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const server = await processes.start(env);
    address.url = server.url;
    // On PostgreSQL the leases of the dead lapse one after the other: those are waited for together, at the end.
    if (kind === 'SQLite') await Promise.all(clients.map((client) => settle(client, server)));
    const following = clients.map(({ follower }) => follower.follow({ port: server.port, until: () => false }));
    const fresh = await Promise.all(Array.from({ length: EACH_KILL }, (_, n) => newClient(address, kill, n)));
    const asking = fresh.map((client) => ask(client, following, server));
    await pause(random() * REPLY_MS);
    await server.kill();
    await Promise.all([...asking, ...following]);
    clients.push(...fresh);
    caughtOpen += fresh.filter(({ follower }) => endedTurns(follower.seen) === 0).length;
  }
  expect(caughtOpen).toBeGreaterThan(0);

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

/** Sends the question and follows the conversation for as long as the server lives. */
async function ask(client: Client, following: Promise<unknown>[], server: Server): Promise<void> {
  const { customer, follower, question: text, key: idempotencyKey } = client;
  following.push(follower.follow({ port: server.port, until: () => false }));
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
