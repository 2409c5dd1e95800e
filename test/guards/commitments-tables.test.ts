import { describe, expect, test } from 'vitest';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { checked, passage } from './play-guard.ts';

const guard = commitmentsGuard();
/** Price lists as people write them: many rows, so that no figure is the only one of its kind. */
const PRICES = [
  passage(
    [
      '# Renting a bike',
      '',
      '| Bike | Half day (4 hours) | Day | Week |',
      '|---|---|---|---|',
      '| City bike | 12 euros | 18 euros | 79 euros |',
      '| Trekking bike | 15 euros | 22 euros | 99 euros |',
      '| E-bike | 26 euros | 39 euros | 189 euros |',
      '| Cargo bike | 32 euros | 49 euros | 239 euros |',
    ].join('\n'),
  ),
  passage(
    [
      '# Repair prices',
      '',
      '| Repair | Price | Usual time |',
      '|---|---|---|',
      '| Flat tyre, with a new tube | 18 euros | same day |',
      '| Chain replacement | 23 euros | same day |',
      '| Small service | 59 euros | 2 working days |',
      '| Full service | 119 euros plus parts | 4 working days |',
      '| E-bike full service | 149 euros plus parts | 5 working days |',
    ].join('\n'),
  ),
];
const says = (text: string, question = '') =>
  checked(guard, text, { sources: PRICES, said: [question], question }) === text;

describe('a figure of a table', () => {
  test.each([
    'A small service is 59 euros and takes 2 working days.',
    'A full service is 119 euros plus parts.',
    'An e-bike for a week is 189 euros.',
    'An e-bike is 39 euros a day.',
    'City bikes are 18 euros a day, and trekking bikes 22.',
    'Replacing the chain costs 23 euros.',
  ])('supports its own row and column: %s', (text) => {
    expect(says(text)).toBe(true);
  });

  test.each([
    ['of another row', 'A small service is 119 euros.'],
    ['of a row with more to it', 'A full service is 149 euros.'],
    ['of another row, in another column', 'A small service is 59 euros and takes 4 working days.'],
    ['of a row that shares a word', 'An e-bike for a week is 99 euros.'],
    ['of another column', 'An e-bike is 189 euros a day.'],
    ['of another table', 'An e-bike is 18 euros a day.'],
  ])('supports nothing %s: %s', (_, text) => {
    expect(says(text)).toBe(false);
  });

  test('is of the row that the customer asks about where the answer names none', () => {
    expect(says('It is 119 euros plus parts.', 'How much is a full service?')).toBe(true);
    expect(says('It is 59 euros.', 'How much is a full service?')).toBe(false);
  });
});

describe('days on which something is open', () => {
  const sources = [passage('Open Tuesday to Saturday, 9:00 to 18:30. Closed on Sunday and Monday.')];
  const passes = (text: string) => checked(guard, text, { sources }) === text;

  test.each([
    'We are open Tuesday to Saturday, 9:00 to 18:30.',
    'On Saturday we are open from 9:00 to 18:30.',
    'We are closed on Sunday and Monday.',
    'We are not open on Mondays.',
  ])('are those that a source says: %s', (text) => {
    expect(passes(text)).toBe(true);
  });

  test.each([
    'We are open on Sundays.',
    'We are open on Sunday from 9:00 to 18:30.',
    'We are open every day from 9:00 to 18:30.',
    'We are closed on Saturday.',
  ])('are no others: %s', (text) => {
    expect(passes(text)).toBe(false);
  });
});
