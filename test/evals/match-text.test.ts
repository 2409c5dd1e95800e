import { describe, expect, test } from 'vitest';
import { matches, plainText } from '../../src/evals/match-text.ts';
import { patternOf } from '../../src/evals/pattern.ts';
import { slowdown } from '../language/slowdown.ts';

function holds(pattern: string, text: string): boolean {
  const read = patternOf(pattern);
  if (typeof read === 'string') throw new Error(read);
  return matches(read, text);
}

describe('what makes no difference', () => {
  test.each([
    ['9 am', 'We open at **9 AM**.'],
    ['9 AM', 'We open at 9\u00a0AM.'],
    ['9 AM', 'We open at 9\u202f\nAM.'],
    ["don't", 'We don\u2019t do that.'],
    ['don\u2019t', "We don't do that."],
    ['"mileage"', 'Your \u201cmileage\u201d, please.'],
    ['9 AM-5 PM', 'Open 9 AM\u20135 PM'],
    ['wait...', 'wait\u2026'],
    ['wait\u2026', 'wait...'],
    ['contact us today', '[Contact **us**](https://acme.example/contact) today'],
    ['https://acme.example/contact', '[Contact us](https://acme.example/contact "Contact")'],
    ['a bold and italic word', 'a **bold and *italic*** word'],
    ['first second', '- first\n- second'],
    ['fees late', '## Fees\n\n> Late'],
    ['plan price basic $9', '| Plan | Price |\n|------|------:|\n| Basic | $9 |'],
    ['$5', 'It costs \\$5.'],
    ['order_id', 'the `order_id` of it'],
    ['5*3*2', '5*3*2 boxes'],
    ['2 * 3 * 4', '2 * 3 * 4 boxes'],
    ['café', 'CAFE\u0301'],
    ['cooperate', 'co\u00adoperate'],
    ['mileage', 'your mileages'],
  ])('%j is in %j', (pattern, text) => {
    expect(holds(pattern, text)).toBe(true);
  });
});

describe('figures are figures', () => {
  test.each([
    ['$1,240', 'It is $1240.'],
    ['$1240', 'It is $1,240.'],
    ['9', 'It is 19.'],
    ['9', 'It is 95.'],
    ['$12', 'It is $120.'],
    ['$12', 'It is $12.50.'],
    ['$12', 'It is $12,000.'],
    ['240', 'It is 1,240.'],
    ['50', 'It is 12.50.'],
    ['5 PM', 'Until 15 PM.'],
    ['5', 'At 5:30.'],
    ['30 PM', 'At 12:30 PM.'],
    ['1', '\u00bd'],
    ['12.50', '12.5'],
  ])('%j is not in %j', (pattern, text) => {
    expect(holds(pattern, text)).toBe(false);
  });
  test.each([
    ['9', '9.'],
    ['9', 'from 9, or later'],
    ['9', '1, 9'],
    ['9', '19 and 9'],
    ['$12', '$12.'],
    ['$12.50', 'It is **$12**.50'],
    ['12', 'A-12'],
    ['5 PM', '9 AM-5 PM'],
    ['1042', 'order A-1042?'],
  ])('%j is in %j', (pattern, text) => {
    expect(holds(pattern, text)).toBe(true);
  });
});

test('a text holds itself however it is dressed', () => {
  const words = ['Open', 'from', '9 AM', 'to', '5 PM', 'for', '$1,240.50', "don't", 'A-1042', '12%'];
  const dresses = [
    (one: string) => `**${one}**`,
    (one: string) => `_${one}_`,
    (one: string) => `~~${one}~~`,
    (one: string) => `[${one}](https://acme.example/a_(b))`,
    (one: string) => one.toUpperCase(),
    (one: string) => one.replaceAll(' ', '\u00a0'),
    (one: string) => one.replaceAll("'", '\u2019'),
    (one: string) => `\n> ${one}\n`,
  ];
  for (let round = 0; round < 500; round++) {
    const picked = Array.from({ length: 1 + (round % 6) }, (_, at) => words[(round * 7 + at * 3) % words.length] ?? '');
    const dressed = picked.map((one, at) => dresses[(round + at * 5) % dresses.length]?.(one) ?? one).join(' ');
    expect(plainText(dressed)).toBe(plainText(picked.join(' ')));
    expect(plainText(plainText(dressed))).toBe(plainText(dressed));
    expect(holds(picked.join('  '), dressed)).toBe(true);
  }
});

describe('expressions', () => {
  test.each([
    ['/\\$\\d+/', 'It is **$1,240**', true],
    ['/DON.T/', 'we don\u2019t', true],
    ['/DON.T/u', 'we don\u2019t', false],
    ['/first.*second/', 'first\nsecond', false],
    ['/first.*second/s', 'first\nsecond', true],
    ['/^second$/m', 'first\nsecond', true],
    ['/\\*\\*/', 'a **bold** word', true],
    ['/https:..acme.example/', '[Contact](https://acme.example)', true],
  ])('%s over %j: %s', (pattern, text, found) => {
    expect(holds(pattern, text)).toBe(found);
  });

  test('one that would not end is ended, with a sentence', () => {
    expect(() => holds('/^(a|a)*$/', `${'a'.repeat(60)}!`)).toThrow(/did not come to an end within a second over/);
  });

  test.each(['/(a+)+/', '/(?:a*b?)*c/', '/((x{2,})y)+/', '/([a-z]+\\s?)*$/', '/(a+){1,50}/', '/((a+))*/'])(
    '%s is refused',
    (pattern) => {
      expect(patternOf(pattern)).toMatch(/repeats what repeats itself/);
    },
  );
  test.each([
    '/\\$\\d{1,3}(,\\d{3})*(\\.\\d+)?/',
    '/(a|b)+/',
    '/\\b20(\\.00)?\\b/',
    '/(\\(+)?[+*)]+/',
    '/(?:no|not) .+ (?:a|an)+/',
  ])('%s is taken', (pattern) => {
    expect(patternOf(pattern)).toMatchObject({ kind: 'expression' });
  });
  test.each([
    ['/(/', /is no regular expression/],
    ['/a/g', /flags that are not of/],
    ['- ', /nothing but marks/],
  ])('%s is a problem', (pattern, message) => {
    expect(patternOf(pattern)).toMatch(message);
  });
});

test.each(['*', '[a](', '| - ', '> ', '-'])('takes time linear in a reply of %j', (piece) => {
  expect(slowdown(plainText, (length) => piece.repeat(length / piece.length))).toBeLessThan(20);
});
