/** The words by which the name of a field says its currency. */
const CURRENCIES: Readonly<Record<string, string>> = {
  ...{ eur: 'EUR', euro: 'EUR', euros: 'EUR', usd: 'USD', dollar: 'USD', dollars: 'USD' },
  ...{ gbp: 'GBP', pound: 'GBP', pounds: 'GBP', sterling: 'GBP', chf: 'CHF', francs: 'CHF', jpy: 'JPY', yen: 'JPY' },
};

const MONEY =
  /\b(?:price|premium|cost|costs|fee|fees|total|amount|deposit|balance|refund|charge|rent|due|paid|budget)\b/;
/** What is counted or weighed, whatever else the name says: "total_items", "weight_pounds". */
const COUNTED = /\b(?:count|number|items|quantity|pieces|days|nights|hours|weight|load|percent)\b/;

/** An amount with its currency, where the field's name says it or a field beside it does; null of any other value. */
export function money(key: string, value: unknown, beside: Readonly<Record<string, unknown>>): string | null {
  const name = wordsOf(key).join(' ');
  if (typeof value !== 'number' || COUNTED.test(name)) return null;
  const currency = currencyOf(key) ?? (MONEY.test(name) ? currencyBeside(beside) : null);
  if (currency === null) return null;
  const whole = /\bcents$/.test(name) ? value / 100 : value;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(whole).replaceAll('\u00a0', ' ');
}

/** The name of a field in words; of an amount without its currency: "price_euros" is a price. */
export function nameOf(key: string, isAmount: boolean): string {
  const all = wordsOf(key);
  const kept = all.filter((word, at) => at === 0 || !(word === 'cents' || word in CURRENCIES));
  return (isAmount ? kept : all).join(' ');
}

/** By the last word: an "euro_pallet" is no amount. */
function currencyOf(key: string): string | null {
  const [last = '', before = ''] = wordsOf(key).reverse();
  return CURRENCIES[last === 'cents' ? before : last] ?? null;
}

function currencyBeside(beside: Readonly<Record<string, unknown>>): string | null {
  const said = Object.entries(beside).find(([key]) => wordsOf(key).includes('currency'))?.[1];
  return typeof said === 'string' && /^[A-Za-z]{3}$/.test(said) ? said.toUpperCase() : null;
}

function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== '');
}
