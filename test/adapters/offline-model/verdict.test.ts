import { describe, expect, test } from 'vitest';
import { statement } from '../../../src/adapters/offline-model/sections.ts';
import { bare, withoutVerdict } from '../../../src/adapters/offline-model/verdict.ts';

const FERRY = {
  head: 'Travelling – May I take a bicycle on the ferry?',
  text: ['Yes. ', 'Bicycles travel free. ', 'Tandems must wait.'],
};
const TICKETS = {
  head: 'Tickets – Can I return a ticket?',
  text: ['Yes. ', 'Send it to us. ', 'A ticket for a cruise is never returned.'],
};
const CATS = { head: 'Do you take cats?', text: ['No, we do not take cats. ', 'Dogs are welcome.'] };
const HUND = { head: 'Darf mein Hund mit?', text: ['Ja, ', 'an der Leine.'] };

function said({ head, text }: { head: string; text: string[] }, question: string): string {
  const statements = text.map((one, at) => statement(one, at, null));
  return withoutVerdict({ head, statements }, question)
    .map((one) => one.said ?? one.text.trim())
    .join(' ');
}

describe('a yes or no at the beginning of an answer', () => {
  test.each([
    [FERRY, 'May I take a bicycle on the ferry?'],
    [FERRY, 'can i take my bicycle on the ferry'],
    [HUND, 'Darf mein Hund mit?'],
  ])('is said to who asks what the heading asks: %#', (section, question) => {
    expect(said(section, question)).toMatch(/^(?:Yes|Ja)/);
  });

  test.each([
    [FERRY, 'May I take a motorcycle on the ferry?'],
    [FERRY, 'Can I take a tandem on the ferry?'],
    [FERRY, 'How can I take a bicycle on the ferry?'],
    [FERRY, 'May I not take a bicycle on the ferry?'],
    [FERRY, 'Is the train cheaper than you?'],
    [HUND, 'Darf meine Katze mit?'],
  ])('is left out where another question is asked: %#', (section, question) => {
    expect(said(section, question)).not.toMatch(/^(?:Yes|Ja)/);
  });

  test('is left out where a later sentence says the opposite of what is named', () => {
    expect(said(TICKETS, 'Can I return a ticket?')).toMatch(/^Send it to us/);
  });

  test('leaves a sentence behind', () => {
    expect(said(CATS, 'Do you take cats?')).toMatch(/^No, we do not/);
    expect(said(CATS, 'Do you take birds?')).toMatch(/^We do not take cats/);
  });

  test.each(['Oui. ', 'Sí, ', 'Sì. ', 'Sim – ', 'Nein: ', 'Nee. ', 'Não, ', 'Non. '])(
    'is known in other languages: %s',
    (verdict) => {
      expect(bare(statement(`${verdict}dix euros.`, 0, null))[0]?.said).toBe('Dix euros.');
    },
  );

  test.each([
    'No. 5 is our office.',
    'No dogs are allowed.',
    'Yes and no: it depends.',
    'Nonstop trains run daily.',
    'Si no llega, llame.',
  ])('is not seen in other words: %s', (text) => {
    expect(bare(statement(text, 0, null))[0]?.said).toBeUndefined();
  });
});
