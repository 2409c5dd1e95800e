import type { Source } from '../../../agent/guard.ts';
import type { Claim } from '../claims/claims.ts';
import type { Concept } from '../reading/concepts.ts';
import type { Figure } from '../reading/figures.ts';
import { keyOfFigure } from '../reading/statements.ts';
import { type Ground, groundsOf } from './grounds.ts';
import { isSameFigure, isUnit, meets } from './meets.ts';

/** What a tool says of the customer's own case, and a passage of cases in general. */
const OWN: readonly Concept[] = ['return', 'warranty', 'cover', 'refund', 'compensation', 'deductible', 'trial'];

/**
 * Whether a passage that names nothing of what a claim is about has its figure, and a tool's field of the same matter another:
 * `return_window_days 30`, of members who have 60.
 */
export function isOfOtherField(claim: Claim, ground: Ground, sources: readonly Source[]): boolean {
  const { figure, concepts, told, sentence } = claim;
  if (!figure || figure.kind === 'date' || ground.isRow) return false;
  const matter = new Set(OWN.filter((concept) => concepts.has(concept)));
  if (matter.size === 0 || meets(sentence, ground.sentence) || meets(sentence, ground.heads)) return false;
  const fields = fieldsOf(figure.kind, matter, sources);
  return (
    fields.length > 0 &&
    !fields.some((field) => (isUnit(figure, field) && isSameFigure(figure, field)) || told.has(keyOfFigure(field)))
  );
}

/** Whether a claim grants all of something of which a tool says a share: `reimbursement_percent 80`. */
export function isOfShare({ concepts, negated, told }: Claim, sources: readonly Source[]): boolean {
  if (negated || !concepts.has('full')) return false;
  const matter = new Set(SHARED.filter((concept) => concepts.has(concept)));
  const shares = fieldsOf('percent', matter, sources);
  return shares.length > 0 && shares.every((share) => share.value < 100 && !told.has(keyOfFigure(share)));
}

const SHARED: readonly Concept[] = ['cover', 'refund', 'compensation'];

/** The figures of a kind that tools have of some matter. */
function fieldsOf(of: Figure['kind'], matter: ReadonlySet<Concept>, sources: readonly Source[]): Figure[] {
  return sources
    .filter(({ kind }) => kind === 'tool')
    .flatMap((source) => groundsOf(source).byKind.get(of) ?? [])
    .filter(({ clause }) => meets(matter, clause.concepts))
    .flatMap(({ clause }) => clause.figures.filter(({ kind }) => kind === of));
}
