import { describe, expect, test } from 'vitest';
import { PAIRS } from '../../bench/answers/pairs.ts';
import {
  asksSomething,
  leansOnContext,
  questionContent,
  turnsElsewhere,
  waitsForAnswer,
  wordingOf,
} from '../../src/language/question.ts';

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

describe('who is to speak next', () => {
  test.each([
    'Which car is it?',
    'Thank you. I still need the mileage of the vehicle and the age of the main driver.',
    'I would be happy to help. Please tell me the order number.',
    'Gern. Bitte nennen Sie mir noch das Alter der Fahrerin.',
    'Con gusto. Necesito también el kilometraje.',
    'Très bien. Veuillez indiquer votre âge.',
    'Claro. Informe a idade do condutor.',
  ])('is the customer after: %s', (reply) => {
    expect(waitsForAnswer(reply)).toBe(true);
  });

  test.each([
    'The premium is $86.10 per month. A quote is valid for 30 days.',
    'You may need a police report. It is filed online.',
    'Ihre Rückzahlung dauert zehn Tage.',
    '',
  ])('is nobody in particular after: %s', (reply) => {
    expect(waitsForAnswer(reply)).toBe(false);
  });

  test.each(["I'm 34, no accidents", 'a blue one', 'tengo 34 años', 'keine Unfälle', 'the 2021 model, used for work'])(
    'and who only answers turns nowhere: %s',
    (text) => {
      expect(turnsElsewhere(text)).toBe(false);
    },
  );

  test.each([
    'someone hit my car, what now?',
    'Actually my card was declined',
    'I want to cancel',
    'espera, quiero cancelar',
    'Moment, ich hatte gerade einen Unfall',
    'je voudrais payer ma facture',
  ])('while who wants something else does: %s', (text) => {
    expect(turnsElsewhere(text)).toBe(true);
  });
});

describe('what leans on what was said before', () => {
  test.each([
    'is that covered?',
    'How much is it',
    'and can I change them?',
    'was kostet das?',
    '¿y eso cuánto cuesta?',
    "c'est couvert, ça ?",
    'quanto custa isso',
    'quanto costa questo?',
  ])('%s', (text) => {
    expect(leansOnContext(text)).toBe(true);
  });

  test.each([
    "it's urgent, my car is gone",
    'das Auto ist gestohlen',
    'es regnet herein',
    'somebody hit my car last night',
    'how much is it to insure a second car with you',
    'my italian licence',
    '',
  ])('not: %s', (text) => {
    expect(leansOnContext(text)).toBe(false);
  });
});
