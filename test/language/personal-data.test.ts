import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownBenign, ownMarked } from '../../bench/guards/sets.ts';
import { findPersonalData, type PersonalDataKind } from '../../src/language/personal-data/find.ts';
import { slowdown } from './slowdown.ts';

const found = (text: string) =>
  findPersonalData(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

const ONES: [PersonalDataKind, string, string][] = [
  ['email', 'Write to ann.o@mail.example.org.', 'ann.o@mail.example.org'],
  ['email', 'or (mail: ＡＮＮ＠mail．example)', 'ＡＮＮ＠mail．example'],
  ['email', 'It is john at example dot com, I think', 'john at example dot com'],
  ['card', 'card 4111 1111 1111 1111 12/27', '4111 1111 1111 1111'],
  ['card', 'paid with 3782-822463-10005.', '3782-822463-10005'],
  ['card', '４１１１１１１１１１１１１１１１', '４１１１１１１１１１１１１１１１'],
  ['card', 'it is 4*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1', '4*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1'],
  ['card', 'order 4839201, card 602345678901', '602345678901'],
  ['card', 'order 4111111111111111', '4111111111111111'],
  ['card', 'it is aaaa4111-1111-1111-1111-aaaaaaaaaaaa', '4111-1111-1111-1111'],
  ['iban', 'to DE89 3704 0044 0532 0130 00 please', 'DE89 3704 0044 0532 0130 00'],
  ['iban', 'to DE89 - 3704 - 0044 - 0532 - 0130 - 00 please', 'DE89 - 3704 - 0044 - 0532 - 0130 - 00'],
  ['phone', 'at +-4-9-3-0-9-0-1-8-2-0-7-7.', '+-4-9-3-0-9-0-1-8-2-0-7-7'],
  ['ssn', 'SSN 219-09-9999', '219-09-9999'],
  ['ip', 'from 203.0.113.42, twice', '203.0.113.42'],
  ['ip', 'from 2001:db8::8a2e:370:7334', '2001:db8::8a2e:370:7334'],
  ['phone', 'Call +44 (0)20 7946 0958 ext. 12 now', '+44 (0)20 7946 0958 ext. 12'],
  ['phone', 'I am at (415) 555-0132 today', '(415) 555-0132'],
  ['phone', 'Rufen Sie 5550142 an', '5550142'],
  ['phone', '555 0142 mobile', '555 0142'],
  ['phone', '٠٦ ٣٩ ٩٨ ١٢ ٣٤', '٠٦ ٣٩ ٩٨ ١٢ ٣٤'],
  ['national-id', 'DNI 12345678Z', '12345678Z'],
  ['national-id', 'NIE X-1234567-L', 'X-1234567-L'],
  ['national-id', 'Steuer-ID 86095742719', '86095742719'],
  ['national-id', 'le 2 55 08 14 168 025 38', '2 55 08 14 168 025 38'],
  ['national-id', 'codice RSSMRA85T10A562S', 'RSSMRA85T10A562S'],
  ['national-id', 'BSN: 123456782', '123456782'],
  ['national-id', 'o NIF 123456789', '123456789'],
  ['national-id', 'CPF 529.982.247-25', '529.982.247-25'],
  ['national-id', 'NI AB 12 34 56 C', 'AB 12 34 56 C'],
  ['national-id', 'PESEL 44051401359', '44051401359'],
  ['national-id', 'född 811228-9874', '811228-9874'],
];

/** As near as can be, and none. */
const NONES = [
  'card 4111 1111 1111 1112',
  'about conv_01a22531-6474-7284-929f-8d7111a4e222 again',
  'order 98CC4188-7069-4498-9B80-F2A649E53ABC',
  'id 72959cb7-4ff5-4692-be81-28ade3c37c7e',
  'order 602345678901',
  'order 9111 1111 1111 1111',
  'to DE88 3704 0044 0532 0130 00',
  'to XX89 3704 0044 0532 0130 00',
  'item 000-12-3456, item 666-12-3456',
  'from 203.0.113.256',
  'version 10.4.2.1',
  'at 12:30:45 or 127.0.0.1 or 192.168.1.1',
  'DNI 12345678A',
  'NIE X-1234567-M',
  'Steuer-ID 86095742718',
  'code 2 55 08 14 168 025 39',
  'codice RSSMRA85T10A562T',
  'BSN: 123456783',
  'o NIF 123456788',
  'codice 529.982.247-26',
  'GB 12 34 56 C, NI GB123456C',
  'PESEL 44051401358',
  'född 811228-9875, 811328-9874',
  'order 5550142, policy 0123456789, claim 555-010-0199',
  'I called on 12.05.2026 at 14:30 and on 2026-05-13',
  'it costs 1 500 000 € and ran 128 500 km',
  'https://shop.example/orders/0612345678',
  'call us at shop.example',
  'look at the dot on the map',
  'ann@localhost, @ann, a@, @',
];

describe('personal data', () => {
  it.each(ONES)('%s in "%s"', (kind, text, value) => expect(found(text)).toEqual([`${kind}: ${value}`]));

  it.each(NONES)('none in "%s"', (text) => expect(found(text)).toEqual([]));

  it('is found in each marked message of the set, and nothing else of it', () => {
    const missed = ownMarked().filter(({ text, spans }) => {
      const all = findPersonalData(text);
      const within = all.every((one) => spans.some((span) => span.start <= one.end && one.start <= span.end));
      return all.length !== spans.length || !within;
    });
    expect(missed).toEqual([]);
  });

  it('is in no ordinary line', () => expect(ownBenign().filter((line) => found(line).length > 0)).toEqual([]));

  it('is told in order, none over another', () => {
    const parts = fc.constantFrom(...ONES.map(([, text]) => text), ...NONES, '\n', ' or ', '12', '+', '(');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const text = pieces.join(' ');
        let end = 0;
        for (const one of findPersonalData(text)) {
          expect(one.start).toBeGreaterThanOrEqual(end);
          expect(one.end).toBeGreaterThan(one.start);
          expect(one.end).toBeLessThanOrEqual(text.length);
          end = one.end;
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** What makes a pattern that goes back look again and again. */
const HOSTILE = [
  '1',
  '1 ',
  '1-',
  '+1',
  'a@',
  '@',
  'a.',
  'a at a ',
  'a dot ',
  'a+-',
  'GB82 ',
  '1:',
  '::f',
  '12.12.',
  '(',
  'phone 5',
  'a_',
];

it.each(HOSTILE)('takes time linear in a text of "%s"', (piece) => {
  const text = (length: number) => `${piece.repeat(length / piece.length)} at dot 1`;
  expect(slowdown(findPersonalData, text)).toBeLessThan(20);
});
