import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsIn, fieldsOf, markForbidden, nearestCall, objectIn } from '../../src/evals/report/marked.ts';
import { check } from './run-reports.ts';

const marked = (reply: string, wanted: string, found = 'it occurs') =>
  markForbidden(reply, [check('never', { passed: false, wanted, found })])
    .map(({ text, isMarked }) => (isMarked ? `[${text}]` : text))
    .join('');

describe('the forbidden text in a reply', () => {
  it.each([
    ['We Guarantee  a refund.', 'guarantee a refund', 'We [Guarantee  a refund].'],
    ['no (really) no', 'says none of "(really)"', 'no [(really)] no'],
    ['aaa bbb aaa', 'aaa', '[aaa] bbb [aaa]'],
    ['nothing of it', 'a.*', 'nothing of it'],
    ['', 'x', ''],
  ])('in %j by %j is %j', (reply, wanted, expected) => {
    expect(marked(reply, wanted)).toBe(expected);
  });

  it('is what was found, where an expression forbids it, and one mark where two overlap', () => {
    expect(marked('That is $1,200 a year.', '/\\$[\\d,]+/', '$1,200')).toBe('That is [$1,200] a year.');
    expect(marked('That is $1,200 a year.', '$1,200 a', '1,200 a year')).toBe('That is [$1,200 a][ year].');
  });

  it('never changes the reply', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (reply, wanted, found) => {
        const pieces = markForbidden(reply, [check('never', { passed: false, wanted, found })]);
        expect(pieces.map(({ text }) => text).join('')).toBe(reply);
      }),
    );
  });

  it('takes no time for a text that is made to take long', () => {
    const began = performance.now();
    marked('a '.repeat(20_000), '“'.repeat(100_000), '"'.repeat(100_000));
    callsIn('a{'.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('calls in what was wanted', () => {
  it.each([
    ['get_quote {"make":"Tesla"}', [{ tool: 'get_quote', with: { make: 'Tesla' } }]],
    [
      'a({"x":"}"}), then b: {"y":{"z":1}}',
      [
        { tool: 'a', with: { x: '}' } },
        { tool: 'b', with: { y: { z: 1 } } },
      ],
    ],
    ['{"get_quote":{"make":"Tesla"}}', [{ tool: 'get_quote', with: { make: 'Tesla' } }]],
    [
      '[{"tool":"a","with":{"x":1}},{"tool":"b"}]',
      [
        { tool: 'a', with: { x: 1 } },
        { tool: 'b', with: {} },
      ],
    ],
    ['none', []],
    ['a {"x":', []],
  ])('of %j', (text, calls) => {
    expect(callsIn(text)).toEqual(calls);
  });

  it('are held against the nearest call of the same tool', () => {
    const calls = [
      { tool: 'other', input: { make: 'Tesla', year: 2022 } },
      { tool: 'get_quote', input: { make: 'BMW', year: 2020 } },
      { tool: 'get_quote', input: { make: 'tesla ', year: 2020 } },
    ];
    const wanted = { tool: 'get_quote', with: { make: 'Tesla', year: 2022 } };
    expect(nearestCall(wanted, calls)).toBe(calls[2]);
    expect(nearestCall({ tool: 'none', with: {} }, calls)).toBeNull();
  });
});

describe('fields', () => {
  it('come with those first that differ', () => {
    const fields = fieldsOf(
      { make: 'Tesla', year: 2022, list: [1] },
      { make: 'TESLA', year: 2021, extra: true },
      false,
    );
    expect(fields.map(({ path, wanted, found, differs }) => [path, wanted, found, differs])).toEqual([
      ['list', '[1]', null, true],
      ['year', '2022', '2021', true],
      ['make', 'Tesla', 'TESLA', false],
      ['extra', null, 'true', false],
    ]);
    expect(fieldsOf({}, { 'orders.1': 2 }, true)[0]).toMatchObject({ differs: true });
  });

  it('are read from the first object in a text', () => {
    expect(objectIn('changes: {"a.b": null} and more')).toEqual({ 'a.b': null });
    expect(objectIn('none')).toBeNull();
  });
});
