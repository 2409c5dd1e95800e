import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DECISION_ERRORS } from '../../src/http/routes/actions.ts';
import { wordsIn } from '../../web/widget/card-words.ts';
import { chooseLocale, LOCALES, loadSentences, type Sentences } from '../../web/widget/locale.ts';
import { problemWords } from '../../web/widget/problem-words.ts';
import { toolWords } from '../../web/widget/tool-words.ts';

const files = readdirSync('web/widget/locales')
  .filter((file) => !file.startsWith('cards-'))
  .map((file) => file.replace(/\.ts$/, ''));
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

test.each(files)('%s has every word for cards', async (file) => {
  const [english, words] = await Promise.all([wordsIn(en), wordsIn(await loadSentences(file))]);
  expect(words.locale).toBe(file);
  expect(Object.keys(words.problems)).toEqual(Object.keys(english.problems));
  for (const name of ['stages', 'problems'] as const) {
    for (const [path, word] of walk(words[name])) expect(word, path).toMatch(/\S/);
  }
});

test('every error of an answer has its sentence, and how long there is is told in words', async () => {
  const words = await wordsIn(en);
  for (const code of [...DECISION_ERRORS, 'sign_in_required'].filter((code) => code !== 'conversation_closed')) {
    expect(Object.keys(words.problems)).toContain(code);
    expect(words.problem({ code, wait: null })).not.toContain('Something went wrong');
  }
  expect(words.problem({ code: 'network', wait: null })).toBe(
    'Your answer did not arrive. We cannot be reached. Check your connection and try again.',
  );
  const left = (seconds: number) => words.timeLeft(Date.now() + seconds * 1000 + 500);
  expect([left(1), left(59), left(60), left(899)]).toEqual([
    'You have 1 second to decide.',
    'You have 59 seconds to decide.',
    'You have 1 minute to decide.',
    'You have 14 minutes to decide.',
  ]);
  expect(left(90_000)).toMatch(/^You can decide until \w{3} \d+, \d{4}, /);
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
