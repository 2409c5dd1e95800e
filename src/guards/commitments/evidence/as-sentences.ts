import { structureOf } from '../../structure.ts';

/** JSON as one sentence an object: `refund days 30 days`. Anything else, around it too, with its tables so. */
export function asSentences(text: string): string {
  if (!HAS_JSON.test(text)) return tablesAsSentences(text);
  const { values, rest } = structureOf(text);
  const around = rest.trim() === '' ? [] : [tablesAsSentences(rest)];
  return [...around, ...values.flatMap((value) => sentencesOf(value))].join('\n');
}

const HAS_JSON = /\{\s*["}]|\[\s*["{[]/;

function sentencesOf(value: unknown, path = '', depth = 0, around?: unknown): string[] {
  if (depth > 6 || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => sentencesOf(one, path, depth + 1, around));
  if (typeof value !== 'object') return [`${path} ${withUnit(path, value)}.`];
  const [fields, below]: [string[], string[]] = [[], []];
  const entries = Object.entries(value);
  const isShare = entries.some(([key, field]) => KIND.test(key) && /^(?:percent(?:age)?|pct|%)$/i.test(String(field)));
  const currency = entries.find(([key]) => /currency/i.test(key))?.[1] ?? around;
  for (const [key, field] of entries) {
    const name = `${path} ${(INCLUDES[key] ?? key).replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_.-]/g, ' ')}`.trim();
    if (ASKED.test(key)) continue;
    if (typeof field === 'object') below.push(...sentencesOf(field, name, depth + 1, currency));
    else if (field === false) fields.push(`not ${name}`);
    else if (isShare && typeof field === 'number' && MONEY.test(name) && !LIMIT.test(key))
      fields.push(`${name} ${field} %`);
    else if (field === 'NO' && PLACE.test(key)) fields.push(`${name} norway`);
    else fields.push(`${name} ${fieldOf(name, field, currency)}`);
  }
  return [...(fields.length > 0 ? [`${fields.join('; ')}.`] : []), ...below];
}

/** What is paid at least or at most is no share. */
const LIMIT = /min|max|order|spend|basket|cart|price/i;
/** `{ type: 'percent', value: 13 }` */
const KIND = /^(?:\w+_)?(?:type|kind|unit)$/i;
/** Of which NO is Norway. */
const PLACE = /country|ship|destination|origin|region|market|locale|lang/i;

const INCLUDES: Readonly<Record<string, string>> = {
  includes: 'included',
  excludes: 'not_included',
  excluded: 'not_included',
};

/** What a tool was asked is nothing that it says. */
const ASKED = /^(?:search|query|q|question|keywords?|input)$/i;

/** A month of ISO 8601 in words, a moment as its day and hour. */
function asDate(field: unknown): unknown {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(String(field)) ?? [];
  if (month !== undefined) return `${MONTHS[Number(month) - 1]} ${year}`;
  if (typeof field !== 'string') return field;
  // `in_transit`
  return field
    .replace(/(?<=\bending (?:in )?\d{2,6})$/, ' card')
    .replace(/\b(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/g, '$1 $2')
    .replace(/(?<=[a-z])_(?=[a-z])/g, ' ');
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const MONEY =
  /price|amount|total|cost|fee|fare|refund|premium|balance|paid|due|charge|rate|rental|deposit|deductible|excess|payment|instal|tax|bonus|limit|maximum|discount|saving|credit|value|worth|monthly|annual|yearly|income|incoming|salary|outstanding|spent|withdrawn|reimburs|cash ?back|voucher|bill|principal|claimed|quote|estimate|payout|basket|cart|face|surcharge|supplement|insured|budget|fine$|penalty|min(?:imum)? order|minimum/i;
/** What is counted, or a name: `card last4`. */
const NO_MONEY =
  /last ?\d|number|\bid\b|\bcount|qty|quantity|code|phone|\bzip|\bage|version|position|persons?|people|adults|children|guests|seats|screens|users|items|points|pieces|\bsize|level|days|instal\w* (?:max|min|count)/i;
/** What a field is, by the end of its name: `extra km price`, `fee per km`. */
const PRICE = /\b(?:price|fee|cost|charge|rate|surcharge)(?: per \w+)?$/i;
/** `reimbursement rate 0.8` */
const SHARE = /\b(?:rate|share|ratio)$/i;
const PER: readonly (readonly [RegExp, string])[] = [
  [/year|annual/i, 'year'],
  [/month/i, 'month'],
  [/week/i, 'week'],
  [/\bdaily|per day/i, 'day'],
  [/hour/i, 'hour'],
  [/night/i, 'night'],
];

/** A currency that the name of a field ends with: `balance gbp`. */
const CURRENCY = /\b(usd|eur|gbp|aud|cad|nzd|chf|sek|nok|dkk|pln|jpy|inr|mxn|brl)$/i;

function fieldOf(name: string, field: unknown, currency: unknown): unknown {
  if (typeof field === 'number') return figureOf(name, field, currency);
  const isAmount = typeof field === 'string' && /^\d+(?:\.\d+)?$/.test(field) && MONEY.test(name);
  return isAmount && typeof currency === 'string' ? figureOf(name, Number(field), currency) : withUnit(name, field);
}

/** `turnaround_days: "5-8 working"`, `slots: ["08-12"]` */
function withUnit(name: string, field: unknown): unknown {
  const [, from, to] = HOURS.test(name) ? (/^([01]?\d|2[0-4]) ?[-–] ?([01]?\d|2[0-4])$/.exec(String(field)) ?? []) : [];
  if (Number(from) < Number(to)) return `${from}:00 to ${to}:00`;
  const unit =
    typeof field === 'string' && /^\d+ ?[-–] ?\d+(?: (?:working|business))?$/.test(field) ? UNIT.exec(name) : null;
  return unit ? `${field} ${unit[0]}` : asDate(field);
}

/** Of the day: of `turnaround hours` they are how long something takes. */
const HOURS = /\b(?:(?:time)?slots?|windows?|opening(?: hours)?)$/i;
const UNIT = /\b(?:(?:working|business) )?(?:days|hours|weeks|months|years|minutes)\b/i;

function figureOf(name: string, signed: number, ofObject: unknown): string {
  const value = Math.abs(signed);
  if (value === 0 && /\binterest$/i.test(name)) return '0 %, no interest';
  const currency = CURRENCY.exec(name)?.[1] ?? ofObject;
  const isCents = /\b(?:ct|cents?|pence|p)\b|minor/i.test(name);
  if (/percent|pct/i.test(name)) return `${value} %${value === 0 && /interest/i.test(name) ? ', no interest' : ''}`;
  if (isCents) return typeof currency === 'string' ? `${value / 100} ${currency}` : `${value} cents`;
  if (typeof currency !== 'string' && !Number.isInteger(value) && value < 30 && /\b(?:rate|apr|apy|yield)$/i.test(name))
    return `${value} %`;
  if (/\bmins?$/i.test(name) && !MONEY.test(name)) return `${value} minutes`;
  const unit = /\b(days?|hours?|weeks?|months?|years?|minutes?)\b/i.exec(name)?.[1];
  const isWorking = /\b(?:business|working) days?\b/i.test(name);
  if (unit && /days|hours|weeks|months|years|minutes/i.test(name))
    return `${value} ${isWorking ? 'working ' : ''}${unit}`;
  const measure = /\b(mbit|mbps|gbit|gb|tb|mb|kg|lbs?|km|cm|miles|points|nights)\b/i.exec(name)?.[1];
  const isPrice = typeof currency === 'string' && PRICE.test(name);
  if (value > 0 && value < 1 && !measure && SHARE.test(name)) return `${Number((100 * value).toFixed(4))} %`;
  if (measure && !isPrice) return `${value} ${measure}`;
  if (typeof currency !== 'string' || !MONEY.test(name) || NO_MONEY.test(name)) return String(value);
  const per = PER.find(([said]) => said.test(name))?.[1];
  return `${value} ${currency}${per === undefined ? '' : ` per ${per}`}${value === 0 ? ' free of charge' : ''}`;
}

/** Each row of a Markdown table as a sentence, its cells with the heads of their columns: `Plan Pro; Price per month $20.` */
export function tablesAsSentences(text: string): string {
  if (!text.includes('|')) return text;
  let heads: string[] | null = null;
  const lines = text.split('\n');
  return lines
    .flatMap((line, at) => {
      const cells = cellsOf(line);
      if (!cells) {
        heads = null;
        return [line];
      }
      if (/^[\s|:-]+$/.test(line)) return [];
      const isHead = heads === null && /^[\s|:-]+$/.test(lines[at + 1] ?? '');
      if (isHead) {
        heads = cells;
        return [];
      }
      const known: readonly string[] = heads ?? [];
      return [`| ${cells.map((cell, column) => `${known[column] ?? ''} ${cell}`.trim()).join('; ')}.`];
    })
    .join('\n');
}

function cellsOf(line: string): string[] | null {
  const row = line.trim();
  if (!row.startsWith('|') || row.length < 3) return null;
  return row
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.replace(/[()]/g, ' ').trim());
}
