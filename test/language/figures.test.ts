import { expect, test } from 'vitest';
import { figuresIn } from '../../src/language/figures.ts';

test.each<[text: string, keys: string[]]>([
  ['2 to 4 business days, 4–7 weeks', ['2 workday', '4 workday', '40320 minute', '70560 minute']],
  ['14 days or two weeks or a fortnight', ['20160 minute', '20160 minute', '20160 minute']],
  ['€4.90, 4,90 €, EUR 4.90, 4.9 euros', ['4.9 EUR', '4.9 EUR', '4.9 EUR', '4.9 EUR']],
  ['$1.2k, twelve hundred dollars, 1,200 USD', ['1200 USD', '1200 USD', '1200 USD']],
  ['1.240,50 Euro and 1,240.50 euros', ['1240.5 EUR', '1240.5 EUR']],
  ['10%, 10 percent, diez por ciento', ['10 %', '10 %', '10 %']],
  ['9 AM to 5 p.m., 17:00', ['540 clock', '1020 clock', '1020 clock']],
  ['Monday to Wednesday', ['1 weekday', '2 weekday', '3 weekday']],
  ['6 March 2026, March 6, 2026-03-06, 6 de marzo', ['306 date', '2026 ', '306 date', '306 date', '2026 ', '306 date']],
  ['A-1207, DPD5530021, 1-800-123-4567', ['a1207', 'dpd5530021', '18001234567']],
  ['two-year warranty, 24 Monate, dos años', ['24 month', '24 month', '24 month']],
  ['3 Werktage, 3 días laborables, 3 jours ouvrés, 3 giorni lavorativi', Array(4).fill('3 workday')],
  ['500 MB, 0.5 GB', ['500000000 byte', '500000000 byte']],
  ['twenty-five members, class 3', ['25 ', '3 ']],
  ['one of them, einer Kasse, une autre', []],
  ['one month', ['1 month']],
])('%s', (text, keys) => {
  expect(figuresIn(text).map(({ key }) => key)).toEqual(keys);
});

test('says where each stands, and the number as it is written', () => {
  const text = 'It takes 2 weeks.';
  expect(figuresIn(text)).toEqual([
    { start: 9, end: 16, count: 2, value: 20_160, unit: 'minute', key: '20160 minute' },
  ]);
});
