import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { claudeModel } from '../../src/adapters/claude.ts';
import type { Model } from '../../src/agent/model.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { startMockClaude } from '../../src/testing/index.ts';
import type { MockHandler } from '../../src/testing/mock-claude.ts';
import { lastUserText } from '../../src/testing/mock-claude-request.ts';
import { folderIndex } from '../knowledge/folder-index.ts';
import { newCustomer, openDesk } from './test-desk.ts';

const ACME = fileURLToPath(new URL('../../examples/acme-insurance', import.meta.url));
const CONVERSATIONS = 5;
const QUESTIONS = [
  'Hello, do you insure electric cars?',
  'What is special about that? Please search once more.',
  'I would like a quote for a 2022 Tesla Model 3 with 15,000 miles, I am 34.',
  'How long is that price valid? Please search.',
  'Is a home charger covered? Please search.',
  'And a quote for a 2019 Honda Civic with 40,000 miles?',
  'How do I file a claim? Please search.',
  'Thank you, that was all.',
];
const ANSWER =
  'This is an answer of the length that a support agent gives: a few sentences, with the figures asked for. '.repeat(4);

/** A model that searches and quotes where it is asked to, and then says what it found. */
const handler: MockHandler = (request) => {
  const last = request.messages.at(-1);
  const answered = Array.isArray(last?.content) && last.content.some(({ type }) => type === 'tool_result');
  const asked = lastUserText(request);
  if (answered) return { text: ANSWER };
  if (asked.includes('search')) return { tools: [{ name: 'search_knowledge', input: { query: asked } }] };
  if (asked.includes('quote')) {
    const input = { make: 'Tesla', model: 'Model 3', year: 2022, mileage: 15_000, driver_age: 34 };
    return { tools: [{ name: 'get_quote', input }] };
  }
  return { text: ANSWER };
};

async function held(change: (model: Model) => Model = (model) => model) {
  const mock = await startMockClaude({ script: handler });
  onTestFinished(() => mock.close());
  const { agent } = await loadAgent(ACME);
  const model = 'claude-opus-4-6';
  const index = await folderIndex(ACME);
  const ready = toDeskAgent(agent, { model, fastModel: 'claude-haiku-4-5', staffed: true, index });
  const desk = await openDesk({ model: change(claudeModel({ baseUrl: mock.url })), agent: ready });
  for (let n = 0; n < CONVERSATIONS; n++) {
    const customer = await newCustomer(desk);
    for (const question of QUESTIONS) await customer.ask(question);
  }
  expect(mock.problems()).toEqual([]);
  // Six of eight messages cost two calls, the first and the last one each.
  expect(mock.requests).toHaveLength(CONVERSATIONS * 14);
  return mock.cache();
}

test('of the input of eight-turn conversations with tools and passages at least 92 % is read from the cache', async () => {
  const { share, uncached } = await held();
  expect(share).toBeGreaterThan(0.92);
  expect(uncached).toBe(0);
});

test('a prompt that changes with every call is seen', async () => {
  let calls = 0;
  const { share } = await held((model) => (request, signal) => {
    calls += 1;
    const system = [{ type: 'text' as const, text: `Call ${calls}.` }, ...request.system];
    return model({ ...request, system }, signal);
  });
  expect(share).toBe(0);
});
