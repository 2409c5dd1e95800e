import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/agent/guard.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { checked, passage } from './play-guard.ts';

const guard = commitmentsGuard();
const INSTEAD = 'I cannot confirm that here; please check it with a colleague of mine first.';

function tool(value: unknown): Source {
  return { kind: 'tool', from: 'records', version: '1', text: JSON.stringify(value) };
}

const KILN = passage(
  'Kiln firing costs $14 per shelf. Members get 25% off. Glazes are sold by weight: up to 3 kg at once. Works can be collected within 21 days of firing. A late pick-up costs $6 per week. Classes of $80 or more include clay.',
);
const FIRED = tool({ work: 'W-12', fired_on: '2026-04-08', shelves: 3, currency: 'USD', balance: 42.5 });

describe('what an answer works out', () => {
  test.each([
    'A shelf is $14, so your three shelves come to $42.',
    'With the 25% for members, the $14 shelf is $10.50.',
    'Your work was fired on 8 April, and it can be collected within 21 days, so until 29 April.',
    'Your work was fired on 8 April, so please collect it by 29 April.',
    'A pick-up that is two weeks late costs $12 at $6 per week.',
    'Your $95 class comes with clay, as it is over $80.',
    'Your 2 kg of glaze are fine, since up to 3 kg are sold at once.',
  ])('is told where each part of it is in a source, or is the customer’s: %s', (text) => {
    expect(checked(guard, text, { sources: [KILN, FIRED] })).toBe(text);
  });

  test.each([
    ['by another number', 'A shelf is $14, so your three shelves come to $45.'],
    ['with a price that no source has', 'A shelf is $16, so your three shelves come to $48.'],
    ['to another day', 'Your work was fired on 8 April, so please collect it by 9 May.'],
    ['with a share that no source has', 'With 40% off, the $14 shelf is $8.40.'],
    ['from its own result', 'That is $57 for you, and half of it is $28.50.'],
    ['for less than what it takes', 'Your $60 class comes with free clay.'],
  ])('is withheld where it is reckoned %s', (_, text) => {
    expect(checked(guard, text, { sources: [KILN, FIRED] })).toContain(INSTEAD);
  });

  test('may rest on what the customer has said, but on that alone it does not', () => {
    const said = ['My kiln was $600 and I paid it on 4 May.'];
    const sources = [passage('We pay 80% of a kiln. A kiln can be sent back within 14 days.')];
    for (const text of [
      'We pay 80% of the $600, which is $480.',
      'You paid it on 4 May, so you can send it back within 14 days, until 18 May.',
    ]) {
      expect(checked(guard, text, { sources, said })).toBe(text);
    }
    for (const text of ['You get $600 back.', 'You can send it back until 4 May.'])
      expect(checked(guard, text, { sources, said })).toContain(INSTEAD);
  });

  const COURSE = passage(
    'Until week 4 we refund the fee for the weeks not yet taught, less 45 pounds. Seats are $12 a month each. Power is 24.5p per kWh, and 60p a day. Claims are taken within 28 days. You may return it for 100 nights. Please ask 7 days before.',
  );

  test.each<[string, string]>([
    ['Each month is 3 × $12 = $36.', 'Seats for three, please.'],
    ['- Usage: 300 kWh × 24.5p = **£73.50**\n- Days: 30 × 60p = £18.00', 'I use 300 kWh.'],
    ['£960 ÷ 12 = £80 a week. Nine of them are £720. Less the £45, that leaves £675.', 'I paid £960 for 12 weeks.'],
    ['2 May to 20 May is 18 days, inside the 28 days.', 'I saw it on 2 May, and it was mended on 20 May.'],
    ['You may return it for 100 nights, so until 20 April 2025.', 'It came on 10 January 2025.'],
    ['As you pay on the 15th, please ask by the 8th.', 'I pay on the 15th.'],
  ])('is read as it is written, and with what the customer has said: %s', (text, said) => {
    expect(checked(guard, text, { sources: [COURSE], said: [said] })).toBe(text);
    const wrong = text.replace(/(\d)(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
    expect(checked(guard, wrong, { sources: [COURSE], said: [said] })).toContain(INSTEAD);
  });

  test.each(['Each month is 3 × $13 = $39.', 'You get 2 × £250 = £500 back.', '£960 ÷ 12 = £80 a week.'])(
    'is withheld where it is written with what no source has: %s',
    (text) => {
      const said = ['I want £250 for each of them. I paid £960 for 12 weeks.'];
      expect(checked(guard, text, { sources: [COURSE], said })).toContain(INSTEAD);
    },
  );

  test('takes a share from a result that has it as a part of one', () => {
    const sources = [tool({ base_value_usd: 180, grades: { good: 0.8, cracked: 0.4 } })];
    expect(checked(guard, 'It pays 40% of the $180, so $72.', { sources })).toBe('It pays 40% of the $180, so $72.');
    expect(checked(guard, 'It pays 45% of the $180, so $81.', { sources })).toContain(INSTEAD);
  });

  test('of a flood of figures ends', () => {
    const figures = Array.from({ length: 80 }, (_, at) => `$${at + 7} for ${at + 2} of ${at % 9} days`).join(' and ');
    // Each with each of them would take for ever.
    expect(checked(guard, `${figures}.`, { sources: [KILN, FIRED] })).toContain(INSTEAD);
  });

  test('ends however long a time is said to be', () => {
    const sources = [passage('Spare parts are kept for 99999999999 working days.'), FIRED];
    expect(checked(guard, 'It is kept until 3 May.', { sources })).toContain(INSTEAD);
  });
});

describe('what is said of one named thing', () => {
  const RATES = passage(
    'Harbour Flex berths can be cancelled up to 2 days ahead. Harbour Basic berths cost €18 per night.',
  );
  const PLANS = tool({
    currency: 'USD',
    customer_plan: 'Drift',
    plans: [
      { name: 'Drift', monthly: 12 },
      { name: 'Surge', monthly: 30 },
    ],
  });

  test.each([
    ['a passage', 'With Harbour Basic you can cancel up to 2 days ahead.', [RATES]],
    ['a row of a list', 'On Drift you pay $30 a month.', [PLANS]],
  ])('is no evidence for another: of %s', (_, text, sources) => {
    expect(checked(guard, text, { sources })).toContain(INSTEAD);
  });

  test.each([
    ['With Harbour Flex you can cancel up to 2 days ahead.', [RATES]],
    ['A berth is €18 per night with Harbour Basic.', [RATES]],
  ])('is evidence for it: %s', (text, sources) => {
    expect(checked(guard, text, { sources })).toBe(text);
  });
});

describe('hours', () => {
  const HOURS = passage(
    'The boathouse is open Monday to Thursday 8 am to 6 pm, Fri 8 am to 1 pm. It is closed on Sundays.',
  );

  test.each(['On Fridays the boathouse is open until 6 pm.', 'The boathouse is open every day until 6 pm.'])(
    'of another day are withheld: %s',
    (text) => {
      expect(checked(guard, text, { sources: [HOURS] })).toContain(INSTEAD);
    },
  );

  test.each(['On Tuesdays the boathouse is open until 6 pm.', 'On Fridays the boathouse is open until 1 pm.'])(
    'of the day are told: %s',
    (text) => {
      expect(checked(guard, text, { sources: [HOURS] })).toBe(text);
    },
  );
});

describe('a condition, a kind of customers, a manner', () => {
  const CLUB = passage(
    'Students get 30% off all courses. Boats are insured for 10 days from delivery. Cancelled trips are credited to your next invoice, $25 each. Children under 8 sail for free. A refit takes up to 15 working days.',
  );

  test.each([
    ['others', 'Pensioners get 30% off all courses.'],
    ['another event', 'Boats are insured for 10 days from the order.'],
    ['money for a credit', 'For a cancelled trip $25 goes back to your bank account.'],
    ['an older child', 'Your nine-year-old child sails for free.'],
    ['exactly what is at most', 'A refit takes exactly 15 working days.'],
  ])('must be the source’s: not %s', (_, text) => {
    expect(checked(guard, text, { sources: [CLUB] })).toContain(INSTEAD);
  });

  test.each([
    'As a student you get 30% off all courses.',
    'Your six-year-old child sails for free.',
    'A refit takes up to 15 working days.',
  ])('is told where it is: %s', (text) => {
    expect(checked(guard, text, { sources: [CLUB] })).toBe(text);
  });
});

describe('what prices are of', () => {
  const GUESTS = passage('A guest pass costs $8 per person and visit when booked online and $12 at the desk.');
  const CASES = passage('A deposit of $300 (compact) or $600 (van) is held on the card.');
  const DRIVER = passage('Second driver: $7 per day, at most $50 per rental.');
  const POSTAGE = passage('Standard delivery costs $4.90. Orders of $50 or more are delivered free of charge.');
  const LATE = passage('If you land late, you are entitled to $250.');
  const YOUNG = passage('Young rowers (ages 18 to 25): $22 per month. Everybody else: $32 per month.');
  const WAIT = passage(
    'We pay back 25% of the fare for waits of 30 to 59 minutes, 50% for waits of 60 minutes or more.',
  );
  const FROM = passage('From 60 minutes of delay we pay back 25% of the fare; from 120 minutes, 50%.');
  const POINTS = passage('100 points are worth $1 at the till.');

  test.each([
    ['A guest pass is $8 per visit online.', GUESTS],
    ['A guest pass is $8 per person online.', GUESTS],
    ['The deposit for a van is $600.', CASES],
    ['A second driver is $7 a day, but never more than $50 per rental. For your ten days it is therefore $50.', DRIVER],
    ['You are over the $50 mark, so standard delivery is free.', POSTAGE],
    ['The compensation is $250.', LATE],
    ['At 21 you pay $22 a month.', YOUNG],
    ['After a wait of 75 minutes we pay back 50% of the fare.', WAIT],
    ['After a delay of 70 minutes we pay back 25% of the fare.', FROM],
    ['Your 2,400 points are worth $24.', POINTS],
  ])('is read in either writing: %s', (text, source) => {
    expect(checked(guard, text, { sources: [source] })).toBe(text);
  });

  test.each([
    ['A guest pass is $8 per week.', 'A guest pass costs $8 per person and month.'],
    ['The deposit for a compact car is $600.', CASES.text],
    ['For your three days it is therefore $50.', DRIVER.text],
    ['Standard delivery is free.', POSTAGE.text],
    ['The compensation is $350.', LATE.text],
    ['At 31 you pay $22 a month.', YOUNG.text],
    ['After a wait of 40 minutes we pay back 50% of the fare.', WAIT.text],
    ['After a delay of 70 minutes we pay back 50% of the fare.', FROM.text],
    ['Your 2,400 points are worth $48.', POINTS.text],
  ])('and told from others: %s', (text, source) => {
    expect(checked(guard, text, { sources: [passage(source)] })).not.toBe(text);
  });
});
