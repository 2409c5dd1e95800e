import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/agent/guard.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { checked, passage, repliesAtEveryCut, SEEN } from './play-guard.ts';

const guard = commitmentsGuard();
const INSTEAD = 'I cannot confirm that here; please check it with a colleague of mine first.';

const REFUNDS = [
  passage('Refunds\nItems can be returned within 30 days for a full refund. Refunds are paid within 5 business days.'),
];

describe('commitments', () => {
  test('are replaced where no source says the very same, and only their sentence', () => {
    const text = 'I see. You can return it within 90 days. What went wrong?';
    expect(checked(guard, text, { sources: REFUNDS })).toBe(`I see. ${INSTEAD} What went wrong?`);
    expect(checked(guard, 'You get $50 back.')).toBe(INSTEAD);
  });

  test('are released where one does, with what it is', () => {
    const text = 'You can return it within 30 days.';
    expect(guard.check(text, { ...SEEN, sources: REFUNDS })).toEqual({
      action: 'allow',
      commitments: [
        {
          start: 25,
          end: 32,
          commitment: {
            kind: 'deadline',
            text: '30 days',
            evidence: { kind: 'passage', from: 'help', version: '7' },
          },
        },
      ],
    });
  });

  test.each([
    ['another unit', 'The fee is 30 euros.', 'The fee is due in 30 days.'],
    ['another matter', 'You get a refund within 30 days.', 'You can exchange it within 30 days.'],
    ['a denial', 'You get a refund within 30 days.', 'There are no refunds within 30 days.'],
    ['a limit', 'You are guaranteed $1,500.', 'We pay up to $1,500.'],
    ['another product', 'The Pro plan costs $10.', 'The Basic plan costs $10. The Pro plan costs $20.'],
    ['another period', 'The Pro plan costs $20 a year.', 'The Pro plan costs $20 a month.'],
    ['the faster end of a range', 'It arrives in 3 days.', 'It arrives in 3 to 5 days.'],
    ['calendar days', 'The refund takes 5 days.', 'The refund takes 5 business days.'],
    ['another row', 'The Pro plan costs $10.', '| Plan | Price |\n| --- | --- |\n| Basic | $10 |\n| Pro | $20 |'],
    [
      'another part of its sentence',
      'A bag at the airport costs $35.',
      'A bag costs $35 online or $60 at the airport.',
    ],
    ['another year', 'The price holds until 31 December 2028.', 'The price holds until 31 December 2027.'],
    ['another time of day', 'Check-in is from noon.', 'Check-in is from 3 p.m.'],
    ['the opposite condition', 'You get 15 % off without a card.', 'With a card you get 15 % off.'],
    ['what it excludes', 'DVDs can be renewed.', 'Books can be renewed. DVDs cannot be renewed.'],
    ['a price', 'Express delivery is free.', 'Standard delivery is free. Express delivery costs $9.'],
    ['a possibility', 'We will compensate you.', 'We may compensate you.'],
  ])('are not supported by %s', (_, text, source) => {
    expect(checked(guard, text, { sources: [passage(source)] })).toBe(INSTEAD);
  });

  test.each([
    ['words for figures', 'Refunds take five working days.', 'Refunds take 5 business days.'],
    ['another unit of the same length', 'You have two weeks.', 'You have 14 days.'],
    ['another way to write an amount', 'It costs 1.240,00 EUR.', 'It costs €1,240.'],
    ['another language', 'El reembolso tarda cinco días hábiles.', 'Refunds are paid within 5 business days.'],
    ['a table', '| Pro | $20 |', '| Plan | Price |\n| Basic | $10 |\n| Pro | $20 |'],
  ])('are supported by the same in %s', (_, text, source) => {
    expect(checked(guard, text, { sources: [passage(source)] })).toBe(text);
  });

  test.each([
    'The thing that you have asked for: your claim is paid within 417 hours.',
    'And then we look at the thing that you have asked for your claim is paid within 417 hours.',
    'The cover that you asked for costs $9,246 a year.',
    'The discount which you requested is 83 %.',
    'I have credited $500 to your account... Is there anything else?',
    'The price is $9,246 a year.. Is there anything else?',
  ])('are seen behind what the customer has named, and before a question: %s', (text) => {
    expect(checked(guard, text)).toContain(INSTEAD);
  });

  test.each([
    'The order that you placed on 3 March is a big one.',
    'The refund of $50 that you asked for needs a colleague.',
    'You said that you have paid $45.',
    'The 30 % that you want are nothing that I can decide.',
    'I cannot give you a 50 % discount.',
    'You asked for a refund of $50; I cannot decide that.',
    'Did you order it more than 30 days ago?',
    'I will hand you over to a colleague.',
    'Please wait 30 seconds and restart it.',
    'Order A-1042 is a 2018 Camry; there are two options.',
    'Feel free to ask.',
    'It was a pleasure, do come back whenever you need us.',
    'We are here for you at any time.',
  ])('are not seen where nothing is promised: %s', (text) => {
    expect(checked(guard, text)).toBe(text);
  });

  const FARES = passage(
    'Nordline fares. Light fare: no changes, no refund. Open fare: change for €10 until 2 hours before departure. Bikes €9, or €20 with a trailer. Lockers €1, returned after use. Prices exclude VAT of 19%. Luggage is insured for 12 months if it is registered.',
  );
  const LIGHT = { kind: 'tool', from: 'booking', version: '1', text: '{"booking":"NL-1","fare":"Light"}' } as const;

  test.each([
    ['another thing’s figure', 'A bike with a trailer costs 9 euros.'],
    ['another fare than the customer’s', 'You can change it for 10 euros until two hours before departure.'],
    ['another fare than the one it names', 'With the Light fare you can change for €10.'],
    ['what it costs extra as included', 'A bike is 9 euros, VAT included.'],
    ['what holds under a condition as if it always did', 'It is insured for 12 months even if you never register it.'],
  ])('are replaced where a source says it of, or with, %s', (_, text) => {
    expect(checked(guard, text, { sources: [FARES, LIGHT] })).toBe(INSTEAD);
  });

  test.each([
    'Taking your bicycle along is nine euros.',
    'Uw fiets kost 9 euro.',
    'Registered luggage is insured for a year.',
    'You get the euro for the locker back after use.',
  ])('are released in other words: %s', (text) => {
    expect(checked(guard, text, { sources: [FARES, LIGHT] })).toBe(text);
  });

  const STORAGE = passage(
    'Storage rooms\nRent is taken on the 2nd and is due by the 9th; a reminder costs €4. A room that is not paid for is locked and is later cleared. A padlock that does not fit can put the move off for two days. Keys are cut within 3 further business days. Requests are decided within 5 business days. From 30 euros on, parts may be paid later. Whoever pays after the 12th is reminded. The return of keys by post is paid by us.',
  );

  test.each([
    'It is due by the 9th.',
    'Rent is taken on the 2nd and is due by the 9th.',
    'A room that is not paid for is locked and is later cleared.',
    'In short, a padlock that does not fit can put the move off for 2 days.',
    'Keys are cut within three further business days.',
    'Requests are decided within five business days.',
    'From 30 euros on may be paid later.',
    'If you pay by the 12th, nothing is sent.',
    'We pay the postage for the return of keys.',
  ])('are released where they tell back what a source says: %s', (text) => {
    expect(checked(guard, text, { sources: [STORAGE] })).toBe(text);
  });

  test.each([
    'It is due by the 19th.',
    'A padlock that does not fit can put the move off for 4 days.',
    'Keys are cut within two further business days.',
    'Requests are decided within four business days.',
    'Parts are paid for in May.',
    'A reminder is charged at 9.50.',
    'Nobody pays for a reminder.',
    'I will have the reminder taken off your bill.',
    'You get a 4 euro voucher.',
    'Whoever pays after the 20th is reminded.',
    'A locked room is refunded and is later cleared.',
  ])('are replaced where a source says nearly that: %s', (text) => {
    expect(checked(guard, text, { sources: [STORAGE] })).toBe(INSTEAD);
  });

  const SAILING = [
    passage(
      'The Crew pass includes 6 outings for $80 a month. The joining fee is $60, one time. Skipper courses can be refunded only if a doctor writes you off. A knife is required on board. Charters may be moved free of charge until 4 days before they begin. Outings on the lake are free. We pay deposits back within 10 days after we receive the key.',
    ),
    passage(
      'The Captain pass includes unlimited outings for $150 a month. Flags ship on 4 May. Lamps cost $12 plus VAT.',
    ),
  ];

  test.each([
    ['what is paid once', 'The joining fee is $60 a month.'],
    ['a condition', 'Skipper courses are refundable.'],
    ['what is required', 'You can come on board without a knife.'],
    ['days', 'Charters may be moved free of charge until the day before they begin.'],
    ['another plan in another passage', 'With the Crew pass you get unlimited outings.'],
    ['when a thing leaves', 'Your flags arrive on 4 May.'],
    ['what a time is counted from', 'The deposit is paid back within 10 days after you send the key.'],
    ['a tax', 'Lamps cost $12 including VAT.'],
    ['some of a kind', 'All outings are free.'],
    ['no part', 'You pay a third of the price.'],
    ['no such promise, behind its condition', 'If the mast breaks we will give you a new one.'],
    ['nothing that is sent', 'We will send you a spare sail.'],
  ])('are replaced where the sources tell of %s', (_, text) => {
    expect(checked(guard, text, { sources: SAILING })).toBe(INSTEAD);
  });

  test.each([
    'The joining fee is a one-off $60.',
    'If a doctor writes you off, the skipper course can be refunded.',
    'You need a knife on board.',
    'You can move a charter for free up to four days before it begins.',
    'With the Captain pass you get unlimited outings.',
    'Your flags ship on 4 May.',
    'Once we have received the key, the deposit is paid back within ten days.',
    'Lamps are 12 dollars plus VAT.',
  ])('are released where they tell it as it is: %s', (text) => {
    expect(checked(guard, text, { sources: SAILING })).toBe(text);
  });

  test('of a refund do not rest on what was paid', () => {
    const sources: Source[] = [
      { kind: 'tool', from: 'booking', version: '1', text: '{"booking":"SC-9","paid":"$312.00"}' },
    ];
    expect(checked(guard, 'You will get a refund of $312.00.', { sources })).toBe(INSTEAD);
    expect(checked(guard, 'You have paid $312.00.', { sources })).toBe('You have paid $312.00.');
  });

  test('are released where a tool says so in words', () => {
    const text = 'An order that is not packed yet is cancelled instead of refunded.';
    const refusal = { kind: 'tool', from: 'refund', version: '1', text: `Not possible: ${text}` } as const;
    expect(checked(guard, text, { sources: [refusal] })).toBe(text);
  });

  test('of so much without a unit need a source that has it', () => {
    const source = {
      kind: 'passage',
      from: 'offers',
      version: '1',
      text: 'You get a discount of 30 when you pay by the year.',
    } as const;
    const text = 'You get a discount of 30.';
    expect(checked(guard, text, { sources: [source] })).toBe(text);
    expect(checked(guard, text.replace('30', '47'), { sources: [source] })).toBe(INSTEAD);
  });

  test('of opening hours rest on the contact of the agent', () => {
    const text = 'Our hours are Monday to Friday, 9 AM to 5 PM.';
    const contact = { ...SEEN.contact, hours: 'Monday to Friday, 9:00 to 17:00' };
    expect(checked(guard, text, { contact })).toBe(text);
    expect(checked(guard, text.replace('5 PM', '6 PM'), { contact })).toBe(INSTEAD);
  });

  const BOATYARD = [
    passage(
      'Winter storage is €12 per night. The keel check is free until you sign for it; after that, it is €45. Moorings may be held for a minimum of 2 and a maximum of 5 months. You can leave the club at any time. The crane fee of €90 is not included in the berth price.',
    ),
    passage(
      'Late launch: 10-19 minutes: 20% of the fee back. 20-39 minutes: 60% of the fee back. 40 minutes or more: 80% of the fee back.',
    ),
    passage('Dinghies are dried within 6 hours. Hull cleaning takes 9 hours.'),
    passage('Blue passes are valid only on the inner jetty. The slipway is free on the first Monday of the month.'),
    passage('Hire on the Free plan has no radio. Members pay €8 per user per month. Deposits earn 2% per year.'),
  ];
  const BERTH: Source = {
    kind: 'tool',
    from: 'berth',
    version: '1',
    text: '{"berth":"B-204","wait_minutes":176,"extra_km_price":0.35,"price_ct_per_kwh":31.5,"cover_rate":0.7,"currency":"EUR","credit_balance":18.4,"held_until":"2027-12-31","crane_status":"not confirmed","late_fee_waived":false}',
  };

  test.each([
    ['another row of a graded list', 'For a launch that is 25 minutes late you get 20% of the fee back.'],
    ['another row of a graded list', 'For a launch that is 50 minutes late you get 60% of the fee back.'],
    ['another passage', 'Hull cleaning is done within 6 hours.'],
    ['one thing only', 'Blue passes are valid on every jetty.'],
    ['one day only', 'The slipway is free on Mondays.'],
    ['a month', 'Members pay €8 per user per year.'],
    ['a year', 'Deposits earn 2% per month.'],
    ['a price for one', 'The winter storage for three nights is €40.'],
    ['another year', 'The berth is held until the end of 2028.'],
    ['what was not done', 'I have confirmed the crane for you.'],
    ['what was not granted', 'The late fee has been dropped for you.'],
    ['no such length', 'The price holds for as long as you stay with us.'],
    ['no such choice', 'You can take the berth at any price you like.'],
  ])('are replaced where the sources tell of %s: %s', (_, text) => {
    expect(checked(guard, text, { sources: [...BOATYARD, BERTH] })).toBe(INSTEAD);
  });

  test.each([
    'For a launch that is 25 minutes late you get 60% of the fee back.',
    'Moorings may be held for anything from two to five months.',
    'A winter night is €12, so you would pay €36 for three nights.',
    'You can give up the club whenever you like.',
    'The crane fee of €90 comes on top.',
    'The wait was about three hours.',
    'Each extra kilometre is 35 cents.',
    'It is 31.5 cents per kWh.',
    'The cover rate is 70%.',
    "You're €18.40 in credit.",
    'The berth is held until the end of 2027.',
    "There's no radio on the Free plan.",
    'Members pay €8 per user per month.',
  ])('are released where it is so, in other words or reckoned: %s', (text) => {
    expect(checked(guard, text, { sources: [...BOATYARD, BERTH] })).toBe(text);
  });

  test('are withheld to their end, when a pause or a step has cut them', () => {
    const released = `Good news. ${INSTEAD}\n\n`;
    expect(checked(guard, 'of 47. Call us.', { released })).toBe('Call us.');
    expect(checked(guard, 'of forty-seven euros. Call us.', { released })).toBe('Call us.');
    for (const text of ['Berth 47 is yours.', 'eBay has 47 of them.', 'and that is all.'])
      expect(checked(guard, text, { released })).toBe(text);
  });

  test('are answered in the customer’s language, or as the folder says', () => {
    expect(checked(guard, 'Le devolvemos 50 euros.', { language: 'es-MX' })).toMatch(/^No puedo confirmarlo/);
    expect(checked(commitmentsGuard({ say: 'Better ask.' }), 'You get $50 back.')).toBe('Better ask.');
  });

  test.each([
    'Well. You get $1,240 back. Call us.',
    'So: we refund twelve hundred dollars.',
    'You save 1 2 4 0 dollars, and a full 50\u200b % of tax.',
  ])('never reach the customer, wherever %j is cut', (text) => {
    for (const reply of repliesAtEveryCut(guard, text)) {
      expect(reply).not.toMatch(/1,240 back|hundred dollars|1 2 4 0 dollars|50\u200b? %/);
      expect(reply).toContain(INSTEAD);
    }
  });
});
