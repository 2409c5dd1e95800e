import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownBenign, ownMarked } from '../../bench/guards/sets.ts';
import type { Seen } from '../../src/agent/guard.ts';
import { personalDataGuard } from '../../src/guards/personal-data.ts';
import { findPersonalData } from '../../src/language/personal-data/find.ts';
import { slowdown } from '../language/slowdown.ts';

const personalData = personalDataGuard();

const NOTHING: Seen = {
  released: '',
  question: '',
  said: [],
  sources: [],
  prompt: [],
  contact: {},
  customer: null,
  company: 'Acme',
  language: 'en',
};

/** What is released of a candidate. */
function released(candidate: string, seen: Partial<Seen> = {}): string {
  const verdict = personalData.check(candidate, { ...NOTHING, ...seen });
  if (verdict.action === 'redact') return verdict.text;
  expect(verdict).toEqual({ action: 'allow' });
  return candidate;
}

const REPLY = 'Write to ann.o@mail.example or call 0171 3920001, card 4111 1111 1111 1111.';
const BARE = 'Write to [e-mail removed] or call [phone number removed], card [card number removed].';

describe('the guard of personal data', () => {
  it('removes what nobody has shown, and says of what kind it was', () => {
    const verdict = personalData.check(REPLY, NOTHING);
    expect(verdict).toEqual({ action: 'redact', text: BARE, found: ['email', 'phone', 'card'] });
  });

  it('says each kind in plain words', () => {
    const text = 'a@b.example DE89370400440532013000 SSN 219-09-9999 DNI 12345678Z 203.0.113.42';
    expect(released(text)).toBe(
      '[e-mail removed] [account number removed] SSN [social security number removed] DNI [national ID removed] [IP address removed]',
    );
  });

  const shown = 'mail ANN.O@MAIL.EXAMPLE, phone +49 (0)171/3920001, card 4111-1111-1111-1111';
  it.each<[string, Partial<Seen>]>([
    ['the customer has said', { said: ['Hello', shown] }],
    ['a passage has', { sources: [{ kind: 'passage', from: 'contact.md', version: '', text: shown }] }],
    [
      'a tool has given',
      { sources: [{ kind: 'tool', from: 'look_up', version: '', text: JSON.stringify({ shown }) }] },
    ],
    ['a colleague has said', { sources: [{ kind: 'colleague', from: '', version: '', text: shown }] }],
    ['the prompt says', { prompt: [shown] }],
    ['the token shows', { customer: { id: '1', email: null, name: null, claims: { shown } } }],
  ])('lets pass what %s, however it is written', (_, seen) => {
    expect(released(REPLY, seen)).toBe(REPLY);
  });

  it("lets the company's contact pass", () => {
    const contact = { phone: '0800-555-0199', email: 'help@acme.example' };
    const text = 'Call 0800 555 0199 or write to Help@acme.example, not to bob@acme.example.';
    expect(released(text, { contact })).toBe(text.replace('bob@acme.example', '[e-mail removed]'));
  });

  it.each([
    ['+49 (0)30 901820', '+49 30 901820'],
    ['030 901820', '+49 30 901820'],
    ['+49 30 901820', '030/901820'],
    ['+43 1 5340', '0043 1 5340'],
    ['0171 3920001', '+49 (0) 171 392 0001'],
  ])("knows the company's number %s as %s", (phone, written) => {
    const text = `Call us on ${written}, please.`;
    expect(released(text, { contact: { phone } })).toBe(text);
    expect(released(text, { contact: { phone: `${phone.slice(0, -1)}7` } })).not.toBe(text);
  });

  it.each(['+7. 123123', '+. 123123123', '+. 12312312/270664 555 12 34'])(
    'removes a number with a full stop before its digits: %s',
    (text) => {
      expect(findPersonalData(released(text))).toEqual([]);
    },
  );

  it('takes no part of a value for the value', () => {
    const said = ['my card is 4111 1111 1111 1111 5', 'joann@mail.example', 'phone 15550142'];
    expect(released('4111 1111 1111 1111', { said: [said[0]?.replace(' 5', '5') ?? ''] })).toBe(
      '[card number removed]',
    );
    expect(released('ann@mail.example', { said })).toBe('[e-mail removed]');
    expect(released('phone 5550142', { said })).toBe('phone [phone number removed]');
  });

  it('sees a number by the words before it in the reply, and one that began there', () => {
    expect(released('5550142.', { released: 'You can call him at ' })).toBe('[phone number removed].');
    expect(released('5550142.', { released: 'I have found your order ' })).toBe('5550142.');
    expect(released('1111 1111 is it.', { released: 'The card 4111 1111 ' })).toBe('[card number removed] is it.');
    expect(released('4111111111111111 is it.', { released: 'As of 2026' })).toBe('[card number removed] is it.');
  });

  it.each([
    '| 4539 | 1488 | 0343 | 6467 |',
    '- 4539\n- 1488\n- 0343\n- 6467',
    '1. 4539\n2. 1488\n3. 0343\n4. 6467',
    '`4539` `1488` `0343` `6467`',
    '**4539** **1488** **0343** **6467**',
    '<b>4539</b><b>1488</b><i>0343</i>6467',
    '- 4\n- 5\n- 3\n- 9\n- 1\n- 4\n- 8\n- 8\n- 0\n- 3\n- 4\n- 3\n- 6\n- 4\n- 6\n- 7',
    '`DE89` `3704` `0044` `0532` `0130` `00`',
    '- +49\n- 30\n- 9018\n- 2077',
    '- +\n- 4\n- 9\n- 3\n- 0\n- 9\n- 0\n- 1\n- 8\n- 2\n- 0\n- 7\n- 7',
    'jane.**roe**@mail.example',
    'IBAN GB82 **WEST** 1234 5698 7654 32',
    'IBAN **GB82** WEST 1234 5698 7654 32',
  ])('finds a value in its formatting: %j', (text) => {
    expect(released(`It is ${text}, I think.`)).toMatch(/ removed\]/);
    expect(released(`It is ${text}, I think.`).replace(/\D/g, '')).toMatch(/^\d{0,2}$/);
  });

  it.each([
    'Card: 4111&nbsp;1111&nbsp;1111&nbsp;1111',
    'at bob&commat;mail&period;example',
    'at bob．miller＠mail．example',
    'at bob.miller%40mail.example',
    'a | _+44 20 7946 0958_ |',
    '| `4539`&nbsp;|&nbsp;`1488` | 0343\t6467 |',
  ])('finds a value as it is shown: %j', (text) => {
    expect(released(text)).toMatch(/ removed\]/);
    expect(released(text)).not.toMatch(/\d|bob|mail\.?ex/);
  });

  it('knows a value that was shown otherwise', () => {
    const told = 'Call 0171&nbsp;392&#48;001 or write to ann&commat;mail.example.';
    expect(released(told, { said: ['0171 3920001, ann@mail.example'] })).toBe(told);
    expect(released('Call 0171 3920001.', { said: ['it is 0171&#160;3920001'] })).toBe('Call 0171 3920001.');
  });

  it.each(['(24/7).', '(9-17 h)', '24/7.', '(2 lines)', '(0,06 €/min)', '/ 0800 555 0199'])(
    'leaves the company’s number before %j',
    (after) => {
      const text = `Call us on 0800 555 0199 ${after}`;
      expect(released(text, { contact: { phone: '0800-555-0199' } })).toBe(text);
    },
  );

  it('leaves numbers in tables and lists', () => {
    const table =
      '| 2019 | 2020 | 2021 | 2022 |\n| 4,200 | 4,310 | 4,405 | 4,510 |\n- 12\n- 2026\n- 4100\n1. 99\n2. 149\n';
    expect(released(table)).toBe(table);
  });

  it('leaves ordinary lines as they are', () => {
    for (const line of ownBenign()) expect(released(line)).toBe(line);
  });

  it('tells spans of days, sizes and hours from phone numbers', () => {
    for (const text of [
      'Valid 01/05/2025-30/09/2025.',
      'Billing period: 15/01/2025–14/02/2025, due 28/02/2025.',
      'Book 10/06–17/06/2025 or 2024/11/01-2025/03/31.',
      'Kit 0201/0402/0603/0805/1206.',
    ]) {
      expect(released(text)).toBe(text);
    }
    expect(released('Er hat 06 39 98 12-34 am Telefon genannt.')).not.toMatch(/12-34/);
    expect(released('Firmware 84.1.2.3 is out; her IP was 84.173.12.9.')).not.toContain('173');
  });

  it('leaves addresses of private networks, which are no one’s own', () => {
    for (const text of ['Open 192.168.10.50, or 10.0.0.138.', 'The range 172.16.4.0/24 is for guests.']) {
      expect(released(text)).toBe(text);
    }
    expect(released('She wrote from 81.20.30.40.')).not.toContain('81.20');
  });

  it('leaves nothing of what stands beside a value, however close', () => {
    const pieces = fc.constantFrom(
      ...['0664 555 12 34', '4000 0566 5566 5556', '12/27', '123', '06 39 98 12 34', '+49 30 901820', '078-05-1120'],
      ...['DE89 3704 0044 0532 0130 00', 'a@b.example', 'x at y dot com', '81.20.30.40', '0', '7', '+', '(', ')', '/'],
      ...['. ', ', ', ' ', '\n', '-', ' or ', ' card ', 'phone '],
    );
    const text = fc.array(pieces, { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (said) => {
        expect(findPersonalData(released(said))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
    expect(released('a@b.example/c@d.example')).not.toContain('@');
  });

  it('leaves nothing to be found', () => {
    const parts = fc.constantFrom(...ownMarked().map(({ text }) => text), ...ownBenign().slice(0, 40), 'or', '12');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 6 }), (pieces) => {
        expect(findPersonalData(released(pieces.join('\n')))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['1 (', '&#49;', '1\u200b'])('takes time in proportion to a text of %j', (piece) => {
    const text = (length: number) => piece.repeat(length / piece.length);
    expect(slowdown(released, text)).toBeLessThan(20);
  });
});
