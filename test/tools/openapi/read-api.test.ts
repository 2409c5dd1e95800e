import circularBodies from '@readme/oas-examples/3.0/json/circular-request-bodies.json' with { type: 'json' };
import securityMultiple from '@readme/oas-examples/3.0/json/security-multiple.json' with { type: 'json' };
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ToolProblem } from '../../../src/agent/tool.ts';
import { redactor } from '../../../src/tools/http/redact.ts';
import { closeServers } from '../../ingest/web/servers.ts';
import { contextWith, call as run, SECRETS, type Seen, serveNoting } from '../http/request-tools.ts';
import { describing, readApi, readDescribed } from './description.ts';

let origin = '';
let seen: Seen[] = [];
let answer = { status: 200, body: '', type: 'application/json' };
beforeAll(async () => {
  ({ origin, seen } = await serveNoting((_request, response) => {
    response.writeHead(answer.status, { 'content-type': answer.type, 'retry-after': '0' }).end(answer.body);
  }));
});
afterAll(closeServers);
beforeEach(() => {
  seen.length = 0;
  answer = { status: 200, body: '', type: 'application/json' };
});

const text = { type: 'string' };
const basic = `Basic ${Buffer.from('kim:pass word').toString('base64')}`;

test.each<[string, string, string, Record<string, unknown>]>([
  ['all of them', 'and-or', 'apiKey_header: k1, oauth2: t1', { 'x-api-key': 'k1', authorization: 'Bearer t1' }],
  ['a user and password', 'many-and-or', '"basic": "kim:pass word"', { authorization: basic }],
  ['any of them', 'or', 'apiKey_header: k1', { 'x-api-key': 'k1' }],
  [
    'the first of which all is there',
    'and-or',
    'apiKey_header: k1, oauth2_alternate: t2',
    { authorization: 'Bearer t2' },
  ],
  ['a bearer, written with its word', 'many-and-or', 'bearer_jwt: Bearer t3', { authorization: 'Bearer t3' }],
])('credentials: %s', async (_, path, auth, headers) => {
  const yaml = `server: ${origin}\nauth: { ${auth} }\noperations:\n  - POST /anything/${path}: { name: do }\n`;
  const { tools, problems } = await readDescribed(securityMultiple, yaml);
  expect(problems).toEqual([]);
  if (tools.do) await run(tools.do, {}, { idempotencyKey: 'act_1' });
  expect(seen).toMatchObject([{ url: `/anything/${path}`, headers: { ...headers, 'idempotency-key': 'act_1' } }]);
});

const SCHEMES = {
  securitySchemes: {
    key: { type: 'apiKey', in: 'query', name: 'key' },
    head: { type: 'apiKey', in: 'header', name: 'X-Key' },
    cookie: { type: 'apiKey', in: 'cookie', name: 'c' },
    tls: { type: 'mutualTLS' },
  },
};

test('an operation’s own security counts, none means none, and the model is not asked for it', async () => {
  const parameters = [
    { name: 'X-Key', in: 'header', required: true, schema: text },
    { name: 'key', in: 'query', required: true, schema: text },
  ];
  const description = describing(
    {
      '/own': { get: { operationId: 'own', security: [{ key: [], head: [] }], parameters } },
      '/usual': { get: { operationId: 'usual' } },
      '/none': { get: { operationId: 'none', security: [] } },
      '/free': { get: { operationId: 'free', security: [{}, { cookie: [] }] } },
    },
    { components: SCHEMES, security: [{ cookie: [] }, { head: [] }] },
  );
  const { tools, problems } = await readDescribed(description, `server: ${origin}\nauth: { key: a/b c, head: h1 }\n`);
  expect(problems).toEqual([]);
  expect(tools.own?.inputSchema.properties).toEqual({});
  for (const tool of Object.values(tools)) await run(tool, {});
  expect(seen.map(({ url, headers }) => [url, headers['x-key']])).toEqual([
    ['/own?key=a%2Fb%20c', 'h1'],
    ['/usual', 'h1'],
    ['/none', undefined],
    ['/free', undefined],
  ]);
});

test('what cannot be called is told; of the reads that nobody named it is left out', async () => {
  const get = (more: object) => ({ get: { responses: {}, ...more } });
  const parameter = (more: object) => get({ parameters: [{ name: 'p', in: 'query', schema: text, ...more }] });
  const paths = {
    '/cookie': parameter({ in: 'cookie', required: true }),
    '/lost': get({ parameters: [{ $ref: './other.yaml#/P' }] }),
    '/header': parameter({ in: 'header', name: 'X Y' }),
    '/{open}': get({}),
    '/body': get({ requestBody: { required: true, content: { 'application/json': {} } } }),
    '/tls': get({ security: [{ tls: [] }] }),
    '/auth': get({ security: [{ cookie: [] }, { head: [], key: [] }] }),
    '/server': get({ servers: [{ url: 'https://x.example/{v}' }] }),
    '/relative': get({ servers: [{ url: 'v1' }] }),
    '/files': { post: { requestBody: { required: true, content: { 'multipart/form-data': {} } } } },
    '/gone': { post: { requestBody: { $ref: '#/components/requestBodies/Gone' } } },
  };
  const description = describing(paths, { components: SCHEMES });
  const all = await readDescribed(description, 'auth: { tls: x, hed: y }\n');
  expect(all.problems).toEqual(['2 auth.hed: the description has no such scheme (did you mean "head"?)']);
  const unnamed = await readDescribed(
    describing({ ...paths, '/fine': get({}) }, { components: SCHEMES, servers: [{ url: origin }] }),
  );
  expect(unnamed.problems).toEqual([]);
  expect(unnamed.warnings).toContain(
    '1 GET /lost has a parameter whose $ref ./other.yaml#/P leads nowhere in the description; it is left out',
  );
  expect(Object.keys(unnamed.tools)).toEqual(['get_fine']);
  const operations = Object.entries(paths).map(
    ([path, item]) => `  - ${Object.keys(item)[0]?.toUpperCase()} ${path}\n`,
  );
  const named = await readDescribed(description, `auth: { tls: x }\noperations:\n${operations.join('')}`);
  expect(named.problems).toMatchInlineSnapshot(`
    [
      "4 GET /cookie needs a cookie, which is not sent",
      "5 GET /lost has a parameter whose $ref ./other.yaml#/P leads nowhere in the description",
      "6 GET /header has a header "X Y", which is no name",
      "7 GET /{open} has no server of its own: write server: https://…",
      "8 GET /body needs a body with GET, which is not sent",
      "9 GET /tls has no server of its own: write server: https://…",
      "10 GET /auth has no server of its own: write server: https://…",
      "11 GET /server has a server whose {v} has no value: write server: https://…",
      "12 GET /relative has no server of its own: write server: https://…",
      "13 POST /files takes a body as multipart/form-data; JSON and forms are sent",
      "14 POST /gone has a body whose $ref #/components/requestBodies/Gone leads nowhere in the description",
    ]
  `);
});

const many = Array.from({ length: 33 }, (_, n) => `  /x${n}: { get: {} }\n`).join('');

test.each<[string, string, Record<string, string>]>([
  ['too much', './api.yml', { 'api.yml': `openapi: 3.1.0\npaths:\n${many}` }],
  ['no file', './none.json', {}],
  ['no JSON', './api.json', { 'api.json': '{"openapi": ' }],
  ['no YAML', './api.yml', { 'api.yml': 'openapi: 3.1.0\npaths: [' }],
  ['2.0', './api.yml', { 'api.yml': 'swagger: "2.0"\npaths: {}' }],
  ['something else', './api.json', { 'api.json': '[]' }],
  ['outside', '../../api.json', {}],
  ['plain http', 'http://shop.example/api.json', {}],
  ['nothing to call', './api.yml', { 'api.yml': 'openapi: 3.1.0\nwebhooks: {}' }],
])('a description that cannot be read is told: %s', async (_, named, files) => {
  const lying = Object.fromEntries(Object.entries(files).map(([name, content]) => [`tools/${name}`, content]));
  const { tools, problems } = await readApi(`openapi: ${named}\n`, lying);
  expect(tools).toEqual({});
  expect(problems.join('\n').replace(/\(line \d.*|at position.*|in JSON.*/, '…')).toMatchSnapshot();
});

test('wrong names are told with their lines, and what was meant', async () => {
  const paths = {
    '/orders/{id}': { get: { operationId: 'getOrder', parameters: [{ name: 'id', in: 'path', schema: text }] } },
  };
  const yaml = `server: ${origin}
operations:
  - getOrdr
  - getOrder: { fixed: { ide: 1 } }
  - getOrder: { fields: [idd], confirm: customer }
  - getOrder: { fromCustomer: { idx: id }, colour: red }
  - getOrder: { fixed: { id: '\${secret:SHOP_KEY}' } }
`;
  expect((await readDescribed(describing(paths), yaml)).problems).toMatchInlineSnapshot(`
    [
      "4 operations[0]: there is no getOrdr (did you mean "getOrder"?)",
      "5 fixed: getOrder has no field "ide"",
      "6 fields: getOrder has no field "idd"",
      "7 colour: unknown field",
      "8 fixed: a secret goes into auth, by the name of its security scheme",
    ]
  `);
});

test('what is fixed is sent and not shown; of the optional fields only those that are named', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const parameters = names.map((name) => ({ name, in: 'query', required: name === 'd', schema: text }));
  const { tools } = await readDescribed(
    describing({ '/x': { get: { operationId: 'ask', parameters } } }),
    `server: ${origin}\noperations: [ask: { fixed: { a: mine, d: yes }, fields: [b] }]\n`,
  );
  expect(tools.ask?.inputSchema).toMatchObject({ properties: { b: text }, additionalProperties: false });
  expect(tools.ask?.parse({ a: 'x' })).toMatchObject({ ok: false });
  if (tools.ask) await run(tools.ask, { b: 'B' });
  expect(seen[0]?.url).toBe('/x?a=mine&b=B&d=yes');
});

test('a description of YAML with anchors, fetched from an address, whose server is relative to it', async () => {
  answer = { status: 200, type: 'text/plain', body: FETCHED };
  const { tools, problems } = await readApi(`openapi: ${origin}/docs/api.yaml\n`);
  expect(problems).toEqual([]);
  if (tools.get_orders) await run(tools.get_orders, { page: 2 });
  expect(seen.map(({ url }) => url)).toEqual(['/docs/api.yaml', '/docs/v1/orders?page=2']);
  answer.status = 404;
  expect((await readApi(`openapi: ${origin}/docs/api.yaml\n`)).problems[0]).toContain('answers 404');
});

const FETCHED = `
openapi: 3.0.3
info: { title: Shop, version: 1 }
servers: [{ url: ./v1 }]
x-page: &page { in: query, schema: { type: integer } }
paths:
  /orders:
    get: { summary: Orders., description: By page., parameters: [{ <<: *page, name: page }] }
`;

test('schemas in circles, of 3.0 and 3.1, are what a model and a check can use', async () => {
  const circles = await readDescribed(
    circularBodies,
    `server: ${origin}\noperations: [directCircular, indirectCircular, polymorphicCircular, multipleCircular]\n`,
  );
  expect(circles.problems).toEqual([]);
  expect(circles.tools.direct_circular?.parse({ id: '1', name: 'n', parent: { id: '2' } }).ok).toBe(true);
  const properties = {
    old: { type: 'integer', nullable: true, minimum: 1, exclusiveMinimum: true },
    next: { type: ['integer', 'null'], exclusiveMinimum: 1 },
    ref: { nullable: true, allOf: [{ type: 'string', enum: ['a'] }] },
    fixed: { const: 5 },
    odd: { type: 'any' },
    slow: { type: 'string', pattern: '^(a+)+$' },
    quick: { type: 'string', pattern: '^(ab){2}$' },
    map: { type: 'object', additionalProperties: { type: 'integer' } },
  };
  const requestBody = { content: { 'application/json': { schema: { type: 'object', properties } } } };
  const { tools } = await readDescribed(
    describing({ '/x': { post: { operationId: 'do', requestBody } } }),
    `server: ${origin}\noperations: [do]\n`,
  );
  expect(tools.do?.inputSchema.properties).toMatchInlineSnapshot(`
    {
      "fixed": {
        "const": 5,
      },
      "map": {
        "additionalProperties": {
          "type": "integer",
        },
        "type": "object",
      },
      "next": {
        "exclusiveMinimum": 1,
        "type": [
          "integer",
          "null",
        ],
      },
      "odd": {},
      "old": {
        "exclusiveMinimum": 1,
        "type": [
          "integer",
          "null",
        ],
      },
      "quick": {
        "pattern": "^(ab){2}$",
        "type": "string",
      },
      "ref": {
        "enum": [
          "a",
          null,
        ],
        "type": [
          "string",
          "null",
        ],
      },
      "slow": {
        "type": "string",
      },
    }
  `);
  const good = { old: null, next: 2, ref: null, fixed: 5, odd: [], slow: `${'a'.repeat(60)}!`, map: { z: 1 } };
  expect(tools.do?.parse(good)).toMatchObject({ ok: true });
  expect(tools.do?.parse({ old: 1, next: 1, ref: 'b', fixed: 6, quick: 'ab', map: { z: 'y' } })).toMatchInlineSnapshot(`
    {
      "ok": false,
      "problems": [
        "old: expected an integer above 1 or null, got 1",
        "next: expected an integer above 1 or null, got 1",
        "ref: expected one of "a", null, got "b"",
        "fixed: expected 5, got 6",
        "quick: expected text that matches ^(ab){2}$, got "ab"",
        "map.z: expected an integer, got "y"",
      ],
    }
  `);
});

test('10,000 operations are read, and one with more input than a prompt has room for is cut to what is wanted', async () => {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 900 }, (_, n) => [`field_${n}`, { type: 'string', description: 'x'.repeat(150) }]),
    ),
  };
  const requestBody = { content: { 'application/json': { schema } } };
  const paths = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, n) => [
      `/x${n}/{id}`,
      {
        parameters: [{ name: 'id', in: 'path', schema: text }],
        get: { operationId: `get${n}` },
        ...(n < 9 && {
          post: { operationId: `do${n}`, requestBody: { $ref: '#/components/requestBodies/Large' } },
        }),
      },
    ]),
  );
  const description = describing(paths, {
    servers: [{ url: origin }],
    components: { requestBodies: { Large: requestBody } },
  });
  const { tools, problems } = await readDescribed(
    description,
    'operations: [get9999, do7: { fields: [id, field_3] }, do8, get99999]\n',
  );
  expect(problems).toEqual([
    '2 operations[3]: there is no get99999 (did you mean "get9999"?)',
    '2 do8 takes more input than a prompt has room for: name what the agent needs under fields',
  ]);
  expect(Object.keys(tools)).toEqual(['get9999', 'do7']);
});

test.each([
  ['get', 500, 3, /500/, false],
  ['get', 404, 1, 'No such order.', true],
  ['delete', 404, 1, 'No such order.', true],
  ['delete', 503, 1, /503/, false],
  ['patch', 302, 1, /302/, false],
] as const)('%s, answered %i, is asked %i times', async (method, status, times, said, isRefused) => {
  const responses = { 404: { description: 'No such order.' } };
  const { tools } = await readDescribed(
    describing({ '/x': { [method]: { operationId: 'do', responses } } }, { servers: [{ url: origin }] }),
    'operations: [do]\n',
  );
  answer = { status, body: '', type: 'text/plain' };
  const idempotencyKey = method === 'get' ? null : 'act_1';
  expect(tools.do?.effect).toBe(method === 'get' ? 'read' : 'write');
  const error: unknown = await tools.do?.run({}, contextWith({ idempotencyKey })).catch((thrown: unknown) => thrown);
  expect((error as Error).message).toMatch(said);
  expect(error instanceof ToolProblem).toBe(isRefused);
  expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(Array(times).fill(idempotencyKey ?? undefined));
});

test('whole numbers that JavaScript would round come as they were written, and none goes out rounded', async () => {
  const parameters = [{ name: 'id', in: 'query', schema: { type: 'integer' } }];
  const { tools } = await readDescribed(
    describing({ '/x': { get: { operationId: 'ask', parameters } } }, { servers: [{ url: origin }] }),
  );
  answer.body = '{"id":12345678901234567890,"n":1.5}';
  const { ask } = tools;
  if (!ask) throw new Error('no tool');
  expect(await run(ask, {})).toBe('{"id":"12345678901234567890","n":1.5}');
  await expect(run(ask, { id: 2 ** 60 })).rejects.toThrow(ToolProblem);
});

test('a secret is found in every spelling, in what is longer than it, and in pieces', () => {
  const secret = 'k3y/+ "ü&=\\top-5ecret';
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = (value: string) => Buffer.from(value).toString('base64');
  const spellings = [
    ...[secret, json, JSON.stringify(json).slice(1, -1), json.replaceAll('/', '\\/').replaceAll('ü', '\\u00fc')],
    ...[
      encodeURIComponent(secret),
      encodeURIComponent(secret).toLowerCase(),
      encodeURIComponent(encodeURIComponent(secret)),
    ],
    ...[
      new URLSearchParams({ a: secret }).toString().slice(2),
      secret.replace('&', '&amp;').replace('"', '&quot;').replace('/', '&#47;'),
    ],
    ...[
      base64(secret),
      Buffer.from(secret).toString('base64url'),
      base64(`a${secret}`),
      base64(`Bearer ${secret}; x`),
      base64(`ab${secret}cd`),
    ],
    ...[
      encodeURIComponent(base64(secret)),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('hex').toUpperCase(),
    ],
    ...[[...secret].join('\u{200b}'), [...secret].join('\u{0}'), secret.replace('ü', 'u\u{308}')],
  ];
  const redact = redactor([secret]);
  for (const spelling of spellings) expect(redact(`<${spelling}>`)).toMatch(/^<.{0,12}\[secret\].{0,8}>$/);
  expect(redact('a key-sign/top 5 secret')).toBe('a key-sign/top 5 secret');
});

test('what a server quotes of a secret is not told, also where the sentence is cut within it', async () => {
  const responses = {};
  const { tools } = await readDescribed(
    describing(
      { '/x': { get: { operationId: 'ask', responses, security: [{ head: [] }] } } },
      { components: SCHEMES, servers: [{ url: origin }] },
    ),
    "auth: { head: '$\u007bsecret:SHOP_KEY}' }\noperations: [ask: { answer: { errorMessage: $.message } }]\n",
  );
  answer = {
    status: 422,
    type: 'application/json',
    body: JSON.stringify({ message: `${'x'.repeat(290)}${SECRETS.SHOP_KEY}` }),
  };
  const error: unknown = await tools.ask?.run({}, contextWith()).catch((thrown: unknown) => thrown);
  expect((error as Error).message).toBe(`${'x'.repeat(290)}[secret]`);
  expect(seen[0]?.headers['x-key']).toBe(SECRETS.SHOP_KEY);
});
