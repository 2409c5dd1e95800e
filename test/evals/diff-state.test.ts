import { expect, it } from 'vitest';
import { diffState } from '../../src/evals/diff-state.ts';

it('names the deepest places that differ', () => {
  const before = { orders: { a: { status: 'open', items: [1, 2] }, gone: { n: 1 } }, same: [{ x: 1 }] };
  const after = { orders: { a: { status: 'closed', items: [2, 1] }, b: 1 }, same: [{ x: 1 }] };
  expect(diffState(before, after)).toEqual([
    { path: 'orders.a.items', before: [1, 2], after: [2, 1] },
    { path: 'orders.a.status', before: 'open', after: 'closed' },
    { path: 'orders.b', before: null, after: 1 },
    { path: 'orders.gone', before: { n: 1 }, after: null },
  ]);
  expect(diffState(before, structuredClone(before))).toEqual([]);
  expect(diffState(undefined, undefined)).toEqual([]);
  expect(diffState(1, null)).toEqual([{ path: '', before: 1, after: null }]);
});
