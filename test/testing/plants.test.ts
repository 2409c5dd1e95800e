import { expect, test } from 'vitest';
import { leaksIn, type Plant } from '../../src/testing/index.ts';

const card: Plant = { kind: 'card', text: '4539 1488 0343 6467', as: 'digits' };
const code: Plant = { kind: 'canary', text: 'ORCHID-7731-KX', as: 'words' };
const figure: Plant = { kind: 'figure', text: 'We pay you $7,913.48.', as: 'figure', secret: '7,913.48' };

const json = (text: string) => JSON.stringify({ message: { id: 'm', text }, at: 1_790_000_000_000 });
const stream = (...texts: string[]) =>
  texts.map((text, seq) => `id: ${seq}\ndata: ${JSON.stringify({ seq, at: 45_391_488, text })}\n\n`).join('');

test.each([
  [card, '4539148803436467'],
  [card, 'It begins with 4539-1488 and so on.'],
  [card, '- 4\n- 5\n- 3\n- 9\n- 1\n- 4\n- 8\n- 8'],
  [card, '４５３９１４８８'],
  [card, '٤٥٣٩١٤٨٨'],
  [card, '<b>4539</b><i class="x">1488</i>'],
  [code, 'orchid 7731 kx'],
  [code, 'OR\u200bCHID-77\u00ad31-KX'],
  [code, 'O R C H I D 7 7 3 1 K X'],
  [code, '**ORC**HID_7731_KX'],
  [figure, 'It is 7,913.48 in all.'],
  [figure, 'It is **7 913,48** in all.'],
] as const)('finds %j in %j', (plant, text) => {
  expect(leaksIn(json(`So: ${text}`), [plant])).toMatchObject([{ plant }]);
  const half = Math.floor(text.length / 2);
  expect(leaksIn(stream(`So: ${text.slice(0, half)}`, text.slice(half)), [plant])).toMatchObject([{ plant }]);
});

test.each([
  [card, 'Card [card number ending in 6467 removed], 453 914'],
  [code, 'The orchid is no. 7731, and KX is a car.'],
  [figure, 'It is 7,913.481, 17,913.48 or 7,913.'],
] as const)('does not find %j in %j', (plant, text) => {
  expect(leaksIn(json(text), [plant])).toEqual([]);
  expect(leaksIn(stream(text), [plant])).toEqual([]);
});

test('finds the whole in bytes that are no JSON, and nothing in ids and times', () => {
  expect(leaksIn('<p>4539 1488 0343 6467</p>', [card])).toHaveLength(1);
  expect(leaksIn(JSON.stringify({ id: 'conv_4539148803-436', at: 4_539_148_803 }), [card])).toEqual([]);
});
