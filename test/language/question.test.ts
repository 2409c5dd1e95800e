import { describe, expect, test } from 'vitest';
import { PAIRS } from '../../bench/answers/pairs.ts';
import { asksSomething, questionContent, wordingOf } from '../../src/language/question.ts';

describe('a question', () => {
  test.each([
    'Is it covered?',
    'is it covered',
    'How much',
    'Tell me your hours',
    'cuánto cuesta',
    '¿Cuánto?',
    'Wie kündige ich',
    'comment résilier',
    '保険はありますか？',
  ])('is told by its sign or its first word: %s', (text) => {
    expect(asksSomething(text)).toBe(true);
  });

  test.each(['Thanks', 'My name is Ann', 'charger', 'Istanbul', 'Wieder da', 'I am 34'])('and %s is none', (text) => {
    expect(asksSomething(text)).toBe(false);
  });

  test('is the same wording without case, spacing and end', () => {
    expect(wordingOf('  How  do I\tcancel?! ')).toBe(wordingOf('how do i cancel'));
    expect(wordingOf('¿Cómo cancelo?')).toBe('cómo cancelo');
    expect(wordingOf('What’s 1.5 %?')).toBe("what's 1.5 %");
    expect(wordingOf('?!')).toBe('');
  });
});

describe('what a question says', () => {
  test.each(PAIRS.other)('is never the same where the answer may differ: %s / %s', (one, other) => {
    const content = questionContent(one);
    expect(content === null || content !== questionContent(other)).toBe(true);
  });

  test.each([
    ['How do I cancel my policy?', 'Hi, could you please tell me how to cancel the policy? Thanks!'],
    ['Can I cancel my policy?', 'am I allowed to cancel my policy'],
    ['What’s the deductible?', 'what is my deductible, please'],
    ['Do you cover e-bikes?', 'Do you cover ebikes?'],
  ])('is the same in other words that change nothing: %s / %s', (one, other) => {
    expect(questionContent(one)).toBe(questionContent(other));
    expect(questionContent(one)).not.toBeNull();
  });

  test.each(['¿Cómo cancelo?', 'Como cancelo', 'Wie kann ich das?', 'charger', 'the', 'What about 10² m?', ''])(
    'is not told of what is not plainly English: %s',
    (text) => {
      expect(questionContent(text)).toBeNull();
    },
  );
});
