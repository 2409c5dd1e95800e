import { cleanText } from '../../language/invisible.ts';

/** Shorter ones occur in texts that have nothing to do with them. */
const SHORTEST = 5;
const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

export type Redact = (text: string) => string;

/**
 * Takes secrets out of a text, which it cleans first: a server may say what it was sent, in the spelling of an address,
 * JSON, HTML, Base64 (also within something longer) or as hexadecimal digits, or in pieces that cleaning would join.
 */
export function redactor(secrets: readonly string[]): Redact {
  const long = [...new Set(secrets)].filter(({ length }) => length >= SHORTEST).sort((a, b) => b.length - a.length);
  if (long.length === 0) return (text) => text;
  const spellings = long.map((secret) => new RegExp(spellingsOf(secret).join('|'), 'gu'));
  return (text) => spellings.reduce((clean, spelling) => clean.replace(spelling, '[secret]'), cleanText(text));
}

function spellingsOf(secret: string): string[] {
  const hex = [...Buffer.from(secret).toString('hex')].map(anyCase).join('');
  return [spelt(secret), ...[0, 1, 2].map((before) => inBase64(secret, before)), hex];
}

/** The Base64 of a secret that stands after so many other bytes (in threes), without what depends on its neighbours. */
function inBase64(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  const own = bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
  const urlSafe = [...own].map((digit) =>
    digit === '+' ? `(?:-|${sign('+')})` : digit === '/' ? `(?:_|${sign('/')})` : digit,
  );
  // What an end of its own adds.
  return `${urlSafe.join('')}(?:[A-Za-z0-9+/_-]?={1,2})?`;
}

function spelt(text: string): string {
  return [...text].map((character) => (/[A-Za-z0-9]/.test(character) ? character : sign(character))).join('');
}

/** A sign as it is and as it may be escaped, also more than once. */
function sign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const plain = code < 128 ? `\\x${code.toString(16).padStart(2, '0')}` : character;
  const percent = [...Buffer.from(character)].map((byte) => `%(?:25){0,2}${hexOf(byte, 2)}`).join('');
  const units = Array.from({ length: character.length }, (_, at) => `\\\\{1,4}u${hexOf(character.charCodeAt(at), 4)}`);
  const spellings = [plain, `\\\\{1,4}${plain}`, percent, units.join('')];
  spellings.push(`&#0{0,4}${code};`, `&#[xX]0{0,4}${hexOf(code, 1)};`);
  if (ENTITIES[character]) spellings.push(`&${ENTITIES[character]};`);
  if (character === ' ') spellings.push('\\x2b');
  return `(?:${spellings.join('|')})`;
}

function hexOf(code: number, digits: number): string {
  return [...code.toString(16).padStart(digits, '0')].map(anyCase).join('');
}

function anyCase(digit: string): string {
  return /[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit;
}
