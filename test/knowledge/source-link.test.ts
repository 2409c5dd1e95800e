import { expect, test } from 'vitest';
import { sourceLink } from '../../src/knowledge/source-link.ts';

const LONG = 'A wallbox, fixed to your house, is covered up to $2,500 & so is the cable – if it is yours.';

test.each<[string, Parameters<typeof sourceLink>[0], string | null]>([
  ['no address', { url: null, page: 3, quote: 'x' }, null],
  ['a page', { url: 'https://a.example/t.pdf', page: 3, quote: 'x' }, 'https://a.example/t.pdf#page=3'],
  ['a fragment of its own', { url: 'https://a.example/#/help', page: null, quote: 'x' }, 'https://a.example/#/help'],
  [
    'a short quote, with signs of the directive',
    { url: 'https://a.example/', page: null, quote: 'Non-smokers, pets & co: 100%.' },
    'https://a.example/#:~:text=Non%2Dsmokers%2C%20pets%20%26%20co%3A%20100%25.',
  ],
  [
    'a long quote: how it begins and ends',
    { url: 'https://a.example/', page: null, quote: LONG },
    'https://a.example/#:~:text=A%20wallbox%2C%20fixed%20to%20your%20house%2C,cable%20%E2%80%93%20if%20it%20is%20yours.',
  ],
  [
    'an item of a list',
    { url: 'https://a.example/', page: null, quote: '- Fixed wallboxes' },
    'https://a.example/#:~:text=Fixed%20wallboxes',
  ],
  ['a row of a table', { url: 'https://a.example/', page: null, quote: 'Bike | $5' }, 'https://a.example/'],
  ['several lines', { url: 'https://a.example/', page: null, quote: 'One.\nTwo.' }, 'https://a.example/'],
  [
    'half a character',
    { url: 'https://a.example/', page: null, quote: 'a \ud800' },
    'https://a.example/#:~:text=a%20%EF%BF%BD',
  ],
])('opens the source at the quote: %s', (_, source, link) => {
  expect(sourceLink(source)).toBe(link);
});
