import type { Source } from '../../../agent/guard.ts';
import { BySource } from '../../by-source.ts';
import { groundsOf } from '../evidence/grounds.ts';
import { isSame, isSameFigure, isUnit } from '../evidence/meets.ts';
import { byText } from '../reading/by-text.ts';
import { type Figure, figuresOf } from '../reading/figures.ts';
import { ARTICLES, numberAt } from '../reading/numbers.ts';
import { plainSource, tokensOf } from '../reading/tokens.ts';
import { type Numbers, numbersOf } from './sums.ts';

/** Of larger numbers nothing is counted. */
export const MOST = 100_000;
/** So many figures around one may be what it is worked out from: an answer has few. */
const NEAREST = 12;

/** What an answer has to reckon with: its figures, and its numbers that count something; which of them a source has. */
export class Operands {
  readonly text: string;
  readonly sources: readonly Source[];
  readonly figures: readonly Figure[];
  readonly numbers: readonly number[];
  readonly #said: string;
  readonly #known = new Map<Figure, Source | null>();

  /** `text`: plain (`tokens.ts`); `said`: what the customer has said, as it was written. */
  constructor(text: string, sources: readonly Source[], said = '') {
    const tokens = tokensOf(text);
    const figures = figuresOf(tokens);
    const numbers: number[] = [];
    let next = 0;
    for (let at = 0; at < tokens.length && numbers.length < NEAREST; at += 1) {
      const { start, end, text: word } = tokens[at] as (typeof tokens)[number];
      while ((figures[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
      if (ARTICLES.has(word) || (figures[next]?.start ?? Number.POSITIVE_INFINITY) < end) continue;
      const number = numberAt(tokens, at);
      if (!number) continue;
      if (number.value > 1 && number.value < MOST) numbers.push(number.value);
      at = number.to - 1;
    }
    this.text = text;
    this.sources = sources;
    this.figures = figures;
    this.numbers = numbers;
    this.#said = said;
  }

  /** The figures of the answer around another. */
  beside({ start }: Figure): Figure[] {
    const at = this.figures.findIndex((one) => one.start >= start);
    const from = Math.max(0, (at < 0 ? this.figures.length : at) - NEAREST);
    return this.figures.slice(from, from + 2 * NEAREST).filter((one) => one.start !== start);
  }

  /** The source that has a figure, of whatever it is. */
  known(figure: Figure): Source | null {
    const before = this.#known.get(figure);
    if (before !== undefined) return before;
    const found = this.sources.find((source) => hasFigure(source, figure)) ?? null;
    this.#known.set(figure, found);
    return found;
  }

  /** The figures that the customer has named. */
  get said(): readonly Figure[] {
    return figuresSaid(this.#said);
  }

  /** Whether the customer has named a figure: to reckon with, and no evidence of anything else. */
  isSaid(figure: Figure): boolean {
    return this.said.some((one) => isSame(figure, one));
  }

  /** Whether an amount is only an example to reckon with. */
  isSupposed({ kind, start, end }: Figure): boolean {
    const from = Math.max(this.text.lastIndexOf('. ', start), this.text.lastIndexOf('? ', start), 0);
    const to = this.text.indexOf('. ', end);
    return (
      kind === 'money' &&
      SUPPOSED_BEFORE.test(this.text.slice(Math.max(0, start - 24), start)) &&
      SUPPOSES.test(this.text.slice(from, to < 0 ? undefined : to)) &&
      !GIVEN_BEHIND.test(this.text.slice(end, end + 40))
    );
  }

  /** Whether a figure is the customer's own: `your $600 crown`, `if you used 30 GB`. */
  isOwn({ start, end }: Figure): boolean {
    const isGiven = GIVEN_BEHIND.test(this.text.slice(end, end + 40));
    return (
      (OWN_BEFORE.test(this.text.slice(Math.max(0, start - 40), start)) && !isGiven) ||
      MENTIONED.test(this.text.slice(end, end + 60))
    );
  }
}

/** Characters of what the customer has said last that may be reckoned with. */
const LONGEST_SAID = 4_000;

/** What a customer has said, as far as it may be reckoned with. */
export function newestOf(said: readonly string[]): string {
  return said.join('\n').slice(-LONGEST_SAID);
}

/** What happened so long ago is no commitment, but a time that somebody has named. */
const AGO = /\bago\b/gi;

/** The figures of what a customer has said. */
export const figuresSaid = byText((said) => withMonths(figuresOf(tokensOf(plainSource(said.replace(AGO, ''))))));

/** A day without its month is of one that stands beside it: `cancelled on 5 Feb, home on the 9th`. */
function withMonths(figures: readonly Figure[]): Figure[] {
  const months = figures.flatMap(({ kind, unit, per }) => {
    const month = kind === 'date' ? /^(\d{1,2})-/.exec(unit)?.[1] : undefined;
    return month === undefined ? [] : [{ month, per }];
  });
  return figures.flatMap((figure) => {
    const day = /^day (\d+)$/.exec(figure.unit)?.[1];
    const dates =
      day === undefined ? [] : months.map(({ month, per }) => ({ ...figure, value: 0, unit: `${month}-${day}`, per }));
    return [figure, ...dates];
  });
}

/** The numbers of what a customer has said, which writes amounts without currency, and thousands as `60k`. */
export const numbersSaid = byText((said) =>
  withOthers(numbersOf(said.replace(AGO, '').replace(THOUSANDS, '$1000'), 'amounts')),
);

/** Of so many all but the first: floors above it, days after it, further persons. */
function withOthers(numbers: Numbers): Numbers {
  const all = new Map(numbers);
  for (const [number, kinds] of numbers)
    if (kinds.has('count') && Number.isInteger(number) && number > 2 && number <= MOST_PEOPLE && !all.has(number - 1))
      all.set(number - 1, new Set(['count']));
  return all;
}

const MOST_PEOPLE = 12;

const THOUSANDS = /\b(\d{1,4})k\b/gi;

/** Before and around what is only taken for an example: `with a $60 box that's $30`, `$5,000 left in it would earn …`. */
const SUPPOSED_BEFORE = /(?:^|[.,;:] (?:so )?|\b(?:with|on|for|of|and|at|from) )(?:an? |your |the )?$/;
const SUPPOSES = /\b(?:would|'d|if|that's|that makes|comes? to|makes)\b/;

/** `of`: the figures of the answer that a figure is made of. `source`: where one of them is from; null where all are the customer's own. */
export type Reckoned = { source: Source | null; of: readonly Figure[] };

/** The same to the cent. */
export function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.0051;
}

/** Whether a source has a figure, of whatever it is; a number without unit may be any but a date. */
export function hasFigure(source: Source, figure: Figure): boolean {
  // A result may have a share as a part of one: `0.4`.
  const share = figure.kind === 'percent' && source.kind === 'tool' ? figure.value / 100 : Number.NaN;
  const isIt = (one: Figure) =>
    one.kind === 'number'
      ? one.value === figure.value || isNear(one.value, share)
      : isUnit(figure, one) && isSameFigure(figure, one);
  const kinds = figure.kind === 'date' ? (['date'] as const) : ([figure.kind, 'number'] as const);
  return kinds.some((kind) => figuresIn(source, kind).some(isIt));
}

const FIGURES = new BySource<ReadonlyMap<Figure['kind'], readonly Figure[]>>();
const NONE: readonly Figure[] = [];

/** The figures of a kind in a source. */
export function figuresIn(source: Source, kind: Figure['kind']): readonly Figure[] {
  const byKind = FIGURES.get(source, () =>
    Map.groupBy(
      groundsOf(source).all.flatMap(({ clause }) => clause.figures),
      (figure) => figure.kind,
    ),
  );
  return byKind.get(kind) ?? NONE;
}

const OWN_BEFORE =
  /\b(?:your|you(?:'ve| have) (?:used|spent|taken(?: out)?|saved|withdrawn)|(?:if|when|as) you(?:'ve)? (?:use|used|spend|spent|order|ordered|buy|bought|take|took|need|drive|drove|mention\w*)|you(?:'re| are)|(?:goods|items|things|belongings|contents) worth|your (?:\w+ ){0,3}(?:weigh|measure)s?(?: \d[\d.]* ?(?:kg|lbs?|cm|m) and)?|for an? (?:[a-z]+[- ]?){1,3} on|your (?!(?:total|bill|price|premium|quote|invoice|fee|refund|credit|plan|rate)\b)\w+ (?:comes to|weighs|measures|(?:is|was) worth)|(?:paying off|repaying|overpaying|taking out|withdrawing|spending|transferring|sending)|your (?:\w+ )?(?:moving|move|travel|wedding|birthday|arrival) ?(?:date|day)?(?: of| on| is)|your (?:salary|income|order|basket|cart|purchase|balance|trip|stay|bag|suitcase|case|parcel|box)(?:'s| is| of| at| comes to| weighs)(?: at| of)?) (?:about |around |all |full |only |just )*[$€£]?$/;
/** What a company gives or charges is not the customer's. */
const GIVEN_BEHIND =
  /^(?:[- ](?!(?:in|on|from|for|at|to|with|into|of)\b)[a-z]+){0,2}?[- ](?:refunds?|credits?|vouchers?|discounts?|bonus|cash ?back|compensation|deposits?|fees?|charges?|prices?|premiums?|rates?|payments?|payouts?|allowances?|limits?|excess|deductible|warrant(?:y|ies)|guarantees?|trials?|plans?|tariffs?|contracts?|periods?|windows?|notice|coverage?|savings?|reductions?|rebates?|upgrades?|passes|pass|memberships?|subscriptions?|data|storage)\b/;
const MENTIONED =
  /^ one\b|^ your \w+ (?:was|is) worth\b|^ (?!before|after|until|when|once)(?:[a-z]+ ){0,3}(?:that )?(?:you(?:'ve| have)? (?:mention\w*|quoted|told|describe\w*|gave|have in mind|spent|spend)|of yours|(?:you(?:'re| are) (?:after|planning|looking for|asking for))|you (?:need|want|asked for|have left))\b/;
