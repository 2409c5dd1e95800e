import { ALLOW, type Guard, type Seen } from '../agent/guard.ts';
import { type Finding, findPersonalData, type PersonalDataKind } from '../language/personal-data/find.ts';
import { foldInPlace } from '../language/personal-data/fold.ts';

/** What stands in the reply in place of a value. */
const REMOVED: Record<PersonalDataKind, string> = {
  email: '[e-mail removed]',
  iban: '[account number removed]',
  card: '[card number removed]',
  ssn: '[social security number removed]',
  'national-id': '[national ID removed]',
  ip: '[IP address removed]',
  phone: '[phone number removed]',
};

/** Characters of the reply before a segment that may begin a value of it, or say what its number is. */
const BEFORE = 100;

/**
 * Removes personal data of a fixed form from what is released, but for what this customer may read: what they said
 * themselves or their token shows, the company's contact, what the prompt, the knowledge, a colleague and the tools of this
 * conversation have given (the runtime has bound those to this customer).
 */
export const personalData: Guard = {
  name: 'personal-data',
  check(candidate, seen) {
    const found = findIn(candidate, seen.released.slice(-BEFORE)).filter(({ value }) => !isAllowed(value, seen));
    if (found.length === 0) return ALLOW;
    let text = '';
    let at = 0;
    for (const { kind, start, end } of found) {
      if (end <= at) continue;
      text += candidate.slice(at, Math.max(at, start)) + REMOVED[kind];
      at = end;
    }
    return { action: 'redact', text: text + candidate.slice(at), found: found.map(({ kind }) => kind) };
  },
};

type Value = { kind: PersonalDataKind; text: string };
/** Where in the candidate a value, or the end of one, stands. */
type Found = Omit<Finding, 'kind'> & { kind: PersonalDataKind; value: Value };

function findIn(candidate: string, before: string): Found[] {
  const joined = findAfter(before, candidate);
  // Two paragraphs, perhaps: digits that end the one would hide a number that begins the other.
  const isGlued = /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}+]/u.test(candidate);
  return isGlued ? [...joined, ...findAfter('', candidate)].sort((a, b) => a.start - b.start) : joined;
}

function findAfter(before: string, candidate: string): Found[] {
  const text = before + candidate;
  const from = before.length;
  return findPersonalData(text)
    .filter(({ end }) => end > from)
    .map(({ kind, start, end }) => {
      const value = { kind, text: text.slice(start, end) };
      return { kind, start: Math.max(0, start - from), end: end - from, value };
    });
}

function isAllowed(value: Value, { said, sources, prompt, contact, customer }: Seen): boolean {
  const pattern = patternOf(value);
  const has = (text: string) => pattern.test(foldInPlace(text));
  return (
    said.some(has) ||
    sources.some(({ text }) => has(text)) ||
    Object.values(contact).some(has) ||
    prompt.some(has) ||
    (customer !== null && has(JSON.stringify(customer)))
  );
}

/** The last digits that make a phone number the same with and without the code of its country. */
const OWN_DIGITS = 9;
const BETWEEN = '[^\\p{L}\\p{N}]';

/** Matches the value however it is grouped and set apart. */
function patternOf({ kind, text }: Value): RegExp {
  const plain = foldInPlace(text);
  if (kind === 'email') {
    const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
    const parts = plain.includes('@') ? words : words.filter((word) => !SPOKEN.test(word));
    return new RegExp(`(?<![\\p{L}\\p{N}])${parts.join(`${BETWEEN}{1,3}`)}(?![\\p{L}\\p{N}])`, 'iu');
  }
  const signs = [...(kind === 'phone' ? plain.replace(/ ?[a-z.]+ ?\d+$/i, '') : plain).replace(/[^\p{L}\p{N}]/gu, '')];
  const isLong = kind === 'phone' && signs.length > OWN_DIGITS;
  const own = (isLong ? signs.slice(-OWN_DIGITS) : signs).join(`${BETWEEN}{0,3}`);
  return new RegExp(`${isLong ? '' : '(?<![\\p{L}\\p{N}])'}${own}(?![\\p{L}\\p{N}])`, 'iu');
}

/** Signs of an address, written as words. */
const SPOKEN = /^(?:at|dot|arroba|arobase|chiocciola|apenstaartje|ma[lł]pa|punto|ponto|point|punkt|punt|kropka)$/iu;
