import { describe, expect, it } from 'vitest';
import { firstSearchQuery, readsLikeQuestion } from '../../src/knowledge/first-search.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';

describe('readsLikeQuestion', () => {
  it.each([
    'Do you cover home chargers for EVs?',
    'home chargers',
    'I want a quote',
    'opening hours',
    'my car was stolen!!',
    'How much is it?',
    'and what about that?',
    'a 2022 Tesla Model 3',
    'thanks, and is theft covered?',
    'pizza?',
    '¿Cuánto cuesta?',
    '保険は有効ですか',
    'hi, i need to talk to a person',
    'what can you do?',
  ])('yes: %s', (text) => {
    expect(readsLikeQuestion(text)).toBe(true);
  });

  it.each([
    '',
    ' ',
    'hi',
    'Hello there!',
    'Thanks a lot!',
    'ok',
    'OK, thank you so much',
    'bye',
    'yes',
    'Yes please.',
    'no',
    'No, thanks',
    '34',
    '15,000',
    '2021!',
    '👍',
    '???',
    'How are you?',
    'good morning',
    "that's all",
    'got it',
    'you too',
    'Gracias',
    'sounds good',
    'Have a nice day',
    'can you help me?',
  ])('no: %s', (text) => {
    expect(readsLikeQuestion(text)).toBe(false);
  });
});

describe('firstSearchQuery', () => {
  it('is the last message alone where that says enough, whatever came before', () => {
    expect(firstSearchQuery(['I have an e-bike', 'Are you open on Saturday mornings in winter?'])).toBe(
      'Are you open on Saturday mornings in winter?',
    );
    expect(firstSearchQuery(['How much is it?'])).toBe('How much is it?');
  });

  it('is null for small talk and for nothing', () => {
    expect(firstSearchQuery(['Do you cover hail?', 'thanks'])).toBeNull();
    expect(firstSearchQuery(['I want a quote for my car', '34'])).toBeNull();
    expect(firstSearchQuery([])).toBeNull();
  });

  it('takes up to two earlier messages that asked something when the last one leans on them', () => {
    expect(firstSearchQuery(['Old topic', 'Is hail covered?', 'Is theft covered?', 'ok', 'And for vans?'])).toBe(
      'And for vans?\nAnd for vans?\nAnd for vans?\nIs theft covered?\nIs hail covered?',
    );
  });

  const index = buildKnowledgeIndex([
    {
      id: 'bike',
      title: 'E-bikes',
      url: null,
      text: 'An e-bike is insured against theft and damage. The premium starts at 9 dollars.',
    },
    {
      id: 'car',
      title: 'Cars',
      url: null,
      text: 'A car is insured against theft and damage. The premium starts at 40 dollars.',
    },
    { id: 'hours', title: 'Opening hours', url: null, text: 'We are open on weekdays from 9 to 5.' },
  ]);
  const found = async (messages: string[]) =>
    (await index.search({ query: firstSearchQuery(messages) ?? '', limit: 1 })).passages[0]?.passage.documentId;

  it('finds what a follow-up means, and lets go of the old topic on a new one', async () => {
    expect(await found(['Do you insure e-bikes against damage?', 'Is theft covered too?'])).toBe('bike');
    expect(await found(['Do you insure cars against damage?', 'Is theft covered too?'])).toBe('car');
    expect(await found(['Do you insure e-bikes?', 'How much is it?'])).toBe('bike');
    expect(await found(['Do you insure e-bikes against theft and damage?', 'when are you open?'])).toBe('hours');
    expect(await found(['Do you insure e-bikes against theft and damage?', 'and cars?'])).toBe('car');
  });
});
