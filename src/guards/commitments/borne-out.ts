import type { Quotation, Source } from '../../agent/guard.ts';
import type { Claim } from './claims/claims.ts';
import { groundsOf } from './evidence/grounds.ts';
import { meets } from './evidence/meets.ts';
import type { Shown } from './evidence/support.ts';
import { hasFigure } from './reckoning/operands.ts';
import { Reckoning } from './reckoning/reckoning.ts';

/**
 * The quotation by which somebody who reads meaning bears out a claim that no rule has found; null where the code does not take it
 * from them. The meaning is theirs, the figure is not: it stands in what they quote, or is worked out from there. A promise without
 * one has a word or a concept of the quotation.
 */
export function borneOut(
  claim: Claim,
  text: string,
  { said }: Pick<Shown, 'said'>,
  quotations: readonly Quotation[] = [],
): Quotation | null {
  const { figure } = claim;
  if (!figure) return quotations.find((quotation) => isOfSame(claim, wordsOf(quotation))) ?? null;
  const sources = quotations.map(narrowed);
  const source = sources.find((one) => hasFigure(one, figure)) ?? new Reckoning(text, sources, said).of(claim);
  return source ? (quotations[sources.indexOf(source)] ?? null) : null;
}

/** A source as far as its figures count: of a table or a result the whole, since the words of a cell do not tell its unit. */
function narrowed(quotation: Quotation): Source {
  const { source, words } = quotation;
  return source.kind === 'tool' || words.includes('|') ? source : wordsOf(quotation);
}

const WORDS = new WeakMap<Quotation, Source>();

function wordsOf(quotation: Quotation): Source {
  const known = WORDS.get(quotation) ?? { ...quotation.source, text: quotation.words };
  WORDS.set(quotation, known);
  return known;
}

function isOfSame({ scope }: Claim, source: Source): boolean {
  return groundsOf(source).all.some((ground) => meets(scope, ground.scope()));
}
