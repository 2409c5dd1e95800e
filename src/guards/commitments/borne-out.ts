import { type Finding, NOTHING_FOUND, type Quotation, type Source } from '../../agent/guard.ts';
import type { Claim } from './claims/claims.ts';
import { groundsOf } from './evidence/grounds.ts';
import { meets } from './evidence/meets.ts';
import type { Shown } from './evidence/support.ts';
import { Given } from './given.ts';
import { sourceOf, wordsOf } from './quotations.ts';
import { hasFigure } from './reckoning/operands.ts';
import { Reckoning } from './reckoning/reckoning.ts';
import { numbersOf } from './reckoning/sums.ts';

/**
 * The quotation by which somebody who reads meaning bears out a claim that no rule has found; null where the code does not take it
 * from them. The meaning is theirs, the figure is not: it stands in what they quote, is worked out from there, as the text does or
 * as they say, or is the customer's own beside such a one. A promise without one has a word, a concept or a number of the quotation.
 */
export function borneOut(
  claim: Claim,
  text: string,
  { said }: Pick<Shown, 'said'>,
  finding: Finding = NOTHING_FOUND,
): Quotation | null {
  const { figure } = claim;
  const { quotations } = finding;
  if (!figure) {
    const same = quotations.find((quotation) => isOfSame(claim, wordsOf(quotation)));
    return same ?? (VAGUE.test(claim.text) ? (quotations[0] ?? null) : null);
  }
  const sources = quotations.map(sourceOf);
  const source = sources.find((one) => hasFigure(one, figure)) ?? new Reckoning(text, sources, said).of(claim);
  if (source) return quotations[sources.indexOf(source)] ?? null;
  const [first] = quotations;
  return first && new Given(claim, text, finding, said).has(figure) ? first : null;
}

/**
 * Whether a claim may be taken for talk, where somebody reads its sentence so and quotes nothing: a verb alone, the day in a question, or
 * what is the customer's own, or is worked out from that.
 */
export function mayBeTalk(claim: Claim, text: string, said: readonly string[], finding: Finding): boolean {
  const { kind, concept, figure, all } = claim;
  if (!figure) return kind === 'promise' && concept === null;
  if (figure.kind === 'percent') return false;
  if (figure.kind === 'date' && /\?\s*$/.test(all)) return true;
  const given = new Given(claim, text, finding, said);
  return figure.kind === 'money' ? given.has(figure) : given.isNamed(figure);
}

/** Says nothing of what: no money, perhaps. */
const VAGUE = /\bget (?:it|them|that|this) back\b/;

function isOfSame({ scope, sentence, said, all }: Claim, source: Source): boolean {
  const words = new Set<string>([...scope, ...sentence, ...said]);
  const numbers = numbersOf(all);
  return (
    groundsOf(source).all.some((ground) => meets(words, ground.scope())) ||
    [...numbersOf(source.text).keys()].some((number) => number > 1 && numbers.has(number))
  );
}
