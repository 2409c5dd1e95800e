import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventStream, type Frame } from '../../src/http/event-stream.ts';
import { listen } from '../../src/http/listen.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';
import { customer, eventually, readEvents, type Started, startOne } from './requests.ts';
import { type Answer, testDesk } from './test-desk.ts';

async function served(options: { answers?: Answer[]; heartbeatMs?: number } = {}) {
  const { heartbeatMs, answers = [] } = options;
  const desk = await testDesk({ answers, settings: heartbeatMs === undefined ? {} : { heartbeatMs } });
  const listening = await listen(desk.app, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => listening.close(0));
  const base = `http://127.0.0.1:${listening.port}`;
  const ask = ([path, init]: [string, RequestInit], signal?: AbortSignal) =>
    fetch(base + path, { ...init, ...(signal ? { signal } : {}) });
  return { ...desk, base, port: listening.port, ask, listening };
}

/** Sends bytes as they are and gives back what comes until the server hangs up. */
async function speak(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8');
  let answer = '';
  socket.on('data', (text: string) => {
    answer += text;
  });
  socket.on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

const events = (started: Started, headers: Record<string, string> = {}, query = '') =>
  customer(started, undefined, headers).at(`/events${query}`);

describe('streams', () => {
  test('replay, go on as it happens, and resume after any event', async () => {
    const { ask, app, store } = await served({ answers: ['One. Two. Three.'] });
    const started = await startOne({ app });
    const live = readEvents(await ask(events(started)), (seen) => seen.at(-1)?.type === 'turn.ended');
    await (await ask(customer(started, { text: 'Hi' }).at('/messages'))).json();
    const all = await store.log.events(started.id);
    expect((await live).events).toEqual(all);
    for (let after = 0; after < all.length; after += 1) {
      const resumed = await ask(events(started, { 'Last-Event-ID': String(after) }));
      const read = await readEvents(resumed, (seen) => seen.length === all.length - after);
      expect(read.events).toEqual(all.slice(after));
      expect(read.ids).toEqual(all.slice(after).map(({ seq }) => String(seq)));
    }
    const byQuery = await readEvents(await ask(events(started, {}, '?after=2')), (seen) => seen.length > 0);
    expect(byQuery.events[0]?.seq).toBe(3);
    const both = await ask(events(started, { 'Last-Event-ID': '4' }, '?after=1'));
    expect((await readEvents(both, (seen) => seen.length > 0)).events[0]?.seq).toBe(5);
  });

  test('keep quiet connections alive with comments', async () => {
    const { ask, app } = await served({ heartbeatMs: 20 });
    const started = await startOne({ app });
    const response = await ask(events(started));
    expect(response.headers.get('X-Accel-Buffering')).toBe('no');
    let raw = '';
    for await (const chunk of response.body ?? []) {
      raw += new TextDecoder().decode(chunk);
      if ((raw.match(/^: /gm) ?? []).length >= 3) break;
    }
    expect(raw).toMatch(/^retry: \d+\n\nid: 1\ndata: \{.*\}\n\nid: 2\ndata: \{.*\}\n\n: .*\n\n: /);
  });

  test('let go of the log when the client leaves, and the reply is made and kept all the same', async () => {
    const hold = Promise.withResolvers<void>();
    const { ask, app, store } = await served({ answers: [{ text: 'Said.\nAnd more.', after: hold.promise }] });
    const started = await startOne({ app });
    const leave = new AbortController();
    const followed = await ask(events(started), leave.signal);
    const headers = { Accept: 'text/event-stream' };
    const streamed = await ask(customer(started, { text: 'Hi' }, headers).at('/messages'), leave.signal);
    const waiting = ask(customer(started, { text: 'And?' }).at('/messages'), leave.signal);
    const left = Promise.allSettled([readEvents(followed), readEvents(streamed), waiting]);
    const said = (type: LoggedEvent['type']) => async () =>
      (await store.log.events(started.id)).filter((event) => event.type === type).length;
    await eventually(said('segment.released'));
    await eventually(async () => (await said('message.received')()) === 2);
    // Each of the three requests, and the turn itself, which looks out for a cancel.
    await eventually(async () => store.followers() === 4);
    leave.abort();
    expect((await left).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await eventually(async () => store.followers() === 1);
    hold.resolve();
    await eventually(async () => (await said('turn.ended')()) === 2);
    const read = await (await ask(customer(started).at(''))).json();
    expect(read.messages.map(({ text }: { text: string }) => text)).toContain('Said.\nAnd more.');
  });

  test('of a HEAD request follow nothing', async () => {
    const { ask, app, store } = await served();
    const started = await startOne({ app });
    const [path, init] = events(started);
    const response = await ask([path, { ...init, method: 'HEAD' }]);
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/event-stream']);
    expect(store.followers()).toBe(0);
  });

  test('survive cuts at random points: nothing missing, nothing twice', async () => {
    const { ask, app, store } = await served({ answers: ['A first sentence. A second one. A third — ¿sí? 😀 Yes.'] });
    const started = await startOne({ app });
    for (const text of ['One', 'Two', 'Three']) await (await ask(customer(started, { text }).at('/messages'))).json();
    const all = await store.log.events(started.id);
    for (let round = 0; round < 15; round += 1) {
      const seen: LoggedEvent[] = [];
      while (seen.length < all.length) {
        const cut = new AbortController();
        const quota = 1 + Math.floor(Math.random() * 400);
        const response = await ask(events(started, { 'Last-Event-ID': String(seen.at(-1)?.seq ?? 0) }), cut.signal);
        seen.push(...(await readBytes(response, quota, all.length)));
        cut.abort();
      }
      expect(seen).toEqual(all);
    }
  });

  test('wait for a client that does not read', async () => {
    let made = 0;
    async function* endless(): AsyncGenerator<Frame> {
      for (;;) {
        made += 1;
        const text = 'x'.repeat(10_000);
        yield { id: made, data: { text } };
      }
    }
    let stopped = false;
    const follow = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => {
        stopped = true;
      });
      return endless();
    };
    const answer = () => eventStream(follow, { onTrouble: () => {} });
    const listener = getRequestListener(answer, { overrideGlobalObjects: false });
    const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const asked = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
    asked.on('error', () => {});
    asked.end();
    const [response] = await once(asked, 'response');
    response.pause();
    let before = -1;
    await eventually(async () => {
      const still = made === before && made > 0;
      before = made;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return still;
    });
    // What the sockets of this machine hold, and no more.
    expect(made).toBeLessThan(2_000);
    asked.destroy();
    await eventually(async () => stopped);
  });
});

/** The events that arrive whole within so many bytes, or up to the one with this seq; the rest is left unread. */
async function readBytes(response: Response, quota: number, lastSeq: number): Promise<LoggedEvent[]> {
  const bytes: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    bytes.push(chunk);
    size += chunk.length;
    if (size >= quota || new RegExp(`^id: ${lastSeq}\n.*\n\n`, 'm').test(Buffer.concat(bytes).toString())) break;
  }
  const text = new TextDecoder().decode(Buffer.concat(bytes).subarray(0, quota));
  const whole = text.slice(0, text.lastIndexOf('\n\n') + 2);
  return [...whole.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '') as LoggedEvent);
}

describe('what is no request of ours', () => {
  test('a body of 1 MB is refused, and the client can read why', async () => {
    const { ask, app, base } = await served();
    const started = await startOne({ app });
    const large = await ask(customer(started, { text: 'a'.repeat(1_000_000) }).at('/messages'));
    expect([large.status, (await large.json()).error.code]).toEqual([413, 'body_too_large']);
    // Without an announced length, in chunks.
    const body = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 20; index += 1) controller.enqueue(new Uint8Array(50_000).fill(0x20));
        controller.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const chunked = await fetch(`${base}/v1/conversations`, init);
    expect([chunked.status, (await chunked.json()).error.code]).toEqual([413, 'body_too_large']);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });

  const post = (headers: string, body = '') =>
    `POST /v1/conversations HTTP/1.1\r\n${headers}Connection: close\r\n\r\n${body}`;
  const get = (path: string, headers = 'Host: localhost\r\n') =>
    `GET ${path} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`;
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['TLS', '\u0016\u0003\u0001\u0000\u0005hello', 400],
    ['no Host', get('/healthz', ''), 400],
    ['a Host of nonsense', get('/healthz', 'Host: a b/c\r\n'), 400],
    ['a Host of percent signs', get('/healthz', 'Host: %%%\r\n'), 400],
    ['an open bracket as Host', get('/healthz', 'Host: [::1\r\n'), 400],
    ['a backslash in the path', get('/a\\b'), 400],
    ['a path that is an asterisk', get('*'), 400],
    ['a raw byte in the path', get('/v1/conversations/\u00ff'), 400],
    ['headers of 100 KB', get('/healthz', `Host: localhost\r\nX: ${'x'.repeat(100_000)}\r\n`), 431],
    ['two lengths', post('Host: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n'), 400],
    ['a length of nonsense', post('Host: localhost\r\nContent-Length: many\r\n'), 400],
    ['a chunk of nonsense', post('Host: localhost\r\nTransfer-Encoding: chunked\r\n', 'zz\r\n'), 400],
    ['TRACE', get('/healthz').replace('GET', 'TRACE'), 405],
    ['a method that HTTP does not know', get('/healthz').replace('GET', 'BREW'), 400],
    ['dots in the path', get('/assets/../../etc/passwd'), 404],
  ])('%s gets a JSON error', async (_name, bytes, status) => {
    const { port, logged } = await served();
    const answer = await speak(port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const { error } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
    expect(error.code).toMatch(/^(invalid_request|method_not_allowed|not_found)$/);
    expect(answer).not.toMatch(/node_modules|\.ts:/);
    expect(logged).toEqual([]);
  });

  test('a client that hangs up in the middle of its body does no harm', async () => {
    const { port, logged, base } = await served();
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /v1/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"agent"');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await once(socket, 'close');
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    expect(logged).toEqual([]);
  });

  test('a port that is taken is an error that names itself', async () => {
    const { app, port } = await served();
    await expect(listen(app, { host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
