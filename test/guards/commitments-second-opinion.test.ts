import { describe, expect, test } from 'vitest';
import type { Findings, Source, Verdict } from '../../src/agent/guard.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { passage, SEEN } from './play-guard.ts';

const guard = commitmentsGuard();
/** What its rules cannot know: that a machine is taken away means that it is picked up. */
const HELP = passage('Old machines are taken away for 25 euros. We open at nine. Deliveries on Sundays are 40 euros.');
const ORDER: Source = {
  kind: 'tool',
  from: 'get_order',
  version: 'c1',
  text: '{"items":2,"unit_price":30,"currency":"EUR","note":"hand to the neighbour"}',
};

type Found = { words: [Source, string][]; sums?: string[]; said?: string[]; commits?: boolean };

function findings(sentence: string, { words, sums = [], commits = true }: Found): Findings {
  return new Map([
    [sentence, { quotations: words.map(([source, quote]) => ({ source, words: quote })), sums, commits }],
  ]);
}

/** The verdict on one sentence for which somebody has found `words`, each in its source. */
function withQuotes(sentence: string, words: Found['words'], more: Omit<Found, 'words'> = {}): Verdict {
  const { said = [] } = more;
  return guard.check(sentence, { ...SEEN, sources: [HELP, ORDER], said }, findings(sentence, { words, ...more }));
}

const allowed = (...of: Parameters<typeof withQuotes>) => withQuotes(...of).action === 'allow';

test('a sentence that is withheld is told as it was written, once', () => {
  const first = 'Hello! ';
  const text = `${first}Scrapping your **old fridge** sets you back 19 euros, and 19 euros it stays. Bye.`;
  const verdict = guard.check(text, { ...SEEN, sources: [HELP] });
  expect(verdict).toMatchObject({
    action: 'replace',
    doubts: ['Scrapping your **old fridge** sets you back 19 euros, and 19 euros it stays.'],
  });
});

describe('with quotations', () => {
  test('is released with its evidence where the quotation has the figure', () => {
    const sentence = 'You pay 40 euros when the van comes at the weekend, on Sunday.';
    const verdict = withQuotes(sentence, [[HELP, 'Deliveries on Sundays are 40 euros.']]);
    expect(verdict.action).toBe('allow');
    expect('commitments' in verdict && verdict.commitments?.map(({ commitment }) => commitment.evidence.from)).toEqual([
      'help',
    ]);
  });

  test.each<[string, string, [Source, string][]]>([
    [
      'which stands elsewhere',
      'Old machines are taken away for 40 euros.',
      [[HELP, 'Old machines are taken away for 25 euros.']],
    ],
    ['of another unit', 'Scrapping your fridge is 25 dollars.', [[HELP, 'Old machines are taken away for 25 euros.']]],
    ['that nobody quotes', 'Scrapping your fridge is 19 euros.', [[HELP, 'We open at nine.']]],
    ['without any quotation', 'Scrapping your fridge is 19 euros.', []],
    ['without a word of it', 'We guarantee you a full refund of the fridge.', [[HELP, 'We open at nine.']]],
  ])('stays withheld with a figure or promise %s', (_what, sentence, quotes) => {
    expect(withQuotes(sentence, quotes).action).toBe('replace');
  });

  test('a promise without a figure is released by a quotation of the same', () => {
    const sentence = 'We guarantee that a neighbour will take it in.';
    expect(withQuotes(sentence, []).action).toBe('replace');
    expect(allowed(sentence, [[ORDER, 'hand to the neighbour']])).toBe(true);
  });

  test('the figure of a result may stand anywhere in it, since a cell has no unit of its own', () => {
    const sentence = 'Whatever you keep, each of them stays at 30 euros for ever.';
    expect(withQuotes(sentence, []).action).toBe('replace');
    expect(allowed(sentence, [[ORDER, '"unit_price":30']])).toBe(true);
  });

  test('a sentence of which one claim is found and another is not is withheld, and nothing is upheld', () => {
    const sentence = 'We guarantee that a neighbour will take it in, and you get a refund of 500 euros.';
    const verdict = withQuotes(sentence, [[ORDER, 'hand to the neighbour']]);
    expect(verdict).toMatchObject({ action: 'replace', doubts: [sentence] });
    expect(verdict.upheld).toBeUndefined();
  });

  test('a promise shares a word with what is quoted, not only with the rest of a result', () => {
    expect(allowed('We guarantee that a neighbour will take it in.', [[ORDER, '"currency":"EUR"']])).toBe(false);
  });

  test('one sentence is upheld and the next withheld', () => {
    const held = 'We guarantee that a neighbour will take it in.';
    const text = `${held} Your refund is 500 euros.`;
    const found = findings(held, { words: [[ORDER, 'hand to the neighbour']] });
    const verdict = guard.check(text, { ...SEEN, sources: [HELP, ORDER] }, found);
    expect(verdict).toMatchObject({ action: 'replace', doubts: ['Your refund is 500 euros.'] });
    expect(verdict.upheld).toBe(`${held} | get_order: hand to the neighbour`);
    expect('text' in verdict && verdict.text).toContain(held);
  });
});

describe('with sums', () => {
  const FARES = passage(
    'A night is 40 euros, and 15% less for members. One dog is 12 euros a night. Members earn 10 points per euro. Cancel 14 days before arrival. The fee is 20 euros from 100 euros on.',
  );
  const saying = (sentence: string, quote: string, more: Omit<Found, 'words'> = {}) =>
    guard.check(
      sentence,
      { ...SEEN, sources: [FARES], said: more.said ?? [] },
      findings(sentence, { words: [[FARES, quote]], ...more }),
    ).action === 'allow';
  const NIGHT = 'A night is 40 euros, and 15% less for members. One dog is 12 euros a night.';

  test.each<[string, string, string, Omit<Found, 'words'>]>([
    [
      'of what is quoted and what the customer has said',
      'Altogether you owe 162 euros.',
      NIGHT,
      { sums: ['3 * (40 * 85% + 12) + 2 * 12 = 162'], said: ['We are three nights there, with 2 dogs on the last.'] },
    ],
    ['with a constant', 'By the year you owe 14600 euros.', NIGHT, { sums: ['365 * 40'] }],
    [
      'that builds on another',
      'Altogether you owe 138 euros.',
      NIGHT,
      { sums: ['40 * 0.85 + 12 = 46', '46 * 3 = 138'], said: ['3 nights'] },
    ],
    [
      'that is rounded as it says',
      'Altogether you owe around 140 euros.',
      NIGHT,
      { sums: ['3 * 46 = 138'], said: ['3 nights at 46'] },
    ],
    [
      'of points for money',
      'You end up with 4,000 points.',
      'Members earn 10 points per euro.',
      { sums: ['400 * 10'], said: ['I spend 400 euros'] },
    ],
  ])('a figure is released that comes from one %s', (_what, sentence, quote, more) => {
    expect(saying(sentence, quote, more)).toBe(true);
    expect(saying(sentence, quote, { ...more, sums: [] })).toBe(false);
  });

  test.each<[string, string, Omit<Found, 'words'>]>([
    ['comes to something else', 'Altogether you owe 139 euros.', { sums: ['3 * 46 = 139'], said: ['3 nights at 46'] }],
    ['has a number that nobody gave', 'Altogether you owe 69 euros.', { sums: ['40 + 29'] }],
    ['adds a count to an amount', 'Altogether you owe 42 euros.', { sums: ['40 + 2'], said: ['for 2 hours'] }],
    ['is of another currency', 'Altogether you owe 120 dollars.', { sums: ['3 * 40'], said: ['3 nights'] }],
    ['multiplies amounts', 'Altogether you owe 1600 euros.', { sums: ['40 * 40'] }],
    [
      'is made of anything, for a share',
      'You save 83%.',
      { sums: ['40 + 43', '100 - 17', '83 * 1'], said: ['43 and 17 and 83'] },
    ],
    ['is made of counts, for a time', 'It takes you 43 weeks.', { sums: ['40 + 3'], said: [] }],
    [
      'gives customers what they name',
      'Altogether you owe 5 euros.',
      { sums: ['40 - 35'], said: ['I pay 5 euros and not 35.'] },
    ],
    [
      'gives back their own amounts',
      'You get a refund of 500 euros.',
      { sums: ['250 * 2'], said: ['I want 250 for each of the 2.'] },
    ],
    ['is none', 'Altogether you owe 69 euros.', { sums: ['69', '=', '(40 + 29', '40 +', '9'.repeat(300)] }],
  ])('one that %s upholds nothing', (_what, sentence, more) => {
    expect(saying(sentence, NIGHT, more)).toBe(false);
  });

  test('a day is counted from one that the customer has named', () => {
    const sentence = 'So be sure to tell us by 17 August.';
    const quote = 'Cancel 14 days before arrival.';
    expect(saying(sentence, quote, { said: ['We come on 31 August.'] })).toBe(true);
    expect(saying(sentence, quote, { said: ['We come on 30 August.'] })).toBe(false);
  });

  test.each<[string, string, string[], string[]]>([
    ['a day worked out', 'So do it by 16 June.', ['I leave on 18 June, and need 2 days.'], ['18 - 2 = 16']],
    [
      'a time between two hours',
      'After 26 hours you pay 20 euros.',
      ['It began yesterday at 6pm, and now it is 8pm.'],
      [],
    ],
    ['a time that is said twice', 'For three months. It moves by the same three months.', ['For 3 months?'], []],
  ])('%s from what the customer has named is released', (_what, text, said, sums) => {
    const sentence = text.split('. ').at(-1) ?? '';
    const words: [Source, string][] = [[FARES, 'The fee is 20 euros from 100 euros on.']];
    const seen = { ...SEEN, sources: [FARES], said };
    expect(guard.check(text, seen, findings(sentence, { words, sums })).doubts ?? []).not.toContain(sentence);
    expect(guard.check(sentence, { ...seen, said: [] }, findings(sentence, { words, sums })).action).toBe('replace');
  });

  test('figures are read as they are written: a floor, the end of a year, a side, what is back in full, what would be otherwise', () => {
    const source = passage(
      'Carrying costs 10 euros a floor. Vouchers hold for three years from the end of the year. Size L is up to 41x38x64 cm. You get a full refund of what it was. A freeze is 5 euros a month.',
    );
    const check = (sentence: string, said: string, sums: string[] = []) =>
      guard.check(
        sentence,
        { ...SEEN, sources: [source], said: [said] },
        findings(sentence, { words: [[source, source.text]], sums }),
      ).action;
    const all: [string, string, string[]][] = [
      ['Altogether you owe 30 euros.', 'I live on the 3rd floor.', ['3 * 10 = 30']],
      ['So you may use it until the end of 2027.', 'I got it in January 2024.', ['2024 + 3 = 2027']],
      ['The biggest is 41 x 38 x 64 cm.', '', []],
      ['In that case you get your 15 euros refunded.', 'I gave 15 euros.', []],
      ['You owe 5 euros a month rather than 42 euros.', 'I pay 42 euros.', []],
      ['You keep your monthly 42 euros.', 'I pay 42 euros.', []],
    ];
    for (const [sentence, said, sums] of all) {
      expect([sentence, check(sentence, said, sums)]).toEqual([sentence, 'allow']);
      const wrong = sentence.replace(/(\d)(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
      expect([wrong, check(wrong, said, sums)]).toEqual([wrong, 'replace']);
    }
  });

  test('an amount without its currency counts where the text says it once for all', () => {
    const prices = passage('First day 18.00, each further day 11.00 (EUR).');
    const check = (sentence: string, words = prices.text) =>
      guard.check(
        sentence,
        { ...SEEN, sources: [prices], said: ['For 5 days?'] },
        findings(sentence, { words: [[prices, words]], sums: ['18 + (5 - 1) * 11 = 62'] }),
      ).action;
    expect(check('Altogether you owe 62 euros.')).toBe('allow');
    expect(check('At the start you owe 18 euros.')).toBe('allow');
    expect(check('At the start you owe 19 euros.')).toBe('replace');
  });

  test('a figure of the customer’s stands beside one of the quotation, and is nothing that they get', () => {
    const said = ['My bill was 130 euros. I arrive on the 9th.'];
    const quote = 'The fee is 20 euros from 100 euros on.';
    expect(saying('With 130 euros you are past that, hence the 20 euros.', quote, { said })).toBe(true);
    expect(saying('With 131 euros you are past that, hence the 20 euros.', quote, { said })).toBe(false);
    expect(saying('You get a refund of 130 euros, less 20 euros.', quote, { said })).toBe(false);
  });
});

describe('an amount that the customer has named', () => {
  const source = passage('The fee is 20 euros. Refunds are paid within 5 days. Your plan can be changed.');
  const check = (sentence: string, sums: string[] = []) =>
    guard.check(
      sentence,
      { ...SEEN, sources: [source], said: ['I want 500 euros, or twice 250.'] },
      findings(sentence, { words: [[source, source.text]], sums }),
    ).action;

  test.each([
    'You get 500 euros, and the 20 euros fee stays.',
    'You get your 500 euros.',
    'We credit you 500 euros, less the 20 euros.',
    'We pay you 500 euros within 5 days.',
    'You receive a voucher of 500 euros after 5 days.',
    'We compensate you with 500 euros within 5 days.',
    'We will send you your 500 euros.',
    'The discount is 500 euros, and the fee 20 euros.',
    'We knock 500 euros off within 5 days.',
    'Your credit of 500 euros arrives within 5 days.',
    'We transfer 500 euros to you within 5 days.',
    'You get 500 euros, which is over the 20 euros.',
    'Your 500 euros comes to you within 5 days.',
    'You get a refund for the 500 euros within 5 days.',
    'We pay you from the 500 euros within 5 days.',
  ])('is not given for that, whoever vouches for it: %s', (sentence) => {
    expect(check(sentence, ['2 * 250 = 500'])).toBe('replace');
    expect(guard.check(sentence, { ...SEEN, sources: [source], said: ['I want 500 euros.'] }).action).toBe('replace');
  });

  test('may be told again as what it is', () => {
    expect(check('On an order of 500 euros the fee is 20 euros.')).toBe('allow');
  });
});

describe('a sentence that is read as talk', () => {
  const talk = (sentence: string, said: string[] = []) => withQuotes(sentence, [], { commits: false, said });

  test('is released where only a verb promises, or the time is the customer’s own', () => {
    const sentence = 'They will enjoy having each other for company!';
    expect(withQuotes(sentence, []).action).toBe('replace');
    expect(talk(sentence)).toMatchObject({ action: 'allow', upheld: `${sentence} | promises nothing` });
    expect(talk('26 hours, how awful for you.', ['We were 26 hours late!']).action).toBe('allow');
    expect(talk('26 hours, how awful for you.').action).toBe('replace');
  });

  test.each(['You get a refund.', 'We guarantee that it works.', 'It is 9 euros.', 'Delivery is free of charge.'])(
    'stays withheld where it commits: %s',
    (sentence) => {
      expect(talk(sentence, ['9 euros?']).action).toBe('replace');
    },
  );
});

describe('asked of each sentence that commits', () => {
  const each = commitmentsGuard({ asks: 'each' });
  const seen = { ...SEEN, sources: [HELP] };
  const sentence = 'Old machines are taken away for 25 euros.';

  test('one that the rules let pass is told as well, and passes while nobody has answered', () => {
    expect(each.check(`Hello! ${sentence} Anything else?`, seen)).toMatchObject({
      action: 'allow',
      doubts: [sentence],
    });
    expect(guard.check(sentence, seen).doubts ?? []).toEqual([]);
  });

  test.each(['Students get it for 175.', 'Until it is found you have 150 a day without receipts.'])(
    'also of a number that has no unit: %s',
    (number) => {
      expect(each.check(number, seen)).toMatchObject({ action: 'allow', doubts: [number] });
      expect(each.check(number, seen, findings(number, { words: [] })).action).toBe('replace');
    },
  );

  test('is released where something is found for it, and withheld where nothing is', () => {
    const found = findings(sentence, { words: [[HELP, sentence]] });
    expect(each.check(sentence, seen, found)).toMatchObject({ action: 'allow', commitments: [{ start: 32 }] });
    expect(each.check(sentence, seen, findings(sentence, { words: [], commits: false })).action).toBe('allow');
    const nothing = findings(sentence, { words: [] });
    expect(each.check(`Hello! ${sentence}`, seen, nothing)).toMatchObject({
      action: 'replace',
      reason: 'unsupported_price',
    });
    expect(guard.check(sentence, seen, nothing).action).toBe('allow');
  });
});

describe('where somebody who is asked of each sentence decides', () => {
  const trusting = commitmentsGuard({ asks: 'each', trusts: true });
  const seen = { ...SEEN, sources: [HELP] };
  const sentence = 'Altogether you owe 90 euros.';
  const decided = (found: Omit<Found, 'said'>) => trusting.check(sentence, seen, findings(sentence, found));

  test('what they quote for it counts, whatever its figure, and nothing else', () => {
    const verdict = decided({ words: [[HELP, 'Deliveries on Sundays are 40 euros.']] });
    expect(verdict).toMatchObject({ action: 'allow', commitments: [{ commitment: { evidence: { from: 'help' } } }] });
    expect(verdict.upheld).toBe(`${sentence} | help: Deliveries on Sundays are 40 euros.`);
    expect(decided({ words: [], commits: false }).action).toBe('allow');
    expect(decided({ words: [] }).action).toBe('replace');
  });

  test('while nobody has answered the rules decide', () => {
    expect(trusting.check(sentence, seen)).toMatchObject({ action: 'replace', doubts: [sentence] });
  });
});
