import { describe, expect, test } from 'vitest';
import { Bloom } from '../../src/guards/bloom.ts';
import { areOrdinary, languagesOf } from '../../src/guards/ordinary-words.ts';

describe('ordinary words', () => {
  test.each([
    ['Kestrel', 'en'],
    ['kestrels', 'en'],
    ['harboured', 'en'],
    ['pronto', 'es'],
    ['Adler', 'de'],
    ['été', 'fr'],
  ])('%s is one of %s', (word, language) => {
    expect(languagesOf(word)).toContain(language);
  });

  test('names are none, but for a few by chance', () => {
    const letters = 'bcdfghjklmnpqrstvwxz';
    const made = Array.from({ length: 4_000 }, (_, at) =>
      [7, 11, 13, 17, 19, 23, 29].map((prime) => letters[(at * prime + (at >> 5)) % letters.length]).join(''),
    );
    const known = new Set(made.filter((word) => languagesOf(word).length > 0));
    expect(known.size / new Set(made).size).toBeLessThan(0.03);
  });

  test('words of one language are ordinary together, those of two are not', () => {
    expect(areOrdinary(['blue', 'finch'])).toBe(true);
    expect(areOrdinary(['zona', 'phone'])).toBe(false);
  });
});

describe('a filter', () => {
  test('has what was added, and hardly anything else', () => {
    const filter = new Bloom(200);
    for (let at = 0; at < 100; at += 1) filter.add(`in ${at}`);
    const others = Array.from({ length: 5_000 }, (_, at) => `out ${at}`).filter((word) => filter.has(word));
    expect(Array.from({ length: 100 }, (_, at) => filter.has(`in ${at}`)).every(Boolean)).toBe(true);
    expect(others.length).toBeLessThan(50);
  });

  test('without bytes is none', () => {
    expect(() => new Bloom(0)).toThrow(RangeError);
  });
});
