import { describe, expect, test } from 'vitest';
import { type Fit, fuse } from '../../src/knowledge/fusion.ts';
import { unitsOf } from '../../src/knowledge/query-units.ts';
import { IRRELEVANT, relevanceOf } from '../../src/knowledge/relevance.ts';

function fitOf(score: number, sentence: number | null, mass = 10): Fit {
  const likeness = sentence === null ? null : { whole: sentence, heading: sentence, sentence };
  return { score, mass, likeness };
}

function scores(passages: Record<string, Fit[]>, trust = 1): Record<string, number> {
  const fitted = Object.entries(passages).map(([documentId, fits]) => ({ documentId, fits }));
  const fused = fuse(fitted, trust);
  return Object.fromEntries(fitted.map(({ documentId }, at) => [documentId, fused[at]?.score ?? 0]));
}

describe('fuse', () => {
  test('lets meaning decide where no passage has many of the words', () => {
    const { like, worded } = scores({ like: [fitOf(0, 0.8)], worded: [fitOf(2, 0.4)] });
    expect(like).toBeGreaterThan(worded ?? 0);
  });

  test('lets words decide where a passage has most of them', () => {
    const { like, worded } = scores({ like: [fitOf(0, 0.8)], worded: [fitOf(18, 0.4)] });
    expect(worded).toBeGreaterThan(like ?? 0);
  });

  test('prefers what answers one sentence to what touches each a little', () => {
    const { one, all } = scores({ one: [fitOf(9, null), fitOf(0, null)], all: [fitOf(4, null), fitOf(4, null)] });
    expect(one).toBeGreaterThan(all ?? 0);
  });

  test('counts a sentence by what its words weigh', () => {
    const { heavy, light } = scores({
      heavy: [fitOf(10, null, 10), fitOf(0, null, 2)],
      light: [fitOf(0, null, 10), fitOf(2, null, 2)],
    });
    expect(heavy).toBeGreaterThan(light ?? 0);
  });

  test('gives parts that add up to the score', () => {
    for (const fits of [[fitOf(5, 0.4)], [fitOf(5, 0.4), fitOf(3, 0.7), fitOf(0, 0.1)]]) {
      const [fused] = fuse([{ documentId: 'a', fits }], 1);
      const sum = Object.values(fused?.parts ?? {}).reduce((all, part) => all + part, 0);
      expect(sum).toBeCloseTo(fused?.score ?? 0);
    }
  });

  test('is without opinion on nothing', () => {
    expect(fuse([], 1)).toEqual([]);
    expect(scores({ a: [fitOf(0, null, 0)] })).toEqual({ a: 0 });
    expect(scores({ a: [fitOf(0, null, 0), fitOf(0, null, 0)] })).toEqual({ a: 0 });
  });
});

describe('unitsOf', () => {
  const sentence = 'My card for the fourth branch was lost somewhere last week.';

  test('leaves a short query whole', () => {
    expect(unitsOf('Hello. I lost my card. What now?')).toEqual(['Hello. I lost my card. What now?']);
    expect(unitsOf('')).toEqual(['']);
  });

  test('cuts a long one into the sentences that say something', () => {
    const query = `Hi there! ${sentence} Thanks. Is the pump of the dishwasher covered by the plan that I bought in May? ${sentence}`;
    expect(unitsOf(query)).toEqual([
      sentence,
      'Is the pump of the dishwasher covered by the plan that I bought in May?',
      sentence,
    ]);
  });

  test('takes sentences together where there are many', () => {
    const units = unitsOf(Array<string>(100).fill(sentence).join(' '));
    expect(units).toHaveLength(12);
    expect(units.join(' ').split('somewhere')).toHaveLength(101);
  });
});

describe('relevanceOf', () => {
  const good = { likeness: 0.8, words: 0.6, coverage: 0.9, unknown: 0, lead: 0.4 };
  const bad = { likeness: 0.25, words: 0.1, coverage: 0.2, unknown: 0.8, lead: 0.1 };

  test('is high for what fits, under the line for what does not, with and without an encoder', () => {
    expect(relevanceOf(good)).toBeGreaterThan(0.8);
    expect(relevanceOf(bad)).toBeLessThan(IRRELEVANT);
    expect(relevanceOf({ ...good, likeness: null })).toBeGreaterThan(0.7);
    expect(relevanceOf({ ...bad, likeness: null })).toBeLessThan(IRRELEVANT);
  });
});
