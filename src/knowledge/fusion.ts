import type { Likeness } from './meanings.ts';

/**
 * What a passage's words count for beside its meaning. The lexical score is taken as a share of twice what the query's
 * words weigh, which is about the most that it can be: so words have much to say where a passage has most of the
 * query's, and little where it has one or two. Fitted as docs/decisions/0012 says; the optimum is flat.
 */
const WORDS_WEIGHT = 1.3;
const MOST_OF_MASS = 2;
/** What joins the likeness to the best sentence, and what whole passages count for where only those were read. */
const WHOLE_WEIGHT = 0.2;
const HEADING_WEIGHT = 0.3;
const WHOLE_ALONE = 0.8;
/** With more units each says less of a passage's meaning: the best of many likenesses is high by chance. */
const UNITS_EXPONENT = 0.5;
/** For a query of several units: what the best of each unit gets on top, and how near to it others must come. */
const BEST_WEIGHT = 0.4;
const BEST_EXPONENT = 4;
/** For a query of several units: what the mean of a document's passages counts for. */
const DOCUMENT_WEIGHT = 0.2;

/** What a question with earlier messages counts for beside the question alone. */
const CONTEXT_WEIGHT = 0.8;

/** How one unit of a query fits a passage: its lexical score there, what its words weigh, and its likeness. */
export type Fit = { score: number; mass: number; likeness: Likeness | null };

export type Fitted = { documentId: string; fits: readonly Fit[] };

/** `parts` add up to `score`. */
export type Fused = { score: number; parts: Record<string, number> };

type Parts = { words: number; meaning: number };

/**
 * The scores of passages, in their order. A query of one unit: words and meaning added. Of several: the root of the sum of
 * squares, between a sum, by which what fits nothing well beats what answers one question, and the best alone; then each
 * unit's best passages and what stands in a fitting document are raised. A unit counts by what its words weigh. `trust`:
 * what meaning counts for, usually 1.
 */
export function fuse(passages: readonly Fitted[], trust: number): Fused[] {
  const most = Math.max(1e-9, ...(passages[0]?.fits ?? []).map(({ mass }) => mass));
  const units = passages.map(({ fits }) => {
    const weight = trust * fits.length ** -UNITS_EXPONENT;
    return fits.map((fit) => partsOf(fit, { weight, share: fits.length === 1 ? 1 : fit.mass / most }));
  });
  const joined = units.map(joinUnits);
  if ((units[0]?.length ?? 0) < 2) return joined;
  const best = bestOfUnits(units);
  const documents = meanByDocument(passages, joined);
  return joined.map(({ score, parts }, at) => {
    const unit = best[at] ?? 0;
    const document = DOCUMENT_WEIGHT * (documents.get(passages[at]?.documentId ?? '') ?? 0);
    return { score: score + unit + document, parts: { ...parts, unit, document } };
  });
}

/** The scores of passages for a question, the first unit, and in addition for it with what was said before, the second. */
export function fuseWithContext(passages: readonly Fitted[], trust: number): Fused[] {
  const only = (unit: number) => passages.map((one) => ({ ...one, fits: one.fits.slice(unit, unit + 1) }));
  const before = fuse(only(1), trust);
  return fuse(only(0), trust).map(({ score, parts }, at) => {
    const context = CONTEXT_WEIGHT * (before[at]?.score ?? 0);
    return { score: score + context, parts: { ...parts, context } };
  });
}

function partsOf({ score, mass, likeness }: Fit, { weight, share }: { weight: number; share: number }): Parts {
  const had = mass > 0 ? score / (MOST_OF_MASS * mass) : 0;
  if (!likeness || weight === 0) return { words: share * WORDS_WEIGHT * had, meaning: 0 };
  // Common words in headings and short passages can count for more than all of the query: then meaning decides.
  return { words: share * WORDS_WEIGHT * Math.min(1, had), meaning: share * weight * meaningOf(likeness) };
}

function meaningOf({ whole, heading, sentence }: Likeness): number {
  if (sentence === null) return Math.max(0, WHOLE_ALONE * whole);
  return Math.max(0, sentence + WHOLE_WEIGHT * whole + HEADING_WEIGHT * heading);
}

function joinUnits(units: readonly Parts[]): Fused {
  const score = Math.hypot(...units.map(({ words, meaning }) => words + meaning));
  const parts = { words: 0, meaning: 0 };
  for (const { words, meaning } of units) {
    const part = score === 0 ? 0 : (words + meaning) / score;
    parts.words += part * words;
    parts.meaning += part * meaning;
  }
  return { score, parts };
}

function bestOfUnits(passages: readonly (readonly Parts[])[]): number[] {
  const scoreOf = ({ words, meaning }: Parts) => words + meaning;
  const tops: number[] = [];
  for (const units of passages) {
    for (const [unit, parts] of units.entries()) tops[unit] = Math.max(tops[unit] ?? 0, scoreOf(parts));
  }
  return passages.map((units) =>
    units.reduce((sum, parts, unit) => {
      const top = tops[unit] ?? 0;
      return top === 0 ? sum : sum + BEST_WEIGHT * top * (scoreOf(parts) / top) ** BEST_EXPONENT;
    }, 0),
  );
}

function meanByDocument(passages: readonly Fitted[], joined: readonly Fused[]): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const [at, { documentId }] of passages.entries()) {
    const before = sums.get(documentId) ?? { sum: 0, count: 0 };
    sums.set(documentId, { sum: before.sum + (joined[at]?.score ?? 0), count: before.count + 1 });
  }
  return new Map([...sums].map(([id, { sum, count }]) => [id, sum / count]));
}
