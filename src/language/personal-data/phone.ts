import { PHONE, saidBefore } from './context.ts';
import { type Digits, digitsAt } from './numbers.ts';

/** By ITU-T E.164 at most; with the code to dial abroad, a zero in brackets or a country's own long ones a little more. */
const LENGTHS = { least: 6, most: 16 };

/** What no other number looks like. */
const SURE = [
  // Abroad: +44 20 7946 0958, +41 (0)69 979 80 58.
  /^\+[ .-]{0,2}\(?[1-9](?:\D{0,3}\d){6,14}$/,
  // With an area code in brackets: (579) 888-3058, (08) 8747 6301, 1 (800) 555 0199, 0 (532) 123 45 67, (06)30/123-4567.
  /^(?:[018][ .-]?)?\(\d{1,6}\)[ ./-]{0,2}\d{2,5}(?:[ ./-]?\d{2,5}){0,3}$/,
];
/** What orders and parcels are numbered like, too, where it is said of them. */
const LIKELY = [
  // Abroad without a plus: 001-518-640-0854, 00 49 30 1234567, 011 44 20 7946 0958.
  /^(?:00 ?[1-9]|011[ -][2-9])\d{0,2}[ ./()-](?:\D{0,3}\d){6,12}$/,
  // North America: 555-123-4567, 1.800.555.0199.
  /^(?:1[ .-])?[2-9]\d\d([ .-])\d{3}[ .-]\d{4}$/,
  // With the zero that many countries dial first: 0494 92 82 32, 06.12.34.56.78, 089 / 1234567, 07911123456.
  /^0[1-9](?=(?:\D{0,3}\d){7,10}$)\d{0,4}(?: ?[ ./-] ?\d{2,8}){1,4}$/,
  /^0[1-9]\d{8,9}$/,
  // Denmark, Norway: 72 12 88 27, 412 34 567; Spain, Poland, Portugal: 612 345 678; India: 98765 43210.
  /^[2-9]\d([ -])\d\d(?:\1\d\d){2}$/,
  /^[2-9]\d\d \d\d \d{3}$/,
  /^[1-9]\d \d{3} \d\d \d\d$/,
  /^[5-9]\d\d([ -])\d{3}\1\d{3}$/,
  /^[6-9]\d{4}[ -]\d{5}$/,
  // Brazil: 11 91234-5678; Mexico: 55 1234 5678; China: 138 0013 8000; Portugal: 21 123 4567; Spain: 612 34 56 78.
  /^[1-9]\d[ -]9?\d{4}[ -]\d{4}$/,
  /^1[3-9]\d[ -]\d{4}[ -]\d{4}$/,
  /^[2-9]\d[ -]\d{3}[ -]\d{4}$/,
  /^[6-9]\d\d(?: \d\d){3}$/,
];

/** Words after a number that say what it is. */
const PHONE_AFTER = /^[ ,-]{0,2}\(?(?:office|fax|mobile|cell|home|work|phone|tel|direct|landline|whatsapp)\b/i;
const EXTENSION =
  /^,? ?(?:x|extn?\.?|extension|durchwahl|dw|poste|ramal|anexo|toestel|int\.|wewn?\.|#|-) ?\d{1,6}(?![\p{L}\p{N}])/iu;
/** Two figures with decimals, and what lies between them; the address of a computer. */
const NO_PHONE = /^(?:\d+\.\d{1,2} ?[-/] ?\d+\.\d{1,2}|(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4})$/;
/** What is counted or paid. */
const UNIT_AFTER =
  /^ ?(?:[%€$£¥₽°]|(?:km|kms|miles?|mi|meters?|metres?|m|cm|mm|kg|g|lbs?|kwh|mb|gb|eur|euros?|usd|dollars?|gbp|pounds?|chf|pln|z[łl]|sek|dkk|nok|kr|brl|rs|inr|jpy|yen|points?|punkte|puntos|hours?|days?|years?|times|people|users|items|pieces|stk|stück)(?!\p{L}))/iu;
const MONEY_BEFORE = /(?:[€$£¥₽]|(?:eur|usd|gbp|chf|pln|sek|dkk|nok|brl|r\$|kr|rs)\.?) ?$/i;
/** Before a number that is part of a name, a link or a code. */
const WITHIN = /(?:[\p{Script=Latin}\p{N}_/#=@&?~]|\p{L}[-.]?[\p{L}\p{N}]*-|\d,)$/u;
/** What may stand before a plus: a sign, or a word on its own: `phone=+44`, `T+49`. */
const BEFORE_PLUS = /(?:[/#=@&?~]|(?<![\p{L}\p{N}+/=_-])\p{L}{1,10})$/u;
/** Underscores that emphasise what they are around. */
const EMPHASIS = { before: /(?<![\p{L}\p{N}_])_{1,3}$/u, after: /^_{1,3}(?![\p{L}\p{N}_])/u };

type Range = { start: number; end: number };

/** The phone numbers that a number of a text is, with their extensions: one, or several side by side. */
export function phonesIn(text: string, number: Digits): Range[] {
  if (opensOtherwise(text, number)) return [];
  const parts = partsOf(number);
  if (isSeries(parts)) return [];
  const isWhole = canBePhone(number) && !endsOtherwise(text, number.end);
  if (isWhole && isForm(text, number)) return [withExtension(text, number)];
  const areSeveral = parts.length > 1 && parts.every(({ digits }) => digits.length >= LENGTHS.least);
  if (isWhole && !areSeveral && isNamed(text, number)) return [withExtension(text, number)];
  return parts.length > 1 ? sideBySide(text, parts) : [];
}

/** Sizes or codes, each of as many digits: `0201/0402/0603/0805`. */
function isSeries(parts: readonly Digits[]): boolean {
  return (
    parts.length > 3 && parts.every(({ digits }) => digits.length < 5 && digits.length === parts[0]?.digits.length)
  );
}

/** Whole parts that are phone numbers, each as short as may be. */
function sideBySide(text: string, parts: readonly Digits[]): Range[] {
  const found: Range[] = [];
  for (let first = 0; first < parts.length; first += 1) {
    const last = lastPart(text, parts, first);
    if (last === null) continue;
    const number = joined(text, parts, first, last);
    found.push(last === parts.length - 1 ? withExtension(text, number) : number);
    first = last;
  }
  return found;
}

/** The part that a phone number from `first` on ends with. */
function lastPart(text: string, parts: readonly Digits[], first: number): number | null {
  for (let last = first; last < parts.length; last += 1) {
    const number = joined(text, parts, first, last);
    if (number.digits.length > LENGTHS.most) return null;
    if (last === parts.length - 1 && endsOtherwise(text, number.end)) return null;
    if (canBePhone(number) && (isForm(text, number) || (last === first && isNamed(text, number)))) return last;
  }
  return null;
}

function joined(text: string, parts: readonly Digits[], first: number, last: number): Digits {
  const [{ start }, { end }] = [parts[first] as Digits, parts[last] as Digits];
  return digitsAt(start, text.slice(start, end));
}

/** Where two numbers may meet: at a stroke, or two signs. */
const MEETING = /\D*\/\D*|\D{2,3}/g;

function partsOf({ start, written }: Digits): Digits[] {
  const meetings = [...written.matchAll(MEETING)].filter(({ index }) => index > 0);
  const starts = [0, ...meetings.map(({ 0: signs, index }) => index + startOf(signs))];
  return starts.map((from, place) => digitsAt(start + from, written.slice(from, starts[place + 1] ?? written.length)));
}

/** Where the next number begins in the signs before its first digit. */
function startOf(signs: string): number {
  return signs.includes('(') ? signs.indexOf('(') : signs.length;
}

function withExtension(text: string, { start, end }: Digits): Range {
  const extension = EXTENSION.exec(text.slice(end, end + 20));
  return { start, end: end + (extension?.[0].length ?? 0) };
}

function canBePhone({ digits, written }: Digits): boolean {
  return digits.length >= LENGTHS.least && digits.length <= LENGTHS.most && !NO_PHONE.test(written);
}

function opensOtherwise(text: string, { start, written }: Digits): boolean {
  const before = text.slice(Math.max(0, start - 12), start).replace(EMPHASIS.before, '');
  if (MONEY_BEFORE.test(before)) return true;
  return WITHIN.test(before) && !(written.startsWith('+') && BEFORE_PLUS.test(before));
}

function endsOtherwise(text: string, end: number): boolean {
  const after = text.slice(end, end + 12).replace(EMPHASIS.after, '');
  return UNIT_AFTER.test(after) || (/^(?:[\p{Script=Latin}\p{N}_@=]|\/(?!\+))/u.test(after) && !EXTENSION.test(after));
}

/** Of a form that phone numbers have. */
function isForm(text: string, { start, digits, groups, written: all }: Digits): boolean {
  // Digit by digit: 0 7 9 1 1 1 2 3 4 5 6.
  const solid = all.startsWith('+') ? `+${digits}` : digits;
  const written = groups.every(({ length }) => length === 1) ? solid : all;
  if (SURE.some((form) => form.test(written))) return true;
  return LIKELY.some((form) => form.test(written)) && saidBefore(text, start, PHONE) !== 'other';
}

/** Called a phone number, of whatever form. */
function isNamed(text: string, { start, end, digits, groups }: Digits): boolean {
  if (digits.length < (groups.length > 1 ? 6 : 7)) return false;
  const said = saidBefore(text, start, PHONE);
  return said === 'named' || (said === null && PHONE_AFTER.test(text.slice(end, end + 14)));
}
