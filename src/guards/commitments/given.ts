import type { Finding, Source } from '../../agent/guard.ts';
import { once } from '../../language/once.ts';
import type { Claim } from './claims/claims.ts';
import { isGain, LIMITS } from './claims/gains.ts';
import { ABOUT, isSame, isUnit } from './evidence/meets.ts';
import { numbersIn, sourceOf } from './quotations.ts';
import { type Figure, figuresOf } from './reading/figures.ts';
import { numberAt } from './reading/numbers.ts';
import { plainSource, tokensOf } from './reading/tokens.ts';
import { CURRENCIES } from './reading/units.ts';
import { daysBetween, isCounted } from './reckoning/calendar.ts';
import { type Counted, daySums } from './reckoning/day-sums.ts';
import { figuresIn, figuresSaid, hasFigure, isNear, newestOf, numbersSaid } from './reckoning/operands.ts';
import { exact, isOfKind, type Numbers, type Sum, sumsFrom } from './reckoning/sums.ts';

/**
 * What a figure may be made of, where somebody has read that its sentence is true: the figures of what they quote, the sums that they
 * tell, worked out again, and what the customer has named. What customers name is not what they get.
 */
export class Given {
  readonly #claim: Claim;
  readonly #text: string;
  /** The claim's sentence; of what is said of another case the whole text. */
  readonly #sentence: string;
  readonly #sources: readonly Source[];
  readonly #words: string;
  readonly #numbers: () => readonly Numbers[];
  readonly #said: string;
  readonly #named: readonly Figure[];
  readonly #namedNumbers: () => Numbers;
  /** All of them, and those of which an amount may come. */
  readonly #worked: () => readonly Sum[];
  readonly #sums: () => readonly Sum[];
  readonly #counted: () => readonly Counted[];

  /** `text`: plain, of which the claim is a part; `said`: by the customer, as it was written. */
  constructor(claim: Claim, text: string, { quotations, sums }: Finding, said: readonly string[]) {
    const newest = newestOf(said);
    this.#claim = claim;
    this.#text = text;
    this.#sentence = claim.all || text;
    this.#sources = quotations.map(sourceOf);
    this.#words = quotations.map(({ words }) => words).join('\n');
    this.#numbers = once(() => quotations.map(numbersIn));
    this.#said = newest;
    this.#named = figuresSaid(newest);
    this.#namedNumbers = () => numbersSaid(newest);
    this.#counted = once(() => daySums(sums, (operand) => this.#isOperand(operand)));
    this.#worked = once(() => this.#workedFrom(sums));
    this.#sums = once(() => this.#worked().filter((sum) => this.#mayTell(sum)));
  }

  /** Whether a figure of the claim comes from there. */
  has(figure: Figure): boolean {
    return (
      this.#isGiven(figure, this.#text) || this.#isBeside(figure) || this.#isOfSum(figure) || this.#isBetween(figure)
    );
  }

  /** Whether the customer has named a figure: amounts and times also as bare numbers, and in other units. */
  isNamed(figure: Figure): boolean {
    return (
      this.#named.some((one) => isSame(figure, one) || isBelow(figure, one)) ||
      writtenIn(figure, this.#text).some((number) => this.#namedNumbers().has(number)) ||
      dottedOf(figure).some((number) => this.#namedNumbers().has(number)) ||
      (figure.kind === 'duration' && daysBetween(figure, this.#named))
    );
  }

  #isGiven(figure: Figure, text: string): boolean {
    return (
      this.#sources.some((source) => hasFigure(source, figure)) ||
      this.#isBareAmount(figure) ||
      this.#isNumber(figure, text) ||
      this.#isOnCalendar(figure) ||
      this.#counted().some((one) => isSame(figure, one)) ||
      this.#isDayOfMonth(figure) ||
      this.#sums().some((sum) => this.#comesTo(sum, figure, text))
    );
  }

  /** Whether it stands there without a currency, and may be an amount. */
  #isBareAmount({ kind, value }: Figure): boolean {
    const isBare = (numbers: Numbers) =>
      numbers.get(value)?.has('money') === true && numbers.get(value)?.has('count') === true;
    return kind === 'money' && this.#numbers().some(isBare);
  }

  /** Whether a time or a measure is a number that stands there, of whatever: what it is of is for who has read it. */
  #isNumber(figure: Figure, text: string): boolean {
    const isThere = (number: number) => this.#numbers().some((numbers) => numbers.has(number));
    const written = figure.kind === 'duration' || figure.kind === 'measure' ? writtenIn(figure, text) : [];
    return written.length > 0 && written.every(isThere);
  }

  /** Whether a currency is that of some amount, where any amount has one. */
  #isCurrency(figure: Figure): boolean {
    const amounts = [...this.#sources.flatMap((source) => figuresIn(source, 'money')), ...this.#named];
    const priced = amounts.filter(({ kind }) => kind === 'money');
    // `"rate":1.17,"to":"EUR"`
    const isNamed = () => tokensOf(plainSource(this.#words)).some(({ text }) => CURRENCIES.get(text) === figure.unit);
    return priced.length === 0 || priced.some((one) => isUnit(figure, one)) || isNamed();
  }

  /** Whether a day or a time is counted from dates and times of the quotations and the customer. */
  #isOnCalendar(figure: Figure): boolean {
    const given = (kind: Figure['kind']) => this.#sources.flatMap((source) => figuresIn(source, kind));
    const theirs = (kind: Figure['kind']) => this.#named.filter((one) => one.kind === kind);
    const spans = [
      ...given('duration').flatMap((span) => (COUNTS_FIRST.test(this.#words) ? [span, withoutDay(span)] : [span])),
      ...(this.#sources.some(({ text }) => A_DAY.test(text)) ? [DAY] : []),
      ...(given('money').some(({ per }) => per === 'month') ? [MONTH] : []),
    ];
    if (figure.unit === 'tomorrow')
      return spans.some(({ unit, value }) => value === (unit === 'working day' ? 1 : 1_440));
    if (figure.unit === 'day 1' && FIRST.test(this.#words)) return true;
    if (figure.unit === 'month' && figure.value === 1 && A_MONTH.test(this.#words)) return true;
    return isCounted(figure, { dates: given('date'), spans }, { dates: theirs('date'), spans: theirs('duration') });
  }

  /** Whether a figure is the customer's own, and stands beside one that is given: `£26 clears the £20 minimum`, `3 pm, so by then today`. */
  #isBeside(figure: Figure): boolean {
    const { denies } = this.#claim;
    const all = this.#sentence;
    const others = figuresOf(tokensOf(all)).filter((other) => !isSame(figure, other));
    const isWith = (of?: Figure['kind']) =>
      others.some((other) => (of === undefined || other.kind === of) && this.#isGiven(other, all));
    if (IS_NEAR.test(figure.unit)) return isWith('date') || (this.#said.includes(figure.unit) && isWith());
    if (!this.isNamed(figure)) return false;
    if (figure.kind === 'percent')
      return (LIMITS.test(all) && isWith('percent')) || (this.#hasLimit(figure) && !isGain(this.#claim));
    if (figure.kind === 'money' && isGain(this.#claim))
      return OF_THEIRS.test(this.#words) || this.#isPaid(figure) || this.#isBase(figure);
    const isLimited = figure.kind === 'money' && LIMITS.test(all);
    return (
      denies || isLimited || isWith() || this.#hasLimit(figure) || this.#isSaidBefore(figure) || this.#isTheirs(figure)
    );
  }

  /**
   * Whether a time, a measure or the customer's own per cent is a number of a sum that comes to another figure of its sentence:
   * `$432 over twelve months`.
   */
  #isOfSum(figure: Figure): boolean {
    const { kind, value } = figure;
    const mayBe = kind === 'duration' || kind === 'measure' || (kind === 'percent' && this.isNamed(figure));
    if (!mayBe) return false;
    const all = this.#sentence;
    const others = figuresOf(tokensOf(all)).filter((other) => !isSame(figure, other));
    const numbers =
      kind === 'percent' ? [value / 100, 1 - value / 100, 1 + value / 100] : writtenIn(figure, this.#text);
    for (const { of, value: comes } of this.#worked())
      if (of.some((one) => numbers.some((number) => isNear(one, number)))) numbers.push(comes);
    const isOf = ({ of }: Sum) => of.some((one) => numbers.some((number) => isNear(one, number)));
    return this.#sums().some((sum) => isOf(sum) && others.some((other) => this.#comesTo(sum, other, all)));
  }

  /** Whether a time lies between days that are given, or that the text has worked out from those: until the 12th, `so six weeks`. */
  #isBetween(figure: Figure): boolean {
    if (figure.kind !== 'duration') return false;
    const isDate = ({ kind }: Figure) => kind === 'date';
    const before = figuresOf(tokensOf(this.#text)).filter((one) => isDate(one) && one.start < figure.start);
    const worked = before.filter((one) => this.#isGiven(one, this.#text));
    const given = this.#sources.flatMap((source) => figuresIn(source, 'date'));
    return (
      worked.length > 0 &&
      daysBetween(figure, [...given, ...this.#named.filter(isDate), ...worked], ABOUT.test(this.#claim.text))
    );
  }

  /** Whether the quotations have a limit with which a figure is compared: `from 40 on`. */
  #hasLimit({ kind, unit }: Figure): boolean {
    return (
      kind !== 'date' &&
      this.#sources.some((source) => figuresIn(source, kind).some((one) => one.unit === unit && one.bound !== 'exact'))
    );
  }

  /** `On your $20 plan` */
  #isTheirs({ start }: Figure): boolean {
    return THEIRS.test(this.#text.slice(Math.max(0, start - 30), start));
  }

  /** What the customer pays is not what they get: `on your $20 plan` */
  #isPaid(figure: Figure): boolean {
    return this.#isTheirs(figure) && PAID.test(this.#text.slice(figure.end, figure.end + 30));
  }

  /** Nor is that of which something is worked out: `interest on the £4,000`, `your €350 comes to $368` */
  #isBase(figure: Figure): boolean {
    const { start, end } = figure;
    return (
      BASE.test(this.#text.slice(Math.max(0, start - 30), start)) ||
      (this.#isTheirs(figure) && COMES.test(this.#text.slice(end, end + 30)))
    );
  }

  /** Whether the text has a time twice: `by the same three months`. */
  #isSaidBefore(figure: Figure): boolean {
    return (
      figure.kind === 'duration' &&
      figuresOf(tokensOf(this.#text)).some((one) => one.start < figure.start && isSame(figure, one))
    );
  }

  #workedFrom(sums: readonly string[]): readonly Sum[] {
    if (sums.length === 0 || this.#words.length > LONGEST_RECKONED) return [];
    return sumsFrom(
      sums,
      this.#numbers(),
      new Map([...this.#others(), ...this.#namedNumbers(), ...this.#namedShares()]),
    );
  }

  /** How many there may be of what is listed, `for you and your wife`, `Tuesday and Wednesday`, and the times that were counted. */
  #others(): Numbers {
    const most = Math.max(...[this.#sentence, this.#said].map((text) => text.match(JOINT)?.length ?? 0)) + 1;
    const times = this.#counted().flatMap(({ kind, numbers }) => (kind === 'duration' ? numbers : []));
    return new Map([
      ...SMALL.filter((number) => number <= most).map((number) => [number, COUNT] as const),
      ...times.map((number) => [number, TIME] as const),
    ]);
  }

  /** `I meant to tip 15` */
  #namedShares(): Numbers {
    const shares = figuresOf(tokensOf(this.#sentence)).filter((one) => one.kind === 'percent' && this.isNamed(one));
    return new Map(shares.map(({ value }) => [exact(value / 100), SHARE]));
  }

  /** Whether a date or a time of a sum is given, or named; a day more or less where the first is counted, or is not. */
  #isOperand(operand: Counted): boolean {
    if (operand.kind === 'date')
      return this.#sources.some((source) => hasFigure(source, operand)) || this.isNamed(operand);
    const isKnown = (number: number) =>
      number === 1 || this.#numbers().some((numbers) => numbers.has(number)) || this.#namedNumbers().has(number);
    return operand.numbers.every((number) => [number, number + 1, number - 1].some(isKnown));
  }

  /** Not what the customer has named; what somebody gets back is of given numbers, or of what is theirs. */
  #mayTell({ value, isOwn, isGiven }: Sum): boolean {
    const mayBeOwn = !isGain(this.#claim) || OF_THEIRS.test(this.#words);
    return !(isOwn && this.#namedNumbers().has(value)) && (isGiven || mayBeOwn);
  }

  /** Whether a sum comes to a figure; where the claim says so, about. */
  #comesTo(sum: Sum, figure: Figure, text: string): boolean {
    const { value } = sum;
    if (!this.#mayBe(sum, figure)) return false;
    if (figure.kind === 'date') return this.#isDayOf(value, figure);
    if (figure.kind === 'money' && !this.#isCurrency(figure)) return false;
    const comes = figure.kind === 'percent' ? [value, 100 * value] : [value];
    const isAbout = ABOUT.test(this.#claim.text);
    return writtenIn(figure, text).some((number) =>
      comes.some((one) => isNear(one, number) || (isAbout && isRounded(one, number))),
    );
  }

  /** Points are counted, and given for amounts. */
  #mayBe(sum: Sum, figure: Figure): boolean {
    const arePoints = figure.unit === 'point' && (sum.kinds.has('count') || sum.kinds.has('money'));
    // Two pounds too heavy.
    const isWeight = /pound/.test(this.#text.slice(figure.start, figure.end)) && WEIGHS.test(this.#words);
    return (
      arePoints || (isWeight && !sum.kinds.has('money')) || isOfKind(sum, figure.kind) || this.#isUsedUp(sum, figure)
    );
  }

  /** Whether a sum is how long an amount lasts, by the price of a day or the like: a cap of £120, at £12 a day. */
  #isUsedUp({ kinds, of }: Sum, { kind, start, end }: Figure): boolean {
    const [, price] = of;
    const time = this.#text.slice(start, end);
    return (
      kind === 'duration' &&
      of.length === 2 &&
      kinds.has('count') &&
      this.#sources.some((source) =>
        figuresIn(source, 'money').some(({ value, per }) => value === price && per !== null && time.includes(per)),
      )
    );
  }

  /** Whether a date is the day of a month of which another date is: 16 June, of the 18th of June and two days before. */
  #isDayOf(day: number, { unit, per }: Figure): boolean {
    // Until the end of 2027, of a year and three more.
    if (unit === '12-31' && Number(per) === day) return true;
    return daysIn(unit).some(([month, of]) => of === day && this.#months().includes(month));
  }

  /** `By the 24th of the month before`, `until the end of the next month`: of a month beside those that are named. */
  #isDayOfMonth({ kind, unit, per }: Figure): boolean {
    if (kind !== 'date' || (unit === '12-31' && per !== null)) return false;
    const isSaid = (day: number) => this.#numbers().some((numbers) => numbers.get(day)?.has('date') === true);
    return daysIn(unit).some(
      ([month, day]) =>
        (isSaid(day) || (day >= 28 && MONTH_END.test(this.#words))) &&
        this.#months().some((one) => [0, 1, 11].includes(Math.abs(one - month))),
    );
  }

  #months(): number[] {
    const dates = [...this.#sources.flatMap((source) => figuresIn(source, 'date')), ...this.#named];
    return dates.flatMap(({ unit }) =>
      unit
        .split('|')
        .flatMap((key) => /^(\d{1,2})-/.exec(key)?.[1] ?? [])
        .map(Number),
    );
  }
}

const FIRST = /\bfirst\b/i;
/** One day before or after another, in words. */
const A_DAY =
  /\b(?:day (?:after|before)|(?:next|following|previous) day|eine[nm]? Tag (?:vor|nach)|jour (?:avant|après|précédent)|día (?:antes|después|anterior)|giorno (?:prima|dopo|precedente)|dia (?:antes|depois|anterior)|dag (?:voor|na))\b/i;
/** `The next month will be charged`: one more. */
const A_MONTH = /\b(?:next|following|another|further) month\b/i;
const DAY: Figure = { kind: 'duration', value: 1_440, unit: 'minute', bound: 'exact', per: null, start: 0, end: 0 };
const MONTH_END = /\b(?:end of|at the end|last day)\b/i;
const MONTH: Figure = { ...DAY, value: 1, unit: 'month' };
/** Of so many days the first is the one from which they are counted. */
const COUNTS_FIRST = /\b(?:day (?:1|one)|first day|includ\w+|counted as|counts as)\b/i;

function withoutDay(span: Figure): Figure {
  return span.unit === 'minute' && span.value > DAY.value ? { ...span, value: span.value - DAY.value } : span;
}

/** Not a time within which: `within the 90 days`. */
const THEIRS =
  /\b(?:your|(?<!\b(?:within|until|to|by) )(?:the|those|these|all)|ihr\w*|votre|vos|su|tu|suo|tuo|uw|je) (?:[a-z]+ )?$/;
const JOINT = /[,;&+]|\b(?:and|plus|und|y|et|e|en)\b/g;
/** Nobody lists more for a customer. */
const SMALL = [2, 3, 4, 5, 6];
const COUNT: ReadonlySet<'count'> = new Set(['count']);
const SHARE: ReadonlySet<'percent'> = new Set(['percent']);
const TIME: ReadonlySet<'count' | 'duration'> = new Set(['count', 'duration']);
const WEIGHS = /\b(?:lbs?|stone|st)\b/;
const PAID =
  /^(?: a month| monthly| yearly)? (?:plan|fee|subscription|membership|order|purchase|basket|bill|invoice|fare|ticket|booking|premium|rent|loan|mortgage)\b/;
const BASE = /\b(?:interest|charge|fee|tax|commission) on (?:the|your|that) $/;
const COMES = /^ (?:comes? to|is worth|converts? (?:in)?to|buys?) (?:about |around )?[$€£]?\d/;
const IS_NEAR = /^(?:today|tonight|tomorrow)$/;
/** Gives somebody back what they know themselves. */
const OF_THEIRS =
  /\b(?:difference|(?:you(?:'ve| have)?|price|amount|sum|fare|fee)s? paid|purchase price|full refund|refund(?:s|ed|able)? in full|the (?:extra|rest|excess|remainder|remaining)|match (?:a|the|any|their) (?:\w+ )?(?:price|rate)|(?:full|whole|entire|100 ?% of the) (?:\w+ )?(?:price|amount|balance|sum|fare|fee))\b/i;
/** Characters of all quotations: of as many numbers as are in more, any figure could be made. */
const LONGEST_RECKONED = 500;

/** Month and day of each reading of a date. */
function daysIn(unit: string): [month: number, day: number][] {
  return unit.split('|').flatMap((key): [number, number][] => {
    const [, month, day] = /^(\d{1,2})-(\d{1,2})$/.exec(key) ?? [];
    return day === undefined ? [] : [[Number(month), Number(day)]];
  });
}

/** `Over an hour and a half` of 95 minutes. */
function isBelow({ kind, unit, value, bound }: Figure, one: Figure): boolean {
  return bound === 'least' && kind === one.kind && unit === one.unit && one.value >= value && one.value <= 1.2 * value;
}

/** Whether a number is another in as many figures as it has, and hardly any other: `about 120` of 121.80. */
function isRounded(exact: number, number: number): boolean {
  const step = 10 ** (/0*$/.exec(String(number))?.[0].length ?? 0);
  return Math.abs(exact - number) <= Math.min(step / 2, 0.05 * number);
}

/** An hour as customers write it: `the 17.40`. */
function dottedOf({ unit }: Figure): number[] {
  return unit.split('|').flatMap((key) => {
    const minutes = key.startsWith('time ') ? Number(key.slice(5)) : Number.NaN;
    return Number.isNaN(minutes) ? [] : [(Math.floor(minutes / 60) * 100 + (minutes % 60)) / 100];
  });
}

/** A figure in the unit in which it is written; none for a date. */
function writtenIn({ kind, value, start, end }: Figure, text: string): number[] {
  if (kind === 'date') return [];
  if (kind === 'money' || kind === 'percent') return [value];
  const tokens = tokensOf(text.slice(start, end));
  return tokens.flatMap((_, at) => numberAt(tokens, at)?.value ?? []);
}
