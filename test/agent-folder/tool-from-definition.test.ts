import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineTool } from '../../src/agent-folder/define.ts';
import { toolFromDefinition } from '../../src/agent-folder/tool-from-definition.ts';

const context = {
  conversationId: 'c',
  turnId: 't',
  language: null,
  customer: null,
  route: 'general',
  idempotencyKey: null,
  status: 'open' as const,
  signal: new AbortController().signal,
};

const tool = (input: z.ZodObject, run: () => unknown = () => 'x') =>
  toolFromDefinition(defineTool({ name: 't', description: 'd', effect: 'read', input, run }));

const problems = (input: z.ZodObject, value: unknown) => {
  const parsed = tool(input).parse(value);
  return parsed.ok ? 'ok' : parsed.problems;
};

test('the JSON schema keeps what helps the model, in one fixed order', () => {
  const input = z.object({
    year: z
      .number()
      .int()
      .min(1950)
      .max(2027)
      .describe('Model year')
      .meta({ examples: [2020] }),
    kind: z.enum(['car', 'van']).default('car'),
    seats: z.int().optional(),
    owner: z.object({ name: z.string() }).optional(),
    extra: z.looseObject({ note: z.string() }).optional(),
    type: z.string().optional(),
  });
  expect(JSON.stringify(tool(input).inputSchema, null, 1)).toBe(
    JSON.stringify(
      {
        type: 'object',
        properties: {
          year: { type: 'integer', description: 'Model year', minimum: 1950, maximum: 2027, examples: [2020] },
          kind: { type: 'string', enum: ['car', 'van'], default: 'car' },
          seats: { type: 'integer' },
          owner: {
            type: 'object',
            properties: { name: { type: 'string' } },
            required: ['name'],
            additionalProperties: false,
          },
          extra: {
            type: 'object',
            properties: { note: { type: 'string' } },
            required: ['note'],
            additionalProperties: {},
          },
          type: { type: 'string' },
        },
        required: ['year'],
        additionalProperties: false,
      },
      null,
      1,
    ),
  );
});

test('what an intersection joins stays open, or nothing would satisfy it', () => {
  const both = z.intersection(z.record(z.string(), z.number()), z.object({ a: z.number() }));
  const schema = tool(z.object({ both })).inputSchema;
  expect(schema).toMatchObject({ properties: { both: { allOf: expect.anything() } } });
  expect(JSON.stringify(schema).match(/"additionalProperties":false/g)).toHaveLength(1);
  expect(problems(z.object({ both }), { both: { a: 1, b: 2 } })).toBe('ok');
});

test('a problem says what was expected and what came', () => {
  const input = z.object({
    year: z.number().int().min(1950).max(2027),
    make: z.string().min(1),
    kind: z.enum(['car', 'van']),
    weight: z.number().positive().optional(),
    email: z.email().optional(),
    day: z.iso.date().optional(),
    electric: z.boolean().optional(),
    tags: z.array(z.string().max(3)).max(2).optional(),
    either: z.union([z.string(), z.number()]).optional(),
    owner: z.object({ age: z.int().min(17) }).optional(),
  });
  expect(problems(input, { year: 'last', make: '', kind: 'bus' })).toEqual([
    'year: expected an integer from 1950 to 2027, got "last"',
    'make: expected text that is not empty, got ""',
    'kind: expected one of "car", "van", got "bus"',
  ]);
  const rest = { weight: -1, email: 'x', day: '1.2.', electric: 'no', tags: ['abcd'], either: true, owner: { age: 3 } };
  expect(problems(input, { year: 1949.5, kind: 'car', ...rest })).toEqual([
    'year: expected an integer from 1950 to 2027, got 1949.5',
    'make: missing, expected text that is not empty',
    'weight: expected a number above 0, got -1',
    'email: expected an e-mail address, got "x"',
    'day: expected a date as YYYY-MM-DD, got "1.2."',
    'electric: expected true or false, got "no"',
    'tags[0]: expected text of at most 3 characters, got "abcd"',
    'either: expected text or a number, got true',
    'owner.age: expected an integer of at least 17, got 3',
  ]);
  expect(problems(input, { year: 2000, make: 'a', kind: 'car', tags: ['a', 'b', 'c'] })).toEqual([
    'tags: expected a list of at most 2 texts of at most 3 characters, got ["a","b","c"]',
  ]);
});

test('the author’s own sentence is used where there is one', () => {
  const input = z
    .object({
      year: z.number('Say the year.').int().min(1950, 'We insure cars built from 1950 on.'),
      from: z.number(),
      to: z.number(),
    })
    .refine(({ from, to }) => from < to, '"from" must be before "to".');
  expect(problems(input, { year: 1900, from: 1, to: 2 })).toEqual(['year: We insure cars built from 1950 on.']);
  expect(problems(input, { year: 'x', from: 1, to: 2 })).toEqual(['year: Say the year.']);
  expect(problems(input, { year: 2000, from: 3, to: 2 })).toEqual(['"from" must be before "to".']);
});

test('an unknown field is refused, at every depth, unless the object is open', () => {
  const input = z.object({
    driver_age: z.int().optional(),
    owner: z.object({ name: z.string() }).optional(),
    open: z.looseObject({}).optional(),
  });
  expect(problems(input, { driverAge: 3, owner: { name: 'x', nmae: 'y' }, open: { anything: 1 } })).toEqual([
    'driverAge: unknown field (did you mean "driver_age"?)',
    'owner.nmae: unknown field (did you mean "name"?)',
  ]);
  expect(problems(z.strictObject({ a: z.string() }), { a: 'x', b: 1 })).toEqual(['b: unknown field']);
});

test.each([null, undefined, 'x', 3, [], new Date(0)])('%o in place of an object never throws', (value) => {
  expect(tool(z.object({ a: z.string() })).parse(value)).toMatchObject({ ok: false });
});

test('a schema that throws or waits is a problem, not an exception', () => {
  const throwing = z.object({
    a: z.string().transform(() => {
      throw new Error('private detail');
    }),
  });
  expect(problems(throwing, { a: 'x' })).toEqual(['could not be checked']);
  expect(problems(z.object({ a: z.string().refine(async () => true) }), { a: 'x' })).toEqual(['could not be checked']);
});

test('text goes to the model as it is, other values as JSON', async () => {
  const run = async (result: unknown) => (await tool(z.object({}), () => result).run({}, context)).content;
  expect(await run('56.23 USD a month')).toBe('56.23 USD a month');
  expect(await run({ premium: 56.23 })).toBe('{"premium":56.23}');
  expect(await run(undefined)).toBe('Done.');
});
