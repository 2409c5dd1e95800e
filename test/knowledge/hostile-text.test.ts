import { describe, expect, it } from 'vitest';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';

const article = (id: string, text: string) => ({ id, title: id, url: null, text });
const HOSTILE: [string, string][] = [
  ['one word a million times', 'lion '.repeat(200_000)],
  ['one word of a million letters', 'a'.repeat(1_000_000)],
  ['one Japanese word of 200,000 letters', '返品'.repeat(100_000)],
  ['20,000 different words', Array.from({ length: 20_000 }, (_, at) => `word${at}`).join(' ')],
  ['marks without letters', '\u0301'.repeat(100_000)],
  ['half characters', '\ud800'.repeat(100_000)],
  ['page marks', '<!-- page: 1 -->\n'.repeat(20_000)],
  ['blank lines before a mark', `${'\n'.repeat(200_000)}<!-- page: 1 -->`],
  ['identifiers', `${'aB'.repeat(100_000)} ${'a_'.repeat(100_000)}`],
  ['apostrophes', "l'".repeat(100_000)],
  ['emoji', '👩‍👩‍👧‍👦'.repeat(20_000)],
];

// What is not linear takes minutes, in which the test ends.
describe.each(HOSTILE)('%s', (_, text) => {
  it('as a document neither fails nor takes long, and leaves others to be found', async () => {
    const index = buildKnowledgeIndex([
      article('hostile', text),
      article('code', 'const maxTokens = get_user({ id: 1 }); if (maxTokens) { throw error; }'),
      article('plain', 'The tiger sleeps.'),
    ]);
    const { passages } = await index.search({ query: 'where does the tiger sleep', limit: 3 });
    expect(passages[0]?.passage.id).toBe('plain#1');
  });

  it('as a query neither fails nor takes long', async () => {
    const many = Array.from({ length: 50 }, (_, at) =>
      article(`a${at}`, `The lion and word${at * 7} sleep. 返品 ${at}`),
    );
    const index = buildKnowledgeIndex([...many, { ...article('fr', 'Le lion dort.'), language: 'fr' }]);
    const { passages, relevance } = await index.search({ query: text, limit: 3 });
    expect(passages.length).toBeLessThanOrEqual(3);
    expect(relevance).toBeGreaterThanOrEqual(0);
    expect(relevance).toBeLessThanOrEqual(1);
  });
});

describe('identifiers', () => {
  const code = (id: string, body: string) => article(id, `\`\`\`ts\n${body}\n\`\`\``);
  const index = buildKnowledgeIndex([
    code('users', 'export function getUserName(id: string) {\n  return user_table.get(id)?.name;\n}'),
    code('orders', 'export function listOrders(limit: number) {\n  return order_table.all({ limit });\n}'),
    article('prose', 'You can change the name of your account. A table of prices is below.'),
  ]);
  const first = async (query: string) => (await index.search({ query, limit: 1 })).passages[0]?.passage.documentId;

  it('are found whole and by their parts, in code', async () => {
    expect(await first('getUserName')).toBe('users');
    expect(await first('which function gets the user name')).toBe('users');
    expect(await first('order_table')).toBe('orders');
    expect(await first('ordertable')).toBe('orders');
    expect(await first('list of orders limit')).toBe('orders');
    expect(await first('change my account')).toBe('prose');
  });

  it('add the score of the whole document where code has several passages', async () => {
    const long = (id: string, name: string) =>
      code(id, Array.from({ length: 60 }, (_, at) => `${name}.step${at}({ value: ${at} }); // ${name}`).join('\n'));
    const many = buildKnowledgeIndex([long('a', 'zebra'), long('b', 'horse'), article('c', 'A zebra.')]);
    const { passages } = await many.search({ query: 'zebra step', limit: 9 });
    const own = passages.find(({ passage }) => passage.documentId === 'a');
    expect(own?.parts.document).toBeGreaterThan(0);
    for (const { score, parts } of passages) {
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 3);
    }
  });
});
