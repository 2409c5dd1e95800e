import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { measure, scoresOf } from '../../bench/retrieval/measure.ts';
import type { KnowledgeIndex } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-retrieval-'));

function file(name: string, rows: readonly object[], lines = false): string {
  const path = join(folder, name);
  writeFileSync(path, lines ? rows.map((row) => JSON.stringify(row)).join('\n') : JSON.stringify(rows));
  return path;
}

async function run(...args: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, ['bench/retrieval.ts', ...args])).stdout;
}

/** A short run: the figures are the benchmark's, on its own data. */
test('measures words alone and the default on files of either shape', async () => {
  const chunks = [
    { chunk_link: 'x#hours', chunk_heading: 'Opening hours', text: 'The shop is open from nine to five.' },
    {
      chunk_link: 'x#parcels',
      chunk_heading: 'Delivery',
      text: 'Parcels are sent every day and arrive within a week.',
    },
    { chunk_link: 'x#refunds', chunk_heading: 'Refunds', text: 'Money that was paid too much is given back.' },
    { chunk_link: 'x#dogs', chunk_heading: 'Dogs', text: 'Animals on a leash are welcome in the yard.' },
  ];
  const asked = [
    { id: 'a', question: 'When is the shop open?', correct_chunks: ['x#hours'] },
    { id: 'b', question: 'my package is late', correct_chunks: ['x#parcels', 'x#refunds'] },
  ];
  const docs = file('chunks.json', chunks);
  const figures = JSON.parse(await run('--docs', docs, '--questions', file('asked.json', asked), '--json'));
  // The second question shares no word with its answer: words alone find nothing for it.
  expect(figures.lexical).toMatchObject({ recall: 0.5, mrr: 0.5 });
  expect(figures.default.mrr).toBe(1);
  expect(figures.default.recall).toBeGreaterThanOrEqual(0.75);
  expect(Object.keys(figures.default)).toEqual(
    expect.arrayContaining(['precision', 'recall', 'f1', 'mrr', 'recall5', 'recall10', 'recall20', 'query_ms']),
  );
  expect(figures.default.query_ms).toEqual({ p50: expect.any(Number), p99: expect.any(Number) });
  expect(figures).toMatchObject({ build_ms: expect.any(Number), rss_mb: expect.any(Number), documents: 4 });

  const plain = file(
    'plain.jsonl',
    chunks.map(({ chunk_link: id, chunk_heading: title, text }) => ({ id, title, text })),
    true,
  );
  const questions = asked.map(({ question, correct_chunks: relevant }) => ({ question, relevant }));
  const same = JSON.parse(
    await run('--docs', plain, '--questions', file('plain-asked.jsonl', questions, true), '--json'),
  );
  expect(same.default.mrr).toBe(figures.default.mrr);
  expect(same.lexical.recall).toBe(figures.lexical.recall);
});

test('says which row of a file is wrong', async () => {
  const docs = file('broken.json', [{ id: 'a', text: 'one' }, { id: 'b' }]);
  const questions = file('fine.json', [{ question: 'one?', relevant: ['a'] }]);
  await expect(run('--docs', docs, '--questions', questions)).rejects.toThrow(/broken\.json, row 2: a document needs/);
  await expect(run('--docs', docs)).rejects.toThrow(/belong together/);
});

describe('the figures', () => {
  test('are means over questions, F1 that of the two means, MRR within three', () => {
    const outcomes = [
      { question: '', relevant: ['a', 'b'], found: ['a', 'x', 'b', 'c'] },
      { question: '', relevant: ['d'], found: ['x', 'y', 'z', 'd'] },
    ];
    const scores = scoresOf(outcomes);
    expect(scores.precision).toBeCloseTo(1 / 3);
    expect(scores.recall).toBeCloseTo(1 / 2);
    expect(scores.f1).toBeCloseTo(0.4);
    expect(scores.mrr).toBeCloseTo(0.5);
    expect(scores.mrr20).toBeCloseTo(0.625);
    expect(scores.recall5).toBe(1);
  });

  test('count a document once, where its best passage ranks', async () => {
    const long = `${'Bread is baked every morning. '.repeat(40)}\n\n${'Bread is sold at noon. '.repeat(40)}`;
    const index: KnowledgeIndex = buildKnowledgeIndex([
      { id: 'bread', title: 'Bread', url: null, text: long },
      { id: 'cake', title: 'Cake', url: null, text: 'Cake is no bread.' },
    ]);
    const { outcomes } = await measure(index, [{ question: 'bread', relevant: ['cake'] }]);
    expect(outcomes[0]?.found).toHaveLength(2);
  });
});
