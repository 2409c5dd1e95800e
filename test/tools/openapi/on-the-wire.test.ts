import parametersStyle from '@readme/oas-examples/3.1/json/parameters-style.json' with { type: 'json' };
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeServers } from '../../ingest/web/servers.ts';
import { call as run, type Seen, serveNoting } from '../http/request-tools.ts';
import { describing, readDescribed } from './description.ts';

// What arrives at a real server, for everything that OpenAPI lets a description say of a call.

let origin = '';
let seen: Seen[] = [];
beforeAll(async () => {
  ({ origin, seen } = await serveNoting((_request, response) => response.end()));
});
afterAll(closeServers);
beforeEach(() => {
  seen.length = 0;
});

const text = { type: 'string' };
const list = { type: 'array', items: text };
const object = { type: 'object', properties: { a: { type: 'integer' }, b: text } };
const RED = ['red', 'a,b&c'];
const FORM = 'application/x-www-form-urlencoded';
const NESTED = {
  type: 'object',
  properties: { n: { type: 'object', properties: { l: list, o: { type: 'array', items: object } } } },
};
const AB = { a: 1, b: 'x y' };

type Parameter = { style?: string; explode?: boolean; schema?: object; in?: string; content?: object };

test.each<[string, Parameter, unknown, string]>([
  ['a text', {}, 'a&b=c d', '/x?p=a%26b%3Dc%20d'],
  ['a number, a truth value', { schema: { type: ['integer', 'boolean'] } }, false, '/x?p=false'],
  ['a list', { schema: list }, RED, '/x?p=red&p=a%2Cb%26c'],
  ['an empty list', { schema: list, explode: false }, [], '/x'],
  ['a list, not exploded', { schema: list, explode: false }, RED, '/x?p=red,a%2Cb%26c'],
  ['a list by spaces', { schema: list, style: 'spaceDelimited' }, RED, '/x?p=red%20a%2Cb%26c'],
  ['a list by pipes', { schema: list, style: 'pipeDelimited' }, RED, '/x?p=red%7Ca%2Cb%26c'],
  ['a list by pipes, exploded', { schema: list, style: 'pipeDelimited', explode: true }, RED, '/x?p=red&p=a%2Cb%26c'],
  ['an object', { schema: object }, AB, '/x?a=1&b=x%20y'],
  ['an object, not exploded', { schema: object, explode: false }, AB, '/x?p=a,1,b,x%20y'],
  ['a deep object', { schema: object, style: 'deepObject' }, AB, '/x?p%5Ba%5D=1&p%5Bb%5D=x%20y'],
  [
    'lists in a deep object',
    { style: 'deepObject', schema: { type: 'object' } },
    { t: ['u', 'v'] },
    '/x?p%5Bt%5D%5B%5D=u&p%5Bt%5D%5B%5D=v',
  ],
  ['JSON', { content: { 'application/json': { schema: object } } }, { a: 1 }, '/x?p=%7B%22a%22%3A1%7D'],
  ['null', { schema: { type: ['string', 'null'] } }, null, '/x'],
  ['nothing', {}, undefined, '/x'],
  ['a piece of a path', { in: 'path' }, 'a/b?c;d', '/x/a%2Fb%3Fc%3Bd/y'],
  ['a list in a path', { in: 'path', schema: list }, RED, '/x/red,a%2Cb%26c/y'],
  ['an object in a path', { in: 'path', schema: object }, AB, '/x/a,1,b,x%20y/y'],
  ['an object in a path, exploded', { in: 'path', schema: object, explode: true }, AB, '/x/a=1,b=x%20y/y'],
  ['label', { in: 'path', schema: list, style: 'label' }, RED, '/x/.red,a%2Cb%26c/y'],
  ['label, exploded', { in: 'path', schema: list, style: 'label', explode: true }, RED, '/x/.red.a%2Cb%26c/y'],
  ['matrix', { in: 'path', schema: list, style: 'matrix' }, RED, '/x/;p=red,a%2Cb%26c/y'],
  ['matrix, exploded', { in: 'path', schema: list, style: 'matrix', explode: true }, RED, '/x/;p=red;p=a%2Cb%26c/y'],
  ['matrix of an object', { in: 'path', schema: object, style: 'matrix', explode: true }, AB, '/x/;a=1;b=x%20y/y'],
])('%s', async (_, parameter, value, url) => {
  const inPath = parameter.in === 'path';
  const parameters = [{ name: 'p', in: 'query', ...(parameter.content ? {} : { schema: text }), ...parameter }];
  const { tools, problems } = await readDescribed(
    describing({ [inPath ? '/x/{p}/y' : '/x']: { get: { operationId: 'ask', parameters } } }),
    `server: ${origin}\n`,
  );
  expect(problems).toEqual([]);
  if (tools.ask) await run(tools.ask, value === undefined ? {} : { p: value });
  expect(seen).toMatchObject([{ method: 'GET', url }]);
});

// Public description of all styles, from @readme/oas-examples (MIT).
const STYLES: Record<string, string> = {
  headers_standard: 'buster a,b name,n,description,d',
  headers_simple_nonExploded: 'buster a,b name,n,description,d',
  headers_simple_exploded: 'buster a,b name=n,description=d',
  paths_standard: '/anything/path/buster/a,b/name,n,description,d',
  paths_matrix_nonExploded: '/anything/path/matrix/;primitive=buster/;array=a,b/;object=name,n,description,d',
  paths_matrix_exploded: '/anything/path/matrix/;primitive=buster/;array=a;array=b/;name=n;description=d',
  paths_label_nonExploded: '/anything/path/label/.buster/.a,b/.name,n,description,d',
  paths_label_exploded: '/anything/path/label/.buster/.a.b/.name=n.description=d',
  paths_simple_nonExploded: '/anything/path/simple/buster/a,b/name,n,description,d',
  paths_simple_exploded: '/anything/path/simple/buster/a,b/name=n,description=d',
  query_standard: '/anything/query?primitive=buster&array=a&array=b&name=n&description=d',
  query_form_nonExploded: '/anything/query/form?primitive=buster&array=a,b&object=name,n,description,d',
  query_form_exploded: '/anything/query/form?primitive=buster&array=a&array=b&name=n&description=d',
  query_spaceDelimited_nonExploded: '/anything/query/spaceDelimited?array=a%20b&object=name%20n%20description%20d',
  query_pipeDelimited_nonExploded: '/anything/query/pipeDelimited?array=a%7Cb&object=name%7Cn%7Cdescription%7Cd',
  query_deepObject_nonExploded: '/anything/query/deepObject?object%5Bname%5D=n&object%5Bdescription%5D=d',
};

test('every style of a public description of styles arrives as it says', async () => {
  const names = Object.keys(STYLES);
  const chosen = names.map((id) => `  - ${id}: { name: ${id.toLowerCase()}, effect: read }\n`).join('');
  const { tools, problems } = await readDescribed(parametersStyle, `server: ${origin}\noperations:\n${chosen}`);
  expect(problems).toEqual([]);
  const input = { primitive: 'buster', array: ['a', 'b'], object: { name: 'n', description: 'd' } };
  for (const tool of Object.values(tools)) {
    const known = Object.keys(tool.inputSchema.properties as object);
    await run(tool, Object.fromEntries(Object.entries(input).filter(([name]) => known.includes(name))));
  }
  const arrived = seen.map(({ url, headers }) =>
    url.startsWith('/anything/headers') ? `${headers.primitive} ${headers.array} ${headers.object}` : url,
  );
  expect(arrived).toEqual(Object.values(STYLES));
});

type Body = { type?: string; schema: object; required?: boolean; encoding?: object };

test.each<[string, Body, unknown, [string | undefined, string]]>([
  ['JSON fields', { schema: object }, AB, ['application/json', '{"a":1,"b":"x y"}']],
  [
    'a JSON type of its own',
    { type: 'application/vnd.api+json', schema: object },
    { a: 1 },
    ['application/vnd.api+json', '{"a":1}'],
  ],
  ['any type', { type: '*/*', schema: object }, { a: 1 }, ['application/json', '{"a":1}']],
  ['a list', { schema: list }, { body: ['x'] }, ['application/json', '["x"]']],
  [
    'names that nobody knows',
    { schema: { type: 'object', additionalProperties: { type: 'integer' } } },
    { body: { z: 1 } },
    ['application/json', '{"z":1}'],
  ],
  ['nothing of what may be there', { schema: object, required: false }, {}, [undefined, '']],
  ['nothing of what must be there', { schema: object, required: true }, {}, ['application/json', '{}']],
  [
    'null',
    { schema: { type: 'object', properties: { a: { type: ['string', 'null'] } } } },
    { a: null },
    ['application/json', '{"a":null}'],
  ],
  [
    'allOf',
    { schema: { allOf: [object, { type: 'object', required: ['c'], properties: { c: { const: 'k' } } }] } },
    { a: 1, c: 'k' },
    ['application/json', '{"a":1,"c":"k"}'],
  ],
  ['a form', { type: FORM, schema: object }, AB, [FORM, 'a=1&b=x%20y']],
  [
    'lists and objects in a form',
    { type: FORM, schema: { type: 'object', properties: { l: list, o: object } } },
    { l: ['1', '2'], o: { a: 1 } },
    [FORM, 'l=1&l=2&o=%7B%22a%22%3A1%7D'],
  ],
  [
    'deep objects in a form',
    { type: FORM, schema: NESTED, encoding: { n: { style: 'deepObject', explode: true } } },
    { n: { l: ['x'], o: [{ a: 1, b: 'u' }, { a: 2 }] } },
    [FORM, 'n%5Bl%5D%5B%5D=x&n%5Bo%5D%5B0%5D%5Ba%5D=1&n%5Bo%5D%5B0%5D%5Bb%5D=u&n%5Bo%5D%5B1%5D%5Ba%5D=2'],
  ],
  [
    'styles of a form',
    {
      type: FORM,
      schema: { type: 'object', properties: { s: list, p: list, f: object } },
      encoding: { s: { style: 'spaceDelimited' }, p: { style: 'pipeDelimited' }, f: { explode: false } },
    },
    { s: ['1', '2'], p: ['1', '2'], f: { a: 1 } },
    [FORM, 's=1%202&p=1%7C2&f=a,1'],
  ],
])('as a body: %s', async (_, { type = 'application/json', schema, encoding, ...body }, input, [sent, said]) => {
  const requestBody = { ...body, content: { [type]: { schema, encoding } } };
  const { tools, problems } = await readDescribed(
    describing({ '/x': { post: { operationId: 'do', requestBody } } }),
    `server: ${origin}\noperations: [do]\n`,
  );
  expect(problems).toEqual([]);
  if (tools.do) await run(tools.do, input, { idempotencyKey: 'act_1' });
  expect(seen).toMatchObject([{ method: 'POST', url: '/x', body: said }]);
  expect(seen[0]?.headers['content-type']).toBe(sent);
  expect(seen[0]?.headers['idempotency-key']).toBe('act_1');
});

type Whole = { openapi?: string; [key: string]: unknown };

/** Calls the only tool of a description, and gives what arrived. */
async function arrivedFrom(description: object, more: string, input: unknown): Promise<Seen | undefined> {
  const { tools, problems } = await readDescribed(description, more);
  expect(problems).toEqual([]);
  const [tool] = Object.values(tools);
  if (!tool) throw new Error('no tool');
  await run(tool, input, { idempotencyKey: tool.effect === 'write' ? 'act_1' : null });
  return seen.at(-1);
}

test('names that clash say where they go, and each value goes there', async () => {
  const parameter = (place: string, name = 'id') => ({ name, in: place, required: place === 'path', schema: text });
  const schema = { type: 'object', properties: { id: text, facts: text, 'filter[a]': text, idempotency_key: text } };
  const operation = {
    operationId: 'do',
    parameters: [parameter('path'), parameter('query'), parameter('header'), parameter('query', 'filter[a]')],
    requestBody: { content: { 'application/json': { schema } } },
  };
  const input = {
    ...{ id: 'p', query_id: 'q', header_id: 'h', body_id: 'b', filter_a: 'f', body_filter_a: 'g' },
    ...{ body_facts: 'x', body_idempotency_key: 'y' },
  };
  const arrived = await arrivedFrom(
    describing({ '/x/{id}': { put: operation } }),
    `server: ${origin}\noperations: [do]\n`,
    input,
  );
  expect(arrived).toMatchObject({ method: 'PUT', url: '/x/p?id=q&filter%5Ba%5D=f', headers: { id: 'h' } });
  expect(JSON.parse(arrived?.body ?? '')).toEqual({ id: 'b', facts: 'x', 'filter[a]': 'g', idempotency_key: 'y' });
});

test('what is a reference is what it leads to: items of paths, parameters, bodies, schemas with definitions', async () => {
  const schema = {
    $defs: { Line: { type: 'object', properties: { sku: text, of: { $ref: '#/$defs/Line' } } } },
    type: 'object',
    required: ['line'],
    properties: { line: { $ref: '#/$defs/Line' }, made: { type: 'string', readOnly: true } },
  };
  const description = describing(
    { '/orders/{id}': { $ref: '#/components/pathItems/Order' } },
    {
      components: {
        pathItems: { Order: { parameters: [{ $ref: '#/components/parameters/Id' }], post: ORDER } },
        parameters: {
          Id: { name: 'id', in: 'path', required: true, schema: { $ref: '#/components/schemas/Id' } },
          Lang: { name: 'X-Lang', in: 'header', schema: { type: 'string', enum: ['en', 'de'] } },
        },
        schemas: {
          Id: { $ref: '#/components/schemas/Number' },
          Number: { type: 'integer', minimum: 1 },
          Order: schema,
        },
        requestBodies: {
          Order: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
        },
        responses: { Gone: { description: 'The order is gone.' } },
      },
      webhooks: { sent: { post: { operationId: 'hook' } } },
    },
  );
  const input = { id: 7, 'X-Lang': 'de', line: { sku: 'A', of: { sku: 'B' } } };
  const arrived = await arrivedFrom(description, `server: ${origin}\noperations:\n  - post /orders/{id}\n`, input);
  expect(arrived).toMatchObject({ url: '/orders/7', headers: { 'x-lang': 'de' } });
  expect(JSON.parse(arrived?.body ?? '')).toEqual({ line: input.line });
});

const ORDER = {
  parameters: [{ $ref: '#/components/parameters/Lang' }],
  requestBody: { $ref: '#/components/requestBodies/Order' },
  responses: { 410: { $ref: '#/components/responses/Gone' } },
};

test.each<[string, Whole, string]>([
  ['of the operation', { servers: [{ url: '/no' }], on: { servers: [{ url: 'ORIGIN/v3/' }] } }, '/v3/x'],
  ['of the path', { item: { servers: [{ url: 'ORIGIN/v2' }] }, on: { servers: [] } }, '/v2/x'],
  [
    'with variables',
    {
      servers: [{ url: '{base}/{v}', variables: { base: { default: 'ORIGIN' }, v: { default: 'v1', enum: ['v1'] } } }],
    },
    '/v1/x',
  ],
])('the server %s is asked', async (_, { on, item, ...more }, url) => {
  const description = describing(
    { '/x': { ...(item as object), get: { operationId: 'ask', ...(on as object) } } },
    more,
  );
  const placed = JSON.parse(JSON.stringify(description).replaceAll('ORIGIN', origin));
  expect(await arrivedFrom(placed, '', {})).toMatchObject({ url });
});
