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
  const sources = quotations.map(narrowed);
  const rests = sources.find((source) => (figure ? hasFigure(source, figure) : isOfSame(claim, source)));
  const source = rests ?? new Reckoning(text, sources, said).of(claim);
  return source ? (quotations[sources.indexOf(source)] ?? null) : null;
}

const NARROWED = new WeakMap<Quotation, Source>();

/** A source as far as it is quoted: of a table or a result the whole, since the words of a cell do not tell its unit. */
function narrowed(quotation: Quotation): Source {
  const { source, words } = quotation;
  if (source.kind === 'tool' || words.includes('|')) return source;
  const known = NARROWED.get(quotation) ?? { ...source, text: words };
  NARROWED.set(quotation, known);
  return known;
}

function isOfSame({ scope }: Claim, source: Source): boolean {
  return groundsOf(source).all.some((ground) => meets(scope, ground.scope()));
}
