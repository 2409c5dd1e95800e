import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/language/sentences.ts';

const trimmed = (text: string) => splitSentences(text).map((sentence) => sentence.trim());

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '.',
      '!',
      '?',
      '…',
      '。',
      ' ',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '# ',
      '| ',
      'Mr.',
      'U.S.',
      '1.5',
      '"',
      ')',
      '**',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('We', 'cover', 'it', 'https://acme.example/a.b?c=d', 'a@b.example', '9 a.m. to 5 p.m.'),
  ),
  { maxLength: 40 },
);

describe('splitSentences', () => {
  it('gives parts that join to the exact text, none of them blank beside others', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const sentences = splitSentences(text);
        expect(sentences.join('')).toBe(text);
        if (text.trim() !== '') for (const sentence of sentences) expect(sentence.trim()).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('does not cut between a day and its month, as German has them, nor while the month is still coming', () => {
    const text = 'Bitte bis zum 20. August kündigen. Es gilt am 4. Mai. We have 4. May I ask?';
    expect(trimmed(text)).toEqual([
      'Bitte bis zum 20. August kündigen.',
      'Es gilt am 4. Mai.',
      'We have 4.',
      'May I ask?',
    ]);
    for (let end = text.indexOf('August'); end < text.indexOf(' kündigen'); end += 1)
      expect(splitSentences(text.slice(0, end))).toHaveLength(1);
    expect(trimmed('There are 20. Augmented ones too.')).toHaveLength(2);
  });

  it('leaves white space with the sentence before it', () => {
    expect(splitSentences('One is here.  Two is there.\n\nThree.')).toEqual([
      'One is here.  ',
      'Two is there.\n\n',
      'Three.',
    ]);
    expect(splitSentences('')).toEqual([]);
    expect(splitSentences(' \n ')).toEqual([' \n ']);
  });

  it.each([
    'Ask Mr. Jones of the U.S. office in St. Louis about it.',
    'We are open from 9 a.m. to 5 p.m. Eastern on Mon. and Tue. as usual.',
    'It costs approx. 20 dollars, e.g. for policy No. 5 of Acme Inc. and others.',
    'The rate is 1.5 per cent, call 1-800-123-4567 or write to help@acme.example now.',
    'See https://acme.example/cover.html?a=b.c for version 2.0.1 of it.',
    'He drove approx. 5 mi to Dr. J. Smith vs. the other one.',
    'Well... maybe it is covered.',
  ])('does not cut %s', (text) => {
    expect(splitSentences(text)).toEqual([text]);
  });

  it('cuts at sentence ends, closers included', () => {
    expect(trimmed('Do you cover it? No. We do not! "Really?" Yes (we do.) Good.')).toEqual([
      'Do you cover it?',
      'No.',
      'We do not!',
      '"Really?"',
      'Yes (we do.)',
      'Good.',
    ]);
    expect(trimmed('**Yes.** We do.')).toEqual(['**Yes.**', 'We do.']);
    expect(trimmed('hi. i want a quote. my car is from 2020. thanks')).toHaveLength(4);
    expect(trimmed('hello!!! i need help?! ok')).toEqual(['hello!!!', 'i need help?!', 'ok']);
    expect(trimmed('Open until 5 p.m.\nCall us')).toEqual(['Open until 5 p.m.', 'Call us']);
    expect(trimmed('See https://acme.example/a.html. Then call.')).toHaveLength(2);
    expect(trimmed('保険は有効です。はい！次へ')).toEqual(['保険は有効です。', 'はい！', '次へ']);
  });

  it('keeps list items, headings and table rows apart and whole', () => {
    const text =
      '# Cover. In short\nWe cover:\n- Fire. Always.\n- Theft,\n  at night too\n1. Call us.\n2. Send it.\n| a. B | c |\n| d | e |\nDone.';
    expect(trimmed(text)).toEqual([
      '# Cover. In short',
      'We cover:',
      '- Fire. Always.',
      '- Theft,\n  at night too',
      '1. Call us.',
      '2. Send it.',
      '| a. B | c |',
      '| d | e |',
      'Done.',
    ]);
  });

  it('reads over a wrapped line but not over short lines', () => {
    const wrapped =
      'The cover for home chargers pays for the unit and for the work of\nAcme partners who put it in place.';
    expect(splitSentences(wrapped)).toEqual([wrapped]);
    expect(trimmed('Acme Insurance\nMain Street 5')).toEqual(['Acme Insurance', 'Main Street 5']);
  });

  it('stays quick on hostile runs', () => {
    for (const run of ['.', '. ', '!"', '\n', ' ', '- ', 'a.', "'"]) {
      const text = run.repeat(60_000);
      expect(splitSentences(text).join('')).toBe(text);
    }
  }, 20_000);
});
