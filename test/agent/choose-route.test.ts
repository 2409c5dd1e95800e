import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseRoute, desksToAskFor, type Place } from '../../src/agent/choose-route.ts';
import type { Verdict } from '../../src/agent/route.ts';
import { verdict } from '../conversations/test-routes.ts';

const ROUTES = new Map(['billing', 'claims'].map((name) => [name, name]));
const PLACE: Place = { route: 'general', left: null, asked: false };

const choose = (of: Partial<Verdict> | null, place: Partial<Place & { answers: boolean }> = {}) =>
  chooseRoute(of && verdict(of), { ...PLACE, ...place }, ROUTES);
const claims = (confidence: number, place: Partial<Place & { answers: boolean }> = {}) =>
  choose({ route: 'claims', confidence }, place);

describe('a desk is chosen', () => {
  test.each<[what: string, confidence: number, place: Partial<Place>, route: string, sure: boolean]>([
    ['from the general desk, sure', 0.75, {}, 'claims', true],
    ['from the general desk, not sure', 0.69, {}, 'general', false],
    ['from a desk of its own, sure', 0.85, { route: 'billing' }, 'claims', true],
    ['from a desk of its own, sure only for the general one', 0.84, { route: 'billing' }, 'billing', false],
    ['back to the desk it left, sure', 0.9, { route: 'billing', left: 'claims' }, 'claims', true],
    ['back to the desk it left, sure only for another', 0.89, { route: 'billing', left: 'claims' }, 'billing', false],
    ['where it is', 0.75, { route: 'claims' }, 'claims', true],
    ['where it is, not sure of that either', 0.1, { route: 'claims' }, 'claims', false],
  ])('%s', (_what, confidence, place, route, sure) => {
    expect(claims(confidence, place)).toMatchObject({ route, sure, from: place.route ?? 'general', by: 'router' });
  });

  test('by the model where the message may only answer what was asked, however much it sounds like another desk', () => {
    const verdict = claims(0.99, { route: 'billing', asked: true, answers: true });
    expect(verdict).toMatchObject({ route: 'billing', sure: false });
    expect(desksToAskFor({ ...verdict, scores: [{ route: 'claims', probability: 0.99 }] })).toEqual(['claims']);
    expect(claims(0.99, { route: 'billing', asked: true, answers: false })).toMatchObject({ route: 'claims' });
  });

  test('never where the verdict names none that there is, is for nobody, or did not come', () => {
    expect(choose({ route: 'gone', confidence: 1 })).toMatchObject({ route: 'general', sure: false });
    expect(choose({ route: 'off-topic', confidence: 1 })).toMatchObject({ route: 'general', sure: false });
    expect(choose({ route: 'claims', confidence: 1, outOfScope: 0.5 })).toMatchObject({
      route: 'general',
      sure: false,
    });
    expect(choose(null, { route: 'claims' })).toEqual({
      ...{ route: 'claims', from: 'claims', by: 'router', sure: false, offTopic: false },
      ...{ confidence: null, outOfScope: null, intent: null, language: null, scores: [] },
    });
  });

  test('and what is for nobody is off topic, unless it may answer what the agent asked', () => {
    const out = { outOfScope: 0.8 };
    expect(choose(out).offTopic).toBe(true);
    expect(choose(out, { route: 'claims' }).offTopic).toBe(true);
    expect(choose(out, { route: 'claims', asked: true })).toMatchObject({ offTopic: false, route: 'claims' });
  });

  test('property: it moves only where it is sure, to a desk that there is, and says where from', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    const name = fc.constantFrom('general', 'claims', 'billing', 'gone');
    fc.assert(
      fc.property(
        fc.record({ route: name, confidence: probability, outOfScope: probability }),
        fc.record({ route: fc.constantFrom('general', 'claims'), left: fc.option(name), asked: fc.boolean() }),
        (of, place) => {
          const chosen = choose(of, place);
          if (chosen.route !== place.route) expect(chosen).toMatchObject({ sure: true, route: of.route });
          expect([...ROUTES.keys(), 'general']).toContain(chosen.route);
          expect(chosen.sure && chosen.offTopic).toBe(false);
        },
      ),
    );
  });
});

test('the model is told of other desks only where one may fit', () => {
  const scores = [
    { route: 'claims', probability: 0.6 },
    { route: 'billing', probability: 0.3 },
    { route: 'general', probability: 0.1 },
  ];
  const asked = (of: Partial<Verdict> | null, place: Partial<Place> = {}) => desksToAskFor(choose(of, place));
  expect(asked({ route: 'claims', confidence: 0.6, scores })).toEqual(['claims', 'billing']);
  expect(asked({ route: 'claims', confidence: 0.6, scores }, { route: 'claims' })).toEqual(['billing']);
  expect(asked({ route: 'claims', confidence: 0.95, scores })).toBeNull();
  expect(asked({ route: 'claims', confidence: 0.6, scores, outOfScope: 0.9 })).toBeNull();
  expect(asked({ route: 'general', confidence: 0.6, scores: [{ route: 'general', probability: 0.9 }] })).toBeNull();
  expect(asked(null)).toEqual([]);
  expect(asked(null, { route: 'claims' })).toBeNull();
});
