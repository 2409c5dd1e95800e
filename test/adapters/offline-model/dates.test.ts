import type Anthropic from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import { readForm } from '../../../src/adapters/offline-model/form.ts';
import { readScene } from '../../../src/adapters/offline-model/scene.ts';
import { dateNote } from '../../../src/agent/notes.ts';

const BIKES = ['city_bike', 'cargo_bike', 'e_bike'];
const properties = {
  bike: { type: 'string', enum: BIKES, description: 'The kind of bike' },
  from: { type: 'string', format: 'date', description: 'The first day' },
  days: { type: 'integer' },
  name: { type: 'string', description: 'The name of the customer' },
};
const TOOL: Anthropic.Tool = {
  name: 'book_bike',
  description: 'Books a bike for some days.',
  input_schema: { type: 'object', properties, required: Object.keys(properties) },
};

const BEFORE: Anthropic.MessageParam[] = [
  { role: 'user', content: '<context name="bikes">\n# Bikes\n\nPedalo rents bikes.\n</context>' },
  { role: 'assistant', content: 'Understood.' },
];

/** What the form has after these messages, said on Monday, 30 November 2026. */
function filled(...messages: string[]) {
  const said = messages.flatMap((text, at): Anthropic.MessageParam[] => [
    ...(at > 0 ? [{ role: 'assistant' as const, content: 'Which one?' }] : []),
    {
      role: 'user',
      content: [dateNote(Date.UTC(2026, 10, 30)), text].map((one) => ({ type: 'text', text: one })),
    },
  ]);
  const scene = readScene({
    ...{ model: 'm', max_tokens: 100, tools: [TOOL] },
    system: [{ type: 'text', text: 'You are Ada, the assistant of Pedalo.' }],
    messages: [...BEFORE, ...said],
  });
  return readForm(scene).form?.values;
}

const WANT = 'I want to book a cargo bike';

test.each([
  ['2026-12-20', '2026-12-20'],
  ['today', '2026-11-30'],
  ['tomorrow', '2026-12-01'],
  ['next Tuesday', '2026-12-08'],
  ['01.12.2026', '2026-12-01'],
  ['in 5 days', '2026-12-05'],
])('%s stays the date when the days are told', (day, from) => {
  for (const days of ['5 days', 'for 5 days', 'five days please', '5'])
    expect(filled(WANT, day, days, 'Ann Lee')).toEqual({ bike: 'cargo_bike', from, days: 5, name: 'Ann Lee' });
});

test.each([
  ['I want to book a cargo bike tomorrow for 2 days', { bike: 'cargo_bike', from: '2026-12-01', days: 2 }],
  ['I want to book a cargo bike for 2 days from 2026-12-20', { bike: 'cargo_bike', from: '2026-12-20', days: 2 }],
  ['I want to book a cargo bike for 2 days', { bike: 'cargo_bike', days: 2 }],
  ['I want to book a cargo bike in 3 days', { bike: 'cargo_bike', from: '2026-12-03' }],
  ['I want to book a cargo bike in 3 days for 4 days', { bike: 'cargo_bike', from: '2026-12-03', days: 4 }],
])('%s', (text, values) => {
  expect(filled(text)).toEqual(values);
});

test.each([
  ['actually, make it 2026-12-22', '2026-12-22'],
  ['2026-12-22', '2026-12-22'],
  ['on December 22', '2026-12-22'],
  ['the first day is 2026-12-22', '2026-12-22'],
  ['I called about this on 2026-11-02 already', '2026-12-20'],
])('a date that is there is replaced only by one that is meant: %s', (text, from) => {
  expect(filled(WANT, '2026-12-20', text)?.from).toBe(from);
});

test.each([
  ['Ann Lee, no wait, make it an e-bike', { name: 'Ann Lee', bike: 'e_bike' }],
  ['Ann Lee, actually for 3 days', { name: 'Ann Lee', days: 3 }],
  ['Ann Lee, sorry, Anne Leigh', { name: 'Anne Leigh', bike: 'cargo_bike' }],
  ['Sorry, Ann Lee', { bike: 'cargo_bike' }],
])('a name ends where the customer thinks better of it: %s', (text, values) => {
  expect(filled(WANT, '2026-12-20', '5 days', text)).toMatchObject(values);
});
