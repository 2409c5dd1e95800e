import { describe, expect, test } from 'vitest';
import { contentStems } from '../../../src/adapters/offline-model/concepts.ts';
import { contactFacts } from '../../../src/adapters/offline-model/contact.ts';
import { ALL_PHRASES } from '../../../src/adapters/offline-model/intent.ts';
import { readMeanings } from '../../../src/adapters/offline-model/likeness.ts';
import { readings } from '../../../src/adapters/offline-model/scene.ts';
import { sectionsOf } from '../../../src/adapters/offline-model/sections.ts';
import { smallTalk } from '../../../src/adapters/offline-model/small-talk.ts';
import { keptEncoder } from '../../knowledge/kept-encoder.ts';
import { sceneOf } from './scene-of.ts';

const encoder = keptEncoder();

/** What is quoted of how to reach the cabins, where a question asks for that alone. */
async function facts(question: string) {
  const scene = sceneOf(
    { cabins: '# Pine Cabins\n\nThe office is open from 9 AM to 5 PM. The phone number is 555-123-4567.' },
    [
      { title: 'Damage in a cabin', text: 'Tell us within two days when a window or a chair broke.' },
      { title: 'Cabin numbers', text: 'The number of a cabin is painted on its door in three digits.' },
    ],
  );
  const texts = sectionsOf(scene).flatMap(({ head, statements }) => [
    head,
    ...statements.map(({ text }) => text.trim()),
  ]);
  scene.likeness = await readMeanings(encoder, [...readings(question), ...texts, ...ALL_PHRASES]);
  const found = contactFacts(scene, question);
  return found === 'others' ? found : found.map(({ text }) => text.trim());
}

describe('how to reach the company', () => {
  test.each([
    ['When are you open?', /9 AM/],
    ['Until what time is your office open?', /9 AM/],
    ['Which number can I call? I am no good with computers.', /555/],
    ['What is your phone number? A window broke.', /555/],
  ])('is told to who asks for it: %s', async (question, said) => {
    expect((await facts(question)).toString()).toMatch(said);
  });

  test.each([
    'A window of ours broke. Until when must I tell you?',
    'A chair fell apart last night. By when should you know?',
    'What does the number of a cabin look like?',
  ])('is no answer to what the company writes about elsewhere: %s', async (question) => {
    expect(await facts(question)).toEqual([]);
  });
});

test.each([
  ['By when should I let you know?', []],
  ['What about it?', []],
  ['By when is the deposit due?', ['deposit', 'due']],
])('what %s speaks of', (text, stems) => {
  expect(contentStems(text)).toEqual(stems);
});

test.each([
  ['Yes, go ahead', 'yes'],
  ['ok, do that please', 'yes'],
  ['fine', 'yes'],
  ['no, better not', 'no'],
  ['Not really.', 'no'],
  ['yes, but what does it cost?', null],
  ['do that on Monday', null],
])('an assent or a refusal, whole: %s', (text, talk) => {
  expect(smallTalk(text)).toBe(talk);
});
