import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';

const article = (id: string, title: string, text: string) => ({ id, title, url: `https://shop.example/${id}`, text });

const LIBRARY = [
  article(
    'returns',
    'Returning an order',
    'You can return a bicycle within 30 days. The frame must be unused.\n\nWe send a label by e-mail.',
  ),
  article('shipping', 'Delivery times', 'We deliver within the country in 3 working days. Abroad it takes a week.'),
  article(
    'repair',
    'Repairs in the workshop',
    'Our workshop mends brakes and gears. Bring your bicycle without an appointment.',
  ),
  article(
    'battery',
    'Battery care for e-bikes',
    'Charge the battery at room temperature. A battery lasts about 700 charges.\n\n## Warranty\n\nThe battery has a warranty of 2 years.',
  ),
  article(
    'payment',
    'Ways to pay',
    'We take cards, transfers and gift vouchers. You can pay in 12 monthly instalments.',
  ),
];

const index = buildKnowledgeIndex(LIBRARY);
const idsFor = async (query: string, limit = 3) =>
  (await index.search({ query: query, limit: limit })).passages.map((found) => found.passage.id);

describe('search', () => {
  it.each([
    ['how do I send my bike back, can it be returned?', 'returns#1'],
    ['how many days until you deliver abroad', 'shipping#1'],
    ['my brake is broken, do you repair it', 'repair#1'],
    ['is the battery under warranty', 'battery#2'],
    ['charging the batteries of an ebike', 'battery#1'],
    ['can i pay with a gift card', 'payment#1'],
    ['paying by monthly instalment', 'payment#1'],
  ])('finds the passage for: %s', async (query, expected) => {
    expect((await idsFor(query))[0]).toBe(expected);
  });

  it('gives scores above 0, best first, at most the limit', async () => {
    const found = (await index.search({ query: 'bicycle battery warranty delivery', limit: 3 })).passages;
    expect(found).toHaveLength(3);
    const scores = found.map((passage) => passage.score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    for (const score of scores) expect(score).toBeGreaterThan(0);
    expect((await index.search({ query: 'bicycle', limit: 0 })).passages).toEqual([]);
  });

  it('finds nothing for words that no article has', async () => {
    expect((await index.search({ query: 'quantum entanglement', limit: 5 })).passages).toEqual([]);
    expect((await index.search({ query: '', limit: 5 })).passages).toEqual([]);
    expect((await index.search({ query: 'what is it?', limit: 5 })).passages).toEqual([]);
    expect((await buildKnowledgeIndex([]).search({ query: 'bicycle', limit: 5 })).passages).toEqual([]);
  });

  it('says how much of the query is covered', async () => {
    const coverage = async (query: string) =>
      (await index.search({ query: query, limit: 1 })).passages[0]?.coverage ?? 0;
    expect(await coverage('battery warranty')).toBeCloseTo(1);
    expect(await coverage('battery of my submarine periscope')).toBeLessThan(0.4);
    expect(await coverage('battery warranty')).toBeGreaterThan(await coverage('battery warranty submarine'));
  });

  it('counts a repeated word of the query again', async () => {
    expect((await idsFor('battery brakes brakes brakes'))[0]).toBe('repair#1');
    expect((await idsFor('battery battery battery brakes'))[0]).toMatch(/^battery#/);
  });

  it('prefers words that stand together', async () => {
    const pairs = buildKnowledgeIndex([
      article('a', 'A', 'Glass cover for the roof in rain.'),
      article('b', 'B', 'Cover in rain for the glass roof.'),
    ]);
    expect((await pairs.search({ query: 'glass roof', limit: 2 })).passages.map((found) => found.passage.id)).toEqual([
      'b#1',
      'a#1',
    ]);
  });

  it('lifts a passage whose neighbour in the same document fits as well', async () => {
    const filler = 'Nothing else is said in this part of the text.';
    const near = (id: string, second: string) =>
      article(id, 'T', `## One\n\nThe zebra rests. ${filler}\n\n## Two\n\n${second} ${filler}`);
    const documents = [near('apart', 'The horse rests.'), near('near', 'The zebra drinks.')];
    const found = (await buildKnowledgeIndex(documents).search({ query: 'zebra', limit: 5 })).passages;
    const score = (id: string) => found.find((entry) => entry.passage.id === id)?.score ?? 0;
    expect(score('near#1')).toBeCloseTo(1.1 * score('apart#1'));
  });

  it('gives equal scores in document order, the same every time', async () => {
    const twins = buildKnowledgeIndex(['c', 'a', 'b'].map((id) => article(id, 'Twin', 'The very same sentence.')));
    for (let run = 0; run < 3; run++) {
      expect(
        (await twins.search({ query: 'sentence', limit: 3 })).passages.map((found) => found.passage.documentId),
      ).toEqual(['c', 'a', 'b']);
      expect(
        (await twins.search({ query: 'sentence', limit: 2 })).passages.map((found) => found.passage.documentId),
      ).toEqual(['c', 'a']);
    }
  });

  it('agrees with BM25 counted by hand', async () => {
    // Two passages, no pair shared with the query: lengths 4.5 (3 + title 1.5) and 3.5 (2 + title 1.5), mean 4.
    const small = buildKnowledgeIndex([article('x', 'Alpha', 'lion tiger lion'), article('y', 'Beta', 'wolf tiger')]);
    const idf = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5));
    const expected = (idf * 2 * 2.6) / (2 + 1.6 * (0.25 + (0.75 * 4.5) / 4));
    const [found] = (await small.search({ query: 'lion', limit: 5 })).passages;
    expect(found?.score).toBeCloseTo(expected, 5);
  });

  it('never fails on odd text, and searches leave no trace', async () => {
    const before = (await index.search({ query: 'battery warranty', limit: 5 })).passages;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.nat(10), async (query, limit) => {
        const found = (await index.search({ query: `${query} battery`, limit: limit })).passages;
        expect(found.length).toBeLessThanOrEqual(limit);
        for (const { coverage } of found) expect(coverage > 0 && coverage <= 1).toBe(true);
      }),
    );
    expect((await index.search({ query: 'battery warranty', limit: 5 })).passages).toEqual(before);
  });
});

describe('the index', () => {
  it('looks passages up', () => {
    expect(index.passages).toHaveLength(6);
    expect(index.passage('battery#2')).toMatchObject({ headings: ['Warranty'], url: 'https://shop.example/battery' });
    expect(index.passage('battery#9')).toBeUndefined();
  });

  it('has a version that changes with any document and with nothing else', () => {
    const [first, ...others] = LIBRARY;
    if (!first) throw new Error('no article');
    expect(index.version).toMatch(/^[0-9a-f]{16}$/);
    expect(buildKnowledgeIndex(structuredClone(LIBRARY)).version).toBe(index.version);
    for (const change of [{ text: `${first.text}!` }, { id: 'other' }, { title: 'Other' }, { url: null }]) {
      expect(buildKnowledgeIndex([{ ...first, ...change }, ...others]).version).not.toBe(index.version);
    }
  });

  it('refuses two documents with one id', () => {
    expect(() => buildKnowledgeIndex([...LIBRARY, ...LIBRARY.slice(0, 1)])).toThrow('same id');
  });
});
