import type { Field } from './fields.ts';
import type { Span } from './names.ts';

/** The parts of a postal address that a tool may ask for, by what its fields are called. */
const ROLES = {
  street: /(?:^|_)(?:street|road|address_line|line_?1)(?:_|$)/,
  postcode: /(?:^|_)(?:post_?code|zip|zip_?code|postal_?code)$/,
  city: /(?:^|_)(?:city|town|locality)$/,
  country: /(?:^|_)country$/,
} as const;

export type PostalRole = keyof typeof ROLES;

/** Which part of an address a field holds; null for any other field. */
export function postalRole({ kind, name }: Pick<Field, 'kind' | 'name'>): PostalRole | null {
  if (kind !== 'text') return null;
  const found = (Object.keys(ROLES) as PostalRole[]).find((role) => ROLES[role].test(name));
  return found ?? null;
}

export type Address = Partial<Record<PostalRole, string>>;

/** British and Irish forms, Dutch ones, then four or five digits. */
const POSTCODE =
  /\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d{2} ?[A-Z\d]{4}|\d{4} ?[A-Z]{2}|\d{5}-\d{4}|\d{3} \d{2}|\d{4,5})\b/g;
const NUMBER_FIRST = /(?:^|\s)(\d{1,4}[a-zA-Z]?(?:[/-]\d{1,4})? +\p{L}[\p{L}\d .'’-]{2,60})$/u;
const NUMBER_LAST = /(?:^|\s)(\p{L}[\p{L}.'’-]*(?: \p{L}[\p{L}.'’-]*){0,4} +\d{1,4} ?[a-zA-Z]?(?:[/-]\d{1,4})?)$/u;
/** What leads up to an address in a sentence. */
const LEAD = /^.*(?:\b(?:to|is|at|it's|instead|use|namely|be)\b|:)\s+(?=\S)/is;

/**
 * Reads a postal address out of what was said: "14 Mill Road, 50667 Cologne, Germany", with the number behind the street,
 * without a postcode, with the city before it. Empty where there is none.
 */
export function readAddress(text: string): { address: Address; spans: Span[] } {
  const parts = partsOf(text);
  const at = parts.findIndex(({ text: part }) => streetIn(part) !== null);
  const first = at < 0 ? undefined : parts[at];
  if (!first) return readTown(parts);
  const address: Address = {};
  const rest: string[] = [];
  const [before, postcode, after] = splitAtPostcode(first.text);
  address.street = streetIn(before) ?? '';
  if (postcode) address.postcode = postcode;
  if (after) rest.push(after);
  for (const { text: part } of parts.slice(at + 1, at + 4)) {
    const [ahead, code, behind] = address.postcode ? [part, '', ''] : splitAtPostcode(part);
    if (code) address.postcode = code;
    rest.push(...[ahead, behind].filter((one) => one !== ''));
  }
  const names = rest.filter(isPlace);
  if (names[0]) address.city = names[0];
  if (names[1]) address.country = names[1];
  const last = parts[Math.min(parts.length - 1, at + 3)] ?? first;
  return { address, spans: [{ start: first.start, end: last.end }] };
}

/** The rest of an address whose street is known: "50667 Cologne, Germany". */
function readTown(parts: ReturnType<typeof partsOf>): { address: Address; spans: Span[] } {
  const at = parts.findIndex(({ text: part }) => {
    const [before, postcode, after] = splitAtPostcode(part.replace(LEAD, ''));
    return before === '' && postcode !== '' && isPlace(after);
  });
  const found = parts[at];
  if (!found) return { address: {}, spans: [] };
  const [, postcode, city] = splitAtPostcode(found.text.replace(LEAD, ''));
  const next = parts[at + 1];
  const country = next && isPlace(next.text) ? next.text : null;
  const address: Address = { postcode, city, ...(country === null ? {} : { country }) };
  return { address, spans: [{ start: found.start, end: (country === null ? found : (next ?? found)).end }] };
}

/** "Cologne, Germany": places that answer what was asked, in its order; null where something else is said. */
export function readPlaces(text: string): string[] | null {
  const parts = partsOf(text).map(({ text: part }) => part);
  const places = parts.filter((part) => isPlace(part) && /^\p{Lu}/u.test(part));
  return places.length === parts.length && places.length > 0 ? places : null;
}

/** The stretches between commas and line breaks; a sentence's end counts too, but not the point of "St.". */
function partsOf(text: string): { text: string; start: number; end: number }[] {
  return [...text.matchAll(/[^,;\n?!|]+/g)].map((match) => ({
    text: match[0]
      .trim()
      .replace(/(?:\.|\bplease)\s*$/i, '')
      .trim(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** "14 Mill Road" in "send it to 14 Mill Road"; also where the postcode follows without a comma. */
function streetIn(part: string): string | null {
  const [own] = splitAtPostcode(part.replace(LEAD, ''));
  const found = NUMBER_FIRST.exec(own)?.[1] ?? NUMBER_LAST.exec(own)?.[1] ?? null;
  return found === null ? null : found.replace(/\s+/g, ' ').trim();
}

function splitAtPostcode(part: string): [before: string, postcode: string, after: string] {
  for (const match of part.matchAll(POSTCODE)) {
    const before = part.slice(0, match.index).trim();
    const after = part.slice(match.index + match[0].length).trim();
    // "1010 Vienna" begins with a postcode; "1010 Vienna Road" may not, but four digits are seldom a house number.
    const isHouse =
      before === '' && /^\d{4}$/.test(match[0]) && /\b(?:street|road|avenue|lane|drive|st|rd|ave)\b/i.test(after);
    if (!isHouse) return [before, match[0], after];
  }
  return [part, '', ''];
}

function isPlace(part: string): boolean {
  return /^\p{L}[\p{L} .'’-]{1,60}$/u.test(part) && part.split(/\s+/).length <= 4;
}
