import { describe, expect, test } from 'vitest';
import type { Quotations, Source, Verdict } from '../../src/agent/guard.ts';
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

/** The verdict on one sentence for which somebody has found `words`, each in its source. */
function withQuotes(sentence: string, words: [Source, string][], said: string[] = []): Verdict {
  const quotations: Quotations = new Map([[sentence, words.map(([source, quote]) => ({ source, words: quote }))]]);
  return guard.check(sentence, { ...SEEN, sources: [HELP, ORDER], said }, quotations);
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
    const quotations: Quotations = new Map([[held, [{ source: ORDER, words: 'hand to the neighbour' }]]]);
    const verdict = guard.check(text, { ...SEEN, sources: [HELP, ORDER] }, quotations);
    expect(verdict).toMatchObject({ action: 'replace', doubts: ['Your refund is 500 euros.'] });
    expect(verdict.upheld).toBe(`${held} | get_order: hand to the neighbour`);
    expect('text' in verdict && verdict.text).toContain(held);
  });
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

  test('is released where something is found for it, and withheld where nothing is', () => {
    const found = new Map([[sentence, [{ source: HELP, words: sentence }]]]);
    expect(each.check(sentence, seen, found)).toMatchObject({ action: 'allow', commitments: [{ start: 32 }] });
    const nothing = new Map([[sentence, []]]);
    expect(each.check(`Hello! ${sentence}`, seen, nothing)).toMatchObject({
      action: 'replace',
      reason: 'unsupported_price',
    });
    expect(guard.check(sentence, seen, nothing).action).toBe('allow');
  });
});
