import { expect, onTestFinished, test } from 'vitest';
import { claudeModel } from '../../src/adapters/claude.ts';
import type { ModelRequest } from '../../src/agent/model.ts';
import { blocksOf } from '../../src/agent/transcript.ts';
import { startMockClaude } from '../../src/testing/index.ts';
import type { MockHandler } from '../../src/testing/mock-claude.ts';
import { lastUserText } from '../../src/testing/mock-claude-request.ts';
import { PASSAGE, wordTool } from '../agent/play-turn.ts';
import { newCustomer, openDesk } from './test-desk.ts';
import { claimsTool, routedAgent, testRoute } from './test-routes.ts';

const ANSWER =
  'This is an answer of the length that a support agent gives: a few sentences, with the figures asked for. '.repeat(4);
const FACTS = 'A fact about what the company sells, at what price, under which conditions, and for how long it holds. ';
/** As long as those of the examples. */
const brief = (name: string) =>
  `<route name="${name}">\nThe customer is with this desk now.\n${FACTS.repeat(25)}\n</route>`;

/** What customers say; the model switches where it reads "hand me to". */
const MESSAGES = [
  'My car was hit, claims .95',
  'Please search what to do, claims .9',
  'And my invoice, billing .95',
  'Hmm, billing .2: hand me to quotes',
  'A price please, search, quotes .85',
  'How is my claim? claims .95',
  'Something else, general .9: hand me to billing',
  'Thank you, out .9',
];

const handler: MockHandler = (request) => {
  const last = request.messages.at(-1);
  const results = Array.isArray(last?.content) ? last.content.filter(({ type }) => type === 'tool_result') : [];
  const asked = lastUserText(request);
  const wanted = /hand me to (\w+)/.exec(asked)?.[1];
  if (results.length > 0) return { text: ANSWER };
  if (wanted) return { tools: [{ name: 'switch_route', input: { route: wanted } }] };
  if (asked.includes('search')) return { tools: [{ name: 'search_knowledge', input: { word: asked } }] };
  return { text: ANSWER };
};

test('conversations that switch among three desks read at least 88 % of their input from the cache, each request going on from the last', async () => {
  const mock = await startMockClaude({ script: handler });
  onTestFinished(() => mock.close());
  const requests: ModelRequest[] = [];
  const claude = claudeModel({ baseUrl: mock.url });
  const routes = new Map(
    ['billing', 'claims', 'quotes'].map((name) => [name, testRoute(name, { brief: brief(name) })]),
  );
  const passages = Array.from({ length: 8 }, (_, n) => ({ ...PASSAGE, source: `passage:${n}.md#1` }));
  const search = wordTool('search_knowledge', async () => ({ content: passages }));
  const desk = await openDesk({
    model(request, signal) {
      requests.push(structuredClone(request));
      return claude(request, signal);
    },
    agent: {
      ...routedAgent({ routes, tools: [claimsTool, search] }),
      modelId: 'claude-opus-4-6',
      firstSearch: async () => ({ passages, relevance: 1, isGap: false }),
      prompt: {
        system: [{ type: 'text', text: 'You are Ada.' }],
        opening: [
          { role: 'user', content: [{ type: 'text', text: FACTS.repeat(150), cache_control: { type: 'ephemeral' } }] },
          { role: 'assistant', content: [{ type: 'text', text: 'Understood.' }] },
        ],
        hash: 'hash',
        estimatedTokens: 4_000,
      },
    },
  });
  for (let n = 0; n < 4; n++) {
    const from = requests.length;
    const customer = await newCustomer(desk);
    for (const message of MESSAGES) await customer.ask(message);
    const choices = (await customer.log()).filter((event) => event.type === 'route.chosen');
    const moved = choices.filter((choice) => choice.route !== choice.from).map(({ route, by }) => `${route} by ${by}`);
    expect(moved).toEqual([
      ...['claims by router', 'billing by router', 'quotes by model'],
      ...['claims by router', 'general by router'],
    ]);
    for (const [at, request] of requests.slice(from).entries()) {
      const before = requests[from + at - 1];
      if (at > 0) expect(bytes(request).startsWith(bytes(before))).toBe(true);
    }
  }
  expect(mock.problems()).toEqual([]);
  const { share, uncached } = mock.cache();
  expect(uncached).toBe(0);
  expect(share).toBeGreaterThan(0.88);
});

/** What the provider's cache compares: tools, system, then each block with its side. */
function bytes(request: ModelRequest | undefined): string {
  const { model, tools, system, messages = [] } = request ?? {};
  const blocks = messages.flatMap((message) => blocksOf(message).map((block) => JSON.stringify([message.role, block])));
  return [JSON.stringify([model, tools, system]), ...blocks].join('\n');
}
