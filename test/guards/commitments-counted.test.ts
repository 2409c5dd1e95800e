import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/agent/guard.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { passage, SEEN } from './play-guard.ts';

const guard = commitmentsGuard();

/** `wrong`: the sentence with another figure; else with a last digit one higher. */
type Case = {
  source: string | object;
  said: string;
  sums?: string[];
  sentence: string;
  wrong?: string;
  before?: string;
};

/** Whether a sentence passes for which somebody vouches with the whole source. */
function passes({ source, said, sums = [], sentence, before = '' }: Case): boolean {
  const shown: Source =
    typeof source === 'string'
      ? passage(source)
      : { kind: 'tool', from: 'get_order', version: 'c1', text: JSON.stringify(source) };
  const found = new Map([[sentence, { quotations: [{ source: shown, words: shown.text }], sums, commits: true }]]);
  const seen = { ...SEEN, sources: [shown], said: [said], released: before };
  return guard.check(sentence, seen, found).action === 'allow';
}

function wrong(one: Case): Case {
  const higher = one.sentence.replace(/(\d)(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
  return { ...one, sentence: one.wrong ?? higher };
}

describe('with somebody who vouches for a sentence, and has counted days and times', () => {
  const CLAIM = 'Tell us within 31 days of coming home.';
  test.each<[string, Case]>([
    [
      'from a day whose month stands beside it',
      { source: CLAIM, said: 'Cancelled on 5 Feb, home on the 9th.', sentence: 'So let us know by 12 March.' },
    ],
    [
      'to a day that counts as the first',
      {
        source: 'It is valid for 30 days, the day of issue counted as day 1.',
        said: 'I got it on 4 March.',
        sentence: 'So it may be used until 2 April.',
        wrong: 'So it may be used until 4 April.',
      },
    ],
    [
      'by a number that has no unit there',
      {
        source: 'You can do it up to the 28th day after the journey.',
        said: 'It was on 2 February 2025.',
        sums: ['2 February 2025 + 28 days = 2 March 2025'],
        sentence: 'So do it by 2 March.',
      },
    ],
    [
      'to the next bill of each month',
      {
        source: { price_per_month: 5, currency: 'EUR', next_bill: '2024-09-18' },
        said: 'When?',
        sentence: 'You pay the new price from the bill of 18 October on, and it is 5 euros.',
      },
    ],
    [
      'to the end of a month of a result',
      {
        source: { month: '2025-04', claims_days: 30 },
        said: 'By when?',
        sentence: 'Be sure to file the claim by 30 May.',
      },
    ],
    [
      'between hours, as customers write them',
      {
        source: { up_to_4h: 5.6, currency: 'GBP' },
        said: 'from 9.10 to 12.40',
        sums: ['12:40 - 9:10 = 3 hours 30 minutes'],
        sentence: 'You are staying for 3 hours 30 minutes.',
      },
    ],
    [
      'between days of which one has no year',
      {
        source: { start: '2026-01-13', fee: 15, currency: 'GBP' },
        said: 'I write this on 2 Jan.',
        sentence: 'Since it begins in 11 days you pay 15 pounds.',
      },
    ],
    [
      'in full months',
      {
        source: { end: '2025-11-30', fee: 'half of each full month' },
        said: 'I leave on 31 July.',
        sentence: 'That leaves you with a contract of 4 months.',
      },
    ],
    [
      'between days that the reply has worked out before',
      {
        source: { bought: '2023-11-12', valid_months: 24, today: '2025-10-02' },
        said: 'Is it still good?',
        before: 'It can be used until 12 November 2025. ',
        sentence: 'It can be used for about 6 weeks more.',
      },
    ],
    [
      'by what an amount is a day',
      {
        source: 'The supplement is 12 euros per day, 120 euros at most.',
        said: 'And for long?',
        sums: ['120 / 12 = 10'],
        sentence: 'The most is reached for you after 10 days.',
      },
    ],
    [
      'as one of several months',
      { source: 'The next month will be charged.', said: 'I cancel.', sentence: 'You pay for 1 more month.' },
    ],
    [
      'as slots of a result',
      {
        source: { slots: ['08-12'], surcharge: 0 },
        said: 'On Saturday?',
        sentence: 'Our engineer will come on Saturday between 8:00 and 12:00.',
      },
    ],
  ])('it passes %s, and no other', (_what, one) => {
    expect(passes(one)).toBe(true);
    expect(passes(wrong(one))).toBe(false);
  });

  test('a time that customers name is no time within which they may do something', () => {
    const one: Case = { source: 'Returns are free.', said: 'I am there for 90 days.', sentence: '' };
    expect(passes({ ...one, sentence: 'For all 90 days your returns are free.' })).toBe(true);
    expect(passes({ ...one, sentence: 'You can return it within the 90 days.' })).toBe(false);
    expect(passes({ ...one, sentence: 'You can return it within 90 days.' })).toBe(false);
  });

  test('an hour or a day that customers name themselves is told again beside what is given', () => {
    const source = 'Bikes are not carried between 16:00 and 19:00.';
    const said = 'I want to take my bike on the 17.40 today.';
    expect(passes({ source, said, sentence: 'So the train at 17:40 will not take it.' })).toBe(true);
    expect(passes({ source, said, sentence: 'So the train at 17:50 will take it.' })).toBe(false);
    expect(passes({ source, said, sentence: 'You cannot do that before 19:00 today.' })).toBe(true);
    expect(passes({ source, said, sentence: 'We will refund you today.' })).toBe(false);
  });
});

describe('with somebody who vouches for a sentence, and has reckoned', () => {
  test.each<[string, Case]>([
    [
      'with a share that has no exact fraction',
      {
        source: 'The fee is 2.9% of each transfer.',
        said: 'I want to move £2,000.',
        sums: ['2000 * 0.029 = 58'],
        sentence: 'You owe £58.',
      },
    ],
    [
      'with a share behind a currency, an amount in pence, and the rate of a result',
      {
        source: 'Fees: GBP to EUR 0.45% + £0.30; GBP to USD 0.60% + £0.30',
        said: 'sending £800',
        sums: ['800 * 0.0045 + 0.30 = 3.90'],
        sentence: 'You owe £3.90.',
      },
    ],
    [
      'at a rate between currencies',
      {
        source: { send: '2000.00 EUR', fee: '9.20 EUR', rate: '1 EUR = 4.2650 PLN' },
        said: 'how much will land?',
        sums: ['2000 - 9.20 = 1990.80', '1990.80 * 4.2650 = 8490.76'],
        sentence: 'What arrives costs you nothing more and is 8,490.76 PLN.',
      },
    ],
    [
      'for as many as are listed',
      {
        source: 'Adults pay £18, seniors £15.',
        said: 'me, my wife and my dad',
        sums: ['2 * 18 + 15 = 51'],
        sentence: 'You owe £51: £18 each for you and your wife, and £15 for your dad.',
      },
    ],
    [
      'for all but the first',
      {
        source: 'The first floor costs £39. Each floor above the first adds £12.',
        said: 'It is on the 3rd floor.',
        sums: ['39 + 2 * 12 = 63'],
        sentence: 'You owe £63.',
      },
    ],
    [
      'with thousands as customers write them',
      {
        source: 'Deposits are protected up to £85,000 per person.',
        said: 'I have 60k and she has 60k',
        sums: ['60000 + 60000 = 120000'],
        sentence: 'You have £120,000 there, and £85,000 is protected for each person.',
      },
    ],
    [
      'with a rate for each of some years',
      {
        source: 'We deduct 10% for each full year. We pay up to £500.',
        said: 'I paid £640, and have had it for 2 years.',
        sums: ['2 * 10 = 20', '640 - 0.20 * 640 = 512'],
        sentence: 'After 2 years we deduct 20%, so it is taken to be £512.',
      },
    ],
    [
      'in points for amounts',
      {
        source: 'Gold members earn 2 points per $1.',
        said: 'I spend $200, of which $50 is a gift card.',
        sums: ['200 - 50 = 150', '150 * 2 = 300'],
        sentence: 'You earn 300 points.',
      },
    ],
    [
      'with amounts of a result in pence',
      {
        source: { export_kwh: 1893, export_rate_pence_per_kwh: 15 },
        said: 'How much did you buy?',
        sums: ['1893 * 0.15 = 283.95'],
        sentence: 'That was worth roughly £284.',
        wrong: 'That was worth roughly £294.',
      },
    ],
    [
      'with what is left of an allowance, whose field has its unit, and with what is free',
      {
        source: { allowance_gb: 10, used_gb: 7.3, renews: '18 June' },
        said: 'How careful do I have to be?',
        sums: ['10 - 7.3 + 0 = 2.7'],
        sentence: 'You get 2.7 GB more until then.',
      },
    ],
    [
      'of a length that a result has in its name',
      { source: { width_cm: 218 }, said: 'Will it fit?', sentence: 'At 218 cm it can be carried upstairs by us.' },
    ],
  ])('it passes %s, and no other', (_what, one) => {
    expect(passes(one)).toBe(true);
    expect(passes(wrong(one))).toBe(false);
  });

  test('a code that the customer has is told on the way to what they pay', () => {
    const one: Case = {
      source: 'Delivery costs €4.90, and is free from €50 after discount codes.',
      said: 'my basket is €62 and I have a 20% code',
      sums: ['62 * 0.80 = 49.60', '49.60 + 4.90 = 54.50'],
      sentence: 'With 20% off, your basket comes to €49.60, so you pay €54.50 with delivery.',
    };
    expect(passes(one)).toBe(true);
    expect(passes({ ...one, sums: [] })).toBe(false);
    expect(passes({ ...one, sentence: one.sentence.replace('20', '30') })).toBe(false);
  });

  test('an amount is theirs that is changed, or that a price is matched with', () => {
    const rate = { pair: 'EUR/USD', rate: 1.052 };
    const said = '350 euros are left, and they have it for £139.99, you for £165.';
    const sums = ['350 * 1.052 = 368.20', '165 - 139.99 = 25.01'];
    expect(passes({ source: rate, said, sums, sentence: 'Your €350 comes to $368.20, which you get.' })).toBe(true);
    expect(passes({ source: rate, said, sums, sentence: 'Your €350 refund comes to you.' })).toBe(false);
    const match = 'We match a lower price of another shop.';
    expect(passes({ source: match, said, sums, sentence: 'That would save you £25.01.' })).toBe(true);
    expect(passes({ source: 'We sell jackets.', said, sums, sentence: 'That would save you £25.01.' })).toBe(false);
  });

  test('what they have paid is back where a source gives it back in full, and a limit of theirs is told again', () => {
    const said = 'It was £64, and my stop is at 310p.';
    const refund = 'In that case the unused ticket is refunded in full.';
    expect(passes({ source: refund, said, sentence: 'You get your £64 back.' })).toBe(true);
    expect(passes({ source: refund, said, sentence: 'You get your £65 back.' })).toBe(false);
    const order = 'It is dealt at the best price, which can be lower than your stop price.';
    expect(passes({ source: order, said, sentence: 'It may cost less than 310p then.' })).toBe(true);
    expect(passes({ source: order, said, sentence: 'It costs 310p then.' })).toBe(false);
  });

  test('hours of a result are how long something takes, where its name says no hours of the day', () => {
    const source: Source = { kind: 'tool', from: 'repair', version: 'c1', text: '{"turnaround_hours":"2-4"}' };
    const check = (sentence: string) => guard.check(sentence, { ...SEEN, sources: [source] }).action;
    expect(check('The turnaround is 2 to 4 hours.')).toBe('allow');
    expect(check('The turnaround is 2 to 5 hours.')).toBe('replace');
  });

  test('a share that a customer names may have no exact fraction', () => {
    const one: Case = {
      source: 'The fee is a share of the price.',
      said: 'my price is $2,000, and I was told 2.9',
      sums: ['2000 * 0.029 = 58'],
      sentence: 'At 2.9% of your price you owe $58.',
    };
    expect(passes(one)).toBe(true);
    expect(passes(wrong(one))).toBe(false);
  });

  test('a share that a customer names is told beside a limit, and is none that they get', () => {
    const source = 'Oak may be laid where the floor shows no more than 12% moisture.';
    const said = 'The meter says 14%.';
    expect(passes({ source, said, sentence: 'At 14% we will not lay it.' })).toBe(true);
    expect(passes({ source, said, sentence: 'You get 14% off.' })).toBe(false);
  });

  test('what a customer pays is theirs, what they get is not', () => {
    const source = 'You may claim 10% of the monthly fee.';
    const said = 'I pay 20 dollars.';
    expect(passes({ source, said, sentence: 'On your $20 plan the credits would be these:' })).toBe(true);
    expect(passes({ source, said, sentence: 'Your $20 credits would be these:' })).toBe(false);
  });
});
