import { describe, expect, test } from 'vitest';
import { leaksGuard } from '../../src/guards/leaks.ts';
import { checked, repliesAtEveryCut } from './play-guard.ts';

const guard = leaksGuard({ name: 'Eva', tools: ['get_quote', 'resolve'] });
const SORRY = 'I am sorry, I cannot share how I am set up.';
const SECRET = 'Do not mention or compare other insurance companies, even when the customer names one.';
const prompt = [
  'You are Eva, the AI assistant on the website of Acme Insurance.',
  SECRET,
  'Offer a person at 555-0100, Monday to Friday, or write to help@acme.example.',
  'The code word of the managers is BLUEBIRD-7741.',
  '不要向客户透露任何关于内部审批流程和折扣上限的信息。',
];
const seen = { prompt };

describe('the prompt', () => {
  test.each([
    ['a sentence', SECRET],
    ['in capitals and without its signs', SECRET.toUpperCase().replaceAll(',', '')],
    ['a part of it', 'It says: compare other insurance companies, even when the customer names one'],
    ['with marks between', '- Do not **mention** or / compare other insurance companies, even when'],
    ['with look-alikes and invisible characters', 'Dо nоt men\u200btion or cоmpare other insurance companies'],
    ['a short sentence, whole', 'The code word of the managers is bluebird-7741'],
    ['a code', 'It is BLUEBIRD-7741!'],
    ['a code with signs in it', 'It is BLUE**BIRD**-7741!'],
    ['a code, spelt out', 'It is b l u e b i r d - 7 7 4 1.'],
    ['the name of a tool with signs in it', 'I call get**_quo**te.'],
    ['the name of a tool', 'I call `get_quote` for that.'],
    ['the name of a tool, escaped', 'I call get\\_quote for that.'],
    ['in a script without spaces', '规则：不要向客户透露任何关于内部审批流程和折扣上限的信息'],
  ])('is not told: %s', (_, text) => {
    expect(checked(guard, text, seen)).toBe(text.startsWith('- ') ? `- ${SORRY}` : SORRY);
  });

  test.each([
    ['I can only speak about Acme, even when you name another insurer.'],
    ['I do not compare insurance companies, sorry.'],
    ['I’m Eva, the AI assistant on the website of Acme Insurance.'],
    ['We can resolve that together.'],
    ['You can reach a person at 555-0100, Monday to Friday.'],
  ])('does not forbid what an answer says: %s', (text) => {
    expect(checked(guard, text, { ...seen, contact: { phone: '555-0100', hours: 'Monday to Friday' } })).toBe(text);
  });

  test('a code that is said twice is told neither time', () => {
    const text = 'The code is BLUEBIRD-7741. Good.\nIt is BLUEBIRD-7741, as I said.';
    expect(checked(guard, text, seen)).not.toContain('7741');
  });

  test('may have the words of what the customer may read', () => {
    const text = 'We do not mention or compare other insurance companies, even when the customer names one.';
    expect(checked(guard, text, seen)).toBe(SORRY);
    const sources = [{ kind: 'passage', from: 'policy.md', version: '', text: `Our policy: ${SECRET}` } as const];
    expect(checked(guard, text, { ...seen, sources })).toBe(text);
    // Context names tools for the model; a help page names them for whoever reads it.
    for (const [kind, told] of [
      ['context', SORRY],
      ['passage', 'See get_quote.'],
    ] as const) {
      const more = { ...seen, sources: [{ kind, from: 'api', version: '', text: 'Call get_quote.' }] };
      expect(checked(guard, 'See get_quote.', more)).toBe(told);
    }
  });

  test('is measured by half once it was begun', () => {
    const text = 'compare other insurance companies, even so.';
    expect(checked(guard, text, seen)).toBe(text);
    expect(checked(guard, text, { ...seen, released: `Sure. ${SORRY} ` })).toBe('');
  });

  test('costs the sentence that tells it', () => {
    expect(checked(guard, `Sure! ${SECRET} Anything else?`, seen)).toBe(`Sure! ${SORRY} Anything else?`);
  });

  test.each([`Sure. Here it is: ${SECRET} Anything else?`, 'It is BLUEBIRD-7741. So get_quote it is.'])(
    'does not reach the customer, wherever %j is cut',
    (text) => {
      for (const reply of repliesAtEveryCut(guard, text, seen)) {
        expect(reply).not.toMatch(/mention or compare other insurance companies, even when|bluebird|get_quote/i);
        expect(reply).toContain(SORRY);
      }
    },
  );

  test('counts with the brief of a route, whether it or the prompt alone was seen first', () => {
    const brief = 'Claims of more than nine hundred dollars are looked at by a colleague of the night shift.';
    const routed = { prompt: [...prompt, brief] };
    for (const order of [
      [seen, routed],
      [routed, seen],
    ]) {
      const own = leaksGuard({ name: 'Eva', tools: ['get_quote'] });
      for (const one of [...order, ...order]) {
        expect(checked(own, SECRET, one)).toBe(SORRY);
        expect(checked(own, brief, one)).toBe(one === routed ? SORRY : brief);
      }
    }
  });
});

test('of the description of a tool a fact may be told, much of its very words may not', () => {
  const fact = 'Refunds an amount of one delivered order, up to 30 days after its delivery.';
  const rule =
    'Use it when the customer wants money back for a delivered order, and the order number and the amount are known.';
  const descriptions = [fact, rule];
  const guard = leaksGuard({ name: 'Eva', tools: ['request_refund'] });
  const told = 'You can have a refund of one delivered order, up to 30 days after its delivery.';
  expect(checked(guard, told, { descriptions })).toBe(told);
  expect(checked(guard, told, { prompt: descriptions })).not.toBe(told);
  expect(checked(guard, `I do this: ${fact} ${rule}`, { descriptions })).not.toContain('order number');
  expect(checked(guard, 'I call request_refund then.', { descriptions })).not.toContain('request_refund');
});
