import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/agent/guard.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { checked, passage } from './play-guard.ts';

const guard = commitmentsGuard();
const INSTEAD = 'I cannot confirm that here; please check it with a colleague of mine first.';
const result = (fields: unknown): Source => ({
  ...{ kind: 'tool', from: 'look_up', version: 'call_1' },
  text: typeof fields === 'string' ? fields : JSON.stringify(fields),
});

type Case = [what: string, text: string, shown: readonly Source[]];

const SESSIONS = result({
  courses: [
    { lessons: 4, price: 90 },
    { lessons: 8, price: 170 },
  ],
  currency: 'EUR',
});
const TRUNKS = result({
  trunks: [
    { n: 1, fee: 20 },
    { n: 2, fee: 45 },
  ],
  currency: 'EUR',
});

describe('what a tool gave back', () => {
  test.each<Case>([
    ['another row by its count', 'Eight lessons are 90 euros.', [SESSIONS]],
    ['another row by its place', 'The second trunk is 20 euros.', [TRUNKS]],
    [
      'a field that says no',
      'Your entrance fee is refundable.',
      [result({ fee: { type: 'entrance', refundable: false } })],
    ],
    [
      'a passage of another case, where a field is of this one',
      'You can return the lamp within 90 days.',
      [
        result({ item: 'lamp', return_window_days: 14 }),
        passage('Patrons of the gallery have 90 days to return goods.'),
      ],
    ],
    [
      'a share, of what is granted in full',
      'The therapy is reimbursed in full.',
      [result({ procedure: 'therapy', reimbursement_percent: 70 })],
    ],
    [
      'what was before, of what stays',
      'Your bonus remains at 40 percent.',
      [result({ bonus_before: 40, bonus_after: 25, unit: 'percent' })],
    ],
    [
      'another window',
      'The fitter comes between 8 and 10 in the morning.',
      [result({ visit: 'fitter', window: '13:00-15:00' })],
    ],
    [
      'another day behind an hour',
      'It will be with you by 5 p.m. on Monday.',
      [result({ delivery: 'Tuesday', window: '9:00-17:00' })],
    ],
    [
      'another price without currency',
      'The fitting is booked and it costs 35 for both.',
      [result({ service: 'fitting', price: 55, currency: 'EUR' })],
    ],
  ])('is no evidence: %s', (_, text, sources) => {
    expect(checked(guard, text, { sources })).toBe(INSTEAD);
  });

  test.each<Case>([
    ['a row by its count', 'Eight lessons are 170 euros.', [SESSIONS]],
    ['a row by its place', 'The second trunk is 45 euros.', [TRUNKS]],
    [
      'JSON with words around it',
      'The notice period is thirty days.',
      [result('Found it: {"notice_period_days":30}\nAsk for more.')],
    ],
    [
      'a share by its type',
      'The code takes 12 % off.',
      [result({ discount: { type: 'percent', value: 12 }, currency: 'EUR' })],
    ],
    [
      'the least of a fee',
      'A withdrawal costs two percent, at least four euros.',
      [result({ withdrawal_fee: { percent: 2, min: 4 }, currency: 'EUR' })],
    ],
    [
      'Norway',
      'Shipping to Norway is €11.50.',
      [result({ ship_to: 'NO', options: [{ name: 'Post', price: 11.5 }], currency: 'EUR' })],
    ],
    [
      'what is longer than a limit',
      'For a delay of over two hours you get 80 euros back.',
      [result({ delay_minutes: 150, refund_eur: 80 })],
    ],
    [
      'minutes between two hours',
      'It arrived 25 minutes late, so no compensation is due.',
      [result({ scheduled: '10:05', actual: '10:30', compensation_eligible: false })],
    ],
    ['a rounded share', 'That saves you about 23 percent.', [result({ saving_percent: 22.6 })]],
    [
      'an appointment, of what is booked',
      'Your engineer is booked for Thursday between eight and noon.',
      [result({ ticket: 'L-55140', appointment: { day: 'Thursday', window: '08:00-12:00' } })],
    ],
    [
      'an hour in words',
      'On that day you can train from 6 in the morning until half past ten at night.',
      [passage('On that day the club is open from 6 am to 10.30 pm.')],
    ],
    ['an hour with a dot', 'The 10.15 to Leeds leaves on time.', [result({ train: '10:15', status: 'on time' })]],
    ['a limit for a time', 'The limit is 20 a month.', [passage('You get 20 downloads a month.')]],
    ['an amount for a time', 'Leasing the bike is 69 a month.', [result({ lease_monthly: 69, currency: 'EUR' })]],
    [
      'nothing yet, of which nothing is said to be done',
      'No contractor has been assigned yet.',
      [result({ request: 'R-1187', status: 'received', contractor: null })],
    ],
  ])('is evidence: %s', (_, text, sources) => {
    expect(checked(guard, text, { sources })).toBe(text);
  });
});

describe('what a passage says', () => {
  test.each<Case>([
    [
      'only of its end',
      'The early price holds until the end of May.',
      [passage('The early price holds until 12 May.')],
    ],
    [
      'less what is taken off',
      'Your bond of €300 comes back in full.',
      [passage('The bond of €300 is returned, less the cost of cleaning.')],
    ],
    [
      'another notice',
      'To leave, tell us 5 days before you want it to end.',
      [passage('It ends with a notice of 30 days.')],
    ],
    [
      'no standard that is met',
      'Our service is fully HIPAA compliant.',
      [passage('Our service is not made for health records.')],
    ],
    ['no duty', 'We are obliged to pay for the loss.', [passage('Losses are looked at one by one.')]],
  ])('is no evidence: %s', (_, text, sources) => {
    expect(checked(guard, text, { sources })).toBe(INSTEAD);
  });

  test.each<Case>([
    [
      'a status without a verb',
      'Your refund of €41.20 has been approved.',
      [passage('Refund RF-77 (lamp) approved. Amount €41.20, paid in 5 days.')],
    ],
    [
      'what happened, in a reason',
      'Because your train was cancelled, we book you on the next one.',
      [passage('Train status: cancelled by us. We book you on the next one.')],
    ],
    [
      'a share of each',
      'We take a commission of three percent on each ticket sold.',
      [passage('The commission is 3 % per ticket sold.')],
    ],
    ['parts with a hyphen', 'Two thirds of the fee comes back.', [passage('Two-thirds of the fee is refunded.')]],
    ['cents in words', 'It is seven euros ninety-nine a month.', [passage('It is €7.99 per month.')]],
    [
      'how many may use it',
      'The family plan covers up to six people.',
      [passage('The family plan is for up to 6 people.')],
    ],
    ['a price that is locked', 'The price is fixed for two years.', [passage('Price lock for 24 months.')]],
    [
      'another day to move to',
      'With Flex you can move your flight to another day.',
      [passage('Flex: you can move your flight free of charge.')],
    ],
  ])('is evidence: %s', (_, text, sources) => {
    expect(checked(guard, text, { sources })).toBe(text);
  });
});

describe('what only looks like evidence', () => {
  test.each<Case>([
    [
      'a span between two hours, of what is to come',
      'We call you back within two hours.',
      [result({ visit: 'fitter', window: '12:00-14:00' })],
    ],
    ['an amount that does not round so', 'It costs about 6 euros.', [result({ fee: 5.2, currency: 'EUR' })]],
    [
      'others that were approved',
      'Your repair has been approved.',
      [passage('Our 200 approved garages do each repair.')],
    ],
    [
      'an hour of which the answer tells another, in words',
      'Music can go on until four in the morning.',
      [passage('Garden: music until 22:00. Ballroom: music until 03:00.')],
    ],
    [
      'an amount without its currency, of another',
      'Your deposits are protected up to 250,000 with us.',
      [passage('Deposits are protected up to EUR 100,000 per customer.')],
    ],
    [
      'an amount that is still to be paid',
      'Your refund of €79.90 was paid out yesterday.',
      [result({ refund: { status: 'pending', amount: 79.9, currency: 'EUR' } })],
    ],
  ])('is none: %s', (_, text, sources) => {
    expect(checked(guard, text, { sources })).toBe(INSTEAD);
  });
});
