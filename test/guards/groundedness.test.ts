import { describe, expect, test } from 'vitest';
import type { Seen, Source, Verdict } from '../../src/agent/guard.ts';
import { groundednessGuard } from '../../src/guards/groundedness.ts';
import { slowdown } from '../language/slowdown.ts';
import { repliesAtEveryCut, SEEN } from './play-guard.ts';

const guard = groundednessGuard({ threshold: 0.5, replace: false });
const replacing = groundednessGuard({ threshold: 0.5, replace: true });
const NOT_FOUND = 'I could not find this in our information.';

const RETURNS = `Sending something back
Goods from Acme Shop can be sent back within 30 days after delivery, without giving a reason. Engraved goods cannot be sent back. Sending back is free from Germany and Austria. From other countries, a return costs 6.90 euros, which are taken off the refund. Standard delivery takes 2 to 4 business days. Refunds of more than 100 euros are decided by a colleague. Express delivery costs 12.90 euros. The museum shop is closed on Mondays.`;

function seen(text = RETURNS, more: Partial<Seen> = {}): Seen {
  const source: Source = { kind: 'passage', from: 'returns.md', version: '1', text };
  return { ...SEEN, company: 'Acme Shop', sources: [source], ...more };
}

function reasonOf(verdict: Verdict): string | null {
  return verdict.action === 'mark' ? verdict.reason : null;
}

describe('groundedness', () => {
  test.each([
    ['You can send it back within 30 days of delivery.'],
    ['You have thirty days after delivery to return it.'],
    ['Returns are free from Germany and Austria.'],
    ['From anywhere else, a return costs €6.90, which we take off your refund.'],
    ['Standard delivery takes 2–4 business days.'],
    ["Engraved goods can't be returned."],
    ['The museum shop is not open on Mondays.'],
    ['Anything above 100 euros is decided by a colleague.'],
  ])('supported: %s', (text) => {
    expect(guard.check(text, seen())).toEqual({ action: 'allow' });
  });

  test.each([
    ['figure', 'You can send it back within 60 days of delivery.'],
    ['figure', 'You can send it back within 30 weeks of delivery.'],
    ['figure', 'From other countries, a return costs $6.90.'],
    ['figure', 'Express delivery costs 6.90 euros.'],
    ['figure', 'Standard delivery takes two to five business days.'],
    ['figure', 'The museum shop is closed on Sundays.'],
    ['contradicted', 'Engraved goods can be sent back.'],
    ['contradicted', 'Goods cannot be sent back after delivery.'],
    ['contradicted', 'The museum shop is open on Mondays.'],
    ['name', 'Sending back is free from Germany and Portugal.'],
    ['unsupported', 'Our loyalty programme rewards frequent shoppers with birthday surprises.'],
  ])('%s: %s', (reason, text) => {
    const verdict = guard.check(text, seen());
    expect(reasonOf(verdict)).toBe(reason);
    expect(verdict).toMatchObject({ places: [{ start: 0, end: text.length }], evidence: expect.any(String) });
  });

  test.each([
    ['Hello! How can I help you today?'],
    ['Could you tell me your order number?'],
    ['I am sorry, I do not have that information.'],
    ['You said that you bought a lamp for 80 euros.'],
    ['I will hand you over to a colleague who knows more about lamps.'],
    ['A colleague will answer you here as soon as they are free.'],
    ['Let me know whether you would like anything else.'],
    ['Here is what I found:'],
    ['Gracias por su paciencia.'],
    ['Ich kann Ihnen dabei leider nicht helfen.'],
  ])('states nothing: %s', (text) => {
    expect(guard.check(text, seen())).toEqual({ action: 'allow' });
  });

  test('what is confirmed is a fact', () => {
    expect(reasonOf(guard.check('I can confirm that you have 90 days to send it back.', seen()))).toBe('figure');
  });

  test('what the customer says is no evidence of a figure that the sources have otherwise', () => {
    const asked = { question: 'Can I return it within 60 days?', said: ['Can I return it within 60 days?'] };
    expect(reasonOf(guard.check('Yes, you can return it within 60 days.', seen(RETURNS, asked)))).toBe('figure');
    const own = { question: 'My order is A-1207.', said: ['My order is A-1207.'] };
    expect(guard.check('Goods of order A-1207 can be sent back.', seen(RETURNS, own))).toEqual({ action: 'allow' });
  });

  test('with nothing shown, a fact rests on nothing', () => {
    const verdict = guard.check('Yes, we deliver to Norway within five days.', { ...SEEN, sources: [] });
    expect(reasonOf(verdict)).toBe('no_source');
    expect(guard.check('How can I help you?', { ...SEEN, sources: [] })).toEqual({ action: 'allow' });
  });

  test('in another language than its sources, figures must agree and words need not', () => {
    const customer = { language: 'es' };
    expect(
      guard.check('Puede devolver los productos en un plazo de 30 días desde la entrega.', seen(RETURNS, customer)),
    ).toEqual({
      action: 'allow',
    });
    expect(reasonOf(guard.check('Puede devolver los productos en un plazo de 60 días.', seen(RETURNS, customer)))).toBe(
      'figure',
    );
  });

  test('data of a tool', () => {
    const order = seen('{"order":"A-1207","status":"shipped","total":"78.00","expected":"2026-03-06"}');
    expect(guard.check('Your order A-1207 has been shipped.', order)).toEqual({ action: 'allow' });
    expect(guard.check('It should arrive on March 6, and the total is €78.', order)).toEqual({ action: 'allow' });
    expect(reasonOf(guard.check('Your order A-1270 has been shipped.', order))).toBe('figure');
    expect(reasonOf(guard.check('It should arrive on March 16.', order))).toBe('figure');
  });

  test('marks the sentence only', () => {
    const text = 'Returns are free from Germany. You have 90 days. Anything else?';
    expect(guard.check(text, seen())).toMatchObject({ action: 'mark', places: [{ start: 31, end: 48 }] });
  });

  test('replaces the sentence only, in the customer’s language or with the company’s words', () => {
    const text = 'Returns are free from Germany. You have 90 days to send it back. Anything else?';
    const verdict = replacing.check(text, seen());
    expect(verdict).toMatchObject({
      text: `Returns are free from Germany. ${NOT_FOUND} Anything else?`,
      reason: 'figure',
    });
    const own = groundednessGuard({ threshold: 0.5, replace: true, say: 'Please ask us.' });
    expect(own.check('You have 90 days to send it back.', seen())).toMatchObject({ text: 'Please ask us.' });
  });

  test('a lower threshold asks for fewer words', () => {
    const text = 'Engraved goods, lamps, chairs and mirrors can be collected.';
    const strict = groundednessGuard({ threshold: 1, replace: false });
    const lax = groundednessGuard({ threshold: 0, replace: false });
    expect(reasonOf(strict.check(text, seen()))).toBe('unsupported');
    expect(lax.check(text, seen())).toEqual({ action: 'allow' });
  });

  test('a wrong figure does not come through, wherever a text is cut', () => {
    const text = 'Of course! You can send it back within 90 days after delivery, and that is free from Germany. Bye.';
    for (const reply of repliesAtEveryCut(replacing, text, seen())) {
      expect(reply).not.toContain('90 days');
      expect(reply).toContain(NOT_FOUND);
    }
  });

  test('a true answer comes through whole, wherever it is cut', () => {
    const text = 'Of course! You can send it back within 30 days after delivery, and that is free from Germany. Bye.';
    for (const reply of repliesAtEveryCut(replacing, text, seen())) expect(reply).toBe(text);
  });

  test.each(['1', 'A1-', '+1 1-', 'not, and ', ' I can confirm that'])('takes time linear in a text of %j', (part) => {
    const check = (text: string) => guard.check(text, seen());
    expect(slowdown(check, (length) => part.repeat(length / part.length))).toBeLessThan(20);
  });
});
