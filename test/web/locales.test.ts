import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chooseLocale, LOCALES, loadSentences, type Sentences } from '../../web/widget/locale.ts';
import { problemWords } from '../../web/widget/problem-words.ts';
import { toolWords } from '../../web/widget/tool-words.ts';

const files = readdirSync('web/widget/locales').map((file) => file.replace(/\.ts$/, ''));
const en = await loadSentences('en');
const es = await loadSentences('es');

test('a language is a file', () => {
  expect([...LOCALES].sort()).toEqual(files.sort());
  expect(LOCALES).toEqual(expect.arrayContaining(['en', 'es']));
});

test('the first language that there are sentences for', () => {
  expect(chooseLocale(['es-MX', 'en'])).toBe('es');
  expect(chooseLocale([null, 'fr', 'es'])).toBe('es');
  expect(chooseLocale(['constructor', '', undefined, 'xx'])).toBe('en');
});

test.each([
  ['get_quote', 'Getting a quote…'],
  ['get_order_details', 'Getting order details…'],
  ['get_customer_info', 'Getting customer info…'],
  ['cancel_order', 'Cancelling an order…'],
  ['checkStock', 'Checking stock…'],
  ['search_knowledge', 'Looking that up…'],
  ['frobnicate', 'Working on it: frobnicate…'],
])('%s is %s', (tool, wording) => {
  expect(en.toolProgress(toolWords(tool))).toBe(wording);
});

test('Spanish wording never shows an English name', () => {
  expect(es.toolProgress(toolWords('get_quote'))).toBe('Consultando los datos…');
  expect(es.toolProgress(toolWords('cancel_order'))).toBe('Tramitando la cancelación…');
});

/** Every sentence by the path of its key. */
function walk(sentences: object, path = ''): [path: string, sentence: unknown][] {
  return Object.entries(sentences).flatMap(([key, value]): [string, unknown][] => {
    if (typeof value === 'object') return walk(value as object, `${path}${key}.`);
    if (typeof value !== 'function') return [[path + key, value]];
    const argument = key === 'toolProgress' ? ['get', 'quote'] : 3;
    return [[path + key, (value as (argument: unknown) => string)(argument)]];
  });
}

test.each(files)('%s has every sentence, and knows its own name', async (file) => {
  const sentences: Sentences = await loadSentences(file);
  expect(sentences.locale).toBe(file);
  expect(walk(sentences).map(([path]) => path)).toEqual(walk(en).map(([path]) => path));
  for (const [path, sentence] of walk(sentences)) expect(sentence, path).toMatch(/\S/);
});

test('problems say how long to wait, in words', () => {
  const said = (code: string, wait: number | null, sentences = en) => problemWords({ code, wait }, sentences);
  expect(said('too_many_messages', 40)).toContain('in 40 seconds.');
  expect(said('too_many_messages', 1)).toContain('in 1 second.');
  expect(said('too_many_conversations', 125)).toContain('in 3 minutes.');
  expect(said('too_many_streams', 7200)).toContain('in 2 hours.');
  expect(said('too_many_messages', null)).toContain('in a moment.');
  expect(said('too_many_messages', 40, es)).toContain('en 40 segundos.');
  expect(said('paused', 60)).toMatch(/switched off.*person/);
  expect(said('budget_spent', 60)).toMatch(/person/);
  expect(said('constructor', null)).toBe(en.problems.other(''));
});
