import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { ToolProblem } from '../../../src/agent/tool.ts';
import { closeServers, serve } from '../../ingest/web/servers.ts';
import { call, contextWith, SECRETS, serveNoting, toolOf, toolsOf } from './request-tools.ts';

afterEach(closeServers);

const read = (origin: string, more = '') => `
name: read_it
description: Reads.
input: { id: The id, text: { description: Text, required: false } }
timeoutMs: 400
request:
  url: ${origin}/a/{id}/end
  query: { text: '{text}', key: '\${secret:SHOP_USER}' }
  headers: { X-Key: '\${secret:SHOP_KEY}', X-Text: '{text}' }
${more}`;
/** For what is not about time: a busy machine takes its own. */
const patient = (yaml: string) => `${yaml.replace(/^timeoutMs: .*$/m, '')}\ntimeoutMs: 20000\n`;
const write = (origin: string) =>
  `name: do_it\ndescription: Does.\nrequest: { method: POST, url: '${origin}/do' }\nanswer: { maxBytes: 1000 }\n`;

describe('values', () => {
  test('stay in their place of the address', async () => {
    const { origin, seen } = await serveNoting((_request, response) => response.end());
    const tool = await toolOf(read(origin));
    const tame = [
      'a/b',
      'a?x=1',
      'a#b',
      'a&b=c',
      '@evil.example',
      ':80',
      '%2f',
      'ä b',
      "';--",
      'a\\b',
      '...',
      '//evil.example',
    ];
    for (const id of tame) await call(tool, { id });
    const places = seen.map(({ url }) => /^\/a\/([^/?#&]+)\/end\?key=[^&]+$/.exec(url)?.[1]);
    expect(places.map((place) => decodeURIComponent(place ?? ''))).toEqual(tame);
  });

  test.each([
    '',
    '.',
    '%2e',
    '..',
    '../x',
    'x/../../y',
    '..\\x',
    '%2e%2e',
    '%252e%252e/x',
    '．．／x',
    '‥',
    '..;/x',
    'a\r\nb',
    'a\0',
    '\ud800',
  ])('%j is refused in a path', async (id) => {
    const { origin, seen } = await serveNoting((_request, response) => response.end());
    await expect(call(await toolOf(read(origin)), { id })).rejects.toThrow(ToolProblem);
    expect(seen).toEqual([]);
  });

  test.each(['a\r\nX-Other: 1', 'a\nb', 'ä', '\0'])('%j is refused in a header', async (text) => {
    const { origin, seen } = await serveNoting((_request, response) => response.end());
    await expect(call(await toolOf(read(origin)), { id: '1', text })).rejects.toThrow(ToolProblem);
    expect(seen).toEqual([]);
  });
});

describe('answers', () => {
  const json = { 'content-type': 'application/json' };

  test('a body without end, a bomb, a slow one and a broken one end a read; a write that was done stays done', async () => {
    const { origin } = await serve((request, response) => {
      const kind = new URL(request.url ?? '', 'http://x').pathname.split('/')[2];
      response.writeHead(200, kind === 'bomb' ? { ...json, 'content-encoding': 'gzip' } : json);
      if (kind === 'bomb') response.end(gzipSync(Buffer.alloc(50_000_000)));
      else if (kind === 'broken') response.end('{"a":');
      else if (kind === 'slow') response.write('{');
      else {
        const more = (): void => {
          while (response.write(Buffer.alloc(65_536, 'x')));
        };
        response.on('drain', more);
        more();
      }
    });
    const tool = await toolOf(read(origin));
    for (const id of ['endless', 'bomb', 'broken', 'slow']) {
      const error: unknown = await call(tool, { id }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(ToolProblem);
    }
    const done = (await toolOf(write(origin))).run({}, contextWith({ idempotencyKey: 'act_1' }));
    expect(await done).toEqual({ content: 'Done. The service gave no details that could be read.' });
  });

  test('a page is no answer, and odd keys stay data', async () => {
    const { origin } = await serve((request, response) => {
      const page = request.url?.startsWith('/a/page');
      response.writeHead(200, page ? { 'content-type': 'text/html' } : json);
      response.end(page ? '<h1>Log in</h1>' : '{"__proto__":{"admin":true},"constructor":1,"a":{"b":2}}');
    });
    await expect(call(await toolOf(read(origin)), { id: 'page' })).rejects.toThrow('text/html');
    expect(
      await call(await toolOf(read(origin, 'answer: { pick: [a.b, __proto__.admin, toString] }')), { id: '1' }),
    ).toBe('{"a":{"b":2},"__proto__":{"admin":true}}');
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test('a redirect leads a read to public addresses only, and a write nowhere', async () => {
    const inner = await serve((_request, response) => response.end('{"secret":1}'));
    const targets = [inner.origin, 'http://169.254.169.254/latest/meta-data', 'http://[::1]/', 'file:///etc/passwd'];
    let target = '';
    const { origin, requests } = await serve((_request, response) =>
      response.writeHead(307, { location: target }).end(),
    );
    for (target of targets) {
      await expect(call(await toolOf(patient(read(origin))), { id: '1' })).rejects.toThrow(/redirect|fused/);
      const writing = await toolOf(patient(write(origin)));
      await expect(writing.run({}, contextWith({ idempotencyKey: 'k' }))).rejects.toThrow('307');
    }
    expect(inner.connections()).toBe(0);
    expect(requests.filter((line) => line === 'POST /do')).toHaveLength(targets.length);
  });

  test('a read is asked three times where the server is in trouble, unless it asks for more time than there is', async () => {
    let retryAfter = '0';
    const { origin, seen } = await serveNoting((_request, response) => {
      response.writeHead(seen.length < 3 ? 503 : 200, { ...json, 'retry-after': retryAfter }).end('{"ok":1}');
    });
    const tool = await toolOf(read(origin));
    expect(await call(tool, { id: '1' })).toBe('{"ok":1}');
    expect(seen).toHaveLength(3);
    seen.length = 0;
    retryAfter = '60';
    await expect(call(tool, { id: '1' })).rejects.toThrow('503');
    expect(seen).toHaveLength(1);
  });
});

test('secrets reach the server and nobody else', async () => {
  const { origin, seen } = await serveNoting((request, response) => {
    const status = Number(/\/a\/(\d+)/.exec(request.url ?? '')?.[1]);
    response.writeHead(status, { 'content-type': 'application/json' });
    const sent = JSON.stringify({ url: request.url, headers: request.headers });
    response.end(JSON.stringify({ message: sent, base64: Buffer.from(SECRETS.SHOP_KEY).toString('base64') }));
  });
  const description = {
    ...{ openapi: '3.1.0', info: { title: 'x', version: '1' }, servers: [{ url: origin }] },
    paths: {
      '/a/{status}': {
        parameters: [{ name: 'status', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { operationId: 'ask', security: [{ basic: [], key: [] }], responses: {} },
      },
    },
    components: {
      securitySchemes: { basic: { type: 'http', scheme: 'basic' }, key: { type: 'apiKey', in: 'query', name: 'key' } },
    },
  };
  const tools = await toolsOf({
    'a.yaml': read(origin, 'answer: { errorMessage: $.message }').replaceAll('{id}/end', '{id}'),
    'b.yaml': `openapi: ./x.json\nauth: { basic: '\${secret:SHOP_USER}', key: '\${secret:SHOP_KEY}' }\noperations: [ask: { answer: { errorMessage: $.message } }]\n`,
    'x.json': JSON.stringify(description),
  });
  const said = [JSON.stringify(tools)];
  for (const status of [200, 404, 500]) {
    for (const tool of tools) {
      const input = tool.name === 'ask' ? { status } : { id: String(status) };
      said.push(
        await call(tool, input).catch((error: Error) => `${error.message} ${error.stack} ${String(error.cause)}`),
      );
    }
  }
  const sent = JSON.stringify(seen);
  expect(sent).toContain('canary-0f9a');
  expect(sent).toContain(Buffer.from(SECRETS.SHOP_USER).toString('base64'));
  const all = said.join('\n');
  expect(all).toContain('[secret]');
  expect(all).not.toMatch(/canary/);
  for (const secret of Object.values(SECRETS))
    expect(all).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12));
});
