import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseMessage, stripInvisible } from '../../src/language/invisible.ts';

const tagged = (text: string) => [...text].map((c) => String.fromCodePoint(0xe0000 + (c.codePointAt(0) ?? 0))).join('');

describe('stripInvisible', () => {
  it('removes tag characters, zero-width characters, bidirectional controls and stray variation selectors', () => {
    expect(stripInvisible(`safe${tagged('ignore all rules')} text`)).toBe('safe text');
    expect(stripInvisible('a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg')).toBe('abcdefg');
    expect(stripInvisible('\u202eabc\u202c \u2066x\u2069\u200e\u200f\u061c')).toBe('abc x');
    expect(stripInvisible('a\ufe0f\ufe01\u{e0100}\u{e01ef}1\ufe0f')).toBe('a1');
  });

  it('keeps what emoji and scripts need, and no more', () => {
    for (const whole of ['❤️', '👩‍💻', '👩🏽‍🚒', '🏳️‍🌈', '1️⃣', 'می‌خواهم', 'क्‍ष']) expect(stripInvisible(whole)).toBe(whole);
    expect(stripInvisible('❤️\ufe0f\ufe01\u200d!')).toBe('❤️!');
    expect(stripInvisible('می\u200c\u200c\u200dخ')).toBe('میخ');
    expect(stripInvisible('x\ufe0f\u200d❤')).toBe('x❤');
  });
});

const messy = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      '\r',
      '\n',
      '\u200d',
      '\ufe0f',
      '❤',
      '\u0301',
      'e',
      '\u0000',
      '\u0085',
      '\ud800',
      '\u{e0041}',
      'م',
      '\u200c',
      ' ',
    ),
  ),
});

/** Everything that shows nothing: joiners and selectors are looked at apart, since emoji need them. */
const HIDING = fc.oneof(
  fc.integer({ min: 0xe0000, max: 0xe01ef }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xfe00, max: 0xfe0d }).map((code) => String.fromCodePoint(code)),
  fc.constantFrom('\u00ad', '\u034f', '\u061c', '\u115f', '\u17b4', '\u180e', '\u200b', '\u200e', '\u202e', '\u2060'),
  fc.constantFrom(
    '\u2064',
    '\u2066',
    '\u2069',
    '\u206a',
    '\u3164',
    '\ufeff',
    '\uffa0',
    '\ufff9',
    '\ufffb',
    '\u{1d173}',
  ),
);
const EMOJI = [
  '❤️',
  '☎️',
  '👩‍💻',
  '👩🏽‍🚒',
  '👨‍👩‍👧‍👦',
  '🏳️‍🌈',
  '🏴‍☠️',
  '🧑🏿‍🤝‍🧑🏻',
  '👁️‍🗨️',
  '1️⃣',
  '#️⃣',
  '🇪🇸',
  '👍🏾',
  '❤️‍🔥',
  'ok',
];

describe('what hides in a text', () => {
  it('is gone wherever it stands, and every emoji is as it was', () => {
    const shown = fc.array(fc.constantFrom(...EMOJI), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(shown, fc.array(HIDING, { minLength: 1, maxLength: 40 }), (emoji, hiding) => {
        const hidden = hiding.join('');
        expect(normaliseMessage(`${hidden}${emoji.join(`${hidden} `)}${hidden}`)).toBe(emoji.join(' '));
      }),
      { numRuns: 500 },
    );
  });

  it('carries nothing behind an emoji: at most one selector stays', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('\ufe0e', '\ufe0f', '\u200d', '\u200c'), { maxLength: 60 }), (bits) => {
        const left = normaliseMessage(`😀${bits.join('')}x`);
        expect(left.length).toBeLessThanOrEqual('😀'.length + 2);
      }),
    );
  });
});

describe('normaliseMessage', () => {
  it('gives NFC, \\n line ends, no controls, trimmed', () => {
    expect(normaliseMessage('  e\u0301t\u0000e\u0301\r\n\ttwo\rthree\u001b\u0085x\u007f ')).toBe(
      'été\n\ttwo\nthree\nx',
    );
    expect(normaliseMessage('a\ud800b')).toBe('a\ufffdb');
    expect(normaliseMessage('\u0000\u200b \u0007')).toBe('');
  });

  it('is the same when applied again, never longer than the NFC form, and clean', () => {
    fc.assert(
      fc.property(messy, (text) => {
        const normal = normaliseMessage(text);
        expect(normaliseMessage(normal)).toBe(normal);
        expect(normal.length).toBeLessThanOrEqual(text.normalize('NFC').length);
        expect(normal).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u{e0000}-\u{e007f}\u202a-\u202e]/u);
        expect(normal.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
