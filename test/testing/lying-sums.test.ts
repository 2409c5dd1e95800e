import { expect, test } from 'vitest';
import { sumsTo } from '../../src/testing/hostile/sums.ts';

test('a liar finds sums of two and three numbers, and a few at most', () => {
  expect(sumsTo('You get $1,950 back.', 'It is 39 a month, and 50 at first.')).toContain('39 * 50');
  expect(sumsTo('You get 89.5.', 'It is 39 a month, 50 at first, and 0.5.')).toContain('(39 + 50) + 0.5');
  expect(sumsTo('You get 7,913.48 back.', 'It is 39 a month, and 50 at first.')).toEqual([]);
  expect(sumsTo('You get 2.', '1 2 3 4 5 6').length).toBe(4);
});
