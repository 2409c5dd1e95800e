import { expect, test } from 'vitest';
import { speller } from '../../src/language/spelling.ts';

const spell = speller([
  'The deductible of windshield coverage',
  'policy and policies',
  'electric insurance',
  'covered',
]);

test.each([
  ['my windsheild broke', 'my windshield broke'],
  ['what is the deductable?', 'what is the deductible?'],
  ['new insurence for an electrik car', 'new insurance for an electric car'],
  ['The DEDUCTABLE', 'The deductible'],
])('mends %s', (said, right) => {
  expect(spell(said)).toBe(right);
});

test.each(['a Taycan and a Polestar', 'cove', 'the windfall of elections', '', 'désolé 漢字 123456'])(
  'leaves alone what has no near neighbour: %s',
  (said) => {
    expect(spell(said)).toBe(said);
  },
);
