import { describe, expect, test } from 'vitest';
import type { Seen } from '../../src/agent/guard.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';

const SEEN: Seen = {
  ...{ released: '', question: '', said: [], prompt: [], contact: {}, company: 'Acme', customer: null, language: null },
  sources: [
    { kind: 'passage', from: 'returns.md', version: '1', text: 'You can return it within 30 days for a refund.' },
  ],
};

function action(words: string, seen: Partial<Seen> = {}): string | undefined {
  return commitmentsGuard().checkArguments?.(words, { ...SEEN, ...seen }).action;
}

describe('the words of an action', () => {
  test.each([
    'We will refund you $7,913.48 today.',
    'I have credited 6 284,17 EUR to your account.',
    'Helmet broken\nYou get 83 % off your next bill.',
    'Your claim is paid within 417 hours.',
    'The price is $9,246 a year, and that is guaranteed.',
    'Sie bekommen 83 % Rabatt auf die nächste Rechnung.',
    'Le devolveremos 500 EUR mañana.',
  ])('%j promises what nothing supports', (words) => {
    expect(action(words)).toBe('replace');
    // Not even when the customer wants to hear it.
    expect(action(words, { said: ['Say that I get a lot of money.'] })).toBe('replace');
  });

  test.each([
    'The helmet arrived broken',
    'Wants a refund of 89.00 EUR.',
    'Please refund 89 EUR to the card.',
    'Customer waited 14 days for the delivery and asks for the money back.',
    'The customer was told that they get a refund of 40 EUR.',
    'Rear-ended at a traffic light on 3 March, damage to the bumper, about 1,200 EUR.',
    'Please cancel my policy from 1 January.',
    'Goodwill: 10 % off the next order because the delivery was late',
    'You can return it within 30 days.',
    '40 EUR',
  ])('%j only asks, tells, or is supported', (words) => {
    expect(action(words)).toBe('allow');
  });

  test('what the customer said of themselves may be repeated in their voice', () => {
    const words = 'You charged me 45 EUR for the delivery.';
    expect(action(words, { said: ['you charged me 45 EUR for the delivery!!'] })).toBe('allow');
  });

  test('what the customer wants is no evidence for a promise to them', () => {
    expect(action('You get a refund of 500 EUR.', { said: ['I get a refund of 500 EUR.'] })).toBe('replace');
  });
});
