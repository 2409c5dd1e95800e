import { describe, expect, it } from 'vitest';
import { ownBenign } from '../../bench/guards/sets.ts';
import { findPersonalData, type PersonalDataKind } from '../../src/language/personal-data/find.ts';
import { asShown, placed, shownAt } from '../../src/language/personal-data/shown.ts';
import { slowdown } from './slowdown.ts';

const found = (text: string) =>
  findPersonalData(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

/** A sentence with the value between bars. */
type Marked = [PersonalDataKind, string];

const whole = ([kind, marked]: Marked) => [`${kind}: ${marked.split('|')[1]}`];

describe('a text as it is shown', () => {
  it('has references as their characters, and nothing that cannot be seen', () => {
    expect(asShown('a&nbsp;&#x31;&#50;&ndash;&commat;&amp;lt;').text).toBe('a 12-@&lt;');
    expect(asShown('a\u0007b\u200bc\ufe0f\u034fd1\u0332\ufff9\t\n').text).toBe('abcd1\t\n');
    expect(asShown('&nosuch; &; &#; AT&T; 5 % &#9999999;').text).toBe('&nosuch; &; &#; AT&T; 5 % \ufffd');
  });

  it('knows where all of it stands in the original', () => {
    const shown = asShown('x&#49;\u200b23');
    expect(placed({ start: 1, end: 3 }, shown)).toEqual({ start: 1, end: 8 });
    expect([0, 1, 3, 7, 8, 9].map((place) => shownAt(shown, place))).toEqual([0, 1, 2, 2, 3, 4]);
  });
});

describe('a value is found as it is shown', () => {
  const separators = [
    '&nbsp;',
    '&#160;',
    '&ensp;',
    '&ndash;',
    '&#8203;',
    '&shy;',
    '\u200b',
    '\u0007',
    '\ufe0f',
    '\u034f',
  ];
  it.each([...separators, '\u205f', '\u1680', '\t', '     ', '\t\t'])('with %j between its parts', (separator) => {
    for (const [kind, parts] of [
      ['card', ['4111', '1111', '1111', '1111']],
      ['iban', ['DE89', '3704', '0044', '0532', '0130', '00']],
      ['phone', ['+44', '20', '7946', '0958']],
    ] as const) {
      const value = parts.join(separator);
      expect(found(`It is: ${value}, I think.`)).toEqual([`${kind}: ${value}`]);
    }
  });

  it.each<Marked>([
    ['card', 'card |411&#49; 1111 1111 111&#x31;|.'],
    ['card', '|4\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e3 1111 1111 1111|'],
    ['ssn', 'SSN |219\u200b-09-9\u200b999|'],
    ['national-id', 'DNI |1234\u200b5678Z|'],
    ['phone', 'at |(41\u200b5)\u200b 555-0132|'],
    ['phone', 'at |(415)\t555-0132| now'],
    ['phone', 'call\u200b|5550142|'],
    ['email', 'to |bo\u034fb&commat;mail&period;example|'],
    ['email', 'to |bob．miller＠mail．example|.'],
    ['email', 'to |bob.miller%40mail.example|'],
    ['ip', 'from |203.0&#46;113.42|'],
  ])('%s in %j', (...marked) => expect(found(marked[1].replaceAll('|', ''))).toEqual(whole(marked)));

  it('in no columns of numbers', () => {
    const text = '2019\t4200\t4310\t4405\n612\t345\t678\n72     12     88     27\n030\t1234567\t12';
    expect(found(text)).toEqual([]);
  });

  it('in no ordinary line with hard spaces', () => {
    const lines = ownBenign().map((line) => line.replaceAll(' ', '&nbsp;'));
    expect(lines.filter((line) => found(line).length > 0)).toEqual([]);
  });

  it.each(['&', '&#49;', '\u0301', '1\u200b', '1\t', '  '])('in time linear in a text of %j', (piece) => {
    const text = (length: number) => piece.repeat(length / piece.length);
    expect(slowdown(findPersonalData, text)).toBeLessThan(20);
  });
});

describe('phone numbers', () => {
  it.each([
    '__|+44 20 7946 0958|__',
    '_|0170 1234567|_',
    '_|(415) 555-0132|_',
    'Bob _|+44 20 7946 0958|_',
    'Mobile: |07911 123456| / |07911 654321|',
    'Mobile: |07911 123456|/|07911 654321|',
    'Tel. |030 1234567| - |030 7654321|',
    'Call |030 1234567| (|030 7654321|)',
    'Call |555-123-4567| / |555-765-4321|',
    'Call |5550142| / |5550143|',
    '|(415) 555-0132| / |(415) 555-0133|',
    '|+44 20 7946 0958|/|+44 20 7946 0959|',
    '1. |030 1234567|\n2. |030 7654321|',
    'phone=|+442079460958|',
    'Bob/|+44 20 7946 0958|',
    'T|+49 30 1234567|',
    'Call |0800 111 9990| (24/7).',
    'Call |0800 111 9990| 24/7.',
    'Call |0800 111 9990| (9-17 h)',
    'Call |0800 111 9990| 9-17 Uhr',
    'Call |0800 111 9990| (2 lines)',
    'Call |0800 111 9990| (0,06 €/min)',
    'Call |+49 30 1234567| (8-18 h)',
    'Call |+49 (0)30 1234567| (8-18 h)',
    'Call |089 / 1234567|',
  ])('end where they do: %j', (marked) => {
    const values = marked.split('|').filter((_, at) => at % 2 === 1);
    const told = marked.replaceAll('|', '');
    expect(found(told)).toEqual(values.map((value) => `phone: ${value}`));
  });

  it.each([
    'a_0170 1234567_b',
    'https://shop.example/12/0301234567/1',
    'order 4839201 / 0170 1234567',
    'aG9Vs+4420794609',
  ])('are none in %j', (text) => expect(found(text)).toEqual([]));

  it.each(['1/', '1 (', '0301234567/', '_'])('are found in time linear in a text of %j', (piece) => {
    const text = (length: number) => piece.repeat(length / piece.length);
    expect(slowdown(findPersonalData, text)).toBeLessThan(20);
  });
});

describe('national numbers', () => {
  it.each([
    'His tax code is |RSSMRA85T10A562S|.',
    'Fiscal code: |RSSMRA85T10A562S|',
    'Steuer-ID: |86 095 742 719|',
    'His ID is |12345678Z|.',
    'The personal ID number is |811218-9876|.',
    'His tax ID is |529.982.247-25|.',
    'National Insurance number of policy holder: |AB 12 34 56 C|',
    'National ID No. |12345678Z|',
    'Numéro de sécurité sociale du client : |1 85 05 78 006 084 91|',
  ])('are known by their usual names: %j', (marked) => {
    expect(found(marked.replaceAll('|', ''))).toEqual(whole(['national-id', marked]));
  });

  it.each(['Customer ID 12345678Z', 'His DNI is known. Policy AB 12 34 56 C', 'item code 811218-9876'])(
    'are none in %j',
    (text) => expect(found(text)).toEqual([]),
  );
});

describe('nobody’s', () => {
  it.each([
    'fe80::1 or 2001:db8::/32 or ff02::fb',
    '169.254.12.7 and 224.0.0.251',
    'Firmware 7.57.0.12 fixes this; you have 7.50.1.3.',
    'git clone git@github.com:acme/sdk.git',
    'as in name@example.com, your.name@example.org',
  ])('is %j', (text) => expect(found(text)).toEqual([]));

  it.each<Marked>([
    ['ip', 'sessions: |fe80::1ff:fe23:4567:890a|'],
    ['ip', 'Firmware 7.57.0.12, used from |203.0.113.42|'],
    ['email', '|ann@example.com|: hello'],
  ])('is no %s in %j', (...marked) => expect(found(marked[1].replaceAll('|', ''))).toEqual(whole(marked)));
});
