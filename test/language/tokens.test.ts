import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize, words } from '../../src/language/tokens.ts';

describe('words', () => {
  it('gives lower-case words, contractions whole, possessives bare, numbers joined', () => {
    expect(words('Acme’s drivers DON’T pay $15,000 by e-mail.')).toEqual([
      'acme',
      'drivers',
      "don't",
      'pay',
      '15000',
      'by',
      'email',
    ]);
    expect(words('ﬁre Ⅳ １２')).toEqual(['fire', 'iv', '12']);
    expect(words('1,2 and 12,34')).toEqual(['1', '2', 'and', '12', '34']);
    expect(words('¿Cuánto cuesta el año?')).toEqual(['cuánto', 'cuesta', 'el', 'año']);
  });
});

describe('tokenize', () => {
  it('gives stems without stop words, repeats kept', () => {
    expect(tokenize('Do you insure the chargers, and charging a charger?')).toEqual([
      'insur',
      'charger',
      'charg',
      'charger',
    ]);
    expect(tokenize('I can’t find my policies, whats the policy')).toEqual(['find', 'polici', 'polici']);
  });

  it('keeps a text of nothing but stop words', () => {
    expect(tokenize('What is it?')).toEqual(['what', 'is', 'it']);
  });

  it('has no term of an apostrophe alone, between letters of scripts without spaces either', () => {
    expect(tokenize('ก‘⻳')).toEqual(['ก龟']);
    expect(tokenize("東京'tower")).toEqual(['東京', 'tower']);
  });

  it('finds terms wherever there is a word, and the same in any case and Unicode form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(tokenize(text).length > 0).toBe(words(text).length > 0);
        expect(tokenize(text.normalize('NFD'))).toEqual(tokenize(text.normalize('NFC')));
        for (const token of tokenize(text)) expect(token).toMatch(/^[\p{L}\p{M}\p{N}]+$/u);
      }),
    );
  });
});
