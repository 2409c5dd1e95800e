import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import agent from '../../examples/acme-insurance/agent.ts';
import getQuote from '../../examples/acme-insurance/tools/get-quote.ts';
import { splitSentences } from '../../src/language/sentences.ts';
import { heldOutQuestions, questions } from './acme-questions.ts';

const folder = fileURLToPath(new URL('../../examples/acme-insurance/', import.meta.url));
/** What is noted beside an article is searched, and told to nobody. */
const withoutAsked = (text: string) => text.replace(/<!-- asked:.*?-->\n\n/gs, '');
const files = (pattern: string) =>
  globSync(pattern, { cwd: folder })
    .sort()
    .map((path) => ({ path, text: withoutAsked(readFileSync(`${folder}${path}`, 'utf8')) }));

const articles = files('knowledge/**/*.md').map(({ path, text }) => {
  const [, front = '', body = ''] = /^---\n(.*?)\n---\n\n(.*)$/s.exec(text) ?? [];
  const { title, url } = z.strictObject({ title: z.string().min(5), url: z.url() }).parse(parse(front));
  const sentences = body.split(/\n+/).flatMap((line) => (line.startsWith('#') ? [] : splitSentences(line)));
  return { id: path.slice('knowledge/'.length), title, url, body, sentences: sentences.map((text) => text.trim()) };
});
const context = files('context/*.md');
const examples = files('examples/*.md');
const everything = [...files('**/*.md'), ...files('**/*.ts')];

const words = (text: string) => text.split(/\s+/).filter((word) => /\w/.test(word)).length;

describe('the folder', () => {
  it('has a block of context for the company and for each product', () => {
    const names = context.map(({ path }) => path);
    expect(names).toEqual(expect.arrayContaining(['context/10-company.md', 'context/20-car-insurance.md']));
    expect(names).toEqual(
      expect.arrayContaining(['context/30-electric-car-insurance.md', 'context/40-two-wheeler-insurance.md']),
    );
  });

  it('greets in two languages, and says that Eva is an AI', () => {
    expect(readFileSync(`${folder}greeting.md`, 'utf8')).toMatch(/Eva.*\bAI assistant\b/);
    expect(readFileSync(`${folder}greeting.es.md`, 'utf8')).toMatch(/Eva.*inteligencia artificial/);
  });

  it('has examples, each an exchange that the customer begins', () => {
    expect(examples.length).toBeGreaterThanOrEqual(5);
    for (const { path, text } of examples) {
      const turns = text.trim().split(/\n\n(?=Customer:|Agent:)/);
      const speakers = turns.map((turn) => /^(Customer|Agent): \S/.exec(turn)?.[1]);
      expect(speakers, path).toEqual(speakers.map((_, index) => (index % 2 === 0 ? 'Customer' : 'Agent')));
      expect(speakers.length % 2, path).toBe(0);
    }
  });

  it('shows only premiums that get_quote gives', async () => {
    const shown = examples.flatMap(({ text }) => text.match(/\$\d+\.\d\d/g) ?? []);
    const inputs = [
      { make: 'Toyota', model: 'Camry', year: 2018, mileage: 62_000, driver_age: 45 },
      { make: 'Ducati', model: 'Monster', year: 2019, mileage: 6_000, driver_age: 41 },
      { make: 'Ducati', model: 'Monster', year: 2021, mileage: 6_000, driver_age: 41 },
    ];
    const signal = new AbortController().signal;
    const run = (input: (typeof inputs)[number]) =>
      getQuote.run(input, {
        conversationId: 'c',
        turnId: 't',
        language: null,
        customer: null,
        route: 'general',
        idempotencyKey: null,
        status: 'open',
        signal,
      });
    const summaries = JSON.stringify(await Promise.all(inputs.map(run)));
    expect(shown.length).toBe(inputs.length);
    for (const price of shown) expect(summaries).toContain(price);
  });

  it('is long enough for the model to cache: 4,096 tokens at four characters each', () => {
    const prose = [...context, ...examples, ...files('guardrails.md')];
    expect(prose.reduce((sum, { text }) => sum + text.length, 0)).toBeGreaterThanOrEqual(4 * 4_096);
  });
});

describe('the knowledge', () => {
  it('notes for every section how customers ask for it', () => {
    for (const { path, text } of globSync('knowledge/**/*.md', { cwd: folder }).map((path) => ({
      path,
      text: readFileSync(`${folder}${path}`, 'utf8'),
    })))
      expect(text.match(/^<!-- asked:/gm)?.length, path).toBe((text.match(/^## /gm)?.length ?? 0) + 1);
  });

  it('has at least 25 articles with titles and addresses of their own', () => {
    expect(articles.length).toBeGreaterThanOrEqual(25);
    expect(new Set(articles.map(({ title }) => title.toLowerCase())).size).toBe(articles.length);
    expect(new Set(articles.map(({ url }) => url)).size).toBe(articles.length);
    for (const { id, url } of articles) {
      expect(url).toBe(`https://www.acme-insurance.example/help/${id.replace(/\.md$/, '')}`);
    }
  });

  it('is short, in sentences that can be quoted alone', () => {
    for (const { id, body, sentences } of articles) {
      expect(words(body), id).toBeGreaterThanOrEqual(90);
      expect(words(body), id).toBeLessThanOrEqual(250);
      for (const sentence of sentences) {
        expect(words(sentence), `${id}: ${sentence}`).toBeLessThanOrEqual(45);
        expect(words(sentence), `${id}: ${sentence}`).toBeGreaterThanOrEqual(4);
        expect(sentence, id).toMatch(/[.?!]$/);
        expect(sentence, id).not.toMatch(/^(It|They|This|These|That|Those|He|She|There)\b/);
      }
    }
  });

  it('never says the same sentence in two articles', () => {
    const seen = new Map<string, string>();
    for (const { id, sentences } of articles) {
      for (const sentence of sentences) {
        expect(seen.get(sentence), `${id}: ${sentence}`).toBeUndefined();
        seen.set(sentence, id);
      }
    }
  });
});

describe('facts', () => {
  it('names one phone number, one e-mail address and one site', () => {
    for (const { path, text } of everything) {
      for (const phone of text.match(/\(?\b(?:\d-)?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b/g) ?? []) {
        expect(phone, path).toBe(agent.contact.phone);
      }
      for (const email of text.match(/[\w.]+@[\w.-]+\w/g) ?? []) expect(email, path).toBe(agent.contact.email);
      for (const [url] of text.matchAll(/https?:\/\/[^\s"'`)/]+[^\s"'`).,/]/g)) {
        expect(url, path).toBe(agent.contact.url);
      }
    }
  });

  it('names one set of business hours', () => {
    for (const { path, text } of everything) {
      const elsewhere = text.replaceAll(agent.contact.hours ?? '', '');
      expect(elsewhere, path).not.toMatch(/\d\s*[AP]\.?M\b|\bEST\b|\bMonday\b/i);
    }
    const contact = articles.find(({ id }) => id === 'account/contact.md');
    expect(contact?.body).toContain(agent.contact.hours);
  });

  it('repeats in the context only figures that the knowledge has', () => {
    const knowledge = articles.map(({ body }) => body).join('\n');
    const figure = /\$[\d,]*\d|\b\d+ (?:percent|business days|days|months|miles)\b/g;
    for (const { path, text } of context) {
      for (const found of text.match(figure) ?? []) expect(knowledge.includes(found), `${path}: ${found}`).toBe(true);
    }
  });
});

describe('the test questions', () => {
  it('are 30 or more, each with an article that exists, and no title in disguise', () => {
    expect(questions.length).toBeGreaterThanOrEqual(30);
    const all = [...questions, ...heldOutQuestions];
    expect(new Set(all.map(({ question }) => question)).size).toBe(all.length);
    for (const { question, expected } of all) {
      const article = articles.find(({ id }) => id === expected);
      expect(article, expected).toBeDefined();
      expect(question.toLowerCase()).not.toContain(article?.title.toLowerCase());
    }
  });
});
