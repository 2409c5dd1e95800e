import type { Figure } from './figures.ts';
import type { Token } from './tokens.ts';
import { ADJECTIVES, PERIODS } from './units.ts';

/** A price of which the clause says elsewhere what it is for: `the monthly fee is $5`. */
export function withPeriod(tokens: readonly Token[], figures: Figure[]): Figure[] {
  if (!figures.some(({ kind, per }) => (kind === 'money' || kind === 'percent') && per === null)) return figures;
  // "Annual billing, per month" is by the month.
  const told = tokens.find(({ text }, at) => tokens[at - 1]?.text === 'per' && PERIODS.has(text))?.text ?? '';
  const word = tokens.find(({ text }) => ADJECTIVES.has(text))?.text ?? '';
  const per = PERIODS.get(told) ?? ADJECTIVES.get(word) ?? null;
  if (per === null) return figures;
  const isOf = ({ kind }: Figure) => kind === 'money' || (kind === 'percent' && told !== '');
  return figures.map((figure) => (isOf(figure) && figure.per === null ? { ...figure, per } : figure));
}

const BARE_PRICE =
  /\b(?:price|costs?|premium|total|fee|rate|deductible|balance|refund|amount|bill|charged?|billed|precio|total|preis|prix|preco|prezzo|prijs)\b(?: \p{L}+){0,4}(?: (?:is|of|to|at|for|just|only|es|ist|est|e|de|sono))? (\d[\d,]*(?:\.\d+)?)$/u;

const NUMBERED = /\b(?:case|order|ticket|number|reference|claim|booking|invoice|policy|account|id|no) \d+$/;
/** `it costs 59 for the set` */
const COSTS_SO_MUCH =
  /\b(?:costs?|comes to|priced at) (?:you )?(\d[\d,]*(?:\.\d+)?)(?= (?:for|per|each|a|an|in total|altogether)\b)/;

/** `the 64.50 landed on your card`, `is 69 a month`, `protected up to 250,000` */
const AN_AMOUNT = [
  /\b(?:the|your|of|for|pay|paid|just|only) (\d[\d,]*\.\d\d)(?= (?!%|per ?cent|points?|(?:to|from|train|bus|ferry|flight|service|departure|showing|screening)\b|(?:k|m|c|d)?[mlg]\b|inch|gb|mb|hours?|days?|stars?|or (?:higher|later|newer))\p{L}|[.,;]|$)/u,
  /(?<!\b(?:allowance|cap|limit(?:ed)?|max(?:imum)?|quota)\b[^.]{0,30})\b(?:is|at|for|only|just) (\d[\d,]+(?:\.\d\d?)?)(?= (?:a|per) (?:month|year|night|person|head|seat)\b)/,
  /\b(?:protect|insur|cover|compensat|reimburs|guarantee)\w*(?: \w+){0,2} up to (\d{1,3}(?:,\d{3})+)(?! (?:\p{Ll}{4,})s\b)/u,
];

const FORMS = [BARE_PRICE, COSTS_SO_MUCH, ...AN_AMOUNT];

/** A price without its currency: `Your premium is 86.10`. */
export function barePrice(text: string, start: number): Figure[] {
  const found = FORMS.find((form) => form.test(text))?.exec(text);
  const number = found?.[1];
  // `free of charge under case 7759`
  if (!found || number === undefined || /^(?:19|20)\d\d$/.test(number) || NUMBERED.test(found[0])) return [];
  const end = start + found.index + found[0].length;
  const value = Number(number.replaceAll(',', ''));
  return [{ kind: 'money', value, unit: '', bound: 'exact', per: null, start: end - number.length, end }];
}
