import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsIn, changesIn, fieldsOf, markForbidden, nearestCall } from '../../src/evals/report/marked.ts';
import { slowdown } from '../language/slowdown.ts';
import { check } from './run-reports.ts';

const marked = (reply: string, wanted: string) =>
  markForbidden(reply, [check('never', { passed: false, wanted })])
    .map(({ text, isMarked }) => (isMarked ? `[${text}]` : text))
    .join('');

describe('the forbidden text in a reply', () => {
  it.each([
    ['We Guarantee  a refund.', 'never says “guarantee a refund”', 'We [Guarantee  a refund].'],
    [
      'We **guarantee** a re-fund, don’t we',
      "never says “guarantee a re–fund, don't”",
      'We **[guarantee** a re-fund, don’t] we',
    ],
    ['no (really) no', 'never says “(really)”', 'no [(really)] no'],
    ['aaa bbb aaa', 'never says “aaa”', '[aaa] bbb [aaa]'],
    ['nothing of it', 'never says “a.*”', 'nothing of it'],
    ['That is $1,200 a year.', 'never says /\\$[\\d,]+/i', 'That is [$1,200] a year.'],
    ['no such expression', 'never says /(/', 'no such expression'],
    ['', 'never says “x”', ''],
  ])('in %j by %j is %j', (reply, wanted, expected) => {
    expect(marked(reply, wanted)).toBe(expected);
  });

  it('is one mark after the other where two overlap', () => {
    const checks = ['$1,200 a', '1,200 a year'].map((text) =>
      check('never', { passed: false, wanted: `never says “${text}”` }),
    );
    expect(markForbidden('It is $1,200 a year.', checks).filter(({ isMarked }) => isMarked)).toEqual([
      { text: '$1,200 a', isMarked: true },
      { text: ' year', isMarked: true },
    ]);
  });

  it('never changes the reply', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (reply, text) => {
        const pieces = markForbidden(reply, [check('never', { passed: false, wanted: `never says “${text}”` })]);
        expect(pieces.map(({ text }) => text).join('')).toBe(reply);
      }),
    );
  });

  it('takes time linear in a text that is made to take long', () => {
    const forbidden = `never says “${'a '.repeat(200)}b”`;
    const of = (piece: string) => (length: number) => piece.repeat(length / piece.length);
    expect(slowdown((text) => marked(text, forbidden), of('a '))).toBeLessThan(20);
    expect(slowdown(changesIn, of('a: "; '))).toBeLessThan(20);
    expect(slowdown(callsIn, of('a{'))).toBeLessThan(20);
  });
});

describe('calls in what was wanted', () => {
  it.each([
    ['calls get_quote {"make":"Tesla"}', [{ tool: 'get_quote', with: { make: 'Tesla' } }]],
    [
      'a({"x":"}"}), then b: {"y":{"z":1}}',
      [
        { tool: 'a', with: { x: '}' } },
        { tool: 'b', with: { y: { z: 1 } } },
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
});

describe('changes in what was wanted', () => {
  it.each([
    ['changes a.b: "x; y"; c: {"d":[1]}, and nothing else', { 'a.b': 'x; y', c: { d: [1] } }],
    ['changes orders.A-1: null, and nothing else', { 'orders.A-1': null }],
    ['nothing changes', {}],
    ['something else', null],
    ['changes a: undefined', null],
  ])('of %j', (text, changes) => {
    expect(changesIn(text)).toEqual(changes);
  });
});
