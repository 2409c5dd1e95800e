import { describe, expect, test } from 'vitest';
import { rank } from '../../../src/adapters/offline-model/rank.ts';
import { sectionsOf } from '../../../src/adapters/offline-model/sections.ts';
import { sceneOf } from './scene-of.ts';

const quotable = (context: Record<string, string>) =>
  sectionsOf(sceneOf(context)).flatMap(({ statements }) => statements.map(({ text }) => text));

describe('what may be quoted of the prompt', () => {
  test.each([
    'Guests can bring one dog.',
    'Ask a neighbour for the key when the office is closed.',
    'The cabin by the lake has no stairs.',
    '- Firewood: 8 dollars a bundle.',
    'Call 555-0100 when the road is closed.',
  ])('a fact: %s', (fact) => {
    expect(quotable({ cabins: fact })).toEqual([fact]);
  });

  test.each([
    ['a tool by its name', 'The price comes from `cabin_price`.'],
    ['the customer, in the third person', 'The customer chooses the cabin before the dates.'],
    ['what to say', '- Say first whether the cabin is free.'],
    ['what to say after a fact', '2. Is the date known? Then fine: mention the deposit.'],
    ['what to ask for', 'Ask for the dates only where they matter.'],
    ['a row of a table', '| Cabin | Price |\n|---|---|\n| Lake | 90 dollars |'],
  ])('not what is written for the agent: %s', (_, text) => {
    expect(quotable({ cabins: text })).toEqual([]);
  });

  test('nothing of the policies, in whatever form they are written', () => {
    const policies =
      '# Figures\n\nEvery reply is compared with these.\n\n- Deposit: 50 dollars\n\n| Late fee | 20 dollars |';
    expect(quotable({ policies, cabins: 'Cabins are heated.' })).toEqual(['Cabins are heated.']);
  });
});

describe('a heading that denies', () => {
  const found = [
    { title: 'Pets – What guests may not bring', text: 'Horses stay at home.' },
    { title: 'Pets – What guests may bring', text: 'Dogs are welcome.' },
  ];
  const first = (question: string) => rank(...ranked(question))[0]?.section.head;
  const ranked = (question: string): Parameters<typeof rank> => {
    const scene = sceneOf({}, found);
    return [scene, sectionsOf(scene).map((section) => ({ ...section, rank: 0 })), question];
  };

  test.each(['What may we bring?', 'Which animals may guests bring?'])('is no answer to %s', (question) => {
    expect(first(question)).toBe('Pets – What guests may bring');
  });

  test.each(['What may guests not bring?', "Which animals can't we bring?", 'May we bring a horse?'])(
    'may be one to %s',
    (question) => {
      expect(first(question)).toBe('Pets – What guests may not bring');
    },
  );
});
