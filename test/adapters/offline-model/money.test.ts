import { expect, test } from 'vitest';
import { verbalise } from '../../../src/adapters/offline-model/words.ts';

const told = (result: Record<string, unknown>) =>
  verbalise({ name: 'get_price', input: {}, result: JSON.stringify(result), failed: false });

test.each([
  [{ price_euros: 77 }, ['- Price: €77.00']],
  [{ price_eur: 1250.5 }, ['- Price: €1,250.50']],
  [{ depositGbp: 20 }, ['- Deposit: £20.00']],
  [{ monthly_premium_usd: 31.4 }, ['- Monthly premium: $31.40']],
  [{ rent_chf: 20 }, ['- Rent: CHF 20.00']],
  [{ total: 77, days: 2, currency: 'EUR' }, ['- Total: €77.00', '- Days: 2', '- Currency: EUR']],
  [{ amount_cents: 7_700, currency: 'eur' }, ['- Amount: €77.00', '- Currency: eur']],
  [{ total_items: 3, currency: 'EUR' }, ['- Total items: 3', '- Currency: EUR']],
  [{ weight_pounds: 30, currency: 'GBP' }, ['- Weight pounds: 30', '- Currency: GBP']],
  [{ price: 77, currency: 'none' }, ['- Price: 77', '- Currency: none']],
  [{ items: [{ name: 'Helmet', price_euros: 9 }] }, ['- Items: Helmet €9.00']],
])('%j', (result, lines) => {
  expect(told(result)).toBe(`Here is what I found:\n${lines.join('\n')}`);
});
