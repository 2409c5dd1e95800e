import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bindCustomer } from '../../src/agent/bind-customer.ts';
import { type Tool, type ToolContext, ToolProblem } from '../../src/agent/tool.ts';
import { defineTool, type ToolDefinition } from '../../src/agent-folder/define.ts';
import { toolFromDefinition } from '../../src/agent-folder/tool-from-definition.ts';

const ada = { id: '42', email: 'ada@example.com', name: 'Ada', claims: { since: '2020' } };
const context: ToolContext = {
  ...{ conversationId: 'conv_1', turnId: 't', language: null, status: 'open', idempotencyKey: 'act_1', customer: ada },
  route: 'general',
  signal: new AbortController().signal,
};
const input = z.object({ order: z.string(), cents: z.int().optional() });

const write = (fields: Partial<ToolDefinition<typeof input>> = {}) =>
  toolFromDefinition(
    defineTool({ name: 'cancel_order', description: 'd', effect: 'write', input, run: () => 'x', ...fields }),
    'shop',
  );
const ask = async (tool: Tool, value: unknown) => tool.action?.confirm(value, context);

describe('what a write asks', () => {
  test('without a word of its author: its name and its arguments, of the customer', async () => {
    const tool = write();
    expect(tool.action).toMatchObject({ expiresMs: 900_000, confirmByMessage: false, idempotent: false, lookup: null });
    expect(tool.action?.limits({ order: 'A' }, context)).toEqual([]);
    expect(await ask(tool, { order: 'A-17', cents: 250 })).toEqual({
      summary: 'Cancel order (order: A-17; cents: 250).',
      by: 'customer',
    });
    expect(await ask(write({ confirm: 'operator' }), {})).toEqual({ summary: 'Cancel order.', by: 'operator' });
  });

  test('arguments that the model made up stay small, in one line and visible', async () => {
    const order = `A-1\n\nConfirmed by the shop.\u202e\u200b ${'x'.repeat(500)}`;
    const { summary = '' } = (await ask(write(), { order })) ?? {};
    expect(summary).toMatch(/^Cancel order \(order: A-1 Confirmed by the shop\. x+…\)\.$/);
    expect(summary.length).toBeLessThan(120);
  });

  test('a sentence of its author, from the arguments, and who decides', async () => {
    expect(await ask(write({ confirm: ({ order }) => ` Cancel ${order}\n? ` }), { order: 'A' })).toEqual({
      summary: 'Cancel A ?',
      by: 'customer',
    });
    const large = write({ confirm: async () => ({ summary: 'Much?', by: 'operator' as const }) });
    expect(await ask(large, {})).toEqual({ summary: 'Much?', by: 'operator' });
  });

  test.each([
    ['nothing', () => ' \u200b'],
    ['no text', () => 7 as never],
    ['somebody else who decides', () => ({ summary: 'x', by: 'anyone' as never })],
  ])('%s is an error, not a card', async (_, confirm) => {
    await expect(ask(write({ confirm }), {})).rejects.toThrow(/^confirm/);
  });

  test('a reason why it is not possible goes through', async () => {
    const confirm = () => {
      throw new ToolProblem('It was sent already.');
    };
    await expect(ask(write({ confirm }), {})).rejects.toThrow(ToolProblem);
  });
});

describe('limits', () => {
  const amount = ({ cents }: { cents?: number | undefined }) => cents ?? 0;
  const tool = write({
    needs: 'verified-customer',
    limits: [
      { per: 'customer', most: 5, hours: 24 },
      { per: 'customer', most: 20_000, hours: 24, amount },
      { per: 'conversation', most: 1, hours: 1 },
      { per: 'agent', most: 100, hours: 1 },
    ],
  });
  const keys = (over: Partial<ToolContext> = {}) =>
    tool.action?.limits({ cents: 250 }, { ...context, ...over }).map(({ key }) => key);

  test('count for whom they say', () => {
    expect(tool.action?.limits({ cents: 250 }, context)).toMatchObject([
      { per: 'customer', amount: 1, most: 5, hours: 24 },
      { per: 'customer', amount: 250, most: 20_000 },
      { per: 'conversation', amount: 1, most: 1 },
      { per: 'agent', amount: 1, most: 100 },
    ]);
    const [once, much, here, all] = keys() ?? [];
    expect(new Set(keys()).size).toBe(4);
    expect(keys({ conversationId: 'conv_2' })).toEqual([once, much, expect.not.stringMatching(here ?? ''), all]);
    const eve = keys({ customer: { ...ada, id: '43' } });
    expect([eve?.[0] === once, eve?.[1] === much, eve?.[2] === here, eve?.[3] === all]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    // Who the customer is, is not to be read from a counter.
    expect(JSON.stringify(keys({ customer: { ...ada, id: 'ada-lovelace' } }))).not.toContain('lovelace');
  });

  test('nothing uses nothing up; an amount that cannot be counted stops the call', () => {
    expect(tool.action?.limits({ cents: 0 }, context)).toHaveLength(3);
    for (const cents of [-1, 0.5, Number.NaN, 2 ** 60, '250']) {
      expect(() => tool.action?.limits({ cents }, context), String(cents)).toThrow(ToolProblem);
    }
    expect(() => tool.action?.limits({ cents: 1 }, { ...context, customer: null })).toThrow(ToolProblem);
  });
});

describe('a lookup', () => {
  const lookup = (found: unknown) => write({ lookup: () => found }).action?.lookup?.({}, context);

  test('finds what the call would have given, or that it was not there', async () => {
    expect(await lookup('Cancelled.')).toEqual({ content: 'Cancelled.' });
    expect(await lookup({ refund: 'R-1' })).toEqual({ content: '{"refund":"R-1"}' });
    expect(await lookup(null)).toBeNull();
  });

  test('that gives nothing back does not say that nothing was done', async () => {
    await expect(lookup(undefined)).rejects.toThrow(/null means/);
  });
});

describe('fields from the customer', () => {
  const seen: unknown[] = [];
  const note = (given: unknown) => {
    seen.push(given);
    return 'Done?';
  };
  const owned = z.object({
    customer_id: z.coerce.number().int(),
    mail: z.email().optional(),
    order: z.string().transform((text) => text.toUpperCase()),
  });
  const tool = toolFromDefinition(
    defineTool({
      ...{
        name: 'cancel_order',
        description: 'd',
        effect: 'write',
        input: owned,
        run: note,
        confirm: note,
        lookup: note,
      },
      fromCustomer: { customer_id: 'id', mail: 'email' },
      limits: [{ per: 'customer', most: 5, hours: 1, amount: (given) => note(given).length }],
    }),
  );

  test('are not in the model’s schema, and the model may not name them', () => {
    expect(tool.inputSchema).toEqual({
      type: 'object',
      properties: { order: { type: 'string' } },
      required: ['order'],
      additionalProperties: false,
    });
    expect(tool.needsCustomer).toBe(true);
    expect(tool.parse({ order: 'a' })).toEqual({ ok: true, value: { order: 'A' } });
    expect(tool.parse({ order: 'a', customer_id: '43' })).toEqual({
      ok: false,
      problems: ["customer_id: is filled in by the system from the customer's sign-in; leave it out"],
    });
  });

  test('are there, as their schema makes them, in whatever the author wrote', async () => {
    const parsed = tool.parse({ order: 'a' });
    const bound = parsed.ok ? bindCustomer(tool, parsed.value, ada) : null;
    if (!bound?.ok) throw new Error('it is not bound');
    await tool.run(bound.value, context);
    await tool.action?.confirm(bound.value, context);
    await tool.action?.lookup?.(bound.value, context);
    tool.action?.limits(bound.value, context);
    expect(seen).toEqual(Array.from({ length: 4 }, () => ({ customer_id: 42, mail: 'ada@example.com', order: 'A' })));
  });

  test('are on no card of ours', async () => {
    const plain = toolFromDefinition(
      defineTool({
        name: 'x',
        description: 'd',
        effect: 'write',
        input: owned,
        run: note,
        fromCustomer: { customer_id: 'id' },
      }),
    );
    expect(await ask(plain, { customer_id: '42', order: 'A' })).toMatchObject({ summary: 'X (order: A).' });
  });

  test('that do not pass their schema are a problem that says what of the customer is meant, not their facts', async () => {
    const value = { customer_id: 'ada-the-customer', order: 'A', mail: 'ada@example.com' };
    await expect(tool.run(value, context)).rejects.toThrow(ToolProblem);
    await expect(tool.run(value, context)).rejects.toThrow(/\(id\)\.$/);
    await expect(ask(tool, value)).rejects.toThrow(ToolProblem);
  });
});
