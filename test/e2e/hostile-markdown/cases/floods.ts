import { inert, linked } from './case.ts';

const SLOW = 'time grows with the square of the length, or worse';
const DEEP = 'the stack or the screen overflows';

/** Far longer than any honest run of signs, below the length from which the source is shown as it is. */
const LENGTH = 6_000;
const LONG = `https://acme.example/${'a'.repeat(1_900)}`;
const flood = (unit: string) => unit.repeat(Math.ceil(LENGTH / unit.length));

/** Texts that are slow to read, deep, or wide. */
export const floods = [
  ...['[', '![', '!', '*', '_', '`', '~', '<', '&', '\\', '(', ']', '|', '#', '\ufffc'].map((sign) =>
    inert(`many ${sign}`, SLOW, flood(sign)),
  ),
  ...['_a*', '*a_ ', '**a ', 'a**b', '*a*', '***a', '~~a ', 'a_', '`` ` ', '[a](', '[a][', '[a]: ', '[`', '![[]'].map(
    (unit) => inert(`many ${unit}`, SLOW, flood(unit)),
  ),
  ...['<a ', '<a x="', '<!--', '<!-- -', '<?', '<![CDATA[', '<div>\n', '<script>', '&#1'].map((unit) =>
    inert(`many ${unit}`, SLOW, flood(unit)),
  ),
  ...['http://', 'www.', 'https://a:b@c/', 'a@'].map((unit) => inert(`many ${unit}`, SLOW, flood(unit))),
  inert('_a* over lines', SLOW, flood('_a*\n')),
  inert('emphasis that nests', SLOW, '*a '.repeat(2_000) + 'b*'.repeat(2_000)),
  inert('backticks that grow', SLOW, Array.from({ length: 150 }, (_, count) => '`'.repeat(count + 1)).join(' ')),
  inert('spaces', SLOW, `a${flood(' ')}b`),
  inert('empty lines', SLOW, `a${flood('\n')}b`),
  inert('brackets in brackets', SLOW, '['.repeat(LENGTH / 2) + ']'.repeat(LENGTH / 2)),
  inert('parentheses in an address', SLOW, `[a](${'('.repeat(LENGTH / 2)}${')'.repeat(LENGTH / 2)}`),
  inert('quotes in a title', SLOW, `[a](b "${flood('\\"')}`),
  inert('accents', SLOW, `a${'\u0301'.repeat(2_000)}`),
  inert('joiners', SLOW, flood('\u200d')),
  inert('tags of a tag', SLOW, `<a${flood(' x=""')}`),
  inert('quotes in quotes', DEEP, `${'>'.repeat(4_000)}a`),
  inert('lists in lists', DEEP, `${'- '.repeat(4_000)}a`),
  inert('numbers in numbers', DEEP, `${'1. '.repeat(3_000)}a`),
  inert('stars in stars', DEEP, `${'* '.repeat(4_000)}x`),
  inert('quotes and lists', DEEP, `${'> - '.repeat(3_000)}a`),
  inert('indented lists', DEEP, Array.from({ length: 120 }, (_, depth) => `${' '.repeat(depth * 2)}- x`).join('\n')),
  inert('strong in strong', DEEP, `${'**'.repeat(3_000)}a${'**'.repeat(3_000)}`),
  inert('a wide table', 'thousands of cells', `|${'a|'.repeat(1_500)}\n|${'-|'.repeat(1_500)}\n|${'b|'.repeat(1_500)}`),
  inert('a long table', 'thousands of rows', `|a|b|\n|-|-|\n${'|<b>|c|\n'.repeat(1_500)}`),
  inert('a long word', 'pushes the page apart', flood('unbroken')),
  inert('a long text', 'too long to be marked up', 'word <b>word</b> [x](javascript:alert(1))\n\n'.repeat(2_000)),
  linked('a long address', 'pushes the page apart', `[a](${LONG})`, [LONG]),
  inert('a longer address', 'cut short it would be another one', `[a](${LONG}${LONG}) ${LONG}${LONG}`),
  inert('an address of questions', SLOW, `https://acme.example/${'?'.repeat(4_000)}a`),
  inert('an address of parentheses', SLOW, `https://acme.example/${')'.repeat(LENGTH)}a`),
  linked('an address before parentheses', SLOW, `https://acme.example/${')'.repeat(LENGTH)}`, [
    'https://acme.example/',
  ]),
];
