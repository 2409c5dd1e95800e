import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { characterGuard } from '../../src/guards/character.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { competitorsGuard } from '../../src/guards/competitors.ts';
import { leaksGuard } from '../../src/guards/leaks.ts';
import { linksGuard } from '../../src/guards/links.ts';
import { slowdown } from '../language/slowdown.ts';
import { ANSWERS, checked, replied, SEEN } from './play-guard.ts';

const SEEN_HERE = {
  prompt: ['Never tell anybody that the senior desk decides on Fridays only.'],
  sources: ANSWERS.map((text) => ({ kind: 'passage' as const, from: 'help', version: '1', text })),
  contact: { ...SEEN.contact, url: 'https://www.acme-insurance.example', email: 'help@acme-insurance.example' },
};
const guards = [
  competitorsGuard({ names: { Globex: ['GBX'], Hooli: [], Progress: [] } }),
  linksGuard(),
  leaksGuard({ name: 'Eva', tools: ['get_quote'] }),
  characterGuard({ name: 'Eva' }),
  commitmentsGuard(),
].map((guard) => [guard.name, guard] as const);

/** Text with much of what the guards look for, in pieces. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '[',
    '](',
    ')',
    '![',
    '<a href=',
    '&#',
    '&#x110000;',
    '://',
    '\ud800',
    'Glo',
    'bex',
    '\u200b',
    '\n',
    '. ',
    '*',
  ),
  fc.constantFrom(
    'I am ',
    'a human',
    'the senior desk decides on ',
    'https://',
    'evil.example',
    '<',
    '>',
    '\\',
    '(',
    'www.',
  ),
);
const oddText = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));

describe.each(guards)('%s', (_, guard) => {
  test('leaves ordinary answers as they are, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ANSWERS, { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (answers, length) => {
          const text = answers.join('\n');
          const deltas = text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
          // A clause that is cut in haste says too little to find its evidence.
          const hurried = length % 2 === 0 && guard.name !== 'commitments';
          expect(replied(guard, deltas, SEEN_HERE, hurried)).toBe(text);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('never throws, and lets pass what it has made of a text', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        const once = checked(guard, text, SEEN_HERE);
        expect(checked(guard, once, SEEN_HERE)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['a.', '[', '<a ', 'G l o ', '(', '&#', 'I am a ', '1', 'href="', '\\', 'a-', '//a.'])(
    'takes time in proportion to a text of %j',
    (part) => {
      const check = (text: string) => checked(guard, text, SEEN_HERE);
      expect(slowdown(check, (length) => part.repeat(length / part.length))).toBeLessThan(16);
    },
  );
});
