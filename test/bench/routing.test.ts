import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameOf, readData, takeShots } from '../../bench/routing/data.ts';
import { figuresOf } from '../../bench/routing/figures.ts';
import { benchCommand } from './command.ts';

const { file, folder, run } = benchCommand('bench/routing.ts');

const rows = [
  ['my card has not come, where is it', 'card_arrival'],
  ['when will the card arrive', 'card_arrival'],
  ['still waiting for a card', 'card_arrival'],
  ['the rate is "wrong"', 'exchange_rate'],
  ['which exchange rate do you use', 'exchange_rate'],
  ['rates for dollars', 'exchange_rate'],
] as const;
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csv = file(
  'train.csv',
  `text,category\r\n${rows.map(([text, label]) => `${quoted(text)},${label}`).join('\r\n')}\r\n`,
);
const tsv = file('train.tsv', `label\ttext\n${rows.map(([text, label]) => `${label}\t${quoted(text)}`).join('\n')}\n`);
const bare = file('bare.csv', rows.map(([text, label]) => `${quoted(text)},${label}`).join('\n'));
const lists = file(
  'lists.json',
  JSON.stringify({
    train: rows.slice(0, 3),
    val: rows.slice(3),
    oos_train: [['tell me a joke', 'oos']],
    oos_val: [['sing a song', 'oos']],
    test: [
      ['has my card arrived', 'card_arrival'],
      ['what is the exchange rate', 'exchange_rate'],
      ['close my account', 'never_seen'],
    ],
    oos_test: [['zxcv qwrt plmn', 'oos']],
  }),
);

describe('files', () => {
  it.each([csv, tsv, bare])('%s have texts and labels', (path) => {
    expect(readData(path, 'train')).toEqual({ examples: rows.map(([text, label]) => ({ text, label })), outside: [] });
  });

  it('of lists have a part to learn from and one to ask', () => {
    const train = readData(lists, 'train');
    expect(train.examples.map(({ text }) => text)).toEqual(rows.map(([text]) => text));
    expect(train.outside).toEqual(['tell me a joke', 'sing a song']);
    expect(readData(lists, 'test')).toMatchObject({ examples: { length: 3 }, outside: ['zxcv qwrt plmn'] });
  });

  it('of lists that have only the other part are taken whole', () => {
    const only = file('only.json', JSON.stringify({ val: rows, oos_val: [['sing', 'oos']] }));
    expect(readData(only, 'test')).toMatchObject({ examples: { length: rows.length }, outside: ['sing'] });
  });

  it('that cannot be used are named', () => {
    expect(() => readData(join(folder, 'none.csv'), 'test')).toThrow('none.csv');
    expect(() => readData(file('broken.json', '{'), 'test')).toThrow('broken.json');
    expect(() => readData(file('numbers.json', '[[1,2]]'), 'test')).toThrow('row 1');
    expect(() => readData(file('empty.csv', ''), 'test')).toThrow('nothing');
  });
});

it('takes so many messages of each label, by the seed', () => {
  const data = readData(lists, 'train');
  const few = takeShots(data, 2, 1);
  expect(few.outside).toHaveLength(2);
  expect(few.examples.filter(({ label }) => label === 'card_arrival')).toHaveLength(2);
  expect(few.examples).toHaveLength(4);
  expect(takeShots(data, 2, 1)).toEqual(few);
  const seeds = Array.from({ length: 20 }, (_, seed) => JSON.stringify(takeShots(data, 1, seed)));
  expect(new Set(seeds).size).toBeGreaterThan(1);
});

it('writes labels out in words', () => {
  expect(['card_arrival', 'Billing Inquiries', 'lostCard', 'top-up'].map(nameOf)).toEqual([
    'card arrival',
    'billing inquiries',
    'lost card',
    'top up',
  ]);
});

describe('figures', () => {
  const said = (label: string | null, predicted: string, confidence = 1, rejected = false) => ({
    label,
    predicted,
    confidence,
    rejected,
  });

  it('are those of what was said', () => {
    const figures = figuresOf([
      said('a', 'a', 0.75),
      said('a', 'a', 0.75, true),
      said('a', 'b', 0.75),
      said('b', 'b', 0.35),
      said(null, 'a', 1, true),
      said(null, 'b', 1),
    ]);
    // a: 2 right of 3, all that were called so; b: 1 right, of 2 that were called so.
    expect(figures.macro_f1).toBeCloseTo((4 / 5 + 2 / 3) / 2);
    expect(figures).toMatchObject({ accuracy: 0.75, oos: { in_accuracy: 0.5, recall: 0.5, precision: 0.5 } });
    // Claimed 2.25 where 2 were right, and 0.35 where 1 was.
    expect(figures.ece).toBeCloseTo((0.25 + 0.65) / 4);
  });

  it('say nothing of what is out of scope where nothing was', () => {
    expect(figuresOf([said('a', 'a', 1, true)]).oos).toEqual({ in_accuracy: null, recall: null, precision: null });
  });
});

describe('the command', () => {
  it('measures, a label that was never learned as wrong', async () => {
    const { stdout } = await run('--train', lists, '--test', lists, '--no-encoder', '--json');
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      accuracy: 0.6667,
      macro_f1: expect.any(Number),
      oos: { in_accuracy: expect.any(Number), recall: expect.any(Number), precision: expect.toSatisfy(isShareOrNull) },
      ece: expect.any(Number),
      train_ms: expect.any(Number),
      embed_ms: 0,
      query_ms: { p50: expect.any(Number), p99: expect.any(Number) },
    });
  });

  it('reads with the encoder, and prints for people', async () => {
    const { stdout } = await run('--train', csv, '--test', csv, '--shots', '2');
    expect(stdout).toContain('learned from 4 messages');
    expect(stdout).toMatch(/accuracy in scope +\d/);
  });

  it.each([
    ['an option that it does not know', ['--train', csv, '--test', csv, '--fast'], '--fast'],
    ['a file that is not there', ['--train', csv, '--test', 'nowhere.csv'], 'nowhere.csv'],
    ['a file too few', ['--train', csv], '--test'],
    ['a number that is none', ['--train', csv, '--test', csv, '--shots', 'two'], '--shots'],
  ])('refuses %s in a sentence', async (_, args, names) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(names);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

function isShareOrNull(value: unknown): boolean {
  return value === null || (typeof value === 'number' && value >= 0 && value <= 1);
}
