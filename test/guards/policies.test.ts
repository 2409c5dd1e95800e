import { describe, expect, test } from 'vitest';
import type { Seen } from '../../src/agent/guard.ts';
import { type PolicyFact, policyCheck } from '../../src/guards/policies.ts';
import { SEEN } from './play-guard.ts';

const FACTS: PolicyFact[] = [
  {
    subject: 'Refund period',
    value: '30 days',
    also: [
      { words: 'return window', language: null },
      { words: 'Rückgabefrist', language: 'de' },
      { words: 'plazo de devolución', language: 'es' },
    ],
  },
  { subject: 'Refund period for engraved goods', value: '14 days', also: [] },
  { subject: 'Express delivery fee', value: '12.90 euros', also: [{ words: 'envío exprés', language: 'es' }] },
  { subject: 'Standard delivery', value: '2 to 4 business days', also: [] },
  { subject: 'Late fee', value: '$10', also: [] },
];
const check = policyCheck(FACTS);

async function corrected(text: string, more: Partial<Seen> = {}): Promise<string | null> {
  const seen = { ...SEEN, released: text, ...more };
  const answer = { text, seen, conversationId: 'conv_1', turnId: 'turn_1' };
  return (await check.check(answer, AbortSignal.timeout(1_000)))?.sentence.replaceAll('\u00a0', ' ') ?? null;
}

describe('policies', () => {
  test.each([
    ['The refund period is 60 days.', 'Correction: the refund period is 30 days.'],
    ['Hello! Our refund period is 3 weeks. Anything else?', 'Correction: the refund period is 30 days.'],
    ['You can get a refund within 60 days.', 'Correction: the refund period is 30 days.'],
    ['I can confirm that the refund period is **60 days**.', 'Correction: the refund period is 30 days.'],
    ['The express delivery fee is €9.90.', 'Correction: the express delivery fee is 12.90 euros.'],
    ['Express delivery costs more than 15 euros.', 'Correction: the express delivery fee is 12.90 euros.'],
    ['Standard delivery takes 5 business days.', 'Correction: the standard delivery is 2 to 4 business days.'],
    [
      'The refund period for engraved goods is 21 days.',
      'Correction: the refund period for engraved goods is 14 days.',
    ],
    [
      'The refund period is 60 days, and the late fee is $25.',
      'Correction: the refund period is 30 days; the late fee is $10.',
    ],
  ])('%s', async (text, correction) => {
    expect(await corrected(text)).toBe(correction);
  });

  test('in the customer’s language', async () => {
    expect(await corrected('Die Rückgabefrist für unsere Waren beträgt 60 Tage.')).toBe(
      'Korrektur: Rückgabefrist: 30 Tage.',
    );
    expect(await corrected('El plazo de devolución para los productos es de 60 días.')).toBe(
      'Corrección: plazo de devolución: 30 días.',
    );
    expect(await corrected('El envío exprés de nuestra tienda cuesta 9,90 euros.')).toBe(
      'Corrección: envío exprés: 12,90 €.',
    );
  });

  test.each([
    ['The refund period is 30 days.'],
    ['The refund period is thirty days.'],
    ['The refund period is 720 hours.'],
    ['The refund period is not 60 but 30 days.'],
    ['The refund period is not 60 days.'],
    ['You said that the refund period is 60 days.'],
    ['Is the refund period 60 days?'],
    ['If the refund period were 60 days, you could wait.'],
    ['The refund period used to be 60 days.'],
    ['Other shops have a refund period of 60 days.'],
    ['The refund period for engraved goods is 14 days.'],
    ['The refund costs you nothing, and 60 days is a long time to wait for it, is it not?'],
    ['Express delivery costs less than 15 euros.'],
    ['Express delivery takes 2 days.'],
    ['Standard delivery takes 3 business days.'],
    ['The invoice is kept for 60 days.'],
    ['I am sorry, I do not know the refund period.'],
  ])('leaves: %s', async (text) => {
    expect(await corrected(text)).toBeNull();
  });

  test('a figure of something near, which a source has, is not taken for the policy’s', async () => {
    const text = 'Banks book a refund within 3 days.';
    const sources = [
      { kind: 'passage', from: 'a', version: '1', text: 'Banks need up to 3 days to book a refund.' },
    ] as const;
    expect(await corrected(text, { sources })).toBeNull();
  });

  test('of something more special, which a source has, the fact is not', async () => {
    const own = policyCheck([
      { subject: 'Rental deposit', value: '100 euros', also: [{ words: 'deposit', language: null }] },
    ]);
    const text = 'A deposit of 100 euros by card; 300 euros for a cargo bike.';
    const sources = [{ kind: 'passage', from: 'help', version: '7', text } as const];
    const look = async (said: string) => {
      const answer = { text: said, seen: { ...SEEN, released: said, sources }, conversationId: 'c', turnId: 't' };
      return (await own.check(answer, AbortSignal.timeout(1_000)))?.sentence ?? null;
    };
    expect(await look('The deposit for a cargo bike is 300 euros.')).toBeNull();
    expect(await look('The deposit is 300 euros.')).toContain('100 euros');
    expect(await look('The deposit for a city bike is 200 euros.')).toContain('100 euros');
  });

  test('a source that is out of date does not save what names the subject', async () => {
    const sources = [{ kind: 'passage', from: 'a', version: '1', text: 'The refund period is 60 days.' }] as const;
    expect(await corrected('The refund period is 60 days.', { sources })).toBe(
      'Correction: the refund period is 30 days.',
    );
  });
});
