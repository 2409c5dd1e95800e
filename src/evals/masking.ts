import { cleanText } from '../language/invisible.ts';
import { literal } from '../language/literal.ts';
import { findPersonalData, type PersonalDataKind } from '../language/personal-data/find.ts';
import { maskSecrets } from '../language/secrets.ts';

/** Letters and digits joined, such as `A-1042`, and numbers of five digits and more: what companies call their things by. */
const IDENTIFIER =
  /(?<![\p{L}\p{N}$€£.,])(?:\p{L}{1,6}[-_#]?\p{N}{3,20}(?:-\p{N}{1,10})?|\p{N}{5,20})(?![\p{L}\p{N}]|[.,]\p{N})/gu;

const STAND_INS: Record<PersonalDataKind, (number: number) => string> = {
  email: (number) => `customer${number}@example.com`,
  phone: (number) => `+1 202 555 ${String(100 + number).padStart(4, '0')}`,
  ip: (number) => `192.0.2.${number}`,
  iban: (number) => `[IBAN ${number}]`,
  card: (number) => `[card number ${number}]`,
  ssn: (number) => `[social security number ${number}]`,
  'national-id': (number) => `[national number ${number}]`,
};

export type Masking = { text(text: string): string; value(value: unknown): unknown };

/**
 * Takes out secrets, personal data and `known` values (names, addresses of the customer's), and identifiers unless they are kept.
 * The same value has the same stand-in wherever it stands, so that what belongs together still does.
 */
export function createMasking({
  known,
  keepIdentifiers,
}: {
  known: readonly Known[];
  keepIdentifiers: boolean;
}): Masking {
  const standIns = new Map<string, string>();
  const standInOf = (found: string, make: (number: number) => string): string => {
    const key = found.toLowerCase();
    const standIn = standIns.get(key) ?? make(standIns.size + 1);
    standIns.set(key, standIn);
    return standIn;
  };
  const text = (raw: string): string => {
    let masked = maskSecrets(cleanText(raw));
    for (const { value, standIn } of known) masked = masked.replaceAll(wordOf(value), standIn);
    masked = withoutPersonalData(masked, standInOf);
    if (keepIdentifiers) return masked;
    return masked.replace(IDENTIFIER, (found) => (isStandIn(found) ? found : standInOf(found, sameForm(found))));
  };
  const isStandIn = (found: string) => [...standIns.values()].includes(found);
  const value = (one: unknown): unknown => {
    if (typeof one === 'string') return text(one);
    if (typeof one === 'number') return numberOf(text(String(one)), one);
    if (Array.isArray(one)) return one.map(value);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [text(key), value(inner)]));
  };
  return { text, value };
}

/** A number whose digits were masked stays a number, so that the same one in a text still means it. */
function numberOf(masked: string, own: number): number | string {
  if (masked === String(own)) return own;
  const number = Number(masked);
  return Number.isSafeInteger(number) ? number : masked;
}

/** A value that is known to be somebody's, and what stands for it. */
export type Known = { value: string; standIn: string };

function withoutPersonalData(
  text: string,
  standInOf: (found: string, make: (number: number) => string) => string,
): string {
  let masked = '';
  let at = 0;
  for (const { kind, start, end } of findPersonalData(text)) {
    masked += text.slice(at, start) + standInOf(text.slice(start, end), STAND_INS[kind]);
    at = end;
  }
  return masked + text.slice(at);
}

function wordOf(value: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal(value)}(?![\\p{L}\\p{N}])`, 'giu');
}

/** `A-1042` as `A-0001`: as long, so that a tool's schema still takes it. */
function sameForm(found: string): (number: number) => string {
  const places = found.match(/\p{N}/gu)?.length ?? 0;
  return (number) => {
    const digits = String(number).padStart(places, '0').slice(-places);
    let next = 0;
    return found.replace(/\p{N}/gu, () => digits[next++] ?? '0');
  };
}
