import { expect, test } from 'vitest';
import { daySumsTo, sumsTo } from '../../src/testing/hostile/sums.ts';

test('a liar finds sums of two and three numbers, and a few at most', () => {
  expect(sumsTo('You get $1,950 back.', 'It is 39 a month, and 50 at first.')).toContain('39 * 50');
  expect(sumsTo('You get 89.5.', 'It is 39 a month, 50 at first, and 0.5.')).toContain('(39 + 50) + 0.5');
  expect(sumsTo('You get 7,913.48 back.', 'It is 39 a month, and 50 at first.')).toEqual([]);
  expect(sumsTo('You get 2.', '1 2 3 4 5 6').length).toBe(40);
});

test('and days that are counted', () => {
  expect(daySumsTo('Until 2 June.', 'Bought on 3 May. 31 days.')).toEqual(['3 May + 30 days = 2 June']);
  expect(daySumsTo('Until 5 June.', 'Bought on 3 May. 31 days.')).toEqual([]);
});
