import type { Quotation, Source } from '../../agent/guard.ts';
import { type Numbers, numbersOf } from './reckoning/sums.ts';

/** A quotation as far as its figures count: of a table or a result the whole, since the words of a cell do not tell its unit. */
export function sourceOf(quotation: Quotation): Source {
  return isData(quotation) ? quotation.source : wordsOf(quotation);
}

const WORDS = new WeakMap<Quotation, Source>();

/** The words of a quotation, as a source. */
export function wordsOf(quotation: Quotation): Source {
  const known = WORDS.get(quotation) ?? { ...quotation.source, text: quotation.words };
  WORDS.set(quotation, known);
  return known;
}

function isData({ source, words }: Quotation): boolean {
  return source.kind === 'tool' || words.includes('|');
}

const NUMBERS = new WeakMap<Quotation, Numbers>();

/** The numbers of a quotation. Each claim of a sentence asks for them. */
export function numbersIn(quotation: Quotation): Numbers {
  const known = NUMBERS.get(quotation) ?? numbersOf(quotation.words, bareIn(quotation));
  NUMBERS.set(quotation, known);
  return known;
}

/** What a number without a unit may be. `First day 18.00, each further one 11.00 (EUR)` */
function bareIn(quotation: Quotation): 'amounts' | 'fields' | undefined {
  if (quotation.source.kind === 'tool') return 'fields';
  return isData(quotation) || CURRENCY_ASIDE.test(quotation.source.text) ? 'amounts' : undefined;
}

const CURRENCY_ASIDE =
  /\((?:[^()]{0,20}\b)?(?:EUR|GBP|USD|CHF|PLN|SEK|NOK|DKK|CAD|AUD|NZD|euros?|pounds|dollars)\b[^()]{0,20}\)/i;
