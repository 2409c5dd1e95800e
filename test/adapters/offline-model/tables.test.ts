import { describe, expect, test } from 'vitest';
import { statementPieces } from '../../../src/adapters/offline-model/pieces.ts';
import type { ShownPassage } from '../../../src/adapters/offline-model/scene.ts';
import { sectionsOf } from '../../../src/adapters/offline-model/sections.ts';
import { rowsAsked } from '../../../src/adapters/offline-model/tables.ts';
import { sceneOf } from './scene-of.ts';

// A pottery: a list of prices that goes on in a second passage, and one of courses.

const passage = (source: string, title: string, sentences: string[]): ShownPassage => ({
  ...{ index: 0, rank: 0, source: `passage:${source}`, title, sentences },
});
const PASSAGES = [
  passage('firing.md#2', 'Firing prices', ['Large vase | 18 euros | 9 days\n', 'Garden bowl | 12 euros | 5 days\n']),
  passage('firing.md#1', 'Firing prices', [
    'We fire what you bring.\n\n',
    'Piece | Price | Usual time\n',
    'Cup, with a handle | 3 euros | 4 days\n',
    'Small bowl | 5 euros | 5 days\n',
    'Small vase | 6 euros | 5 days\n',
  ]),
  passage('courses.md#1', 'Courses', ['Course | Evening | Weekend\n', 'Bowl | 25 euros | 90 euros\n']),
];

function answer(question: string): string {
  const scene = sceneOf({});
  scene.passages = PASSAGES;
  return statementPieces(rowsAsked(question, sectionsOf(scene)))
    .map((piece) => (piece.kind === 'text' ? piece.text : ''))
    .join('');
}

describe('the rows of a table', () => {
  test.each([
    ['How much is a cup?', 'Cup, with a handle: Price 3 euros, Usual time 4 days.'],
    ['How much is a small bowl and how long does it take?', 'Small bowl: Price 5 euros, Usual time 5 days.'],
    ['What does a course for a bowl cost on an evening?', 'Bowl: Evening 25 euros, Weekend 90 euros.'],
    // From the passage in which the table goes on, without its head.
    ['What is the price of a large vase?', 'Large vase: Price 18 euros, Usual time 9 days.'],
  ])('answer who names one: %s', (question, row) => {
    expect(answer(question)).toBe(row);
  });

  test('are a list where several are named', () => {
    expect(answer('How much is a vase?')).toBe(
      '- Small vase: Price 6 euros, Usual time 5 days\n- Large vase: Price 18 euros, Usual time 9 days',
    );
    expect(answer('What are your firing prices?').split('\n')).toHaveLength(5);
  });

  test.each([
    'Do you sell bowls?',
    'How much is the glaze for a cup?',
    'How much is a plate?',
    'How long do you keep my vase?',
  ])('are no answer to another question: %s', (question) => {
    expect(answer(question)).toBe('');
  });
});
