import { expect, test } from 'vitest';
import { chooseLocale } from '../../web/widget/locales/index.ts';

const { sentences: en } = chooseLocale(['en']);
const { sentences: es } = chooseLocale(['es']);

test('the first language that the page speaks', () => {
  expect(chooseLocale(['es-MX', 'en']).locale).toBe('es');
  expect(chooseLocale([null, 'fr', 'es']).locale).toBe('es');
  expect(chooseLocale(['constructor', '', 'xx']).locale).toBe('en');
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
  expect(en.toolProgress(tool)).toBe(wording);
});

test('Spanish wording never shows an English name', () => {
  expect(es.toolProgress('get_quote')).toBe('Consultando los datos…');
  expect(es.toolProgress('cancel_order')).toBe('Tramitando la cancelación…');
});

test('no sentence is missing or empty', () => {
  for (const sentences of [en, es]) {
    for (const [key, value] of Object.entries(sentences)) {
      const argument = key === 'toolProgress' ? 'get_quote' : 3;
      const sentence = typeof value === 'string' ? value : (value as (argument: unknown) => string)(argument);
      expect(sentence, key).toMatch(/\S/);
    }
  }
});
