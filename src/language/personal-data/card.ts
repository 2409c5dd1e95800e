import { saidBefore } from './context.ts';
import { type Digits, passesLuhn } from './numbers.ts';
import { vocabulary } from './vocabulary.ts';

/** Lengths that the beginnings of card numbers have: Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro. */
const CARDS =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|3[0689]\d{12}|(?:6011|64[4-9]\d|65\d\d|62\d\d)\d{12,15}|35\d{14}|(?:1800|2131)\d{11}|(?:50[0-9]{2}|5[6-8]\d\d|6[037]\d\d)\d{8,15})$/;
/** What a card is called: what follows is one, whoever has issued it. */
const NAMES = vocabulary(`
  card cards {credit,debit}{card,cards} {kredit,debit,}{karte,karten} cc visa maestro mastercard amex carte tarjeta carta cartao kaart
  karta karty kort kortet`);
const ANY = /^\d{12,19}$/;
/** What most cards are like: after "order" and the like, too, one of these is a card. */
const USUAL = /^(?:[2456]\d{15}|3[47]\d{13})$/;
/** Longest and shortest number of a card, in digits. */
const LENGTHS = { least: 12, most: 19 };

/** Card numbers in a number of groups: whole groups that follow each other, so that a date or a code after them stays out. */
export function cardsIn(text: string, { start, written, digits, groups }: Digits): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  // Only phone numbers have brackets and a plus.
  if (digits.length < LENGTHS.least || /[+()]/.test(written)) return found;
  const said = saidBefore(text, start, NAMES);
  const form = said === null ? CARDS : said === 'named' ? ANY : USUAL;
  const places = [...written.matchAll(/\d+/g)].map(({ index }) => index);
  for (let first = 0; first < groups.length; first += 1) {
    const last = lastGroup(groups, first, form);
    if (last === null) continue;
    found.push({ start: start + (places[first] ?? 0), end: start + (places[last] ?? 0) + (groups[last]?.length ?? 0) });
    first = last;
  }
  return found;
}

/** The group that a card number from `first` on ends with: the longest that it may be. */
function lastGroup(groups: readonly string[], first: number, form: RegExp): number | null {
  let digits = '';
  let found: number | null = null;
  for (let at = first; at < groups.length; at += 1) {
    digits += groups[at];
    if (digits.length > LENGTHS.most) break;
    if (form.test(digits) && passesLuhn(digits) && isGroupedSo(groups, first, at)) found = at;
  }
  return found;
}

/** As cards are written: solid, in fours, as 4-6-5 or 4-6-4, or digit by digit; any other way where the number is nothing else. */
function isGroupedSo(groups: readonly string[], first: number, last: number): boolean {
  if (first === 0 && last === groups.length - 1) return true;
  const lengths = groups.slice(first, last + 1).map(({ length }) => length);
  return /^(?:\d\d|4,4,4,[1-4](?:,[1-4])?|4,6,[45]|1(?:,1)+)$/.test(lengths.join(','));
}
