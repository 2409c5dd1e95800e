import { expect, it } from 'vitest';
import { Expressions, needlesOf } from '../../src/language/needles.ts';

it.each<[RegExp, readonly string[] | null]>([
  [/\bi am a person\b/, ['i am a person']],
  [/\bmy (?:wife|husband)\b/, ['my wife', 'my husband']],
  [/\bmy (?:own )?\w+ (?:wife|husband)\b/, [' wife', ' husband']],
  [/colou?r/, ['color', 'colour']],
  [/[gh]uard/, ['guard', 'huard']],
  [/(?:refund)+ed/, ['refund']],
  // What is looked at beside a match is none of it.
  [/(?<=never )pay(?! back)/, ['pay']],
  [/(?:guarantee|no)\b/, null],
  [/(?:guarantee)?d?/, null],
  [/[^a]bc/, null],
  [/\d+ ?%/, null],
  [/guarantee/i, null],
  [/(?i:guarantee)/, null],
])('finds what each match of %s has', (expression, needles) => {
  const found = needlesOf(expression);
  expect(found && [...found].sort()).toEqual(needles && [...needles].sort());
});

it('leaves out a needle that has another in it', () => {
  expect(needlesOf(/\b(?:give|gives|given)\b/)).toEqual(['give']);
});

const TABLE = [/\bmy (?:own )?car\b/, /\bcars?\b/, /\d{3}/, /(?:truck|van)s/, /(?<!my )house/];

it.each([
  ['my own car', [0, 1, 2]],
  ['a van and two trucks', [2, 3]],
  ['the house', [2, 4]],
  ['', [2]],
  ['ca', [2]],
])('gives those that may match "%s", in their order', (text, places) => {
  expect(new Expressions(TABLE).mayMatch(text)).toEqual(places.map((place) => TABLE[place]));
});

it('looks from a place on', () => {
  const table = new Expressions([/refund/]);
  expect(table.mayMatch('a refund', 2)).toHaveLength(1);
  expect(table.mayMatch('a refund', 3)).toEqual([]);
});

it('forgets what it has found in another text', () => {
  const table = new Expressions([/refund/, /credit/]);
  expect(table.mayMatch('refund')).toHaveLength(1);
  expect(table.mayMatch('credit')).toEqual([/credit/]);
  expect(table.mayMatch('nothing')).toEqual([]);
});

it('leaves out none that matches, whatever is beside it', () => {
  const expressions = [
    /\b(?:i|we)(?:'ll| will) (?:\w+ )?(?:refund|pay(?: for)?|waive) (?:it|you|the (?:fee|cost)s?)\b/,
    /\b(?:no|any)(?: extra)? (?:charge|fee|cost)s?\b(?! for)/,
    /(?:guarantee|promise)d? (?:never|not) to (?:[a-z]+ ){1,2}again/,
  ];
  const table = new Expressions(expressions);
  const words =
    "i we'll will gladly refund pay for waive it you the fee costs no any extra charge guaranteed promise never not to do it again";
  const all = words.split(' ');
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  let matched = 0;
  for (let n = 0; n < 20_000; n += 1) {
    const text = Array.from({ length: 3 + random(6) }, () => all[random(all.length)]).join(' ');
    const may = table.mayMatch(text);
    for (const one of expressions.filter((expression) => expression.test(text))) {
      matched += 1;
      expect(may).toContain(one);
    }
  }
  expect(matched).toBeGreaterThan(100);
});
