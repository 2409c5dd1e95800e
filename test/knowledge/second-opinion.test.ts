import { afterAll, describe, expect, test } from 'vitest';
import { localEmbedder } from '../../src/adapters/embeddings/local-embedder.ts';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { createLiveIndex } from '../../src/knowledge/live-index.ts';
import { withEncoder } from '../../src/knowledge/second-opinion.ts';
import type { Embedder } from '../../src/language/embedder.ts';

const embedder = localEmbedder();
afterAll(() => embedder.close());

const DOCUMENTS: SourceDocument[] = [
  page('refunds', 'Refunds', 'Money that was paid too much is given back within ten days.'),
  page('hours', 'Opening hours', 'The shop is open from nine to five.'),
  page('dogs', 'Dogs', '<!-- asked:\nmay my puppy come along?\n-->\n\nAnimals on a leash are welcome in the yard.'),
  page('delivery', 'Delivery', 'Parcels are sent every day and arrive within a week.'),
];

function page(id: string, title: string, text: string): SourceDocument {
  return { id, title, url: null, text };
}

const PATIENT = { patienceMs: 10_000 };

async function first(query: string, encoder: Embedder = embedder): Promise<string | undefined> {
  const found = (await withEncoder(buildKnowledgeIndex(DOCUMENTS), encoder, PATIENT).search({ query: query, limit: 3 }))
    .passages;
  return found[0]?.passage.documentId;
}

describe('search with an encoder', () => {
  test('finds what shares no word with the question', async () => {
    expect((await buildKnowledgeIndex(DOCUMENTS).search({ query: 'my package is late', limit: 3 })).passages).toEqual(
      [],
    );
    expect(await first('my package is late')).toBe('delivery');
  });

  test('finds by a way to ask that the writer noted, and never quotes it', async () => {
    expect(await first('can I bring a little dog')).toBe('dogs');
    expect(await first('is a puppy ok')).toBe('dogs');
    const [found] = (
      await withEncoder(buildKnowledgeIndex(DOCUMENTS), embedder, PATIENT).search({ query: 'puppy', limit: 1 })
    ).passages;
    expect(found?.passage.sentences.join('')).not.toContain('puppy');
  });

  test('mends slips of the pen', async () => {
    expect(await first('delivry of parcells')).toBe('delivery');
  });

  test('goes on by words alone where the encoder fails', async () => {
    const broken: Embedder = { id: 'broken', embed: () => Promise.reject(new Error('gone')) };
    expect(await first('parcels', broken)).toBe('delivery');
  });

  test('does not wait for an encoder that takes too long', async () => {
    const slow: Embedder = { id: 'slow', embed: () => new Promise(() => {}) };
    const index = withEncoder(buildKnowledgeIndex(DOCUMENTS), slow, { patienceMs: 20 });
    expect((await index.search({ query: 'parcels', limit: 3 })).passages[0]?.passage.documentId).toBe('delivery');
  });

  test('gives at most as many as were asked for, scores above 0, in order', async () => {
    const index = withEncoder(buildKnowledgeIndex(DOCUMENTS), embedder, PATIENT);
    const found = (await index.search({ query: 'money back', limit: 2 })).passages;
    expect(found).toHaveLength(2);
    expect(found[0]?.score).toBeGreaterThan(found[1]?.score ?? 0);
    expect(found[1]?.score).toBeGreaterThan(0);
  });

  test('keeps to the filter in what shares no word with the question too', async () => {
    const documents = DOCUMENTS.map((document) => ({ ...document, labels: { audience: 'dealers' } }));
    const index = withEncoder(buildKnowledgeIndex(documents), embedder, PATIENT);
    const found = async (audience: string) =>
      (await index.search({ query: 'my package is late', limit: 3, filter: { labels: { audience } } })).passages.length;
    expect(await found('dealers')).toBeGreaterThan(0);
    expect(await found('customers')).toBe(0);
    const filed = DOCUMENTS.map((document) => ({ ...document, id: `shop/${document.id}` }));
    const inFolder = withEncoder(buildKnowledgeIndex(filed), embedder, PATIENT);
    const foundIn = async (...folders: string[]) =>
      (await inFolder.search({ query: 'my package is late', limit: 3, filter: { folders } })).passages.length;
    expect(await foundIn('shop')).toBeGreaterThan(0);
    expect(await foundIn('office')).toBe(0);
  });

  test('without an encoder words decide, and slips of the pen are mended all the same', async () => {
    const index = withEncoder(buildKnowledgeIndex(DOCUMENTS), null, PATIENT);
    expect((await index.search({ query: 'delivry of parcells', limit: 3 })).passages[0]?.passage.documentId).toBe(
      'delivery',
    );
    expect(index.texts).toEqual([]);
  });

  test('follows an index that changes', async () => {
    const live = createLiveIndex();
    const index = withEncoder(live, embedder, PATIENT);
    await live.apply({ put: DOCUMENTS });
    const before = await index.search({ query: 'may my dog come', limit: 1 });
    expect(before.passages[0]?.passage.documentId).toBe('dogs');
    await live.apply({ put: [page('cats', 'Windowsills', 'Cats sleep here.')], remove: ['dogs'] });
    const after = await index.search({ query: 'windowsils', limit: 1 });
    expect(after.passages[0]?.passage.documentId).toBe('cats');
    await live.close();
  });

  test('finds what each sentence of a long message asks', async () => {
    const index = withEncoder(buildKnowledgeIndex(DOCUMENTS), embedder, PATIENT);
    const query =
      'Hello, I hope that you can help me with a couple of things. When is the shop open on an ordinary day? ' +
      'I also think that I paid too much money at the till, can it be given back? Thank you so much in advance.';
    const found = (await index.search({ query, limit: 2 })).passages.map(({ passage }) => passage.documentId);
    expect(found.sort()).toEqual(['hours', 'refunds']);
  });

  test('tells a question that is answered from one that is not', async () => {
    const index = withEncoder(buildKnowledgeIndex(DOCUMENTS), embedder, PATIENT);
    const relevance = async (query: string) => (await index.search({ query, limit: 3 })).relevance;
    expect(await relevance('When is the shop open?')).toBeGreaterThan(0.6);
    expect(await relevance('who won the chess championship in 1972')).toBeLessThan(0.3);
  });
});
