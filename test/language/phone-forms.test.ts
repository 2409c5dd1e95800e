import { expect, test } from 'vitest';
import { readLines } from '../../bench/guards/sets.ts';
import { findPersonalData } from '../../src/language/personal-data/find.ts';

/** How numbers are written in 45 countries, and by what makes test data: `gb  07### ######`. */
const FORMS = readLines('bench/guards/sets/phone-forms.txt').map((line) => line.split('\t') as [string, string]);

const NAMED = [
  'Phone:\n?\n\nE-mail:',
  '? office',
  'They are not answering at ?',
  'my registered ?. Could you look?',
  'Mein Telefon ist ?.',
  'Mi teléfono es ?',
  'Mon numéro : ?',
  'Il mio cellulare è ?',
  'Liga-me para ?',
  'Bel mij op ?',
  'mitt nummer är ?',
];

test.each(FORMS)('%s %s is found where a phone is spoken of', (_, form) => {
  for (const digits of ['2345678', '5739264', '8642937']) {
    let at = 0;
    const number = form.replace(/#/g, () => digits[at++ % digits.length] ?? '');
    for (const sentence of NAMED) {
      const text = sentence.replace('?', number);
      const found = findPersonalData(text);
      const left = [...text].filter((_, place) => !found.some(({ start, end }) => place >= start && place < end));
      expect(left.join(''), text).not.toMatch(/\d/);
    }
  }
});

test('numbers of other kinds are left', () => {
  expect(readLines('bench/guards/sets/numbers.txt').filter((line) => findPersonalData(line).length > 0)).toEqual([]);
});
