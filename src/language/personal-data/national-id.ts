import { isCalled, isCalledHere, saidBefore } from './context.ts';
import { passesLuhn, weighed } from './numbers.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';

/** A country's number: how it is written, the check of what is left without separators, what must be said before it. */
type NationalId = {
  pattern: RegExp;
  check(id: string): boolean;
  /** Names of the number, where so many other numbers pass the check that only its name tells it. */
  named?: Vocabulary;
};

/** Numbers of persons in ten countries. The checks are those that each country's authority publishes. */
const IDS: Record<string, NationalId> = {
  es: { pattern: own('(?:[XYZ][ -]?\\d{7}|\\d{2}\\.?\\d{3}\\.?\\d{3})-?[A-Z]'), check: isSpanish },
  de: { pattern: own('[1-9]\\d \\d{3} \\d{3} \\d{3}'), check: isGermanTaxId },
  deSolid: { pattern: own('[1-9]\\d{10}'), check: isGermanTaxId, named: vocabulary('steuer* idnr stidnr tin tax') },
  fr: {
    pattern: own('[12] ?\\d\\d ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d\\d|2[AB]) ?\\d{3} ?\\d{3} ?\\d\\d'),
    check: isFrench,
  },
  it: {
    pattern: own(`[A-Z]{3} ?[A-Z]{3} ?\\d{2}[A-EHLMPRST]\\d{2} ?[A-Z]\\d{3} ?[A-Z]`),
    check: isItalian,
  },
  nl: {
    pattern: own('\\d{4}[. ]?\\d{2}[. ]?\\d{3}'),
    check: isDutch,
    named: vocabulary('bsn burgerservice* sofi*'),
  },
  pt: {
    pattern: own('\\d{3} ?\\d{3} ?\\d{3}'),
    check: isPortuguese,
    named: vocabulary('nif contribuinte fiscal tax'),
  },
  br: { pattern: own('\\d{3}\\.?\\d{3}\\.?\\d{3}[-/]?\\d{2}'), check: isBrazilian },
  uk: { pattern: own('[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d\\d ?\\d\\d ?\\d\\d ?[A-D]'), check: isBritish },
  pl: { pattern: own('\\d{11}'), check: isPolish },
  se: { pattern: own('(?:18|19|20)?\\d{6}[-+]\\d{4}'), check: isSwedish },
  seSolid: {
    pattern: own('(?:18|19|20)?\\d{10}'),
    check: isSwedish,
    named: vocabulary('personnummer personnr personligt_{nummer,nr} personal_{identity,id,number} samordningsnummer'),
  },
};

/** What all these numbers are called: a clause with such a name is about one, though the number is an ID and its owner a client. */
const NAMES = vocabulary(`
  dni nie nif nino nir cpf pesel national_{insurance,id} {tax,fiscal}_{id,code,number,no} taxid itin tin
  personal_{id,identity,identification,number,code} identity_{number,card,code,document} {my,his,her,their,your}_id
  codice_fiscale personnummer personnr personligt_{nummer,nr} steuer* steuer_id securite_sociale {numero,codigo}_fiscal`);

function own(pattern: string): RegExp {
  return new RegExp(pattern, 'gi');
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Where a pattern stands apart: no part of a longer word or number. Looked at here, since it took longest in each pattern. */
function* standingApart(
  pattern: RegExp,
  text: string,
  since: number,
): Generator<{ id: string; start: number; end: number }> {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const { 0: id, index: start } = found;
    const end = start + id.length;
    if (end <= since) {
      pattern.lastIndex = start + 1;
      continue;
    }
    const isWithin =
      LETTER_OR_DIGIT.test(text[start - 1] ?? '') ||
      LETTER_OR_DIGIT.test(text[end] ?? '') ||
      /\d[.-]$/.test(text.slice(Math.max(0, start - 2), start)) ||
      /^[.-]\d/.test(text.slice(end, end + 2));
    if (isWithin) pattern.lastIndex = start + 1;
    else yield { id, start, end };
  }
}

/** National numbers of Spain, Germany, France, Italy, the Netherlands, Portugal, Brazil, Britain, Poland and Sweden. */
export function findNationalIds(text: string, since = 0): { start: number; end: number }[] {
  return Object.values(IDS).flatMap(({ pattern, check, named: names }) =>
    [...standingApart(pattern, text, since)].flatMap(({ id, start, end }) => {
      if (!check(id.replace(/[^A-Za-z0-9]/g, '').toUpperCase())) return [];
      const isSo = names
        ? isCalled(text, start, names)
        : saidBefore(text, start, NAMES) !== 'other' || isCalledHere(text, start, NAMES);
      return isSo ? [{ start, end }] : [];
    }),
  );
}

function isSpanish(id: string): boolean {
  const number = Number(id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === id.at(-1);
}

/** ISO 7064, modulo 11 and 10; one digit of the first ten comes twice or three times. */
function isGermanTaxId(id: string): boolean {
  const counts = [...'0123456789'].map((one) => id.slice(0, 10).split(one).length - 1);
  if (counts.filter((count) => count > 1).length !== 1 || Math.max(...counts) > 3) return false;
  let product = 10;
  for (const one of id.slice(0, 10)) product = (((Number(one) + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === Number(id[10]);
}

function isFrench(id: string): boolean {
  const number = Number(id.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97 - (number % 97) === Number(id.slice(13));
}

const ITALIAN_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function isItalian(id: string): boolean {
  const value = (character: string) => (/\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65);
  const sum = [...id.slice(0, 15)].reduce(
    (total, one, at) => total + (at % 2 === 0 ? (ITALIAN_ODD[value(one)] ?? 0) : value(one)),
    0,
  );
  return sum % 26 === value(id[15] ?? '');
}

function isDutch(id: string): boolean {
  return weighed(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

function isPortuguese(id: string): boolean {
  const rest = weighed(id, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest < 2 ? 0 : 11 - rest) === Number(id[8]);
}

function isBrazilian(id: string): boolean {
  if (/^(\d)\1*$/.test(id)) return false;
  const first = ((weighed(id, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  const second = ((weighed(id, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  return first === Number(id[9]) && second === Number(id[10]);
}

function isBritish(id: string): boolean {
  return !/^(?:BG|GB|NK|KN|TN|NT|ZZ)/.test(id);
}

function isPolish(id: string): boolean {
  const check = (10 - (weighed(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10;
  return isDay((Number(id.slice(2, 4)) % 20).toString(), id.slice(4, 6)) && check === Number(id[10]);
}

function isSwedish(id: string): boolean {
  const ten = id.slice(-10);
  const day = Number(ten.slice(4, 6));
  return isDay(ten.slice(2, 4), String(day > 60 ? day - 60 : day)) && passesLuhn(ten);
}

function isDay(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}
