import { afterEach, describe, expect, test } from 'vitest';
import { bindCustomer } from '../../../src/agent/bind-customer.ts';
import { ToolProblem } from '../../../src/agent/tool.ts';
import { closeServers } from '../../ingest/web/servers.ts';
import { CUSTOMER, call, contextWith, problemsOf, serveNoting, toolOf } from './request-tools.ts';

afterEach(closeServers);

const getOrder = (origin: string) => `
name: get_order
description: Looks up an order.
input:
  number: { description: The order number, pattern: '^[0-9]{4}$', message: An order number has four digits. }
  lines: { type: boolean, description: With its lines, required: false }
request:
  url: ${origin}/orders/{number}
  query: { lines: '{lines}', lang: en }
  headers: { Authorization: 'Bearer \${secret:SHOP_KEY}' }
answer:
  pick: [status, lines.sku]
  problems: { 404: There is no such order. }
`;

describe('a read', () => {
  test('sends what the file says, and gives back what it picks', async () => {
    const { origin, seen } = await serveNoting((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ status: 'shipped', total: 5, lines: [{ sku: 'A', cost: 1 }] }));
    });
    const tool = await toolOf(getOrder(origin));
    expect(tool).toMatchObject({ name: 'get_order', effect: 'read', action: null, needsCustomer: false });
    expect(tool.inputSchema).toEqual({
      type: 'object',
      properties: {
        number: { type: 'string', description: 'The order number', pattern: '^[0-9]{4}$' },
        lines: { type: 'boolean', description: 'With its lines' },
      },
      required: ['number'],
      additionalProperties: false,
    });
    expect(await call(tool, { number: '1234', lines: true })).toBe('{"status":"shipped","lines":[{"sku":"A"}]}');
    expect(await call(tool, { number: '1234' })).toContain('shipped');
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /orders/1234?lines=true&lang=en',
      'GET /orders/1234?lang=en',
    ]);
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer canary-0f9a/"secret"' });
    expect(seen[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  test('names wrong input in words, and the author’s own where there are some', async () => {
    const tool = await toolOf(getOrder('https://shop.example'));
    expect(tool.parse({ number: '12', line: 1 })).toEqual({
      ok: false,
      problems: ['number: An order number has four digits.', 'line: unknown field (did you mean "lines"?)'],
    });
    expect(tool.parse({ lines: 'yes' })).toEqual({
      ok: false,
      problems: ['number: missing, expected text that matches ^[0-9]{4}$', 'lines: expected true or false, got "yes"'],
    });
    expect(tool.parse('1234')).toEqual({ ok: false, problems: ['expected an object, got "1234"'] });
    expect(tool.parse(JSON.parse('{"number":"1234","__proto__":{"x":1}}'))).toMatchObject({ ok: false });
  });

  test('a refusal is a sentence of the author, or one of ours; never the server’s own', async () => {
    const { origin } = await serveNoting((request, response) => {
      response.writeHead(request.url?.includes('0000') ? 404 : 422, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"internal: table orders"}}');
    });
    const tool = await toolOf(getOrder(origin));
    await expect(call(tool, { number: '0000' })).rejects.toThrow(new ToolProblem('There is no such order.'));
    await expect(call(tool, { number: '1111' })).rejects.toThrow(new ToolProblem('The service did not accept this.'));
    const telling = await toolOf(`${getOrder(origin)}  errorMessage: $.error.message\n`);
    await expect(call(telling, { number: '1111' })).rejects.toThrow(new ToolProblem('internal: table orders'));
  });
});

const cancelOrder = (origin: string, more = '') => `
name: cancel_order
description: Cancels an order.
input:
  number: { type: integer, description: The order number }
  reason: { description: Why, required: false, enum: [late, wrong] }
fromCustomer: { customer: id }
request:
  method: POST
  url: ${origin}/orders/{number}/cancel
  body: { reason: '{reason}', by: 'customer {customer}', order: '{number}', fixed: [1, '{reason}'] }
confirm:
  summary: 'Cancel order {number} over {facts.total} euros?'
  facts: { url: '${origin}/orders/{number}' }
lookup: { url: '${origin}/actions/{idempotency_key}' }
limits: [{ per: customer, most: 5, hours: 24 }]
expiresMinutes: 5
${more}`;

describe('a write', () => {
  test('sends its key once, with typed values and the customer’s identity', async () => {
    const { origin, seen } = await serveNoting((request, response) => {
      response.writeHead(request.url === '/actions/none' ? 404 : 200, { 'content-type': 'application/json' });
      response.end('{"total":12.5}');
    });
    const tool = await toolOf(cancelOrder(origin));
    expect(tool).toMatchObject({ effect: 'write', needsCustomer: true, fromCustomer: { customer: 'id' } });
    expect(Object.keys(tool.inputSchema.properties as object)).toEqual(['number', 'reason']);
    expect(tool.parse({ number: 7, customer: 'c-8' })).toMatchObject({ ok: false });
    const bound = bindCustomer(tool, { number: 7 }, CUSTOMER);
    if (!bound.ok || !tool.action) throw new Error('not bound');
    const context = contextWith({ customer: CUSTOMER, idempotencyKey: 'act_1' });
    expect(await tool.action.confirm(bound.value, context)).toEqual({
      summary: 'Cancel order 7 over 12.5 euros?',
      by: 'customer',
    });
    expect(tool.action).toMatchObject({ expiresMs: 300_000, confirmByMessage: false, idempotent: false });
    expect(tool.action.limits(bound.value, context)).toMatchObject([{ amount: 1, most: 5, hours: 24 }]);
    await tool.run(bound.value, context);
    expect(seen.at(-1)).toMatchObject({ method: 'POST', url: '/orders/7/cancel' });
    expect(seen.at(-1)?.headers).toMatchObject({ 'idempotency-key': 'act_1', 'content-type': 'application/json' });
    expect(JSON.parse(seen.at(-1)?.body ?? '')).toEqual({ by: 'customer c-7', order: 7, fixed: [1] });
    expect(await tool.action.lookup?.(bound.value, context)).toEqual({ content: '{"total":12.5}' });
    const other = contextWith({ customer: CUSTOMER, idempotencyKey: 'none' });
    expect(await tool.action.lookup?.(bound.value, other)).toBeNull();
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /orders/7',
      'POST /orders/7/cancel',
      'GET /actions/act_1',
      'GET /actions/none',
    ]);
  });

  test.each([
    [422, 'refused'],
    [429, 'refused'],
    [409, 'unknown'],
    [408, 'unknown'],
    [302, 'unknown'],
    [500, 'unknown'],
    [503, 'unknown'],
  ])('status %i is %s, and is asked once', async (status, what) => {
    const { origin, seen } = await serveNoting((_request, response) => {
      response.writeHead(status, { location: '/elsewhere', 'retry-after': '0' }).end();
    });
    const tool = await toolOf(cancelOrder(origin));
    const error: unknown = await tool
      .run({ number: 7, customer: 'c-7' }, contextWith({ idempotencyKey: 'act_1' }))
      .catch((thrown: unknown) => thrown);
    expect(error instanceof ToolProblem ? 'refused' : error instanceof Error && 'unknown').toBe(what);
    expect(seen).toHaveLength(1);
  });

  test('the author may say that a conflict means "not done"', async () => {
    const { origin } = await serveNoting((_request, response) => response.writeHead(409).end());
    const tool = await toolOf(cancelOrder(origin, 'answer: { problems: { 409: It has been shipped already. } }'));
    const run = tool.run({ number: 7, customer: 'c-7' }, contextWith({ idempotencyKey: 'act_1' }));
    await expect(run).rejects.toThrow(new ToolProblem('It has been shipped already.'));
  });

  test('what reached nobody was not done', async () => {
    const { origin } = await serveNoting(() => {});
    await closeServers();
    const tool = await toolOf(cancelOrder(origin));
    const run = tool.run({ number: 7, customer: 'c-7' }, contextWith({ idempotencyKey: 'act_1' }));
    await expect(run).rejects.toThrow(ToolProblem);
  });
});

test('every problem of a file is told with its line', async () => {
  expect(
    await problemsOf({
      'a.yaml': 'name: a\nrequest: {}\nmcp: {}\n',
      'b.yaml': 'name: B\ndescription: x\nconfirm: yes\nrequest:\n  url: 5\n  metod: POST\n',
      'c.yaml': `name: c
description: x
effect: read
idempotent: true
input:
  a: { type: text }
  b: { min: 1, required: 5 }
  facts: x
request:
  url: https://x.example/
`,
      'd.yaml': `name: d
description: x
input:
  id: { description: x, required: false }
request:
  method: POST
  url: https://{id}.example/x
  headers: { Host: x, Authorization: '\${secret:NONE}' }
  body: { key: '\${secret:SHOP_KEY}', x: '{di}' }
limits: [{ per: agent, most: 1, hours: 1, amount: id }]
`,
      'e.yaml': 'name: resolve\ndescription: x\nrequest: { url: "https://x.example/" }\n',
      'f.yaml': 'a: [',
      'g.yaml':
        'name: g\ndescription: x\ninput:\n  id: { description: x, required: false }\nrequest: { url: "https://x.example/{id}" }\n',
    }),
  ).toMatchInlineSnapshot(`
    [
      "tools/a.yaml:1 expected exactly one of request, openapi, mcp",
      "tools/b.yaml:1 name: expected a lower-case letter, then up to 63 of a-z, 0-9 and _",
      "tools/b.yaml:5 request.url: expected text that is not empty, got 5",
      "tools/b.yaml:6 request.metod: unknown field (did you mean "method"?)",
      "tools/c.yaml:4 idempotent: is only for a tool that changes something, effect: write",
      "tools/c.yaml:6 input.a: type: expected one of string, integer, number, boolean, array, object",
      "tools/c.yaml:7 input.b: required: expected true or false",
      "tools/c.yaml:8 input.facts: this name means something else here",
      "tools/d.yaml:7 url: expected an http or https address whose host has no places, such as https://api.shop.example/orders/{id}",
      "tools/d.yaml:7 url: {id} may be missing, and the path needs it",
      "tools/d.yaml:8 headers: Host is sent by Frontdesk itself",
      "tools/d.yaml:8 FRONTDESK_SECRET_NONE is not set",
      "tools/d.yaml:9 \${secret:SHOP_KEY}: secrets go into headers and query only",
      "tools/d.yaml:9 {di} is no field of input",
      "tools/d.yaml:10 limits[0].amount: expected the name of a required field of type integer, such as an amount in cents",
      "tools/e.yaml:1 name: "resolve" is the name of a built-in tool",
      "tools/f.yaml:1 invalid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
      "tools/g.yaml:5 url: {id} may be missing, and the path needs it",
    ]
  `);
});
