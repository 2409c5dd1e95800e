import { COUNT_WORDS } from '../reading/numbers.ts';

export const LIMIT =
  /\b(?:groups? of|parties of|under|over|above|below|aged?|ages|younger than|older than|than|menores de|mayores de|moins de|plus de|unter|uber|onder|boven|jonger dan|ouder dan|junger als|alter als|sotto i|oltre i|least) (\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\b(?! ?[%\d.,-]| (?:hours?|days?|weeks?|months?|minutes?|business|working)\b)/g;

/** `the first three boxes` */
const FIRST =
  /\bfirst (\d{1,3}|two|three|four|five|six|seven|eight|nine|ten) (?!(?:day|week|month|year|hour|night|minute)s?\b)/;
/** `a discount of 47`: how much of it, where no unit follows. */
const AMOUNT =
  /\b(?:discount|rebate|reduction|refund|credit|voucher|compensation|bonus|rabatt|gutschrift|descuento|reembolso|remise|remboursement|sconto|rimborso|desconto|korting) (?:of|von|de|di|van) (\d{1,9})\s*(?=$|[.,;:!?)](?!\d))/g;

export function limitsOf(text: string): readonly string[] {
  const first = FIRST.exec(text)?.[1];
  const count = first === undefined ? 0 : Number(first) || COUNT_WORDS.indexOf(first);
  const limits = [...text.matchAll(LIMIT), ...text.matchAll(AMOUNT)].map(([, number = '']) =>
    spellings(Number(number) || COUNT_WORDS.indexOf(number)),
  );
  return count > 1 ? [...limits, `(?:first )?${spellings(count)}`] : limits;
}

/** An expression for a number, in digits or in words. */
function spellings(count: number): string {
  return `(?:${count}|${COUNT_WORDS[count] ?? count})`;
}
