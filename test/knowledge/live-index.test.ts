import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { createLiveIndex, type LiveIndex } from '../../src/knowledge/live-index.ts';

const article = (id: string, text: string): SourceDocument => ({ id, title: `About ${id}`, url: null, text });

const open: LiveIndex[] = [];
function live(): LiveIndex {
  const index = createLiveIndex();
  open.push(index);
  return index;
}
afterAll(() => Promise.all(open.map((index) => index.close())));

const found = async (index: Pick<LiveIndex, 'search'>, query: string) =>
  (await index.search({ query, limit: 20 })).passages.map(({ passage }) => passage.id);

/** `count` documents of many words; the same ones for the same seed. */
function library(count: number, seed = 1): SourceDocument[] {
  let state = seed;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
  const sentence = () => `${Array.from({ length: 12 }, () => `word${draw(draw(2_000) + 1)}`).join(' ')}.`;
  return Array.from({ length: count }, (_, at) =>
    article(`library-${at}`, Array.from({ length: 25 }, sentence).join(' ')),
  );
}

describe('a live index', () => {
  it('sees what is put, replaced and removed', async () => {
    const index = live();
    expect(await found(index, 'bicycle')).toEqual([]);
    await index.apply({ put: [article('a', 'A bicycle.'), article('b', 'A tandem bicycle.')] });
    expect((await found(index, 'bicycle')).sort()).toEqual(['a#1', 'b#1']);
    await index.apply({ put: [article('a', 'A scooter.')], remove: ['b', 'unknown'] });
    expect(await found(index, 'bicycle')).toEqual([]);
    expect(await found(index, 'scooter')).toEqual(['a#1']);
    expect(index.passage('a#1')?.sentences.join('').trim()).toBe('A scooter.');
    expect(index.passage('b#1')).toBeUndefined();
    expect(index.size).toBe(1);
  });

  it('has the version, passages and results of an index that was built at once, whatever happened before', async () => {
    const step = fc.record({
      put: fc.array(
        fc.record({
          id: fc.constantFrom(...'abcdefghijkl'),
          words: fc.array(fc.constantFrom('lion', 'tiger', 'wolf', 'lynx', 'puma', 'bear'), { minLength: 1 }),
        }),
        { maxLength: 4 },
      ),
      remove: fc.array(fc.constantFrom(...'abcdefghijkl'), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const index = live();
        const documents = new Map<string, SourceDocument>();
        for (const { put, remove } of steps) {
          const articles = put.map(({ id, words }) => article(id, words.join(' ')));
          for (const id of remove) documents.delete(id);
          for (const one of articles) documents.set(one.id, one);
          await index.apply({ put: articles, remove });
        }
        const sorted = [...documents.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
        const fresh = buildKnowledgeIndex(sorted);
        expect(index.version).toBe(fresh.version);
        expect(index.size).toBe(fresh.size);
        expect(new Set(index.passages.map(({ id }) => id))).toEqual(new Set(fresh.passages.map(({ id }) => id)));
        for (const query of ['lion', 'tiger wolf', 'lynx puma bear lion']) {
          expect((await found(index, query)).sort()).toEqual((await found(fresh, query)).sort());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('scores as one index does, after many changes too', async () => {
    const documents = library(60).sort((a, b) => (a.id < b.id ? -1 : 1));
    const fresh = buildKnowledgeIndex(documents);
    const index = live();
    for (let at = 0; at < documents.length; at += 3) await index.apply({ put: documents.slice(at, at + 3) });
    await index.settled();
    for (const query of ['word3 word40 word500', 'word1', 'word7 word8 word9 word1000']) {
      const [own, expected] = [await index.search({ query, limit: 15 }), await fresh.search({ query, limit: 15 })];
      expect(own.passages.map(({ passage }) => passage)).toEqual(expected.passages.map(({ passage }) => passage));
      own.passages.forEach(({ score, coverage }, at) => {
        expect(score).toBeCloseTo(expected.passages[at]?.score ?? 0, 4);
        expect(coverage).toBeCloseTo(expected.passages[at]?.coverage ?? 0, 4);
      });
    }
  });

  it('builds what is large in a worker, while the former state serves and the loop goes on', async () => {
    const index = live();
    await index.apply({ put: [article('a', 'A bicycle.')] });
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const documents = library(300);
    const from = performance.now();
    const applied = index.apply({ put: documents, remove: ['a'] });
    expect(await found(index, 'bicycle')).toEqual(['a#1']);
    await applied;
    clearInterval(beat);
    longest = Math.max(longest, performance.now() - last);
    // What is built on the loop stops it for nearly all that it takes.
    const took = performance.now() - from;
    expect(longest).toBeLessThan(took / 2);
    expect(await found(index, 'bicycle')).toEqual([]);
    expect((await found(index, 'word5')).length).toBe(20);
    await index.apply({ remove: library(299).map(({ id }) => id) });
    await index.settled();
    expect(new Set(index.passages.map(({ documentId }) => documentId))).toEqual(new Set(['library-299']));
  });

  it('loses no change that comes while segments are joined', async () => {
    const index = live();
    const documents = new Map(library(400).map((document) => [document.id, document]));
    await index.apply({ put: [...documents.values()] });
    const changes: Promise<void>[] = [];
    for (let at = 0; at < 120; at++) {
      const id = `library-${(at * 7) % 400}`;
      if (at % 3 === 0) {
        documents.delete(id);
        changes.push(index.apply({ remove: [id] }));
      } else {
        const replacement = article(id, `zebra ${at} stands where word${at} stood`);
        documents.set(id, replacement);
        changes.push(index.apply({ put: [replacement] }));
      }
      if (at % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await Promise.all(changes);
    await index.settled();
    const fresh = buildKnowledgeIndex([...documents.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    expect(index.version).toBe(fresh.version);
    expect(index.size).toBe(fresh.size);
    const everyZebra = async (one: Pick<LiveIndex, 'search'>) =>
      (await one.search({ query: 'zebra', limit: 500 })).passages.map(({ passage }) => passage.id).sort();
    expect(await everyZebra(index)).toEqual(await everyZebra(fresh));
  });

  it('takes changes in order, and goes on after one that failed', async () => {
    const index = live();
    const broken = { ...article('b', ''), text: null as unknown as string };
    const [first, second, third] = [
      index.apply({ put: [article('a', 'lion')] }),
      index.apply({ put: [article('a', 'tiger'), broken] }),
      index.apply({ put: [article('a', 'wolf')] }),
    ];
    await first;
    await expect(second).rejects.toThrow();
    await third;
    expect(await found(index, 'lion tiger wolf')).toEqual(['a#1']);
    expect(index.passage('a#1')?.sentences).toEqual(['wolf\n\n']);
  });
});
