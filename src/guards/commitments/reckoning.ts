import type { Source } from '../../agent/guard.ts';
import type { Claim } from './claims.ts';
import { type Figure, figuresOf } from './figures.ts';
import { groundsOf } from './grounds.ts';
import { isSameFigure, isUnit } from './meets.ts';
import { ARTICLES, numberAt } from './numbers.ts';
import { isOfAnotherThing } from './things.ts';
import { tokensOf } from './tokens.ts';

/**
 * What an answer works out from what it has said: a price for several, a share of it, what is left, what is saved, a day so many days after
 * another. The result is in no source, but each thing that it is made of is, or it is the customer's own: "your $600 crown".
 */

/** What an answer has to reckon with: its figures, and its numbers that count something. */
type Operands = { text: string; figures: readonly Figure[]; numbers: readonly number[] };

/** The operands of a plain text (`tokens.ts`). */
function operandsOf(text: string): Operands {
  const tokens = tokensOf(text);
  const figures = figuresOf(tokens);
  const numbers: number[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const { start, end, text: word } = tokens[at] as (typeof tokens)[number];
    if (ARTICLES.has(word) || figures.some((figure) => figure.start < end && start < figure.end)) continue;
    const number = numberAt(tokens, at);
    if (!number) continue;
    if (number.value > 1 && number.value < MOST) numbers.push(number.value);
    at = number.to - 1;
  }
  return { text, figures, numbers };
}

/** Of larger numbers nothing is counted. */
const MOST = 100_000;
/** Terms that are tried: an answer has few. */
const TRIED = 80;

/** `of`: the figures of the answer that it is made of. `source`: where one of them is from. */
type Reckoned = { source: Source; of: readonly Figure[] };
/** What was worked out before, by where it stands. */
type Made = ReadonlyMap<number, Source>;
type Term = { value: number; source: Source | null; of: readonly Figure[] };

/** What the claims of an answer, a plain text, have been worked out from. */
export class Reckoning {
  readonly #text: string;
  readonly #sources: readonly Source[];
  readonly #used = new Map<number, Source>();
  readonly #made = new Map<number, Source>();
  readonly #counted = new Map<number, Source>();
  #answer: Operands | null = null;

  constructor(text: string, sources: readonly Source[]) {
    this.#text = text;
    this.#sources = sources;
  }

  /** The source on which a claim rests that is worked out; null for any other. */
  of(claim: Claim): Source | null {
    if (!claim.figure) return null;
    this.#answer ??= operandsOf(this.#text);
    const found = reckoned(claim, claim.figure, this.#answer, this.#sources, this.#made);
    if (!found) return null;
    this.#made.set(claim.figure.start, found.source);
    for (const { start } of found.of) this.#used.set(start, found.source);
    for (const { kind, start, value, unit } of this.#answer.figures)
      if (isCountOf(claim.figure, { kind, value, unit }, found.of)) this.#counted.set(start, found.source);
    return found.source;
  }

  /** The source on which rests what was worked out with the customer's own figure; null for another figure, or where nothing was. */
  with({ figure, denies, all }: Claim): Source | null {
    if (!figure) return null;
    const isCount = figure.kind === 'duration' || figure.kind === 'measure' || figure.kind === 'date';
    if (isCount && this.#counted.has(figure.start)) return this.#counted.get(figure.start) as Source;
    this.#answer ??= operandsOf(this.#text);
    if (!isOwn(figure, this.#answer)) return null;
    const used = this.#used.get(figure.start);
    // `Your 21 kg suitcase` is compared with what the sources allow.
    if (used || figure.kind === 'percent') return used ?? null;
    return denies || SHORT_OF.test(all) || reaches(figure, this.#sources) ? likeIn(figure, this.#sources) : null;
  }
}

/** Whether a figure is how many times an amount was taken: three days at so much a day; or the day that was counted from. */
function isCountOf(
  figure: Figure,
  { kind, value, unit }: Pick<Figure, 'kind' | 'value' | 'unit'>,
  of: readonly Figure[],
): boolean {
  if (kind === 'date') return of.some((one) => one.kind === 'date' && one.unit === unit);
  if (kind !== 'duration' && kind !== 'measure') return false;
  const lengths = kind === 'measure' ? [1] : unit === 'minute' ? [60, 1_440, 10_080] : [1, 12];
  return of.some(
    (one) => one.kind === figure.kind && lengths.some((length) => near(figure.value, (one.value * value) / length)),
  );
}

function near(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.0051;
}

/** Says that it is not enough. */
const SHORT_OF = /\b(?:another|short|below|under|over|too|exceeds?|above|less than)\b/;

/** Whether an amount is as much as what the sources give something from. */
function reaches(figure: Figure, sources: readonly Source[]): boolean {
  return (
    figure.kind !== 'money' ||
    !sources.some((source) =>
      groundsOf(source)
        .byKind.get('money')
        ?.some(({ clause }) =>
          clause.figures.some((one) => isUnit(figure, one) && one.bound === 'least' && one.value > figure.value),
        ),
    )
  );
}

/** A source that has a figure of the same unit. */
function likeIn({ kind, unit }: Figure, sources: readonly Source[]): Source | null {
  const has = (source: Source) =>
    groundsOf(source)
      .byKind.get(kind)
      ?.some(({ clause }) =>
        clause.figures.some(
          (one) =>
            one.kind === kind &&
            (kind === 'date' || (one.unit === unit && (kind !== 'money' || one.bound !== 'exact'))),
        ),
      );
  return sources.find(has) ?? null;
}

/** How the figure of a claim is worked out from the others of its answer; null where it is not. */
function reckoned(
  claim: Claim,
  figure: Figure,
  answer: Operands,
  sources: readonly Source[],
  made: Made,
): Reckoned | null {
  const others = answer.figures.filter(({ start }) => start !== figure.start);
  if (figure.kind === 'date') return laterOrEarlier(figure, others, sources);
  const found =
    figure.kind === 'money' || figure.kind === 'measure' || figure.kind === 'number'
      ? sumOf(claim, figure, others, answer, sources, made)
      : figure.kind === 'duration'
        ? between(figure, others, sources)
        : rest(figure, others, answer, sources);
  return (
    found ?? (figure.kind === 'money' && figure.per === null ? ofSeveral(figure, claim.scope, answer, sources) : null)
  );
}

/** The source that has a figure, of whatever it is. */
function known(figure: Figure, sources: readonly Source[]): Source | null {
  const isIt = (one: Figure) =>
    one.kind === 'number' ? one.value === figure.value : isUnit(figure, one) && isSameFigure(figure, one);
  const has = (source: Source) => {
    const { byKind } = groundsOf(source);
    const kinds = figure.kind === 'date' ? (['date'] as const) : ([figure.kind, 'number'] as const);
    return kinds.some((kind) => byKind.get(kind)?.some(({ clause }) => clause.figures.some(isIt)));
  };
  return sources.find(has) ?? null;
}

/** Whether a figure is the customer's own: `your $600 crown`, `if you used 30 GB`. */
function isOwn({ start, end }: Figure, { text }: Operands): boolean {
  return OWN_BEFORE.test(text.slice(Math.max(0, start - 40), start)) && !GIVEN_BEHIND.test(text.slice(end, end + 40))
    ? true
    : MENTIONED.test(text.slice(end, end + 60));
}

const OWN_BEFORE =
  /\b(?:your|you(?:'ve| have) (?:used|spent|taken(?: out)?|saved|withdrawn)|(?:if|when|as) you(?:'ve)? (?:use|used|spend|spent|order|ordered|buy|bought|take|took|need|drive|drove|mention\w*)|you(?:'re| are)|(?:goods|items|things|belongings|contents) worth|your (?:\w+ )?(?:moving|move|travel|wedding|birthday|arrival) ?(?:date|day)?(?: of| on| is)|your (?:salary|income|order|basket|cart|purchase|balance|trip|stay|bag|suitcase|case|parcel|box)(?:'s| is| of| at| comes to| weighs)(?: at| of)?) (?:about |around |all |full |only |just )*[$€£]?$/;
/** What a company gives or charges is not the customer's. */
const GIVEN_BEHIND =
  /^(?:[- ](?!(?:in|on|from|for|at|to|with|into|of)\b)[a-z]+){0,2}?[- ](?:refunds?|credits?|vouchers?|discounts?|bonus|cash ?back|compensation|deposits?|fees?|charges?|prices?|premiums?|rates?|payments?|payouts?|allowances?|limits?|excess|deductible|warrant(?:y|ies)|guarantees?|trials?|plans?|tariffs?|contracts?|periods?|windows?|notice|coverage?|savings?|reductions?|rebates?|upgrades?|passes|pass|memberships?|subscriptions?|data|storage)\b/;
const MENTIONED =
  /^ (?:[a-z]+ ){0,3}(?:that )?(?:you(?:'ve| have)? (?:mention\w*|quoted|told|describe\w*|gave|have in mind|spent|spend)|of yours|(?:you(?:'re| are) (?:after|planning|looking for|asking for))|you (?:need|want|asked for|have left))\b/;

/** Amounts, their parts and multiples, and what two of them come to. */
function sumOf(
  claim: Claim,
  figure: Figure,
  others: readonly Figure[],
  answer: Operands,
  sources: readonly Source[],
  before: Made,
): Reckoned | null {
  const base: Term[] = others
    .filter(({ kind, unit }) => kind === figure.kind && (kind === 'money' || unit === figure.unit))
    .filter((one) => isUnit(figure, one))
    .flatMap((one): Term[] => {
      const source = known(one, sources);
      return source || isOwn(one, answer) || before.has(one.start)
        ? [{ value: one.value, source: source ?? before.get(one.start) ?? null, of: [one] }]
        : [];
    });
  if (base.length > 0 && (COMPARED.test(answer.text) || IF.test(answer.text))) base.push(...amountsOf(figure, sources));
  const counts = countsFor(figure, others, answer);
  const several = figure.kind === 'money' ? multipleOf(claim, figure, answer.numbers, sources) : null;
  if (several || base.length === 0) return several;
  const shares = others
    .filter(({ kind }) => kind === 'percent')
    .flatMap((one): Term[] => {
      const source = known(one, sources);
      return source ? [{ value: one.value / 100, source, of: [one] }] : [];
    });
  const products = productsOf([...counts, ...answer.numbers]);
  const scaled = [...base];
  for (const term of base) {
    for (const count of counts) scaled.push(times(term, count), times(term, 1 / count));
    for (const { value, source, of } of [...shares, ...sharesOf(sources)])
      for (const share of [value, 1 - value, 1 + value])
        scaled.push({ value: term.value * share, source: term.source ?? source, of: [...term.of, ...of] });
    for (const product of products) scaled.push(times(term, product));
  }
  const isIt = ({ value }: Term) => near(value, figure.value);
  const made = scaled.slice(base.length).find((term) => term.source && isIt(term));
  if (made) return { source: made.source as Source, of: made.of };
  for (const one of base)
    for (const other of scaled.slice(0, TRIED))
      for (const value of [one.value + other.value, Math.abs(one.value - other.value)]) {
        const source = one.source ?? other.source;
        const term = { value, source, of: [...one.of, ...other.of] };
        // A second one at a share of the price is not the first one again.
        const areTwo =
          !other.of.some((figure) => one.of.includes(figure)) || other.of.some(({ kind }) => kind === 'percent');
        if (source && areTwo && value > 0 && isIt(term)) return { source, of: term.of };
      }
  return null;
}

/** The shares that sources give. */
function sharesOf(sources: readonly Source[]): Term[] {
  return sources
    .flatMap((source) =>
      (groundsOf(source).byKind.get('percent') ?? []).flatMap(({ clause }) =>
        clause.figures.flatMap((one) => (one.kind === 'percent' ? [{ value: one.value / 100, source, of: [] }] : [])),
      ),
    )
    .slice(0, 6);
}

/** Of two at a time, each as often as it stands there. */
function productsOf(counts: readonly number[]): number[] {
  const few = counts.slice(0, 12);
  return few.flatMap((one, at) => few.slice(at + 1).map((other) => one * other));
}

/** A passage's price, as often as a number of the answer says. */
function multipleOf(
  claim: Claim,
  figure: Figure,
  numbers: readonly number[],
  sources: readonly Source[],
): Reckoned | null {
  for (const source of sources)
    for (const ground of (groundsOf(source).byKind.get('money') ?? []).slice(0, TRIED))
      for (const one of isOfAnotherThing(claim, ground, sources) ? [] : ground.clause.figures)
        if (
          isUnit(figure, one) &&
          numbers.some((count) => Number.isInteger(count) && near(one.value * count, figure.value))
        )
          return { source, of: [] };
  return null;
}

/** Says how much more or less something is than what it need not name. */
const COMPARED =
  /\b(?:over the|above|below|short of|left|remain\w*|another|more|less|dearer|cheaper|extra|saves?|saved|saving|savings|difference|on top|instead|total|together|altogether|in all)\b/;

/** The amounts of what tools gave back. */
function amountsOf(figure: Figure, sources: readonly Source[]): Term[] {
  return sources
    .flatMap((source) =>
      (groundsOf(source).byKind.get(figure.kind) ?? []).flatMap(({ clause }) =>
        clause.figures.flatMap((one) =>
          one.kind === figure.kind &&
          isUnit(figure, one) &&
          (source.kind === 'tool' || one.bound !== 'exact' || EXTRA.test(clause.text))
            ? [{ value: one.value, source, of: [one] }]
            : [],
        ),
      ),
    )
    .slice(0, 12);
}

/** Said of what comes on top. */
const EXTRA = /\b(?:extra|surcharge|additional|plus|supplement|on top|more)\b/;

function times({ value, source, of }: Term, count: number): Term {
  return { value: value * count, source, of };
}

const IF = /\b(?:if you'd like|if you would like|if you want|with|including|plus)\b/;
/** Says that something is counted from a number on. */
const BEYOND = /\b(?:after (?:that|those)|beyond|over|above|each (?:extra|further|additional|one)|on top|more than)\b/;

/** By what an amount may be multiplied: the numbers of the answer, how many of its unit a time has, twelve months of a year. */
function countsFor(figure: Figure, others: readonly Figure[], { numbers, text }: Operands): number[] {
  const counts = new Set(numbers);
  if (BEYOND.test(text)) for (const one of numbers) for (const other of numbers) counts.add(one - other);
  for (const { kind, unit, value } of others) {
    if (kind === 'duration' && unit === 'minute') for (const length of [60, 1_440, 10_080]) counts.add(value / length);
    else if (kind === 'duration') counts.add(value).add(value / 12);
    else if (kind === 'measure') counts.add(value);
    // Points are earned by the dollar.
    else if (kind === 'money' && figure.kind === 'measure') counts.add(value);
  }
  if (/\b(?:month|monthly)\b/.test(text) && /\b(?:year|yearly|annual|annually)\b/.test(text)) counts.add(12);
  if (/\b(?:both|together|each way|return trip|round trip|there and back)\b/.test(text)) counts.add(2);
  const measured = others.filter(({ kind }) => kind === 'measure');
  for (const one of measured)
    for (const other of measured) if (one.unit === other.unit) counts.add(Number((one.value - other.value).toFixed(3)));
  const whole = [...numbers, ...others.flatMap(({ kind, value }) => (kind === 'measure' ? [value] : []))];
  for (const one of whole) for (const other of whole) if (other > 1 && one % other === 0) counts.add(one / other);
  return [...counts].filter((count) => count > 1 && count < MOST && Number.isInteger(2 * count)).slice(0, 12);
}

/** The source that has the price for one, where the answer says of how many an amount is: `$9 a night, $27 for three nights`. */
function ofSeveral(
  figure: Figure,
  scope: ReadonlySet<string>,
  { numbers }: Operands,
  sources: readonly Source[],
): Reckoned | null {
  const isTotal = (one: Figure) => {
    const count = figure.value / one.value;
    if (one.per === null || !isUnit(figure, one) || !Number.isInteger(count) || count < 2) return false;
    const length = LENGTHS.get(one.per);
    return length ? scope.has(length(count)) : numbers.includes(count);
  };
  const has = (source: Source) =>
    groundsOf(source)
      .byKind.get('money')
      ?.some(({ clause }) => clause.figures.some(isTotal));
  const source = sources.find(has);
  return source ? { source, of: [] } : null;
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

/** What a hundred per cent have left beside another share; how much one number of the answer is of another. */
function rest(
  figure: Figure,
  others: readonly Figure[],
  { numbers }: Operands,
  sources: readonly Source[],
): Reckoned | null {
  for (const one of others) {
    if (one.kind !== 'percent' || one.value + figure.value !== 100) continue;
    const source = known(one, sources);
    if (source) return { source, of: [one] };
  }
  const parts = [...numbers, ...others.flatMap(({ kind, value }) => (kind === 'money' ? [value] : []))];
  for (const part of parts)
    for (const whole of parts) {
      const shares = [(100 * part) / whole, 100 - (100 * part) / whole];
      if (part >= whole || !shares.some((share) => Math.round(share) === Math.round(figure.value))) continue;
      const source = sources.find((one) => hasNumber(one, whole));
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

const DAY = 86_400_000;
/** Any year: which one only matters in leap years. */
const SOME_YEAR = 2_025;

/** The days that a date may be; none for one without a day or month. */
function daysOf({ unit, per }: Figure): Date[] {
  return unit.split('|').flatMap((key) => {
    const [, month, day] = /^(\d{1,2})-(\d{1,2})$/.exec(key) ?? [];
    return month === undefined ? [] : [new Date(Date.UTC(Number(per) || SOME_YEAR, Number(month) - 1, Number(day)))];
  });
}

/** A day so long after or before another, which the answer or a source has. */
function laterOrEarlier(figure: Figure, others: readonly Figure[], sources: readonly Source[]): Reckoned | null {
  const said = others.filter(({ kind }) => kind === 'duration').filter((span) => known(span, sources));
  const told = said.length > 0 ? said : spansOf(sources);
  const [first, second] = told;
  // `three years on top of the two-year warranty`
  const isSum = first && second && first.unit === second.unit && told.length === 2;
  const spans = isSum ? [...told, { ...first, value: first.value + second.value }] : told;
  if (spans.length === 0) return null;
  const named = others.filter(({ kind }) => kind === 'date');
  for (const source of sources) {
    const theirs = (source.kind === 'tool' && groundsOf(source).byKind.get('date')) || [];
    const dates = [...named, ...theirs.flatMap(({ clause }) => clause.figures.filter(({ kind }) => kind === 'date'))];
    for (const span of spans)
      for (const from of dates.slice(0, TRIED))
        if (isReached(figure, from, span)) return { source: known(span, sources) ?? source, of: [span, from] };
  }
  return null;
}

/** The times that passages give. */
function spansOf(sources: readonly Source[]): Figure[] {
  return sources
    .filter(({ kind }) => kind === 'passage')
    .flatMap((source) =>
      (groundsOf(source).byKind.get('duration') ?? []).flatMap(({ clause }) =>
        clause.figures.filter(({ kind }) => kind === 'duration'),
      ),
    )
    .slice(0, 6);
}

function isReached(figure: Figure, from: Figure, { unit, value }: Figure): boolean {
  const weekday = weekdayOf(from);
  if (weekday !== null) {
    const steps = unit === 'working day' ? value : unit === 'minute' ? value / 1_440 : Number.NaN;
    return [1, -1].some((sign) => weekdayOf(figure) === steppedBy(weekday, sign * steps, unit === 'working day'));
  }
  const hours = timesOf(from);
  if (hours.length > 0 && unit === 'minute' && value < 1_440)
    return timesOf(figure).some((own) => hours.some((hour) => Math.abs(own - hour) === value));
  const month = /^(\d{1,2})-$/.exec(figure.unit)?.[1];
  const isIt = (day: Date) =>
    (month !== undefined && Number(month) === day.getUTCMonth() + 1 && Number(figure.per) === day.getUTCFullYear()) ||
    (daysOf(figure).some((own) => own.getUTCMonth() === day.getUTCMonth() && own.getUTCDate() === day.getUTCDate()) &&
      (figure.per === null || from.per === null || Number(figure.per) === day.getUTCFullYear()));
  return daysOf(from).some((day) => [1, -1].some((sign) => isIt(moved(day, unit, sign * value))));
}

function moved(day: Date, unit: string, by: number): Date {
  const to = new Date(day);
  if (unit === 'month') to.setUTCMonth(to.getUTCMonth() + by);
  else if (unit === 'minute') to.setTime(day.getTime() + Math.trunc(by / 1_440) * DAY);
  else
    for (let left = Math.abs(by); left > 0; left -= isWorkday(to) ? 1 : 0)
      to.setTime(to.getTime() + Math.sign(by) * DAY);
  return to;
}

function isWorkday(day: Date): boolean {
  return day.getUTCDay() % 6 !== 0;
}

/** The minutes of a day that an hour may be. */
function timesOf({ unit }: Figure): number[] {
  return unit.split('|').flatMap((key) => (key.startsWith('time ') ? [Number(key.slice(5))] : []));
}

function weekdayOf({ unit }: Figure): number | null {
  return unit.startsWith('weekday ') ? Number(unit.slice(8)) : null;
}

/** From Monday, 1, to Sunday, 7. */
function steppedBy(weekday: number, steps: number, isWorking: boolean): number {
  if (!Number.isInteger(steps)) return 0;
  let at = weekday;
  for (let left = Math.abs(steps); left > 0 && left < 100; ) {
    at = ((at - 1 + Math.sign(steps) + 7) % 7) + 1;
    if (!isWorking || at < 6) left -= 1;
  }
  return at;
}

/** The days between two dates of the answer that sources have. */
function between(figure: Figure, others: readonly Figure[], sources: readonly Source[]): Reckoned | null {
  if (figure.unit !== 'minute') return null;
  const dates = others.filter(({ kind, value }) => kind === 'date' && value === 0);
  for (const one of dates)
    for (const other of dates) {
      const isIt = daysOf(one).some((from) =>
        daysOf(other).some((to) => Math.abs(to.getTime() - from.getTime()) / DAY === figure.value / 1_440),
      );
      const source = one !== other && isIt && known(other, sources) ? known(one, sources) : null;
      if (source) return { source, of: [one, other] };
    }
  return null;
}
