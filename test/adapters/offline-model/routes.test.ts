import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { offlineModel } from '../../../src/adapters/offline-model/offline-model.ts';
import { readScene } from '../../../src/adapters/offline-model/scene.ts';
import type { ModelRequest } from '../../../src/agent/model.ts';
import { deskNote, OFF_TOPIC, perhapsNote } from '../../../src/agent/notes.ts';
import { deskMark } from '../../../src/agent/switch-desk.ts';
import { READ_ONLY, type Tool } from '../../../src/agent/tool.ts';
import { newCustomer, openDesk } from '../../conversations/test-desk.ts';
import { routedAgent, testRoute } from '../../conversations/test-routes.ts';

const brief = (name: string) =>
  `<route name="${name}">\nThe customer is with this desk now.\n\n<context name="${name}-facts">\n# ${name}\n\nPapers about ${name} go to the ${name} office in town.\n</context>\n</route>`;

function request(...said: string[]): ModelRequest {
  const tool = (name: string, description: string) => ({
    name,
    description,
    input_schema: { type: 'object' as const },
  });
  const blocks = said.map((text): Anthropic.TextBlockParam => ({ type: 'text', text }));
  return {
    ...{ model: 'm', max_tokens: 100, system: [{ type: 'text', text: 'You are Eva of Acme.' }] },
    tools: [
      tool('file_claim', `Files one.${deskMark('claims')}`),
      tool('get_quote', `Quotes.${deskMark('quotes')}`),
      tool('find', 'Finds.'),
    ],
    messages: [
      { role: 'user', content: '<context name="company">\nWe are Acme.\n</context>' },
      { role: 'assistant', content: 'Understood.' },
      { role: 'user', content: blocks },
    ],
  };
}

describe('the offline model', () => {
  test('takes neither a brief nor a note of the desk for what the customer said', () => {
    const scene = readScene(
      request(brief('claims'), perhapsNote(['billing']), OFF_TOPIC, deskNote('claims'), 'My car was hit.'),
    );
    expect(scene.exchanges.map(({ customer }) => customer)).toEqual(['My car was hit.']);
    expect(scene.offTopic).toBe(true);
  });

  test('has the context of the desk that has the conversation, and the tools that it may call', () => {
    const at = (...said: string[]) => {
      const { context, tools, offTopic } = readScene(request(...said));
      return { context: context.map(({ name }) => name), tools: tools.map(({ name }) => name), offTopic };
    };
    expect(at('Hello')).toEqual({ context: ['company'], tools: ['find'], offTopic: false });
    expect(at(brief('claims'), 'Hello')).toEqual({
      ...{ context: ['company', 'claims-facts'], tools: ['file_claim', 'find'], offTopic: false },
    });
    expect(at(brief('claims'), 'A', brief('quotes'), 'B', deskNote('claims'), 'C').tools).toEqual([
      'file_claim',
      'find',
    ]);
    expect(at(brief('claims'), 'A', deskNote('general'), 'B')).toMatchObject({ context: ['company'], tools: ['find'] });
  });
});

/** A form of one desk, as a folder's own tool comes to the model. */
function quoteTool(asked: unknown[]): Tool {
  return {
    name: 'get_quote',
    description: 'Gets a quote for car insurance: what the cover would cost the customer.',
    inputSchema: {
      type: 'object',
      properties: {
        driver_age: { type: 'integer', description: 'Age of the driver in years.', minimum: 16, maximum: 120 },
        year: { type: 'integer', description: 'The year the car was built.', minimum: 1980, maximum: 2027 },
        mileage: { type: 'integer', description: 'Miles on the car.', minimum: 0, maximum: 999_999 },
      },
      required: ['driver_age', 'year', 'mileage'],
    },
    ...READ_ONLY,
    route: 'quotes',
    timeoutMs: 1_000,
    parse: (value) => ({ ok: true, value }),
    async run(input) {
      asked.push(input);
      return { content: JSON.stringify({ monthly_premium: '50 dollars' }) };
    },
  };
}

test('what the customer said for a form at one desk is not asked again after a visit to another', async () => {
  const asked: unknown[] = [];
  const routes = new Map(['claims', 'quotes'].map((name) => [name, testRoute(name, { brief: brief(name) })]));
  const opened = await openDesk({
    model: offlineModel({ embedder: null }),
    agent: routedAgent({ routes, tools: [quoteTool(asked)] }),
    desk: { offline: true },
  });
  const { ask, log } = await newCustomer(opened);
  const first = await ask('I want a quote, the car was built in 2019 and I am 45 years old (quotes .9)');
  expect(first).toMatch(/mile/i);
  expect(first).not.toMatch(/year|age of/i);
  const side = await ask('Where do papers about claims go? (claims .95)');
  expect(side).toContain('go to the claims office');
  await ask('I want the quote now: 40,000 miles (quotes .95)');
  expect(asked).toEqual([{ driver_age: 45, year: 2019, mileage: 40_000 }]);
  const routesOf = (await log()).flatMap((event) => (event.type === 'route.chosen' ? [event.route] : []));
  expect(routesOf).toEqual(['quotes', 'claims', 'quotes']);
  expect((await log()).some((event) => event.type === 'tool.started' && event.tool === 'switch_route')).toBe(false);
});

test('what the router takes for off topic is turned back sooner', async () => {
  const opened = await openDesk({
    model: offlineModel({ embedder: null }),
    agent: { ...routedAgent(), firstSearch: async () => ({ passages: [], relevance: 0, isGap: true }) },
    desk: { offline: true },
  });
  const { ask } = await newCustomer(opened);
  expect(await ask('who won the match yesterday, out .9')).toMatch(/cannot help with that/);
  expect(await ask('hello')).not.toMatch(/cannot help/);
});
