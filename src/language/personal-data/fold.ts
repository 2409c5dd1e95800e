/**
 * The text with digits, letters, dashes and spaces of other widths and scripts as their plain forms, each character in its
 * place: a position in the result is the position in the text.
 */
export function foldInPlace(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, foldCharacter);
}

/** Where the digits of other scripts begin: Arabic, Persian, Devanagari, Bengali, Thai. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

function foldCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  if (zero !== undefined) return String(code - zero);
  if (/[\u2010-\u2015\u2212]/.test(character)) return '-';
  return /[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]/.test(character) ? ' ' : character;
}

/** Dates, times, opening hours, spans of years, the month that a card ends with: their digits are no part of any other number. */
const DAY = String.raw`(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))`;
const DATES = [
  // From one day to another, the first perhaps without its year.
  new RegExp(String.raw`(?<![\d./-])(?:${DAY}|\d{1,2}[./]\d{1,2}\.?) ?- ?${DAY}(?![./-]?\d)`, 'g'),
  /(?<![\d./-])\d{4}[./-]\d{1,2}[./-]\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?(?![./-]?\d)/g,
  /(?<![\d./-])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?![./-]?\d)/g,
  /(?<![\d./-])\d{1,2}[:.]\d{2} ?- ?\d{1,2}[:.]\d{2}(?![./-]?\d)/g,
  /(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?![:\d])/g,
  /(?<![\d./-] ?)(?:0[1-9]|1[0-2])\/[2-4]\d(?: \d{3,4})?(?! ?[./-]?\d)/g,
  /(?<![\d./-])(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d(?![./-]?\d)/g,
  /(?<![\d./-])24\/7(?! ?[./-]?\d)/g,
  /(?<![\d./-])(?:[01]?\d|2[0-4]) ?- ?(?:[01]?\d|2[0-4])(?= ?(?:h|hrs|uhr|am(?! \p{L})|pm)(?!\p{L}))/giu,
];

/** The text without dates and times, each character in its place. */
export function blankDates(text: string): string {
  return DATES.reduce((left, date) => left.replace(date, (found) => BLANK.repeat(found.length)), text);
}

/** Stands where something was taken out: a part of no number, word or address. */
export const BLANK = '\u0000';
