import { expect, test } from 'vitest';
import { NO_DESKS } from '../../src/agent/switch-desk.ts';
import { loadAgent } from '../../src/agent-folder/load-agent.ts';
import { toDeskAgent } from '../../src/desk-agent.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { contextWith } from '../tools/http/request-tools.ts';
import { ROUTES, workshopWith } from './folders.ts';

const article = (id: string, labels = {}) => ({
  id,
  title: id,
  url: null,
  text: 'The valve leaks.',
  labels,
});
const index = buildKnowledgeIndex([
  article('faq.md'),
  article('office/rules.md'),
  article('push/news'),
  article('tyres/flat.md', { product: 'bike' }),
  article('tyres/scooter.md', { product: 'scooter' }),
  article('tyres/winter/studs.md'),
]);
const ALL = ['faq.md', 'office/rules.md', 'push/news', 'tyres/flat.md', 'tyres/scooter.md', 'tyres/winter/studs.md'];
const OF_REPAIRS = ['faq.md', 'push/news', 'tyres/flat.md', 'tyres/winter/studs.md'];

async function ready(files = ROUTES, offlineModel?: string) {
  const { agent } = await loadAgent(workshopWith(files));
  return toDeskAgent(agent, { model: 'm', fastModel: 'f', staffed: true, offlineModel, index });
}

/** The documents of search results, by their titles. */
function documentsOf(results: unknown): string[] {
  return [...JSON.stringify(results).matchAll(/"title":"(.*?)"/g)].map(([, id]) => id ?? '').sort();
}

test('each desk searches what its route names, first and by the tool', async () => {
  const agent = await ready();
  const search = agent.tools.find(({ name }) => name === 'search_knowledge');
  for (const [route, expected] of [
    [NO_DESKS.route, ALL],
    ['bike-hire', ALL],
    ['repairs', OF_REPAIRS],
  ] as const) {
    const { passages } = await agent.firstSearch(['Why does the valve leak?'], route);
    expect(documentsOf(passages)).toEqual(expected);
    const outcome = await search?.run({ query: 'valve leaks' }, contextWith({ route }));
    expect(documentsOf(outcome?.content)).toEqual(expected);
  }
});

test('its routes are those of the folder; the offline model plays every desk', async () => {
  expect([...(await ready()).routes.values()].map(({ name, modelId }) => [name, modelId])).toEqual([
    ['bike-hire', null],
    ['repairs', 'claude-haiku-4-5'],
  ]);
  expect((await ready(ROUTES, 'offline')).routes.get('repairs')?.modelId).toBeNull();
});

test('the hash that is logged and that kept answers go by covers the briefs', async () => {
  const [first, again, changed] = await Promise.all([
    ready(),
    ready(),
    ready({ ...ROUTES, 'routes/repairs/guardrails.md': '- Always guess a price.\n' }),
  ]);
  expect(again.prompt.hash).toBe(first.prompt.hash);
  expect(changed.prompt.hash).not.toBe(first.prompt.hash);
  expect(changed.tools.map(({ description }) => description)).toEqual(
    first.tools.map(({ description }) => description),
  );
});
