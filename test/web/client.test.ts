import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import type { ApiError } from '../../web/widget/api-error.ts';
import { type Access, type Client, createClient, type Delays } from '../../web/widget/client.ts';
import { FakeFrontdesk, type FakeOptions } from './fake-frontdesk.ts';

const QUICK: Partial<Delays> = { base: 5, max: 40 };
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp(options: FakeOptions = {}): Promise<{ fake: FakeFrontdesk; client: Client; access: Access }> {
  const fake = await FakeFrontdesk.start(options);
  fake.retryMs = 5;
  closers.push(() => fake.stop());
  const client = createClient({ baseUrl: fake.url, delays: QUICK });
  return { fake, client, access: await client.create({ language: 'en' }) };
}

function follow(client: Client, access: Access, after = 0) {
  const stop = new AbortController();
  closers.push(() => stop.abort());
  const events: LoggedEvent[] = [];
  const connection: string[] = [];
  const ended = client.follow({
    access,
    after,
    signal: stop.signal,
    onEvent: (event) => events.push(event),
    onConnection: (state) => connection.push(state),
  });
  ended.catch(() => {});
  return { events, connection, ended, stop };
}

const until = (check: () => boolean) => expect.poll(check, { interval: 5 }).toBe(true);

describe('requests', () => {
  test('carry the token, JSON and what was asked', async () => {
    const { fake, client, access } = await setUp();
    await client.send(access, { text: 'Hi', idempotencyKey: 'k1' });
    await client.handoff(access);
    await client.rate(access, { score: 5, comment: 'Good' });
    await client.cancel(access);
    expect((await client.agent()).name).toBe('Eva');
    const seen = fake.requests.map(({ method, path, body }) => [method, path.split('/').at(-1), body]);
    expect(seen).toEqual([
      ['POST', 'conversations', { language: 'en' }],
      ['POST', 'messages', { text: 'Hi', idempotencyKey: 'k1' }],
      ['POST', 'handoff', {}],
      ['POST', 'rating', { score: 5, comment: 'Good' }],
      ['POST', 'cancel', {}],
      ['GET', 'agent', null],
    ]);
    const message = fake.requests[1]?.headers;
    expect([message?.authorization, message?.accept]).toEqual([`Bearer ${access.token}`, 'application/json']);
  });

  test('an error keeps its code and status', async () => {
    const { client, access } = await setUp();
    const problem = await client
      .send({ ...access, token: 'wrong' }, { text: 'Hi', idempotencyKey: 'k' })
      .catch((e) => e);
    expect(problem).toMatchObject({ code: 'unauthorized', status: 401, wait: null });
    expect((problem as ApiError).gone).toBe(true);
  });

  test('no answer at all is an error of its own', async () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:1/', delays: QUICK });
    expect(await client.create().catch((error) => error)).toMatchObject({ code: 'network', status: 0 });
  });
});

describe('send', () => {
  test('is tried again with the same key, and the message is taken once', async () => {
    const { fake, client, access } = await setUp();
    // The first attempt is refused, the second is taken and its answer lost, the third finds it done.
    fake.faults.push({ path: /messages/, status: 503, code: 'unavailable', times: 1 });
    fake.faults.push({ path: /messages/, status: 0, code: '', times: 1, afterHandling: true });
    await client.send(access, { text: 'Hi', idempotencyKey: 'k1' });
    const keys = fake.requests.filter(({ path }) => path.endsWith('messages')).map(({ body }) => body);
    expect(keys).toEqual(Array(3).fill({ text: 'Hi', idempotencyKey: 'k1' }));
    const received = fake.conversations.get(access.id)?.events.filter((event) => event.type === 'message.received');
    expect(received).toHaveLength(1);
  });

  test('gives up after some attempts, and at once where trying again is useless', async () => {
    const { fake, client, access } = await setUp();
    const attempts = () => fake.requests.filter(({ path }) => path.endsWith('messages')).length;
    fake.faults.push({ path: /messages/, status: 503, code: 'unavailable', times: 99 });
    await expect(client.send(access, { text: 'Hi', idempotencyKey: 'k1' })).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(attempts()).toBe(4);
    fake.faults[0] = { path: /messages/, status: 413, code: 'message_too_long', times: 1 };
    await expect(client.send(access, { text: 'Hi', idempotencyKey: 'k2' })).rejects.toMatchObject({ status: 413 });
    expect(attempts()).toBe(5);
  });
});

describe('follow', () => {
  test('replays, then goes on live', async () => {
    const { client, access } = await setUp();
    const { events } = follow(client, access);
    await until(() => events.length === 2);
    await client.send(access, { text: 'Hi', idempotencyKey: 'k' });
    await until(() => events.at(-1)?.type === 'turn.ended');
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  });

  test('over many cuts nothing is missing and nothing comes twice; it resumes by Last-Event-ID', async () => {
    const { fake, client, access } = await setUp({ replies: () => Array(5).fill({ text: 'Piece. ' }) });
    const { events, connection } = follow(client, access);
    for (let round = 0; round < 20; round += 1) {
      await client.send(access, { text: 'Hi', idempotencyKey: `k${round}` });
      fake.dropStreams();
    }
    const all = fake.conversations.get(access.id)?.events ?? [];
    await until(() => events.length >= all.length);
    expect(events).toEqual(all);
    expect(connection).toContain('lost');
    const asked = fake.requests
      .filter(({ path }) => path.endsWith('events'))
      .map(({ headers }) => headers['last-event-id']);
    expect(asked[0]).toBeUndefined();
    expect(Number(asked.at(-1))).toBeGreaterThan(2);
  });

  test('goes on from a known position', async () => {
    const { client, access } = await setUp();
    const { events } = follow(client, access, 1);
    await until(() => events.length === 1);
    expect(events[0]?.seq).toBe(2);
  });

  test('rejects when the conversation is gone', async () => {
    const { client, access } = await setUp();
    await expect(follow(client, { ...access, id: 'other' }).ended).rejects.toMatchObject({ status: 404 });
    await expect(follow(client, { ...access, token: 'other' }).ended).rejects.toMatchObject({ status: 401 });
  });

  test('keeps trying while the server is in trouble', async () => {
    const { fake, client, access } = await setUp();
    fake.faults.push({ path: /events/, status: 503, code: 'unavailable', times: 3 });
    const { events } = follow(client, access);
    await until(() => events.length === 2);
  });

  test('returns when it is stopped', async () => {
    const { client, access } = await setUp();
    const { events, ended, stop } = follow(client, access);
    await until(() => events.length === 2);
    stop.abort();
    await expect(ended).resolves.toBeUndefined();
  });
});

describe('a stream that misbehaves', () => {
  const event = (seq: number) =>
    `data: ${JSON.stringify({ seq, at: 0, type: 'step.started', turnId: 't', step: 0 })}\n\n`;

  /** Answers the nth connection with the nth script; the last one stays open. */
  async function streams(...scripts: ((response: ServerResponse) => void)[]) {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers['last-event-id'] as string | undefined);
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      scripts[Math.min(asked.length, scripts.length) - 1]?.(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const client = createClient({ baseUrl, delays: { ...QUICK, idle: 300 } });
    return { asked, ...follow(client, { id: 'c', token: 't' }) };
  }

  test('events that come twice or out of order are told once, in order', async () => {
    const { events } = await streams((response) => {
      response.write(event(1) + event(1) + event(2) + event(1) + event(3));
    });
    await until(() => events.length >= 3);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('a gap is asked for again', async () => {
    const { asked, events } = await streams(
      (response) => response.write(event(1) + event(3)),
      (response) => response.write(event(2) + event(3)),
    );
    await until(() => events.length >= 3);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(asked.slice(0, 2)).toEqual([undefined, '1']);
  });

  test('a gap that the server cannot fill does not stop the conversation', async () => {
    const { events } = await streams((response) => response.write(event(1) + event(3) + event(4)));
    await until(() => events.length >= 3);
    expect(events.map(({ seq }) => seq)).toEqual([1, 3, 4]);
  });

  test('silence without a heartbeat is taken for a dead connection', async () => {
    const { asked, events } = await streams(
      (response) => response.write(event(1)),
      (response) => response.write(event(2)),
    );
    await until(() => events.length >= 2);
    expect(asked.slice(0, 2)).toEqual([undefined, '1']);
  });

  test('garbage is skipped, a character cut in two is joined', async () => {
    const text = Buffer.from(`data: ${JSON.stringify({ seq: 1, at: 0, type: 'notice', text: 'é€' })}\n\n`);
    const cut = text.indexOf(Buffer.from('é')) + 1;
    const { events } = await streams((response) => {
      response.write('data: not json\n\ndata: {"type":"x"}\n\n: comment\n\n');
      response.write(text.subarray(0, cut));
      setTimeout(() => response.write(text.subarray(cut)), 30);
    });
    await until(() => events.length >= 1);
    expect(events[0]).toMatchObject({ seq: 1, text: 'é€' });
  });
});
