import { once } from 'node:events';
import { type RequestOptions, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NO_LIMITS } from '../../src/conversations/limits.ts';
import { clientAddress } from '../../src/http/client-address.ts';
import type { HttpContext, HttpSettings } from '../../src/http/face.ts';
import { listen } from '../../src/http/listen.ts';
import { type Answer, OPERATOR_TOKEN, testDesk } from './test-desk.ts';

const RATES = { visitorMessages: 3, addressMessages: 100, addressConversations: 100 };
const ORIGIN = 'https://shop.example';

/** A real server with limits; requests come from an address of their own where they say so. */
async function limited(options: { rates?: Partial<typeof RATES>; settings?: Partial<HttpSettings> } = {}) {
  const answers: Answer[] = Array.from({ length: 20 }, () => 'Yes.');
  const opened = await testDesk({ answers, settings: options.settings ?? {} });
  opened.desk.limits = { ...NO_LIMITS, rates: { ...RATES, ...options.rates } };
  const listening = await listen(opened.app, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => listening.close(0));
  const call = (path: string, init: RequestOptions & { body?: unknown } = {}) =>
    send({ port: listening.port, host: '127.0.0.1', path, ...init });
  const start = async (init: RequestOptions & { body?: unknown } = {}) => {
    const { status, body } = await call('/v1/conversations', { method: 'POST', ...init });
    const { id = '', token = '' } = body as { id?: string; token?: string };
    const headers = { Authorization: `Bearer ${token}` };
    const say = (text: string, more: RequestOptions = {}) =>
      call(`/v1/conversations/${id}/messages`, {
        ...{ method: 'POST', body: { text } },
        ...more,
        headers: { ...headers, ...more.headers },
      });
    return { status, body, id, headers, say };
  };
  return { ...opened, port: listening.port, call, start };
}

type Sent = RequestOptions & { body?: unknown };
type Got = { status: number; headers: Record<string, unknown>; body: unknown };

async function send({ body, headers, ...options }: Sent): Promise<Got> {
  const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const sent = request({ ...options, agent: false, headers: { ...json, ...(headers as object) } });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = await once(sent, 'response');
  let text = '';
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
}

/** Opens an event stream; resolves with its status, and with what ends it. */
async function openStream(options: RequestOptions): Promise<{ status: number; close(): Promise<void> }> {
  const sent = request({ host: '127.0.0.1', ...options, agent: false });
  sent.on('error', () => {});
  sent.end();
  const [answer] = await once(sent, 'response');
  answer.on('error', () => {});
  answer.resume();
  const close = async () => {
    sent.destroy();
    if (!answer.closed) await new Promise((resolve) => answer.once('close', resolve));
  };
  onTestFinished(close);
  return { status: answer.statusCode, close };
}

const errorOf = ({ body }: Got) => (body as { error: { code: string; message: string } }).error;

describe('limits over HTTP', () => {
  test('a conversation sends a few messages at once, and no more are even looked up', async () => {
    const { app, start, store } = await limited({ rates: { visitorMessages: 1000, addressMessages: 1000 } });
    const { id, headers, say } = await start();
    const send = (n: number) =>
      app.request(`/v1/conversations/${id}/messages`, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({ text: `Is it so? ${n}` }),
      });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => send(n)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(answer.headers.get('Retry-After')).toBe('1');
      expect(await answer.json()).toMatchObject({ error: { code: 'too_many_messages' } });
    }
    const received = (await store.log.events(id)).filter(({ type }) => type === 'message.received');
    expect(received).toHaveLength(60 - refused.length);
    expect((await say('And one by one?')).status).toBe(200);
  });

  test('half-sent bodies of an address take only so much memory, and others are served', async () => {
    const { port, start, call } = await limited({ settings: { proxies: 1 } });
    const from = (address: string) => ({ 'X-Forwarded-For': address });
    const half = 900 * 1024;
    const answers: number[] = [];
    for (let n = 0; n < 8; n++) {
      const sent = request({
        ...{ port, host: '127.0.0.1', path: '/api/chat', method: 'POST', agent: false },
        headers: { ...from('203.0.113.9'), 'Content-Type': 'application/json', 'Content-Length': half + 1 },
      });
      sent.on('error', () => {});
      sent.on('response', ({ statusCode = 0 }) => answers.push(statusCode));
      onTestFinished(() => void sent.destroy());
      sent.write(Buffer.alloc(half, ' '));
    }
    await expect.poll(() => answers).toEqual([429, 429, 429, 429]);
    // The others are waited for.
    await sleep(300);
    expect(answers).toHaveLength(4);
    const refused = await call('/v1/conversations', {
      ...{ method: 'POST', headers: from('203.0.113.9'), body: { metadata: { text: 'x'.repeat(60_000) } } },
    });
    expect([refused.status, errorOf(refused).code]).not.toContain(201);
    expect((await start({ headers: from('203.0.113.10') })).status).toBe(201);
  });

  test('a visitor who sends too much gets a code, a sentence and when to come back, which other sites can read', async () => {
    const { start } = await limited();
    const { say } = await start();
    for (let n = 0; n < 3; n++) expect((await say('Hello')).status).toBe(200);
    const refused = await say('Hello', { headers: { Origin: ORIGIN } });
    expect(refused.status).toBe(429);
    expect(errorOf(refused)).toEqual({ code: 'too_many_messages', message: expect.stringMatching(/wait a little/) });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_500);
    expect(refused.headers['access-control-expose-headers']).toContain('Retry-After');
    const stream = await say('Hello', { headers: { Accept: 'text/event-stream' } });
    expect([stream.status, errorOf(stream).code]).toEqual([429, 'too_many_messages']);
    expect((await (await start()).say('Hello')).status).toBe(200);
  });

  test('the same visitor counts in a further conversation', async () => {
    const { start } = await limited();
    const first = await start();
    const { visitor } = first.body as { visitor: string };
    const second = await start({ body: { visitor } });
    for (const { say } of [first, second, first]) expect((await say('Hello')).status).toBe(200);
    expect((await second.say('Hello')).status).toBe(429);
    const wrong = await start({ body: { visitor: 'short' } });
    expect([wrong.status, errorOf(wrong as never).code]).toEqual([400, 'invalid_request']);
  });

  test('an address is what the connection comes from; what a client writes into a header is not believed', async () => {
    const { start, logged } = await limited({ rates: { addressConversations: 2 } });
    for (const n of [1, 2]) expect((await start({ headers: { 'X-Forwarded-For': `192.0.2.${n}` } })).status).toBe(201);
    const refused = await start({ headers: { 'X-Forwarded-For': '192.0.2.3' } });
    expect([refused.status, errorOf(refused as never).code]).toEqual([429, 'too_many_conversations']);
    expect((await start({ localAddress: '127.0.0.2' })).status).toBe(201);
    expect(logged.map(({ message }) => message)).toEqual([expect.stringContaining('set FRONTDESK_PROXIES')]);
  });

  test('behind proxies of one’s own it is what the outermost of them saw', async () => {
    const { start } = await limited({ rates: { addressConversations: 1 }, settings: { proxies: 2 } });
    const from = (chain: string) => start({ headers: { 'X-Forwarded-For': chain } });
    expect((await from('192.0.2.1, 10.0.0.1')).status).toBe(201);
    expect((await from('198.51.100.9, 192.0.2.1, 10.0.0.1')).status).toBe(429);
    expect((await from('192.0.2.2, 10.0.0.1')).status).toBe(201);
  });

  test('an address has so many open streams; one that ends makes room', async () => {
    const { start, port } = await limited({ settings: { streamsPerAddress: 3 } });
    const { id, headers } = await start();
    const path = `/v1/conversations/${id}/events`;
    const opened = await Promise.all([1, 2, 3, 4, 5].map(() => openStream({ port, path, headers })));
    expect(opened.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
    expect((await openStream({ port, path, headers, localAddress: '127.0.0.3' })).status).toBe(200);
    await opened.find(({ status }) => status === 200)?.close();
    await expect.poll(async () => (await openStream({ port, path, headers })).status).toBe(200);
    const refused = await send({ host: '127.0.0.1', port, path, headers });
    expect(errorOf(refused).code).toBe('too_many_streams');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('a flood of opens and hang-ups leaves no slot behind', async () => {
    const { start, port } = await limited({ settings: { streamsPerAddress: 2 } });
    const { id, headers } = await start();
    const path = `/v1/conversations/${id}/events`;
    for (let round = 0; round < 20; round++) {
      const sent = Array.from({ length: 10 }, () => {
        const one = request({ host: '127.0.0.1', port, path, headers, agent: false });
        one.on('error', () => {});
        one.end();
        return one;
      });
      await new Promise((resolve) => setTimeout(resolve, round % 5));
      for (const one of sent) one.destroy();
    }
    for (const method of ['HEAD', 'HEAD', 'HEAD']) await send({ host: '127.0.0.1', port, path, headers, method });
    await expect.poll(async () => (await openStream({ port, path, headers })).status).toBe(200);
    await expect.poll(async () => (await openStream({ port, path, headers })).status).toBe(200);
  });

  test('an operator switches the agent off and on, and sees what it has spent', async () => {
    const { call, start } = await limited();
    const operator = { headers: { Authorization: `Bearer ${OPERATOR_TOKEN}` } };
    const state = (paused: unknown) => ({ status: 200, body: { paused, spent: { dollars: 0, budget: null } } });
    expect(await call('/v1/operator/agent', operator)).toMatchObject(state(null));
    const { say } = await start();
    const off = { since: expect.any(Number), reason: 'It quotes old prices' };
    const post = { ...operator, method: 'POST' };
    const reason = { reason: 'It quotes old prices' };
    expect(await call('/v1/operator/agent/pause', { ...post, body: reason })).toMatchObject(state(off));
    const refused = await say('Hello');
    expect([refused.status, errorOf(refused).code, refused.headers['retry-after']]).toEqual([503, 'paused', '60']);
    expect(JSON.stringify(refused.body)).not.toContain('old prices');
    expect(await call('/v1/operator/agent/resume', post)).toMatchObject(state(null));
    expect((await say('Hello')).status).toBe(200);
    for (const path of ['', '/pause', '/resume']) {
      const init = path === '' ? {} : { method: 'POST' };
      expect((await call(`/v1/operator/agent${path}`, init)).status).toBe(401);
    }
  });
});

describe('the address that is counted', () => {
  const addressOf = (remoteAddress: string, forwarded = '', proxies = 0) => {
    const req = { header: () => forwarded || undefined };
    return clientAddress({ req, env: { incoming: { socket: { remoteAddress } } } } as unknown as HttpContext, proxies);
  };

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is %s', (remote, counted) => {
    expect(addressOf(remote)).toBe(counted);
  });

  test.each([
    ['192.0.2.7', 1, '192.0.2.7'],
    ['192.0.2.7:4711', 1, '192.0.2.7'],
    ['[2001:db8::9]:443', 1, '2001:db8:0:0::/64'],
    ['1.1.1.1, 192.0.2.7', 1, '192.0.2.7'],
    ['192.0.2.7', 2, '10.0.0.1'],
    ['unknown', 1, '10.0.0.1'],
    ['', 1, '10.0.0.1'],
    ['192.0.2.7, ', 1, '10.0.0.1'],
  ])('X-Forwarded-For: %s behind %i is %s', (forwarded, proxies, counted) => {
    expect(addressOf('10.0.0.1', forwarded, proxies)).toBe(counted);
  });
});
