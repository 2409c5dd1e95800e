import { describe, expect, test } from 'vitest';
import type { Guard, Seen } from '../../src/agent/guard.ts';
import { looseEnds, looseFigures } from '../../src/agent/loose-ends.ts';
import { personalDataGuard } from '../../src/guards/personal-data.ts';
import { slowdown } from '../language/slowdown.ts';
import { play, wordTool } from './play-turn.ts';

const SEEN: Seen = {
  ...{ released: '', question: '', said: ['Where is order 48392011?'], customer: null, language: null },
  ...{
    sources: [],
    prompt: [],
    contact: { phone: '1-800-555-0199', url: 'https://www.acme.example' },
    company: 'Acme',
  },
};

function left(candidate: string, seen: Partial<Seen> = {}): string {
  const verdict = looseEnds.check(candidate, { ...SEEN, ...seen });
  return verdict.action === 'redact' ? verdict.text : candidate;
}

describe('the end of a step that another one follows', () => {
  test.each([
    ['Your card is 4539 1488 03', 'Your card is …'],
    ['Your card is 4539 1488 0343.', 'Your card is …'],
    ['It is DE89 3704 0044', 'It is …'],
    ['It is GB82 WEST 1234 56', 'It is …'],
    ['It is <b>5500</b><b>0055</', 'It is <b>…'],
    ['It is:\n- 5500\n- 0055\n- 5', 'It is:\n- …'],
    ['Write to jane.roe@mail', 'Write to …'],
    ['See https://tracker.exam', 'See …'],
    ['The code is ORCHID-77', 'The code is …'],
  ])('%j keeps back what may go on', (text, kept) => {
    expect(left(text)).toBe(kept);
  });

  test.each([
    'One moment, I look that up.',
    'Let me see:',
    'I look for order 48392011',
    'I look for order 48392011.',
    'It costs $1,240',
    'In 2026',
    'Call 1-800-555-0199',
    'See www.acme.example',
    'That is your follow-up',
    'either and/or',
  ])('%j stays as it is', (text) => {
    expect(left(text)).toBe(text);
  });

  test('counts the digits that are out already', () => {
    expect(left('1488 0', { released: 'Your card is 4539 ' })).toBe('…');
  });

  test.each(['1 ', 'A1-', 'a.', '@', '//'])('takes time in proportion to a text of %j', (part) => {
    expect(
      slowdown(
        (text) => left(text),
        (length) => part.repeat(length / part.length),
      ),
    ).toBeLessThan(6);
  });
});

const look = wordTool('look', async () => ({ content: 'Found.' }));

/** What a customer reads of a text that is said with a tool call after each piece. */
async function said(pieces: readonly string[], guards: readonly Guard[]): Promise<string> {
  const script = pieces.map((text, at) => ({
    text,
    ...(at < pieces.length - 1 && { tools: [{ name: 'look', input: { word: `w${at}` } }] }),
  }));
  return (await play(script, { tools: [look], guards })).reply.text;
}

test('a card number is not told in two steps, wherever it is cut', async () => {
  const text = 'Your card is 4539 1488 0343 6467, as you know.';
  for (let at = 1; at < text.length; at += 1) {
    const digits = (await said([text.slice(0, at), text.slice(at)], [personalDataGuard()])).replace(/\D/g, '');
    expect(digits.length, `cut at ${at}`).toBeLessThan(8);
  }
});

test('nor in many', async () => {
  for (const size of [3, 5, 7]) {
    const pieces = 'Your card is 4539 1488 0343 6467.'.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
    expect((await said(pieces, [personalDataGuard()])).replace(/\D/g, '').length).toBeLessThan(8);
  }
});

test('nor where the token limit cuts it off', async () => {
  const script = [{ text: 'It is 4539 1488 03', stopReason: 'max_tokens' as const }, { text: '43 6467, as you know.' }];
  const { reply } = await play(script, { guards: [personalDataGuard()] });
  expect(reply.text.replace(/\D/g, '').length).toBeLessThan(8);
});

test('without guards nothing is kept back, and what ends a reply is not', async () => {
  expect(await said(['It is 4539 1488', 'Done.'], [])).toBe('It is 4539 1488\n\nDone.');
  expect(await said(['It is 4539 1488'], [personalDataGuard()])).toBe('It is 4539 1488');
});

describe('a figure in a sentence with which a step breaks off', () => {
  const SOURCES: Seen['sources'] = [
    {
      kind: 'passage',
      from: 'x',
      version: '1',
      text: 'Claims are paid within 30 days. In 1983 we began, and 1,500 EUR are the most.',
    },
  ];
  const kept = (candidate: string) => {
    const verdict = looseFigures.check(candidate, { ...SEEN, sources: SOURCES });
    return verdict.action === 'redact' ? verdict.text : candidate;
  };

  test.each([
    ['Hello. Your claim is paid within 417 ho', 'Hello. Your claim is paid within …'],
    ['You get 83', 'You get …'],
    ['You get 5 % of', 'You get …'],
    ['We refund $7', 'We refund …'],
  ])('%j keeps it back', (text, left) => {
    expect(kept(text)).toBe(left);
  });

  test.each([
    'Claims are paid within 30',
    'The most are 1.500 EUR, and',
    'It takes 417 hours.',
    'I look at these 2 things now',
    'First:\n12. Open',
    'Let me look at order 48392011',
  ])('%j stays: it is known, whole, or nothing to speak of', (text) => {
    expect(kept(text)).toBe(text);
  });

  test('takes time in proportion to the text', () => {
    expect(slowdown(kept, (length) => `a ${'1 '.repeat(length / 2)}x`)).toBeLessThan(4);
  });
});
