import type { Source } from '../../../agent/guard.ts';
import type { Figure } from '../reading/figures.ts';
import { isNear, type Operands, type Reckoned } from './operands.ts';
import { isOfKind, numbersOf, sumFrom } from './sums.ts';

/** Characters in front of an equals sign: nobody reckons longer for a customer. */
const LONGEST = 160;
/** What is in front of a sum: a sentence, a list's name for it, another sum. */
const BREAK = /^.*(?:[:;=?!\n•|]|[.,](?=\s)|\b(?:is|are|comes? to|makes|so|be|that's)\s)/s;
const RESULT = /^[\s*_~≈]*$/;

/**
 * An amount or a number that a text has worked out in so many signs, `3 × $12.50 + $4 = $41.50`, as far as that comes to it and each
 * of its amounts and per cent is given: by a source, the customer, or a sum before. Null where it is none.
 */
export function equalTo(
  figure: Figure,
  answer: Operands,
  isMade: (one: Figure) => Source | 'own' | null,
): Reckoned | null {
  const { text, figures } = answer;
  const sign = text.lastIndexOf('=', figure.start);
  if (sign < 0 || !RESULT.test(text.slice(sign + 1, figure.start))) return null;
  const from = Math.max(0, sign - LONGEST);
  const before = text.slice(from, sign);
  const start = from + (BREAK.exec(before)?.[0].length ?? 0);
  const of = figures.filter((one) => one.start >= start && one.end <= sign && one.kind !== 'number');
  let source: Source | null = null;
  for (const one of of) {
    const given = answer.known(one) ?? isMade(one);
    if (given && given !== 'own') source ??= given;
    else if (!given && !answer.isSaid(one) && !answer.isOwn(one) && isPriced(one)) return null;
  }
  const written = text.slice(start, sign);
  const sum = sumFrom(written, numbersOf(written));
  if (!sum || !isOfKind(sum, figure.kind)) return null;
  // Reckoned in pence, told in pounds.
  const comes = figure.kind === 'money' ? [sum.value, sum.value / 100] : [sum.value];
  return comes.some((value) => isNear(value, figure.value)) ? { source, of } : null;
}

/** Counts need nobody to give them. */
function isPriced({ kind }: Figure): boolean {
  return kind === 'money' || kind === 'percent';
}
