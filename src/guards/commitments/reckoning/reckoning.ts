import type { Source } from '../../../agent/guard.ts';
import type { Claim } from '../claims/claims.ts';
import { isGain, LIMITS } from '../claims/gains.ts';
import { isInBand } from '../evidence/bands.ts';
import { groundsOf } from '../evidence/grounds.ts';
import { isUnit } from '../evidence/meets.ts';
import type { Figure } from '../reading/figures.ts';
import { shareOf, sumOf } from './amounts.ts';
import { between, laterOrEarlier } from './calendar.ts';
import { equalTo } from './equations.ts';
import { figuresIn, hasFigure, isNear, newestOf, Operands, type Reckoned } from './operands.ts';

/**
 * What an answer works out from what it has said: a price for several, a share of it, what is left, what is saved, a day so many days after
 * another. The result is in no source, but each thing that it is made of is, or it is the customer's own: "your $600 crown".
 */
export class Reckoning {
  readonly #text: string;
  readonly #sources: readonly Source[];
  readonly #said: readonly string[];
  /** By where they stand: what was worked out, what it was worked out from, and how often that was taken. */
  readonly #made = new Map<number, Reckoned>();
  readonly #used = new Map<number, Source>();
  readonly #counted = new Map<number, Source>();
  #answer: Operands | null = null;

  /** `text`: of the whole answer, plain (`tokens.ts`); `said`: what the customer has said, as it was written. */
  constructor(text: string, sources: readonly Source[], said: readonly string[]) {
    this.#text = text;
    this.#sources = sources;
    this.#said = said;
  }

  get #operands(): Operands {
    this.#answer ??= new Operands(this.#text, this.#sources, newestOf(this.#said));
    return this.#answer;
  }

  /** The source on which a claim rests that is worked out; null for any other. */
  of(claim: Claim): Source | null {
    const { figure } = claim;
    if (!figure) return null;
    const found = this.#reckoned(claim, figure);
    if (!found) return null;
    this.#made.set(figure.start, found);
    const source = found.source ?? this.#comparedWith(figure);
    if (!source) return null;
    this.#use(found.of, source);
    for (const one of this.#operands.beside(figure))
      if (isCountOf(figure, one, found, this.#sources)) this.#counted.set(one.start, source);
    return source;
  }

  /** The source of a time with which another one of the same sentence is compared: `18 days, inside the 28-day limit`. */
  #comparedWith(figure: Figure): Source | null {
    return figure.kind === 'duration' || figure.kind === 'measure' ? this.#beside(figure) : null;
  }

  /** The source of another figure of the same kind in its sentence. */
  #beside(figure: Figure): Source | null {
    const { kind, unit, value } = figure;
    const others = this.#operands.beside(figure).filter((one) => one.kind === kind && one.unit === unit);
    const compared = others.filter((one) => one.value !== value && this.#isInOneSentence(figure, one));
    for (const one of compared) {
      const source = this.#operands.known(one);
      if (source) return source;
    }
    return null;
  }

  #isInOneSentence(one: Figure, other: Figure): boolean {
    const [first, second] = one.start < other.start ? [one, other] : [other, one];
    return !/[.!?\n]\s/.test(this.#operands.text.slice(first.end, second.start));
  }

  /** Also what these are made of: a price by the week, which is worked out from what the customer has paid. */
  #use(of: readonly Figure[], source: Source): void {
    for (const { start } of of) {
      if (this.#used.has(start)) continue;
      this.#used.set(start, source);
      this.#use(this.#made.get(start)?.of ?? [], source);
    }
  }

  #reckoned(claim: Claim, figure: Figure): Reckoned | null {
    if (figure.bound === 'low' || figure.bound === 'high' || figure.kind === 'date') {
      const both = this.#fromTo(figure);
      if (both) return both;
    }
    const full = this.#inFull(claim, figure) ?? equalTo(figure, this.#operands, (one) => this.#madeBefore(one));
    if (full) return full;
    switch (figure.kind) {
      case 'date':
        return laterOrEarlier(figure, this.#operands);
      case 'duration':
        return between(figure, this.#operands);
      case 'percent':
        return shareOf(figure, this.#operands);
      default:
        return sumOf(claim, figure, this.#operands, this.#made);
    }
  }

  /** What a figure that was worked out before rests on. */
  #madeBefore({ kind, value, start }: Figure): Source | 'own' | null {
    for (const one of this.#operands.figures) {
      const made = one.start < start && one.kind === kind && isNear(one.value, value) && this.#made.get(one.start);
      if (made) return made.source ?? 'own';
    }
    return null;
  }

  /** The result of a tool that has the price which is given back in full. */
  #inFull({ concepts }: Claim, figure: Figure): Reckoned | null {
    if (figure.kind !== 'money' || !concepts.has('refund')) return null;
    const isGranted = this.#sources.some((source) =>
      groundsOf(source)
        .byConcept.get('full')
        ?.some(
          ({ clause }) =>
            clause.concepts.has('refund') && clause.concepts.has('full') && !clause.negated && !clause.open,
        ),
    );
    const isPaid = (source: Source) => source.kind === 'tool' && hasFigure(source, figure);
    const source = isGranted ? this.#sources.find(isPaid) : undefined;
    return source ? { source, of: [] } : null;
  }

  /** The source that has both ends of a change: `from €80 to €72`. */
  #fromTo(figure: Figure): Reckoned | null {
    const { figures, text } = this.#operands;
    if (figure.kind === 'duration' || !/\bfrom $/.test(text.slice(Math.max(0, figure.start - 6), figure.start)))
      return null;
    const ends = figures.filter(({ start, end }) => start === figure.start && end === figure.end);
    const found = ends.length === 2 && this.#sources.find((source) => ends.every((end) => hasFigure(source, end)));
    return found ? { source: found, of: [] } : null;
  }

  /** The source on which a claim rests that has the customer's own figure, or how often another was taken; null for any other. */
  with(claim: Claim): Source | null {
    const { figure, denies, all } = claim;
    if (!figure) return null;
    const counted = this.#counted.get(figure.start) ?? (LATE.test(all) ? bandOf(figure, this.#sources) : null);
    if (counted) return counted;
    const used = this.#used.get(figure.start);
    const isGiven = this.#operands.isSupposed(figure) || this.#operands.isSaid(figure) || this.#made.has(figure.start);
    if (used && isGiven) return used;
    if (figure.kind === 'percent' && used && this.#operands.known(figure)?.kind === 'tool') return used;
    if (this.#operands.isSaid(figure)) {
      const compared =
        figure.kind === 'money' && !isGain(claim) && LIMITS.test(all)
          ? this.#beside(figure)
          : this.#comparedWith(figure);
      if (compared) return compared;
    }
    const isOwn = (one: Figure) => this.#operands.isOwn(one);
    // `Your six-week tour, at 42 days`
    const isAgain = ({ kind, unit, value }: Figure) =>
      kind === 'duration' && figure.kind === kind && unit === figure.unit && value === figure.value;
    if (!isOwn(figure) && !this.#operands.beside(figure).some((one) => isAgain(one) && isOwn(one))) return null;
    if (used || figure.kind === 'percent') return used ?? null;
    // `Your 21 kg suitcase` is compared with what the sources allow.
    return denies || SHORT_OF.test(all) || reaches(figure, this.#sources) ? likeIn(figure, this.#sources) : null;
  }
}

/** Whether a figure is how many times an amount was taken: three days at so much a day; or the day that was counted from. */
function isCountOf(
  figure: Figure,
  { kind, value, unit }: Figure,
  { of }: Reckoned,
  sources: readonly Source[],
): boolean {
  if (kind === 'date') return of.some((one) => one.kind === 'date' && one.unit === unit);
  if (figure.kind === 'date') return of.some((one) => one.kind === kind && one.unit === unit && one.value === value);
  // Points are earned by the dollar.
  const isSpent = kind === 'money' && figure.kind === 'measure';
  if (kind !== 'duration' && kind !== 'measure' && !isSpent) return false;
  const lengths = kind === 'measure' || isSpent ? [1] : unit === 'minute' ? [60, 1_440, 10_080] : [1, 12];
  const prices = of.length > 0 ? of : sources.flatMap((source) => figuresIn(source, 'money'));
  return prices.some(
    (one) =>
      one.kind === figure.kind && lengths.some((length) => isMultiple(figure.value, (one.value * value) / length)),
  );
}

/** For each of several: two friends, two hours. */
function isMultiple(whole: number, part: number): boolean {
  const times = Math.round(whole / part);
  return times >= 1 && times <= MOST_TIMES && isNear(whole, times * part);
}

const MOST_TIMES = 10;

/** Says how late something was. */
const LATE = /\b(?:late|delayed|(?:delay|wait) of)\b/;

/** The source with a row of a graded list into which a time falls: `75 minutes late`, of 60 to 119 minutes. */
function bandOf(figure: Figure, sources: readonly Source[]): Source | null {
  if (figure.kind !== 'duration') return null;
  // `over three hours late`, of a delay of 214 minutes.
  if (figure.bound === 'least') return sources.find((source) => isLateBy(figure, source)) ?? null;
  if (figure.bound !== 'exact') return null;
  return sources.find((source) => isInBand(figure, source)) ?? null;
}

function isLateBy(figure: Figure, source: Source): boolean {
  const delays = source.kind === 'tool' ? (groundsOf(source).byKind.get('duration') ?? []) : [];
  return delays.some(
    ({ clause }) =>
      LATENESS.test(clause.text) &&
      clause.figures.some(
        ({ kind, unit, value }) => kind === 'duration' && unit === figure.unit && value >= figure.value,
      ),
  );
}

const LATENESS = /\b(?:delay|late)/;

/** Says that it is not enough. */
const SHORT_OF = /\b(?:another|short|below|under|over|too|exceeds?|above|less than)\b/;

/** Whether an amount is as much as what the sources give something from. */
function reaches(figure: Figure, sources: readonly Source[]): boolean {
  const isMore = (one: Figure) => isUnit(figure, one) && one.bound === 'least' && one.value > figure.value;
  return figure.kind !== 'money' || !sources.some((source) => figuresIn(source, 'money').some(isMore));
}

/** A source that has a figure with which one can be compared; an amount with a limit. */
function likeIn({ kind, unit }: Figure, sources: readonly Source[]): Source | null {
  const isLike = (one: Figure) => kind === 'date' || (one.unit === unit && (kind !== 'money' || one.bound !== 'exact'));
  return sources.find((source) => figuresIn(source, kind).some(isLike)) ?? null;
}
