import { describe, expect, test } from 'vitest';
import { createMasking } from '../../src/evals/masking.ts';
import { peopleIn } from '../../src/evals/people-in-text.ts';
import { slowdown } from '../language/slowdown.ts';

function masked(text: string, before: string[] = []): string {
  const known = peopleIn({ texts: [...before, text], inputs: [] });
  return createMasking({ known, keepIdentifiers: true }).text(text);
}

describe('names and streets that somebody said', () => {
  test.each([
    ['Hi, my name is Petra Schmidt and my pan is late.', 'Petra|Schmidt'],
    ["hello my name's petra schmidt, where is my pan", 'petra|schmidt'],
    ['This is Aiko Tanaka calling about the lamp.', 'Aiko|Tanaka'],
    ["I'm Maria de la Cruz. Maria from yesterday.", 'Maria|Cruz'],
    ['Please send it to my wife Ana Lopez instead.', 'Ana|Lopez'],
    ['Mrs. Okafor has the key.', 'Okafor'],
    ['Where is it?\n\nKind regards,\nJonas Weber', 'Jonas|Weber'],
    ['Ich heiße Anke Vogel und wohne in der Lindenstraße 12a, 50674 Köln.', 'Anke|Vogel|Linden|Köln'],
    ['Me llamo Lucía Pérez, vivo en Calle Mayor 5.', 'Lucía|Pérez|Mayor'],
    ["Je m'appelle Chloé Martin, j'habite 12 rue de la Paix", 'Chloé|Martin|Paix'],
    ['Mi chiamo Elena Russo, via Garibaldi 7', 'Elena|Russo|Garibaldi'],
    ['I live at 42 Old Mill Road in Leeds.', 'Mill'],
    ['Now at 1600 West Elm St, apartment 4', 'Elm'],
  ])('%j', (text, gone) => {
    expect(masked(text)).not.toMatch(new RegExp(gone, 'i'));
  });

  test('a name alone is one where the agent asked for it', () => {
    expect(masked('olu adeyemi', ['What is your name, please?'])).toBe('Sam Roe');
    expect(masked('oak lamp', ['Which lamp is it?'])).toBe('oak lamp');
  });

  test('what is said of things stays', () => {
    for (const text of [
      'I am not sure which pan it was.',
      "I'm in Berlin and this is about order A-1042.",
      'The name is printed on the box. Is the Oak Lamp in stock?',
      'I am Happy with it. Drive 3 miles on the Main Road.',
      'Thanks\nwhere is it',
      'My daughter is 16. My son has 2 cars.',
    ]) {
      expect(masked(text)).toBe(text);
    }
  });

  test('what a tool was given under such a name goes in the text too', () => {
    const inputs = [{ customer_name: 'Bo Li', shipping: { street: 'Kantstr. 9', city: 'Berlin' }, product: 'Pan' }];
    const { text } = createMasking({ known: peopleIn({ texts: [], inputs }), keepIdentifiers: true });
    expect(text('Bo Li at Kantstr. 9 in Berlin wants a Pan')).toBe('Sam Roe at 1 Example Street in Berlin wants a Pan');
  });

  test.each(['My name is ', 'Ab ', '12 a ', 'rue a ', 'Mr. A', 'a', 'Aa Bb Cc Dd '])(
    'takes time linear in a text of %j',
    (piece) => {
      const people = (text: string) => peopleIn({ texts: [text], inputs: [] });
      expect(slowdown(people, (length) => piece.repeat(length / piece.length))).toBeLessThan(20);
    },
  );
});
