import type { Finding, Quotation, Source } from '../../agent/guard.ts';
import { once } from '../once.ts';
import type { Claim } from './claims/claims.ts';
import { groundsOf } from './evidence/grounds.ts';
import { ABOUT, isSameFigure, isUnit, meets } from './evidence/meets.ts';
import type { Shown } from './evidence/support.ts';
import { type Figure, figuresOf } from './reading/figures.ts';
import { numberAt } from './reading/numbers.ts';
import { tokensOf } from './reading/tokens.ts';
import { isCounted } from './reckoning/calendar.ts';
import { AGO, figuresIn, figuresSaid, hasFigure, isNear } from './reckoning/operands.ts';
import { Reckoning } from './reckoning/reckoning.ts';
import { type Numbers, numbersOf, type Sum, sumsFrom } from './reckoning/sums.ts';

const NOTHING: Finding = { quotations: [], sums: [], commits: true };

/**
 * The quotation by which somebody who reads meaning bears out a claim that no rule has found; null where the code does not take it
 * from them. The meaning is theirs, the figure is not: it stands in what they quote, is worked out from there, as the text does or
 * as they say, or is the customer's own beside such a one. A promise without one has a word, a concept or a number of the quotation.
 */
export function borneOut(
  claim: Claim,
  text: string,
  { said }: Pick<Shown, 'said'>,
  { quotations, sums }: Finding = NOTHING,
): Quotation | null {
  const { figure } = claim;
  if (!figure) return quotations.find((quotation) => isOfSame(claim, wordsOf(quotation))) ?? null;
  const sources = quotations.map(narrowed);
  const source = sources.find((one) => hasFigure(one, figure)) ?? new Reckoning(text, sources, said).of(claim);
  if (source) return quotations[sources.indexOf(source)] ?? null;
  const first = quotations[0];
  return first && isMadeOf(figure, text, claim, givenIn({ quotations, sums }, claim, said)) ? first : null;
}

/**
 * Whether a claim may be taken for talk, where somebody reads its sentence so and quotes nothing: a verb alone, or what is the
 * customer's own, or is worked out from that.
 */
export function mayBeTalk(claim: Claim, text: string, said: readonly string[], { sums }: Finding): boolean {
  const { kind, concept, figure } = claim;
  if (!figure) return kind === 'promise' && concept === null;
  if (figure.kind === 'percent') return false;
  const given = givenIn({ quotations: [], sums }, claim, said);
  return figure.kind === 'money' ? isMadeOf(figure, text, claim, given) : isNamed(figure, given.named(), text);
}

function givenIn({ quotations, sums }: Omit<Finding, 'commits'>, claim: Claim, said: readonly string[]): Given {
  return {
    sources: quotations.map(narrowed),
    words: quotations.map(({ words }) => words).join('\n'),
    sums: once(() => sumsOf(quotations, sums, said, claim)),
    named: once(() => namedIn(said)),
  };
}

function isMadeOf(figure: Figure, text: string, claim: Claim, given: Given): boolean {
  return isGiven(figure, text, claim, given) || isBeside(figure, text, claim, given);
}

/** What an answer's figures may be made of. */
type Given = { sources: readonly Source[]; words: string; sums: () => readonly Sum[]; named: () => Named };

/** What a customer has named. */
type Named = { figures: readonly Figure[]; numbers: Numbers };

function namedIn(said: readonly string[]): Named {
  const text = said.join('\n');
  return { figures: figuresSaid(text), numbers: numbersOf(text.replace(AGO, ''), { isData: true }) };
}

/** A source as far as its figures count: of a table or a result the whole, since the words of a cell do not tell its unit. */
function narrowed(quotation: Quotation): Source {
  return isData(quotation) ? quotation.source : wordsOf(quotation);
}

function isData({ source, words }: Quotation): boolean {
  return source.kind === 'tool' || words.includes('|');
}

const WORDS = new WeakMap<Quotation, Source>();

function wordsOf(quotation: Quotation): Source {
  const known = WORDS.get(quotation) ?? { ...quotation.source, text: quotation.words };
  WORDS.set(quotation, known);
  return known;
}

function isOfSame({ scope, sentence, said, all }: Claim, source: Source): boolean {
  const words = new Set<string>([...scope, ...sentence, ...said]);
  const numbers = numbersOf(all);
  return (
    groundsOf(source).all.some((ground) => meets(words, ground.scope())) ||
    [...numbersOf(source.text).keys()].some((number) => number > 1 && numbers.has(number))
  );
}

/** Whether a figure of a text is in the quotations, or comes from there. */
function isGiven(figure: Figure, text: string, { text: clause }: Claim, { sources, sums, named }: Given): boolean {
  return (
    sources.some((source) => hasFigure(source, figure)) ||
    isOnCalendar(figure, sources, named().figures) ||
    sums().some((sum) => comesTo(sum, figure, text, clause))
  );
}

/** Whether a day or a time is counted from dates and times of the quotations and the customer. */
function isOnCalendar(figure: Figure, sources: readonly Source[], named: readonly Figure[]): boolean {
  const given = (kind: Figure['kind']) => sources.flatMap((source) => figuresIn(source, kind));
  const theirs = (kind: Figure['kind']) => named.filter((one) => one.kind === kind);
  const spans = [...given('duration'), ...(sources.some(({ text }) => NEXT_DAY.test(text)) ? [A_DAY] : [])];
  if (figure.unit === 'tomorrow')
    return spans.some(({ unit, value }) => value === (unit === 'working day' ? 1 : 1_440));
  return isCounted(figure, { dates: given('date'), spans }, { dates: theirs('date'), spans: theirs('duration') });
}

const NEXT_DAY = /\b(?:day (?:after|before)|(?:next|following|previous) day)\b/;
const A_DAY: Figure = { kind: 'duration', value: 1_440, unit: 'minute', bound: 'exact', per: null, start: 0, end: 0 };

/**
 * Whether a figure is the customer's own, and another of its sentence is given: `£26 clears the £20 minimum`, `3 pm, so by then
 * today`. What they name is not what they get back, unless the quotation gives back what it is that they name.
 */
function isBeside(figure: Figure, text: string, claim: Claim, given: Given): boolean {
  const { kind, all, denies } = claim;
  const others = () => figuresOf(tokensOf(all)).filter((other) => !isSame(figure, other));
  if (IS_NEAR.test(figure.unit)) return others().some((one) => one.kind === 'date' && isGiven(one, all, claim, given));
  if (figure.kind === 'percent' || !isNamed(figure, given.named(), text)) return false;
  if (figure.kind === 'money' && kind === 'refund') return OF_THEIRS.test(given.words);
  return denies || others().some((other) => isGiven(other, all, claim, given)) || hasLimit(figure, given);
}

const IS_NEAR = /^(?:today|tonight|tomorrow)$/;
const OF_THEIRS = /\b(?:difference|paid|purchase price|(?:full|whole|entire) (?:\w+ )?(?:price|amount|balance|sum))\b/i;

/** Whether the quotations have a limit with which a figure is compared: `from 40 on`. */
function hasLimit({ kind, unit }: Figure, { sources }: Given): boolean {
  return (
    kind !== 'date' &&
    sources.some((source) => figuresIn(source, kind).some((one) => one.unit === unit && one.bound !== 'exact'))
  );
}

/** Customers write amounts and times as bare numbers, and in other units. */
function isNamed(figure: Figure, { figures, numbers }: Named, text: string): boolean {
  return (
    figures.some((one) => isSame(figure, one) || isBelow(figure, one)) ||
    writtenIn(figure, text).some((number) => numbers.has(number))
  );
}

/** `Over an hour and a half` of 95 minutes. */
function isBelow({ kind, unit, value, bound }: Figure, one: Figure): boolean {
  return bound === 'least' && kind === one.kind && unit === one.unit && one.value >= value && one.value <= 1.2 * value;
}

function isSame(one: Figure, other: Figure): boolean {
  return one.kind === other.kind && isUnit(one, other) && isSameFigure(one, other);
}

/** Characters of all quotations: of as many numbers as are in more, any figure could be made. */
const LONGEST_RECKONED = 500;

/** What sums come to, of numbers of the quotations and of the customer, unless the customer has named it; what they get back is of given ones. */
function sumsOf(
  quotations: readonly Quotation[],
  sums: readonly string[],
  said: readonly string[],
  { kind }: Claim,
): Sum[] {
  const quoted = quotations.reduce((length, { words }) => length + words.length, 0);
  if (sums.length === 0 || quoted > LONGEST_RECKONED) return [];
  const given = quotations.map((quotation) => numbersOf(quotation.words, { isData: isData(quotation) }));
  const { numbers } = namedIn(said);
  return sumsFrom(sums, given, numbers).filter(
    ({ value, isOwn, isGiven }) => !(isOwn && numbers.has(value)) && (isGiven || kind !== 'refund'),
  );
}

/** Whether a sum comes to a figure; where its clause says so, about. */
function comesTo(sum: Sum, figure: Figure, text: string, clause: string): boolean {
  const { value, kinds } = sum;
  if (!kinds.has(figure.kind === 'number' ? 'count' : figure.kind)) return false;
  const comes = figure.kind === 'percent' ? [value, 100 * value] : [value];
  const isAbout = ABOUT.test(clause);
  return writtenIn(figure, text).some((number) =>
    comes.some((one) => isNear(one, number) || (isAbout && isRounded(one, number))),
  );
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
