import { isSame } from '../evidence/meets.ts';
import { type Figure, figuresOf } from '../reading/figures.ts';
import { numberAt } from '../reading/numbers.ts';
import { plainSource, tokensOf } from '../reading/tokens.ts';
import { isApart, isReached } from './calendar.ts';

/** Characters, and how many times and dates there are. Nobody counts longer for a customer. */
const MOST = { characters: 200, operands: 4 };
const DAY = 1_440;

/** A date or a time, with the numbers in which it is written. */
export type Counted = Figure & { numbers: readonly number[] };

/**
 * What days and times come to as somebody has counted them who reads the sources, `4 March + 30 days = 3 April`, `9:10 to 12:40 = 3.5
 * hours`, each counted again, as far as what it is counted from `isGiven`, or comes from a sum before.
 */
export function daySums(written: readonly string[], isGiven: (operand: Counted) => boolean): Counted[] {
  const known: Counted[] = [];
  const isKnown = (operand: Counted) => isGiven(operand) || known.some((one) => isSame(operand, one));
  for (const one of written) {
    const [from = '', ...to] = one.length <= MOST.characters ? one.split('=') : [];
    const operands = countedIn(from).slice(0, MOST.operands);
    if (!operands.every(isKnown)) continue;
    known.push(...countedIn(to.join('=')).filter((figure) => isReckoned(figure, operands)));
  }
  return known;
}

function isReckoned(figure: Figure, operands: readonly Figure[]): boolean {
  const dates = operands.filter(({ kind }) => kind === 'date');
  const spans = operands.filter(({ kind }) => kind === 'duration');
  return figure.kind === 'date'
    ? dates.some((date) => spans.some((span) => isReached(figure, date, span)))
    : dates.some((one) => dates.some((other) => isApart(one, other, figure)));
}

/** `2 h 40 min` */
const SHORT = /\b(\d{1,2}) ?h(?:rs?)? ?(\d{1,2}) ?(?:min|m)\b/g;

/** The dates and times of one side of a sum, in order; a bare number is of days. */
function countedIn(side: string): Counted[] {
  const tokens = tokensOf(plainSource(side.replace(SHORT, '$1 hours $2 minutes')));
  const figures = figuresOf(tokens);
  const numbersIn = ({ start, end }: { start: number; end: number }) =>
    tokens.flatMap((token, at) =>
      token.start >= start && token.end <= end ? (numberAt(tokens, at)?.value ?? []) : [],
    );
  const read = figures.filter(({ kind }) => kind === 'date' || kind === 'duration');
  const bare = tokens.filter(
    ({ kind, start, end }) => kind === 'numeral' && !figures.some((one) => one.start <= start && one.end >= end),
  );
  return [
    ...read.map((figure) => ({ ...figure, numbers: numbersIn(figure) })),
    ...bare.map(({ start, end }): Counted => {
      const numbers = numbersIn({ start, end });
      return {
        kind: 'duration',
        value: (numbers[0] ?? 0) * DAY,
        unit: 'minute',
        bound: 'exact',
        per: null,
        start,
        end,
        numbers,
      };
    }),
  ];
}
