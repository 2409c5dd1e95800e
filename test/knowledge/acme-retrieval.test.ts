import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { SourceDocument } from '../../src/knowledge/documents.ts';
import { buildKnowledgeIndex } from '../../src/knowledge/lexical-index.ts';
import { questions } from '../examples/acme-questions.ts';

const KNOWLEDGE = new URL('../../examples/acme-insurance/knowledge/', import.meta.url);

function readArticles(): SourceDocument[] {
  const files = readdirSync(KNOWLEDGE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
  return files.sort().map((id) => {
    const [, front = '', text = ''] =
      /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(new URL(id, KNOWLEDGE), 'utf8')) ?? [];
    return { id, title: parse(front).title, url: parse(front).url, text };
  });
}

it('finds the right article of the example agent among the first three passages', async () => {
  const articles = readArticles();
  const index = buildKnowledgeIndex(articles);
  const missed: string[] = [];
  for (const { question, expected } of questions) {
    expect(articles.map((article) => article.id)).toContain(expected);
    const found = (await index.search({ query: question, limit: 3 })).passages;
    if (!found.some(({ passage }) => passage.documentId === expected)) missed.push(question);
  }
  expect(questions.length).toBeGreaterThanOrEqual(30);
  expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(questions.length * 0.1);
});
