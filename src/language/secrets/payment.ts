import { findPersonalData } from '../personal-data/find.ts';
import { groupsOf, type Range } from './range.ts';

/** A number as cards have it, its groups parted as cells of a table are. */
const IN_CELLS = /(?<![\d.,])(?:\d{4}(?:[\t\n\r,;|] ?\d{4}){3}|3[47]\d{2}[\t\n\r,;|] ?\d{6}[\t\n\r,;|] ?\d{5})(?!\d)/g;
/** More digits after a plus than a phone number has. */
const PLUS = /\+(?=\d(?:[ -]?\d){15,18}(?![ -]?\d))/g;

/** Card numbers (by Luhn), also in cells and after a plus. */
export function cardsIn(text: string): Range[] {
  const spaced = text.replace(IN_CELLS, (found) => found.replace(/\D/g, ' ')).replace(PLUS, ' ');
  return findPersonalData(spaced).filter(({ kind }) => kind === 'card');
}

const IS = `(?: {0,2}(?:code|number|nummer|no\\.?|nr\\.?|is|was|ist|lautet|est|es|è|é|jest|är)){0,2} {0,2}[:=：#-]? {0,2}`;
/** The digits by which a card is paid with, and by which money is drawn. */
const CODES = [
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:cvv2?|cvc2?|cvn|card security code|(?:karten)?prüfnummer|cryptogramme(?: visuel)?|código de seguridad|código de segurança|codice di sicurezza)\\)?["']?${IS}["']?(?<code>\\d{3,4})(?![\\d.,/-]*\\d)`,
    'dgiu',
  ),
  // Capitals, or a word for whose it is: a pin is another thing, too, and six digits an Indian postal code.
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:PIN|PUK)(?: ?-?(?:[Cc]ode|CODE|[Nn]ummer))?${IS}(?<code>\\d{4}(?:\\d|\\d{3,4})?)(?![\\d.,/-]*\\d)`,
    'dgu',
  ),
  new RegExp(
    `(?<!\\p{L})(?:my|card|bank|meine?|mon|code|mi|mio|il|meu|mijn|mój|min) (?:pin|puk)${IS}(?<code>\\d{4,8})(?![\\d.,/-]*\\d)`,
    'dgiu',
  ),
];

/** Security codes of cards, and PINs. */
export function codesIn(text: string): Range[] {
  return CODES.flatMap((code) => groupsOf(text, code, 'code')).sort((a, b) => a.start - b.start);
}
