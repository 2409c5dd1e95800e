import { describe, expect, test } from 'vitest';
import type { Passage } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { type Reranker, withReranker } from '../../src/knowledge/rerank.ts';

const INDEX = buildKnowledgeIndex(
  Array.from({ length: 30 }, (_, n) => ({
    id: `d${n}`,
    title: `Parcel ${n}`,
    url: null,
    text: `${'Parcels arrive. '.repeat(30 - n)}\n\nNumber ${n}.`,
  })),
);
const SEARCH = { query: 'when do parcels arrive', limit: 5 };

function reranker(rank: (passages: readonly Passage[], signal: AbortSignal) => unknown) {
  const asked: { question: string; ids: string[] }[] = [];
  const made: Reranker = {
    id: 'test',
    rank: async (question, passages, signal) => {
      asked.push({ question, ids: passages.map(({ id }) => id) });
      return rank(passages, signal) as Promise<number[]>;
    },
  };
  return { made, asked };
}

async function order(rank: Parameters<typeof reranker>[0], patienceMs = 1_000) {
  const troubles: string[] = [];
  const index = withReranker(INDEX, reranker(rank).made, { patienceMs, onTrouble: (said) => troubles.push(said) });
  const { passages } = await index.search(SEARCH);
  return { ids: passages.map(({ passage }) => passage.id), passages, troubles };
}

async function idsAsFound(limit = 5) {
  return (await INDEX.search({ ...SEARCH, limit })).passages.map(({ passage }) => passage.id);
}

describe('re-ranking', () => {
  test('puts the best twenty in its order, what it leaves out after them', async () => {
    const found = await idsAsFound(20);
    const { ids, passages, troubles } = await order(() => [19, 3]);
    expect(ids).toEqual([found[19], found[3], found[0], found[1], found[2]]);
    expect(troubles).toEqual([]);
    for (const [at, { score, parts }] of passages.entries()) {
      expect(score).toBeLessThanOrEqual(passages[at - 1]?.score ?? Number.POSITIVE_INFINITY);
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 6);
    }
  });

  test('leaves alone what comes after the twentieth, and what the index says beside the passages', async () => {
    const index = withReranker(INDEX, reranker(() => [1, 0]).made, { patienceMs: 1_000 });
    const found = await index.search({ ...SEARCH, limit: 25 });
    const [first, second, ...rest] = await idsAsFound(25);
    expect(found.passages.map(({ passage }) => passage.id)).toEqual([second, first, ...rest]);
    expect(found.relevance).toBe((await INDEX.search(SEARCH)).relevance);
    expect(index.version).toBe(INDEX.version);
    expect(index.passage('d3#1')).toBe(INDEX.passage('d3#1'));
  });

  test.each([
    ['places that are not there, numbers that are none and repetitions', [99, -1, 1.5, 2, 2, '0', null, 0], [2, 0, 1]],
    ['nothing but nonsense', [99, 'first'], [0, 1, 2]],
    ['no list', 'the first one', [0, 1, 2]],
    ['nothing', [], [0, 1, 2]],
  ])('%s are passed over', async (_what, said, expected) => {
    const found = await idsAsFound();
    const { ids } = await order(() => said);
    expect(ids.slice(0, 3)).toEqual(expected.map((place) => found[place]));
    expect(ids).toHaveLength(5);
  });

  test('the order stands where it fails or takes too long, and the log hears of it', async () => {
    const failed = await order(() => Promise.reject(new Error('no money')));
    expect(failed).toMatchObject({ ids: await idsAsFound(), troubles: [expect.stringContaining('no money')] });
    let aborted = false;
    const late = await order((_passages, signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise(() => {});
    }, 50);
    expect(late).toMatchObject({ ids: await idsAsFound(), troubles: [expect.stringContaining('longer than 50 ms')] });
    expect(aborted).toBe(true);
  });

  test('asks once for the same question and passages, again after a failure, and with the question alone', async () => {
    let fails = true;
    const { made, asked } = reranker(() => (fails ? Promise.reject(new Error('down')) : [1]));
    const index = withReranker(INDEX, made, { patienceMs: 1_000 });
    await index.search(SEARCH);
    fails = false;
    await Promise.all([index.search(SEARCH), index.search({ ...SEARCH, limit: 3 })]);
    await index.search(SEARCH);
    expect(asked).toHaveLength(2);
    await index.search({ ...SEARCH, query: 'parcels arrive', question: 'and when?' });
    expect(asked.map(({ question }) => question)).toEqual([SEARCH.query, SEARCH.query, 'and when?']);
    expect(asked[0]?.ids).toEqual(await idsAsFound(20));
  });

  test('a single passage needs no order', async () => {
    const { made, asked } = reranker(() => [0]);
    await withReranker(INDEX, made, { patienceMs: 1_000 }).search({ query: 'zebra', limit: 5 });
    expect(asked).toEqual([]);
  });
});
