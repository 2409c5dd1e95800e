import type { Finding, Quotation, Source } from '../../agent/guard.ts';
import { once } from '../once.ts';
import type { Claim } from './claims/claims.ts';
import { isGain, LIMITS } from './claims/gains.ts';
import { ABOUT, isSameFigure, isUnit } from './evidence/meets.ts';
import { type Figure, figuresOf } from './reading/figures.ts';
import { numberAt } from './reading/numbers.ts';
import { tokensOf } from './reading/tokens.ts';
import { daysBetween, isCounted } from './reckoning/calendar.ts';
import { figuresIn, figuresSaid, hasFigure, isNear, newestOf, numbersSaid } from './reckoning/operands.ts';
import { isOfKind, type Numbers, numbersOf, type Sum, sumsFrom } from './reckoning/sums.ts';

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
  readonly #named: readonly Figure[];
  readonly #namedNumbers: () => Numbers;
  readonly #sums: () => readonly Sum[];

  /** `text`: plain, of which the claim is a part; `said`: by the customer, as it was written. */
  constructor(claim: Claim, text: string, { quotations, sums }: Finding, said: readonly string[]) {
    const newest = newestOf(said);
    this.#claim = claim;
    this.#text = text;
    this.#sentence = claim.all || text;
    this.#sources = quotations.map(sourceOf);
    this.#words = quotations.map(({ words }) => words).join('\n');
    this.#numbers = once(() => quotations.map(numbersIn));
    this.#named = figuresSaid(newest);
    this.#namedNumbers = () => numbersSaid(newest);
    this.#sums = once(() => this.#sumsFrom(sums));
  }

  /** Whether a figure of the claim comes from there. */
  has(figure: Figure): boolean {
    return this.#isGiven(figure, this.#text) || this.#isBeside(figure) || this.#isOfSum(figure);
  }

  /** Whether the customer has named a figure: amounts and times also as bare numbers, and in other units. */
  isNamed(figure: Figure): boolean {
    return (
      this.#named.some((one) => isSame(figure, one) || isBelow(figure, one)) ||
      writtenIn(figure, this.#text).some((number) => this.#namedNumbers().has(number)) ||
      (figure.kind === 'duration' && daysBetween(figure, this.#named))
    );
  }

  #isGiven(figure: Figure, text: string): boolean {
    return (
      this.#sources.some((source) => hasFigure(source, figure)) ||
      this.#isBareAmount(figure) ||
      this.#isOnCalendar(figure) ||
      this.#sums().some((sum) => this.#comesTo(sum, figure, text))
    );
  }

  /** Whether it stands there without a currency, and may be an amount. */
  #isBareAmount({ kind, value }: Figure): boolean {
    const isBare = (numbers: Numbers) =>
      numbers.get(value)?.has('money') === true && numbers.get(value)?.has('count') === true;
    return kind === 'money' && this.#numbers().some(isBare);
  }

  /** Whether a currency is that of some amount, where any amount has one. */
  #isCurrency(figure: Figure): boolean {
    const amounts = [...this.#sources.flatMap((source) => figuresIn(source, 'money')), ...this.#named];
    const priced = amounts.filter(({ kind }) => kind === 'money');
    return priced.length === 0 || priced.some((one) => isUnit(figure, one));
  }

  /** Whether a day or a time is counted from dates and times of the quotations and the customer. */
  #isOnCalendar(figure: Figure): boolean {
    const given = (kind: Figure['kind']) => this.#sources.flatMap((source) => figuresIn(source, kind));
    const theirs = (kind: Figure['kind']) => this.#named.filter((one) => one.kind === kind);
    const spans = [...given('duration'), ...(this.#sources.some(({ text }) => A_DAY.test(text)) ? [DAY] : [])];
    if (figure.unit === 'tomorrow')
      return spans.some(({ unit, value }) => value === (unit === 'working day' ? 1 : 1_440));
    if (figure.unit === 'day 1' && FIRST.test(this.#words)) return true;
    return isCounted(figure, { dates: given('date'), spans }, { dates: theirs('date'), spans: theirs('duration') });
  }

  /** Whether a figure is the customer's own, and stands beside one that is given: `£26 clears the £20 minimum`, `3 pm, so by then today`. */
  #isBeside(figure: Figure): boolean {
    const { denies } = this.#claim;
    const all = this.#sentence;
    const others = figuresOf(tokensOf(all)).filter((other) => !isSame(figure, other));
    const isWith = (of?: Figure['kind']) =>
      others.some((other) => (of === undefined || other.kind === of) && this.#isGiven(other, all));
    if (IS_NEAR.test(figure.unit)) return isWith('date');
    if (!this.isNamed(figure)) return false;
    if (figure.kind === 'percent') return LIMITS.test(all) && isWith('percent');
    if (figure.kind === 'money' && isGain(this.#claim)) return OF_THEIRS.test(this.#words);
    return denies || isWith() || this.#hasLimit(figure) || this.#isSaidBefore(figure) || this.#isTheirs(figure);
  }

  /** Whether a time or a measure is a number of a sum that comes to another figure of its sentence: `$432 over twelve months`. */
  #isOfSum(figure: Figure): boolean {
    if (figure.kind !== 'duration' && figure.kind !== 'measure') return false;
    const all = this.#sentence;
    const others = figuresOf(tokensOf(all)).filter((other) => !isSame(figure, other));
    const numbers = writtenIn(figure, this.#text);
    return this.#sums().some(
      (sum) =>
        numbers.some((number) => sum.of.includes(number)) && others.some((other) => this.#comesTo(sum, other, all)),
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

  /** Whether the text has a time twice: `by the same three months`. */
  #isSaidBefore(figure: Figure): boolean {
    return (
      figure.kind === 'duration' &&
      figuresOf(tokensOf(this.#text)).some((one) => one.start < figure.start && isSame(figure, one))
    );
  }

  /** What the sums come to, unless the customer has named it; what somebody gets back is of given numbers, or of what is theirs. */
  #sumsFrom(sums: readonly string[]): Sum[] {
    if (sums.length === 0 || this.#words.length > LONGEST_RECKONED) return [];
    const named = this.#namedNumbers();
    const mayBeOwn = !isGain(this.#claim) || OF_THEIRS.test(this.#words);
    return sumsFrom(sums, this.#numbers(), named).filter(
      ({ value, isOwn, isGiven }) => !(isOwn && named.has(value)) && (isGiven || mayBeOwn),
    );
  }

  /** Whether a sum comes to a figure; where the claim says so, about. */
  #comesTo(sum: Sum, figure: Figure, text: string): boolean {
    const { value } = sum;
    if (!isOfKind(sum, figure.kind)) return false;
    if (figure.kind === 'date') return this.#isDay(value, figure);
    if (figure.kind === 'money' && !this.#isCurrency(figure)) return false;
    const comes = figure.kind === 'percent' ? [value, 100 * value] : [value];
    const isAbout = ABOUT.test(this.#claim.text);
    return writtenIn(figure, text).some((number) =>
      comes.some((one) => isNear(one, number) || (isAbout && isRounded(one, number))),
    );
  }

  /** Whether a date is the day of a month of which another date is: 16 June, of the 18th of June and two days before. */
  #isDay(day: number, { unit, per }: Figure): boolean {
    // Until the end of 2027, of a year and three more.
    if (unit === '12-31' && Number(per) === day) return true;
    const dates = [...this.#sources.flatMap((source) => figuresIn(source, 'date')), ...this.#named];
    return unit.split('|').some((key) => {
      const [, month, of] = /^(\d{1,2}-)(\d{1,2})$/.exec(key) ?? [];
      return (
        month !== undefined &&
        Number(of) === day &&
        dates.some((one) => one.unit.split('|').some((its) => its.startsWith(month)))
      );
    });
  }
}

/** A quotation as far as its figures count: of a table or a result the whole, since the words of a cell do not tell its unit. */
export function sourceOf(quotation: Quotation): Source {
  return isData(quotation) ? quotation.source : wordsOf(quotation);
}

const WORDS = new WeakMap<Quotation, Source>();

/** The words of a quotation, as a source. */
export function wordsOf(quotation: Quotation): Source {
  const known = WORDS.get(quotation) ?? { ...quotation.source, text: quotation.words };
  WORDS.set(quotation, known);
  return known;
}

function isData({ source, words }: Quotation): boolean {
  return source.kind === 'tool' || words.includes('|');
}

const NUMBERS = new WeakMap<Quotation, Numbers>();

/** Each claim of a sentence asks for them. */
function numbersIn(quotation: Quotation): Numbers {
  const known = NUMBERS.get(quotation) ?? numbersOf(quotation.words, bareIn(quotation));
  NUMBERS.set(quotation, known);
  return known;
}

/** What a number without a unit may be. `First day 18.00, each further one 11.00 (EUR)` */
function bareIn(quotation: Quotation): 'amounts' | 'fields' | undefined {
  if (quotation.source.kind === 'tool') return 'fields';
  return isData(quotation) || CURRENCY_ASIDE.test(quotation.source.text) ? 'amounts' : undefined;
}

const CURRENCY_ASIDE =
  /\((?:[^()]{0,20}\b)?(?:EUR|GBP|USD|CHF|PLN|SEK|NOK|DKK|CAD|AUD|NZD|euros?|pounds|dollars)\b[^()]{0,20}\)/i;
const FIRST = /\bfirst\b/i;
/** One day before or after another, in words. */
const A_DAY =
  /\b(?:day (?:after|before)|(?:next|following|previous) day|eine[nm]? Tag (?:vor|nach)|jour (?:avant|après|précédent)|día (?:antes|después|anterior)|giorno (?:prima|dopo|precedente)|dia (?:antes|depois|anterior)|dag (?:voor|na))\b/i;
const DAY: Figure = { kind: 'duration', value: 1_440, unit: 'minute', bound: 'exact', per: null, start: 0, end: 0 };
const THEIRS = /\b(?:your|ihr\w*|votre|vos|su|tu|suo|tuo|uw|je) (?:[a-z]+ )?$/;
const IS_NEAR = /^(?:today|tonight|tomorrow)$/;
/** Gives somebody back what they know themselves. */
const OF_THEIRS =
  /\b(?:difference|(?:you(?:'ve| have)?|price|amount|sum|fare|fee)s? paid|purchase price|full refund|the (?:extra|rest|excess|remainder|remaining)|(?:full|whole|entire) (?:\w+ )?(?:price|amount|balance|sum))\b/i;
/** Characters of all quotations: of as many numbers as are in more, any figure could be made. */
const LONGEST_RECKONED = 500;

function isSame(one: Figure, other: Figure): boolean {
  return one.kind === other.kind && isUnit(one, other) && isSameFigure(one, other);
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

/** A figure in the unit in which it is written; none for a date. */
function writtenIn({ kind, value, start, end }: Figure, text: string): number[] {
  if (kind === 'date') return [];
  if (kind === 'money' || kind === 'percent') return [value];
  const tokens = tokensOf(text.slice(start, end));
  return tokens.flatMap((_, at) => numberAt(tokens, at)?.value ?? []);
}
