import { describe, expect, test } from 'vitest';
import type { KnowledgeIndex } from '../../src/knowledge/documents.ts';
import { explainSearch, GOOD_PASSAGE } from '../../src/knowledge/explain.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';

const index = buildKnowledgeIndex([
  {
    id: 'chargers.md',
    title: 'Wall boxes',
    url: 'https://a.example/chargers',
    text: '# Wall boxes\n\n## Theft of cables\n<!-- asked: What if my wire is gone? -->\n\nA stolen charging cable is paid for. It takes a week.',
    language: 'en',
    labels: { product: 'home' },
  },
  { id: 'es.md', title: 'Cables', url: null, language: 'es', text: 'Los cables robados están cubiertos.' },
]);

describe('a search that is explained', () => {
  test('says of each word where the passage has it, in any of its forms, and what the score is made of', async () => {
    const { passages, relevance, answers } = await explainSearch(index, {
      query: 'Is a stolen cable or wire of the wallet insured?',
      limit: 1,
    });
    const [first] = passages;
    expect(first).toMatchObject({
      id: 'chargers.md#1',
      documentId: 'chargers.md',
      title: 'Wall boxes',
      headings: ['Theft of cables'],
      url: 'https://a.example/chargers',
      page: null,
      labels: { product: 'home' },
      text: 'A stolen charging cable is paid for. It takes a week.',
      words: { text: ['stolen', 'cable'], headings: ['cable'], asked: ['wire'], missing: ['wallet', 'insured'] },
    });
    const sum = Object.values(first?.parts ?? {}).reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(first?.score ?? 0, 5);
    expect(answers).toBe(relevance >= GOOD_PASSAGE);
  });

  test('reads a passage in its own language, keeps to the filter, and judges what is found', async () => {
    const spanish = await explainSearch(index, { query: 'cable robado', limit: 5, filter: { language: 'es' } });
    expect(spanish.passages.map(({ id, words }) => [id, words.text])).toEqual([['es.md#1', ['cable', 'robado']]]);
    expect(await explainSearch(index, { query: 'zeppelin', limit: 5 })).toEqual({
      relevance: 0,
      answers: false,
      passages: [],
    });
    const unsure = (relevance: number): KnowledgeIndex => ({
      ...index,
      search: async () => ({ passages: [], relevance }),
    });
    for (const relevance of [0, GOOD_PASSAGE - 0.01, GOOD_PASSAGE, 1]) {
      expect((await explainSearch(unsure(relevance), { query: 'x', limit: 1 })).answers).toBe(
        relevance >= GOOD_PASSAGE,
      );
    }
  });
});
