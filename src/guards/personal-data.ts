import { ALLOW, type Guard, type Seen } from '../agent/guard.ts';
import { type Finding, findPersonalData, type PersonalDataKind } from '../language/personal-data/find.ts';
import { foldInPlace } from '../language/personal-data/fold.ts';
import { withoutMarks } from './marks.ts';

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
  const plain = findPersonalData(text);
  const others = formatted(text).filter(({ start, end }) => !plain.some((one) => one.start < end && start < one.end));
  return [...plain, ...others]
    .sort((a, b) => a.start - b.start)
    .filter(({ end }) => end > from)
    .map(({ kind, start, end }) => {
      const value = { kind, text: text.slice(start, end) };
      return { kind, start: Math.max(0, start - from), end: end - from, value };
    });
}

/** Formatting between two digits, or in an address. */
const FORMATTED = [
  /\p{N}[^\p{L}\p{N}]{0,12}(?:[\n|*_`~\\·\u00ad\u200b-\u200f\u2060-\u2064\ufeff][^\p{L}\p{N}]{0,12}|<[^\p{N}]{1,60})\p{N}/u,
  /[*`~\\<\u00ad\u200b-\u200f\u2060-\u2064\ufeff]\S{0,80}@|@\S{0,80}[*`~\\<\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/u,
];
const LIKELY = /@|(?:\p{N}\P{N}*){8}/u;
/** What no number of another kind is taken for. */
const SURE: ReadonlySet<PersonalDataKind> = new Set(['card', 'iban', 'email']);

/** Values whose parts stand in cells, items or signs of their own. */
function formatted(text: string): Finding[] {
  if (!LIKELY.test(text) || !FORMATTED.some((form) => form.test(text))) return [];
  const plain = withoutMarks(text);
  if (plain === null) return [];
  return findPersonalData(plain.text).flatMap(({ kind, start, end }) => {
    const isSure = SURE.has(kind) || (kind === 'phone' && /^\W?\+/.test(plain.text.slice(start)));
    const [from, last] = [plain.at[start] ?? 0, plain.at[end - 1] ?? 0];
    const isFormatted = text.slice(from, last + 1) !== plain.text.slice(start, end);
    return isSure && isFormatted ? [{ kind, start: from, end: last + 1 }] : [];
  });
}

function isAllowed({ kind, text }: Value, seen: Seen): boolean {
  const parts = partsOf(kind, foldInPlace(text));
  const squeezed = squeeze(parts.join(''));
  let pattern: RegExp | null = null;
  return shownIn(seen).some((shown) => {
    if (!shown.squeezed.includes(squeezed)) return false;
    pattern ??= patternOf(kind, parts);
    return pattern.test(shown.text);
  });
}

/** A text that the customer may read, and its plain letters and digits: what does not have a value's has not the value. */
type Shown = { text: string; squeezed: string };

function shownIn({ said, sources, prompt, contact, customer }: Seen): Shown[] {
  return [
    toShown(said.join('\n')),
    ...sources.map((source) => kept(source, () => source.text)),
    kept(prompt, () => prompt.join('\n')),
    kept(contact, () => Object.values(contact).join('\n')),
    ...(customer ? [kept(customer, () => JSON.stringify(customer))] : []),
  ];
}

/** By what they are made from, which stays the same for as long as a reply takes. */
const KEPT = new WeakMap<object, Shown>();

function kept(key: object, text: () => string): Shown {
  const known = KEPT.get(key);
  if (known) return known;
  const made = toShown(text());
  KEPT.set(key, made);
  return made;
}

function toShown(raw: string): Shown {
  const text = foldInPlace(raw);
  return { text, squeezed: squeeze(text) };
}

function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/** The last digits that make a phone number the same with and without the code of its country. */
const OWN_DIGITS = 9;
/** Signs of an address, written as words. */
const SPOKEN = /^(?:at|dot|arroba|arobase|chiocciola|apenstaartje|ma[lł]pa|punto|ponto|point|punkt|punt|kropka)$/iu;

/** What stays the same of a value however it is grouped and set apart: the words of an address, the signs of a number. */
function partsOf(kind: PersonalDataKind, text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (kind === 'email') return text.includes('@') ? words : words.filter((word) => !SPOKEN.test(word));
  // Without its extension.
  if (kind === 'phone') return [...text.replace(/ ?[a-z.]+ ?\d+$/i, '').replace(/\D/g, '')].slice(-OWN_DIGITS);
  return [...words.join('')];
}

const APART = '[^\\p{L}\\p{N}]';

function patternOf(kind: PersonalDataKind, parts: readonly string[]): RegExp {
  const before = kind === 'phone' && parts.length === OWN_DIGITS ? '' : '(?<![\\p{L}\\p{N}])';
  const between = kind === 'email' ? `${APART}{1,3}` : `${APART}{0,3}`;
  return new RegExp(`${before}${parts.join(between)}(?![\\p{L}\\p{N}])`, 'iu');
}
