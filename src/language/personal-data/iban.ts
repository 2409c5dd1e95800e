/** How long an IBAN is by its country (SWIFT's registry of IBAN formats). */
const LENGTHS = new Map(
  (
    'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22' +
    'GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31' +
    'MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'
  )
    .match(/[A-Z]{2}\d\d/g)
    ?.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Between groups: " - ". */
const WIDEST_GAP = 3;

/** International bank account numbers, solid or in groups, whose check digits are right (ISO 13616: 1 modulo 97). */
export function findIbans(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { 0: head, index } of text.matchAll(/(?<![A-Za-z0-9])[A-Za-z]{2} ?\d{2}(?=[ .-]{0,3}[A-Za-z0-9]{2})/g)) {
    const end = endOfIban(text, index, LENGTHS.get(head.slice(0, 2).toUpperCase()) ?? 0);
    if (end !== null) found.push({ start: index, end });
  }
  return found;
}

function endOfIban(text: string, start: number, length: number): number | null {
  let [iban, at, gap] = ['', start, 0];
  for (; iban.length < length; at += 1) {
    const character = text[at] ?? '';
    gap = /[A-Za-z0-9]/.test(character) ? 0 : gap + 1;
    if (gap === 0) iban += character.toUpperCase();
    else if (!/[ .-]/.test(character) || gap > WIDEST_GAP) return null;
  }
  if (length === 0 || /[A-Za-z0-9]/.test(text[at] ?? '')) return null;
  return remainder(iban.slice(4) + iban.slice(0, 4)) === 1 ? at : null;
}

function remainder(characters: string): number {
  let rest = 0;
  for (const character of characters) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
