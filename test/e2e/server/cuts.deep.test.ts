import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../../src/protocol/events.ts';
import { isDeep } from '../../depth.ts';
import { checkLog } from './check-log.ts';
import { Customer, endedTurns } from './customer.ts';
import { type Cuts, Follower } from './follower.ts';
import { createPlace, type Place, storeKinds } from './places.ts';
import { createProcesses } from './processes.ts';
import { type Random, randomFrom, seeded } from './random.ts';
import { startStreamingClaude, streamedReply, textOf } from './streamed-replies.ts';

const [CUTS, CONVERSATIONS] = isDeep ? [320, 16] : [96, 6];
const TURNS = Math.max(2, Math.ceil(CUTS / CONVERSATIONS / 10));
const SENTENCES = 40;

const processes = createProcesses({ FRONTDESK_ENCODER: 'off' });
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => processes.cleanUp());

describe.each(storeKinds())('an event stream over %s', (kind) => {
  test(`cut off at ${CUTS} random bytes ends with the log`, () =>
    seeded(async (seed) => {
      const place = await createPlace(kind, processes);
      closers.push(() => place.cleanUp());
      await cutAndCompare(place, seed);
    }));
});

async function cutAndCompare(place: Place, seed: number): Promise<void> {
  const claude = await startStreamingClaude({ sentences: SENTENCES, deltaMs: 4 });
  closers.push(() => claude.close());
  const env = { ...place.env, ANTHROPIC_BASE_URL: claude.url };
  let server = await processes.start(env);
  const customers = await Promise.all(Array.from({ length: CONVERSATIONS }, () => Customer.start(server)));
  const followers = await Promise.all(
    customers.map(async (customer, n) => {
      const random = randomFrom(seed + n);
      const follower = new Follower(customer);
      await Promise.all([
        followWithCuts(follower, { port: server.port, random, cuts: CUTS / CONVERSATIONS }),
        converse(customer, `${seed} ${n}`),
      ]);
      return follower;
    }),
  );
  const cuts = totals(followers);
  expect(cuts.head + cuts.betweenFrames + cuts.inFrame + cuts.inCharacter).toBeGreaterThanOrEqual(CUTS);
  const places = isDeep ? (['head', 'inFrame', 'inCharacter'] as const) : (['head', 'inFrame'] as const);
  for (const where of places) expect(cuts[where], where).toBeGreaterThan(0);

  const lateNow = await Promise.all(customers.map((customer) => customer.events(TURNS)));
  expect(await server.stop()).toMatchObject({ code: 0, stderr: '' });
  const logs = await place.logs(customers.map(({ id }) => id));
  for (const [n, log] of logs.entries()) {
    expect(followers[n]?.seen).toEqual(log);
    expect(lateNow[n]).toEqual(log);
    checkConversation(log, `${seed} ${n}`);
  }
  server = await processes.start(env);
  const afterRestart = customers.map((customer) => new Customer(server, customer));
  expect(await Promise.all(afterRestart.map((customer) => customer.events(TURNS)))).toEqual(logs);
  await server.stop();
}

async function converse(customer: Customer, name: string): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const question = questionOf(name, turn);
    const { text, citations } = await customer.say(question);
    expect(text).toBe(textOf(streamedReply(question, SENTENCES)));
    expect(citations.length).toBeGreaterThan(0);
  }
}

function questionOf(name: string, turn: number): string {
  return `What does electric car insurance cover, case ${name}, question ${turn}?`;
}

/** Comes back after each cut, and stays when they are used up. The conversation has more bytes than the cuts let through. */
async function followWithCuts(
  follower: Follower,
  { port, random, cuts }: { port: number; random: Random; cuts: number },
): Promise<void> {
  const until = () => endedTurns(follower.seen) >= TURNS;
  for (let cut = 0; cut < cuts; cut += 1) {
    const cutAfter = 1 + Math.floor(random() * (random() < 0.1 ? 300 : 1_400));
    expect(await follower.follow({ port, until, cutAfter })).toBe('cut');
  }
  expect(await follower.follow({ port, until })).toBe('done');
}

function checkConversation(log: LoggedEvent[], name: string): void {
  expect(log.filter(({ type }) => type === 'citation.added').length).toBeGreaterThan(0);
  const texts = Array.from({ length: TURNS }, (_, turn) => textOf(streamedReply(questionOf(name, turn), SENTENCES)));
  expect(checkLog(log)).toEqual(texts);
}

function totals(followers: Follower[]): Cuts {
  const sum = { head: 0, betweenFrames: 0, inFrame: 0, inCharacter: 0 };
  for (const { cuts } of followers) for (const where of Object.keys(sum) as (keyof Cuts)[]) sum[where] += cuts[where];
  return sum;
}
