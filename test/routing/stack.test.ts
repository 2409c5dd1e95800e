import { describe, expect, it } from 'vitest';
import { seeded } from '../../src/routing/random.ts';
import { fitStack, type Judged, mix } from '../../src/routing/stack.ts';

/** Texts of three classes, and scores of voices that are right by so much, with noise. */
function judged(leads: readonly number[], count: number): Judged[] {
  const random = seeded(5);
  return Array.from({ length: count }, (_, text) => {
    const own = text % 3;
    const voice = (lead: number) =>
      Float64Array.from({ length: 3 }, (_one, at) => (at === own ? lead : 0) + random() + random() - 1);
    return { own, scores: leads.map(voice) };
  });
}

describe('the weights of voices', () => {
  it('are greater for who knows more, and none counts against its own word', () => {
    const [first = 0, second = 0] = fitStack(judged([0.2, 0.8], 600), 2);
    expect(second).toBeGreaterThan(2 * first);
    expect(first).toBeGreaterThanOrEqual(0);
  });

  it('leave a voice out that says nothing', () => {
    const [first = 0, second = 0] = fitStack(judged([1, 0], 600), 2);
    expect(second).toBeLessThan(first / 20);
  });

  it('make probabilities that are as often right as they say', () => {
    const weights = fitStack(judged([0.5, 0.3], 1_500), 2);
    const fresh = judged([0.5, 0.3], 3_000).slice(1_500);
    const said = fresh.map(({ scores, own }) => {
      const probabilities = mix(scores, weights);
      const confidence = Math.max(...probabilities);
      return { confidence, right: probabilities[own] === confidence };
    });
    for (const [from, to] of [
      [0.4, 0.6],
      [0.6, 0.8],
      [0.8, 1],
    ] as const) {
      const inside = said.filter(({ confidence }) => confidence >= from && confidence < to);
      const claimed = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length;
      const right = inside.filter((one) => one.right).length / inside.length;
      expect(Math.abs(claimed - right)).toBeLessThan(0.08);
    }
  });
});
