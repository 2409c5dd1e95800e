import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stripInvisible } from '../../src/language/invisible.ts';
import { visible } from '../../web/widget/visible.ts';

const PIECES =
  'a1#*\u20e3\ufe0f\ufe0e\u200d\u200c\u2060\u202e\u0301\u115f\ufff9یمक्©❤👩🏽🏳🌈𝒳\u{1f1e9}\u{e0061}\u{e0100}';

test('the page removes what the server removes', () => {
  const text = fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 8 });
  fc.assert(
    fc.property(text, (written) => {
      expect(visible(written)).toBe(stripInvisible(written));
    }),
    { numRuns: 2_000 },
  );
});

test('control characters and halves of a pair go, line ends stay', () => {
  expect(visible('a\u0000b\u001bc\u007fd\u009be\tf\r\ng\ud83dh')).toBe('abcde\tf\r\ng\ufffdh');
});
