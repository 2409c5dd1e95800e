import type { Source } from '../../../agent/guard.ts';
import type { Claim } from '../claims/claims.ts';
import { isOfOtherAge } from '../evidence/ages.ts';
import { type Ground, groundsOf } from '../evidence/grounds.ts';
import { isUnit } from '../evidence/meets.ts';
import { isOfAnotherThing } from '../evidence/things.ts';
import type { Figure } from '../reading/figures.ts';
import { figuresIn, isNear, MOST, type Operands, type Reckoned } from './operands.ts';

/** Something to add or multiply. `source`: null for what is the customer's own. */
type Term = { value: number; source: Source | null; of: readonly Figure[] };

/** So many of each kind of term are tried, and so many of what is made of them. */
const TRIED = { amounts: 12, counts: 12, shares: 6, made: 80 };

/** An amount that is a multiple or a share of others of the answer, or what two of them come to, or differ by; null where it is not. */
export function sumOf(
  claim: Claim,
  figure: Figure,
  answer: Operands,
  before: ReadonlyMap<number, Reckoned>,
): Reckoned | null {
  const { text, sources, numbers } = answer;
  const others = answer.beside(figure);
  const stated = others
    .filter(({ kind, unit }) => kind === figure.kind && (kind === 'money' || unit === figure.unit))
    .filter((one) => isUnit(figure, one))
    .flatMap((one): Term[] => {
      const made = before.get(one.start);
      const source = answer.known(one) ?? made?.source ?? null;
      return source || made || answer.isOwn(one) || answer.isSaid(one) || answer.isSupposed(one)
        ? [{ value: one.value, source, of: [one] }]
        : [];
    });
  // `A fee of 15%, so $60`: of the price that a tool has.
  const isOfShare = stated.length === 0 && others.some((one) => one.kind === 'percent' && answer.known(one) !== null);
  const own = isOfShare ? [...pricesIn(figure, sources), ...saidIn(figure, answer)] : stated;
  const more = stated.length > 0 && COMPARED.test(text) ? amountsOf(figure, sources) : [];
  const theirs = figure.kind === 'measure' && own.length === 0 ? saidIn(figure, answer) : [];
  const base = [...own, ...more, ...theirs].slice(0, TRIED.amounts);
  const counts = countsFor(figure, others, answer);
  const products = productsOf([...counts, ...numbers]);
  const several =
    figure.kind === 'money' ? (severalOf(claim, figure, answer, products) ?? worthOf(figure, others, answer)) : null;
  if (several || base.length === 0) return several;
  const shares = [...sharesIn(others, answer), ...sharesOf(sources)].slice(0, TRIED.shares);
  const made = base.flatMap((term) => [
    ...counts.flatMap((count) => [times(term, count), times(term, 1 / count)]),
    ...shares.flatMap((share) => sharesOfTerm(term, share)),
    ...products.flatMap((product) => [times(term, product), times(term, 1 / product)]),
    ...counts.flatMap((count) => shares.flatMap((share) => sharesOfTerm(times(term, count), share))),
  ]);
  const isIt = ({ value }: Term) => value > 0 && isNear(value, figure.value);
  const priced = COMPARED.test(text)
    ? pricesOf(figure, sources).flatMap((term) => [...numbers, ...products].map((count) => times(term, count)))
    : [];
  const terms = [...base, ...priced.slice(0, TRIED.made), ...made].slice(0, 2 * TRIED.made);
  return (
    cappedAt(figure, others, made, sources) ?? found(made.filter(isIt)) ?? found(pairsOf(base, terms).filter(isIt))
  );
}

/** The source with the most that something costs, where what was worked out is more: `7 a day, at most 50`. */
function cappedAt(
  figure: Figure,
  others: readonly Figure[],
  made: readonly Term[],
  sources: readonly Source[],
): Reckoned | null {
  if (figure.kind !== 'money' || !made.some(({ value, source }) => source !== null && value > figure.value))
    return null;
  const isCap = (one: Figure) => one.bound === 'most' && isUnit(figure, one) && isNear(one.value, figure.value);
  const source = sources.find((one) => one.kind !== 'tool' && figuresIn(one, 'money').some(isCap));
  return source ? { source, of: others.filter(({ kind }) => kind === 'duration') } : null;
}

/** One with a source before those that are the customer's own. */
function found(terms: readonly Term[]): Reckoned | null {
  return terms.find(({ source }) => source) ?? terms[0] ?? null;
}

/** What two terms come to, and differ by. A second one at a share of the price is not the first one again. */
function pairsOf(base: readonly Term[], all: readonly Term[]): Term[] {
  return base.flatMap((one) =>
    all.flatMap((other) => {
      const isMultiple = other.of.length === 0 && Number.isInteger(other.value / one.value);
      const isSame = isMultiple || other.of.some((figure) => one.of.includes(figure));
      if (isSame && !other.of.some(({ kind }) => kind === 'percent')) return [];
      const [source, of] = [one.source ?? other.source, [...one.of, ...other.of]];
      return [one.value + other.value, Math.abs(one.value - other.value)].map((value) => ({ value, source, of }));
    }),
  );
}

function times({ value, source, of }: Term, count: number): Term {
  return { value: value * count, source, of };
}

function sharesOfTerm(term: Term, { value, source, of }: Term): Term[] {
  return [value, 1 - value, 1 + value].map((share) => ({
    value: term.value * share,
    source: term.source ?? source,
    of: [...term.of, ...of],
  }));
}

/** The per cent of an answer that a source has. */
function sharesIn(others: readonly Figure[], answer: Operands): Term[] {
  return others.flatMap((one): Term[] => {
    const source = one.kind === 'percent' ? answer.known(one) : null;
    return source ? [{ value: one.value / 100, source, of: [one] }] : [];
  });
}

function sharesOf(sources: readonly Source[]): Term[] {
  return sources.flatMap((source) =>
    figuresIn(source, 'percent').map(({ value }) => ({ value: value / 100, source, of: [] })),
  );
}

/** Of two at a time, each as often as it stands there. */
function productsOf(counts: readonly number[]): number[] {
  const few = counts.slice(0, TRIED.counts);
  return few.flatMap((one, at) => few.slice(at + 1).map((other) => one * other));
}

/** Says how much more or less something is than what it need not name, or that something is added. */
const COMPARED =
  /\b(?:the other|the rest|your share|over the|above|below|short of|left|remain\w*|another|more|less|dearer|cheaper|extra|saves?|saved|saving|savings|difference|on top|instead|taken off|deducted|minus|total|together|altogether|in all|if you'd like|if you would like|if you want|with|including|plus)\b/;
/** Said of what comes on top. */
const EXTRA = /\b(?:extra|surcharge|additional|plus|supplement|on top|more)\b/;

/** What tools have of prices. */
function pricesIn(figure: Figure, sources: readonly Source[]): Term[] {
  return pricesOf(
    figure,
    sources.filter(({ kind }) => kind === 'tool'),
  );
}

/** What the customer has named of amounts. */
function saidIn(figure: Figure, { said }: Operands): Term[] {
  const amounts = said.filter((one) => one.kind === figure.kind && isUnit(figure, one));
  return amounts.map(({ value }) => ({ value, source: null, of: [] }));
}

/** The prices of passages. */
function pricesOf(figure: Figure, sources: readonly Source[]): Term[] {
  if (figure.kind !== 'money') return [];
  return sources.flatMap((source) =>
    figuresIn(source, 'money')
      .filter((one) => isUnit(figure, one))
      .map(({ value }) => ({ value, source, of: [] })),
  );
}

/** What tools gave back, and of passages the limits and what comes on top. */
function amountsOf(figure: Figure, sources: readonly Source[]): Term[] {
  return sources.flatMap((source) =>
    (groundsOf(source).byKind.get(figure.kind) ?? []).flatMap(({ clause }) =>
      clause.figures
        .filter((one) => one.kind === figure.kind && isUnit(figure, one))
        .filter(({ bound }) => source.kind === 'tool' || bound !== 'exact' || EXTRA.test(clause.text))
        .map((one) => ({ value: one.value, source, of: [one] })),
    ),
  );
}

/** Says that something is counted from a number on. */
const BEYOND = /\b(?:after (?:that|those)|beyond|over|above|each (?:extra|further|additional|one)|on top|more than)\b/;
const BOTH = /\b(?:both|together|each way|return trip|round trip|there and back)\b/;
const MONTHS = /\b(?:month|monthly)\b/;
const YEARS = /\b(?:year|yearly|annual|annually)\b/;

/** By what an amount may be multiplied: the numbers of the answer, how many of its unit a time has, twelve months of a year. */
function countsFor(figure: Figure, others: readonly Figure[], { numbers, text }: Operands): number[] {
  const counts = new Set(numbers);
  const measured = others.filter(({ kind }) => kind === 'measure');
  for (const { kind, unit, value } of others) {
    if (kind === 'duration' && unit === 'minute') for (const length of [60, 1_440, 10_080]) counts.add(value / length);
    else if (kind === 'duration') counts.add(value).add(value / 12);
    else if (kind === 'measure') counts.add(value);
    // Points are earned by the dollar.
    else if (kind === 'money' && figure.kind === 'measure') counts.add(value);
  }
  if (MONTHS.test(text) && YEARS.test(text)) counts.add(12);
  if (BOTH.test(text)) counts.add(2);
  for (const one of measured)
    for (const other of measured) if (one.unit === other.unit) counts.add(Number((one.value - other.value).toFixed(3)));
  const isBeyond = BEYOND.test(text);
  const whole = [...numbers, ...measured.map(({ value }) => value)];
  for (const one of whole)
    for (const other of whole) {
      if (isBeyond) counts.add(one - other);
      if (other > 1 && one % other === 0) counts.add(one / other);
    }
  return [...counts].filter((count) => count > 1 && count < MOST && Number.isInteger(2 * count)).slice(0, TRIED.counts);
}

/** The source that has the price for one, where the answer says of how many an amount is: `$9 a night, $27 for three nights`. */
function severalOf(
  claim: Claim,
  figure: Figure,
  { numbers, sources }: Operands,
  products: readonly number[],
): Reckoned | null {
  const isTotal = (one: Figure) => {
    const count = figure.value / one.value;
    if (!isUnit(figure, one) || !Number.isInteger(Number(count.toFixed(6))) || count < 2) return false;
    const length = figure.per === null && one.per !== null ? LENGTHS.get(one.per) : undefined;
    return (
      [...numbers, ...products].includes(Math.round(count)) || (length !== undefined && claim.scope.has(length(count)))
    );
  };
  const has = (source: Source) =>
    (groundsOf(source).byKind.get('money') ?? [])
      .slice(0, TRIED.made)
      .some(
        (ground) =>
          ground.clause.figures.some(isTotal) &&
          !isOfAnotherThing(claim, ground, sources) &&
          !isOfOtherAge(claim, ground),
      );
  const source = sources.find(has);
  return source ? { source, of: [] } : null;
}

/** The source that says what so many of something are worth: `100 points are worth $1`, and 2,400 are $24. */
function worthOf(figure: Figure, others: readonly Figure[], { sources }: Operands): Reckoned | null {
  for (const whole of others) {
    if (whole.kind !== 'measure') continue;
    const isRate = ({ clause: { figures } }: Ground) => {
      const [part, worth] = [
        figures.find(({ kind }) => kind === 'measure'),
        figures.find(({ kind }) => kind === 'money'),
      ];
      if (!part || !worth || part.unit !== whole.unit || !isUnit(figure, worth)) return false;
      return isNear(figure.value, (worth.value * whole.value) / part.value);
    };
    const source = sources.find((one) =>
      (groundsOf(one).byKind.get('measure') ?? []).slice(0, TRIED.made).some(isRate),
    );
    if (source) return { source, of: [whole] };
  }
  return null;
}

/** How so many of what a price is for are among the words of a scope. */
const LENGTHS: ReadonlyMap<string, (times: number) => string> = new Map([
  ['night', (times: number) => `measure ${times} night`],
  ['hour', (times: number) => `duration ${60 * times} minute`],
  ['day', (times: number) => `duration ${1_440 * times} minute`],
  ['week', (times: number) => `duration ${10_080 * times} minute`],
  ['month', (times: number) => `duration ${times} month`],
  ['year', (times: number) => `duration ${12 * times} month`],
]);

/** What a hundred per cent have left beside another share; how much one number of the answer is of another, which a source has. */
export function shareOf(figure: Figure, answer: Operands): Reckoned | null {
  const others = answer.beside(figure);
  for (const one of others) {
    const source = one.kind === 'percent' && one.value + figure.value === 100 ? answer.known(one) : null;
    if (source) return { source, of: [one] };
  }
  const isTold = (number: number) => answer.sources.some((one) => hasNumber(one, number));
  const parts = [...answer.numbers, ...others.flatMap(({ kind, value }) => (kind === 'money' ? [value] : []))];
  for (const part of parts)
    for (const whole of parts) {
      const share = (100 * part) / whole;
      const isShare = [share, 100 - share, 10_000 / share - 100].some(
        (one) => Math.round(one) === Math.round(figure.value),
      );
      if (part >= whole || !isShare) continue;
      // Of both a source must tell, or of what is left: a share of its price that the answer makes up is none.
      const isMadeOf = isTold(part) || parts.some((one) => isNear(one, whole - part) && isTold(one));
      const source = isMadeOf ? answer.sources.find((one) => hasNumber(one, whole)) : undefined;
      if (source) return { source, of: [] };
    }
  return null;
}

function hasNumber(source: Source, value: number): boolean {
  return groundsOf(source).all.some(
    ({ clause }) =>
      clause.figures.some((one) => one.value === value) || clause.numbers.some((number) => Number(number) === value),
  );
}
