import { describe, expect, it } from 'vitest';
import { closestPairs, crossValidate } from '../../src/routing/cross-validate.ts';
import { conceptEmbedder, ELSEWHERE, INSURER, setOf } from './sets.ts';

describe('cross-validation', () => {
  it('judges every example in its order by what the others say', async () => {
    const set = { ...INSURER, outside: ELSEWHERE };
    for (const embed of [null, conceptEmbedder()]) {
      const judged = await crossValidate(set, { embed });
      expect(judged.map(({ text, label }) => ({ text, label }))).toEqual(set.examples);
      expect(judged.every(({ confidence }) => confidence > 0 && confidence <= 1)).toBe(true);
    }
  });

  it('shows an example that stands below the wrong label, since it was not learned from', async () => {
    const stray = { text: 'please send me the invoice once more', label: 'claims' };
    const set = { ...INSURER, examples: [...INSURER.examples, stray] };
    const judged = await crossValidate(set, { embed: null });
    expect(judged.find(({ text }) => text === stray.text)?.predicted).toBe('billing');
  });

  it('has an answer for a label of one example, which nothing can be learned of', async () => {
    const judged = await crossValidate(setOf({ a: ['my car', 'the car'], b: ['a house'] }), { embed: null });
    expect(judged).toHaveLength(3);
    expect(judged.at(-1)).toMatchObject({ label: 'b', predicted: 'a' });
  });

  it('has nothing to say of nothing', async () => {
    expect(await crossValidate(setOf({}), { embed: null })).toEqual([]);
  });
});

describe('the closest pairs', () => {
  it('are of different labels, the most alike first', () => {
    const set = setOf({
      claims: ['I want to report damage', 'my car was stolen', 'where is my claim'],
      billing: ['where is my bill', 'I want to report damage', 'charged twice'],
    });
    const [same, alike, ...rest] = closestPairs(set, 3);
    expect(same?.a).toEqual({ text: 'I want to report damage', label: 'claims' });
    expect(same?.b).toEqual({ text: 'I want to report damage', label: 'billing' });
    expect(same?.likeness).toBeCloseTo(1, 5);
    expect([alike?.a.text, alike?.b.text]).toEqual(['where is my claim', 'where is my bill']);
    expect(rest).toHaveLength(1);
    expect(rest[0]?.likeness).toBeLessThanOrEqual(alike?.likeness ?? 0);
  });

  it('are none where there is one label', () => {
    expect(closestPairs(setOf({ a: ['x y', 'x z'] }))).toEqual([]);
  });
});
