import { type Figure, figuresOf } from '../reading/figures.ts';
import { ARTICLES, numberAt } from '../reading/numbers.ts';
import { plainSource, type Token, tokensOf } from '../reading/tokens.ts';

/** What a number is of; `count`: of nothing that has a unit. */
type Kind = Exclude<Figure['kind'], 'number'> | 'count';
type Kinds = ReadonlySet<Kind>;

/** Numbers that a sum may be made of, with what each may be. */
export type Numbers = ReadonlyMap<number, Kinds>;

/** What a sum comes to, what that may be, and the numbers that it is made of. */
type Worked = { value: number; kinds: Kinds; of: readonly number[] };

/** `isGiven`: with numbers of a source; `isOwn`: with numbers of the customer's. */
export type Sum = Worked & { isGiven: boolean; isOwn: boolean };

const COUNT: Kinds = new Set(['count']);
const SHARE: Kinds = new Set(['percent']);
/** What a number without a unit may be where units stand elsewhere. */
const BARE: Kinds = new Set(['count', 'money']);
/** The same in the result of a tool, of which a field may say `days` or `gb`. */
const FIELD: Kinds = new Set([...BARE, 'duration', 'measure']);

/** What one kind times another is of; a count or a share of anything is the same again. */
const PRODUCTS: Partial<Record<`${Kind} ${Kind}`, readonly Kind[]>> = {
  'money measure': ['money', 'measure'],
  'money duration': ['money'],
  'measure duration': ['measure'],
  // Twenty hours a week, for eight weeks.
  'duration duration': ['duration'],
};
/** What one kind by another is of, where they differ. */
const QUOTIENTS: Partial<Record<`${Kind} ${Kind}`, readonly Kind[]>> = {
  'money measure': ['money'],
  'money duration': ['money'],
  'measure duration': ['measure'],
};

function productOf(one: Kind, other: Kind): readonly Kind[] {
  if (one === 'count' || one === 'percent') return other === 'percent' && one === 'count' ? ['count'] : [other];
  if (other === 'count' || other === 'percent') return [one];
  return PRODUCTS[`${one} ${other}`] ?? PRODUCTS[`${other} ${one}`] ?? [];
}

function quotientOf(one: Kind, other: Kind): readonly Kind[] {
  if (one === other) return ['count', 'percent'];
  return other === 'count' || other === 'percent' ? [one] : (QUOTIENTS[`${one} ${other}`] ?? []);
}

/** Days differ by a time; all else is added to its like. */
function sumOf(one: Kind, other: Kind, sign: string): readonly Kind[] {
  if (one === 'date')
    return other === 'count' || other === 'duration' ? [one] : other === one && sign === '-' ? ['duration'] : [];
  return one === other ? [one] : [];
}

/** Numbers that nobody has to give: nothing; one, or a day, more or less; a hundred per cent; how many of one time another has. */
const CONSTANTS: ReadonlyMap<number, Kinds> = new Map([
  // What is free of charge.
  [0, new Set(['count', 'money', 'duration', 'measure'])],
  [1, new Set(['count', 'percent', 'duration'])],
  [100, new Set(['count', 'percent'])],
  ...[5, 7, 12, 24, 28, 30, 31, 52, 60, 365].map((number): [number, Kinds] => [number, COUNT]),
]);
/** So many years or the like have a rate of their own each. */
const FEW = 6;
/** Characters, numbers and brackets within brackets. Nobody reckons longer for a customer. */
const MOST = { characters: 200, numbers: 12, depth: 4 };

/** The numbers of a text, in digits or in words. `bare`: where those without a unit may have it elsewhere: of an amount, or of any field. */
export function numbersOf(text: string, bare?: 'amounts' | 'fields'): Numbers {
  const tokens = tokensOf(plainSource(text));
  const numbers = new Map<number, Set<Kind>>();
  const add = (value: number, kinds: Kinds) =>
    void numbers.set(value, new Set([...(numbers.get(value) ?? []), ...kinds]));
  const figures = figuresOf(tokens);
  const isInPence = bare === 'fields' && PENCE.test(text);
  // `1 EUR = 4.2650 PLN`: so many times as much.
  for (const [, rate] of text.matchAll(RATE)) add(Number(rate), COUNT);
  for (const { kind, value } of figures) {
    if (kind === 'money') add(value, new Set([kind]));
    // Also what is left of the whole without it, and what it is with it.
    if (kind === 'percent') for (const share of [value, 100 - value, 100 + value]) add(exact(share / 100), SHARE);
  }
  for (let at = 0; at < tokens.length; at += 1) {
    const { start, text: word } = tokens[at] as Token;
    const number = ARTICLES.has(word) ? null : numberAt(tokens, at);
    if (!number) continue;
    const value = (bare === 'fields' ? decimalOf(tokens[at] as Token) : null) ?? number.value;
    const isDay = ORDINAL.test(tokens[number.to]?.text ?? '');
    const figure = figures.find((one) => one.start <= start && one.end > start);
    const kind = isDay ? 'date' : (figure?.kind ?? 'number');
    // A trial of so many nights is a time, too.
    if (figure?.unit === 'night') add(value, new Set<Kind>(['duration']));
    // The 3rd floor is none of the days.
    if (isDay) add(value, COUNT);
    if (isInPence) add(exact(value / 100), MONEY);
    add(value, kind !== 'number' ? new Set([kind]) : bare === 'fields' ? FIELD : bare ? BARE : COUNT);
    at = number.to - 1;
  }
  return numbers;
}

/** `"rate_pence_per_kwh":15` */
const PENCE = /(?:pence|cents?|_ct|minor)(?:_\w+)?"/i;
const MONEY: Kinds = new Set(['money']);
const RATE = /\b1(?:\.0+)? ?[A-Z]{3} ?= ?(\d+(?:\.\d+)?)(?! ?%)/g;
const ORDINAL = /^(?:st|nd|rd|th)$/;

/**
 * Sums as somebody has written them who reads the sources, each worked out again: of numbers that are `given`, the customer's own,
 * constants, and what the sums before come to.
 */
export function sumsFrom(written: readonly string[], given: readonly Numbers[], own: Numbers): Sum[] {
  const known = new Map<number, Kinds>(own);
  const theirs = new Set<number>();
  for (const numbers of given)
    for (const [number, kinds] of numbers) {
      known.set(number, new Set([...(known.get(number) ?? []), ...kinds]));
      theirs.add(number);
    }
  const isOwn = new Set([...own.keys()].filter((number) => !theirs.has(number)));
  return written.flatMap((one): Sum[] => {
    const sum = sumFrom(one, known);
    if (!sum) return [];
    const { value, kinds, of } = sum;
    const [isGiven, isWithOwn] = [theirs, isOwn].map((numbers) => of.some((number) => numbers.has(number)));
    const shares = kinds.has('percent') ? [exact(value / 100), exact(1 - value / 100)] : [];
    for (const told of [exact(value), rounded(value), ...shares]) {
      if (!known.has(told)) known.set(told, kinds);
      if (isGiven) theirs.add(told);
      if (isWithOwn) isOwn.add(told);
    }
    return [{ ...sum, isGiven: isGiven === true, isOwn: isWithOwn === true }];
  });
}

/**
 * A sum as somebody has written it, `3 * 12.50 + 4 = 41.50`, worked out again; null where it is none, or has a number that is not
 * among the `known`. Only like is added to like, and no amount multiplied with another.
 */
export function sumFrom(written: string, known: Numbers): Worked | null {
  if (written.length > MOST.characters) return null;
  const sides = written.split('=').map((side) => tokensOf(plainSource(side.replaceAll('*', TIMES))).filter(isOfSum));
  const side = sides.find((tokens) => tokens.some(({ text }) => OPERATIONS.has(text)));
  if (!side) return null;
  const reading = new SumReader(side, known);
  const sum = reading.sum(0);
  return sum && reading.isAtEnd && sum.of.length <= MOST.numbers && Number.isFinite(sum.value) ? sum : null;
}

/** An asterisk may set a text off, and is no token. */
const TIMES = '\u00d7';
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ...['+', '-', '/', TIMES].map((sign) => [sign, sign] as const),
  ['\u2212', '-'],
  ['x', TIMES],
  ['\u00b7', TIMES],
  ['\u00f7', '/'],
]);

/** Units and names say what is counted; whether that can be, the numbers know. */
function isOfSum({ kind, text }: Token): boolean {
  return kind === 'numeral' || OPERATIONS.has(text) || /^[()%]$/.test(text);
}

/** Whether a sum may be a figure of a kind. */
export function isOfKind({ kinds }: Worked, kind: Figure['kind']): boolean {
  return kinds.has(kind === 'number' ? 'count' : kind);
}

/** `1.052` as JSON and sums have it: in prose it may be a thousand and more. */
function decimalOf({ text }: Token): number | null {
  return /^\d+\.\d+$/.test(text) ? Number(text) : null;
}

/** Without what binary fractions add: 2.9 % is 0.029. */
export function exact(value: number): number {
  return Number(value.toPrecision(12));
}

/** To the cent: parts of one are lost in reckoning, and rounded in telling. */
function rounded(value: number): number {
  return Math.round(value * 100 + 1e-6) / 100;
}

/** One number of two, of what those may be together; null where they may be nothing. */
function joined(
  left: Worked,
  right: Worked | null,
  value: number,
  kindsOf: (one: Kind, other: Kind) => readonly Kind[],
): Worked | null {
  if (!right) return null;
  const kinds = new Set([...left.kinds].flatMap((one) => [...right.kinds].flatMap((other) => kindsOf(one, other))));
  return kinds.size > 0 ? { value, kinds, of: [...left.of, ...right.of] } : null;
}

class SumReader {
  readonly #tokens: readonly Token[];
  readonly #known: Numbers;
  #at = 0;

  constructor(tokens: readonly Token[], known: Numbers) {
    this.#tokens = tokens;
    this.#known = known;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  sum(depth: number): Worked | null {
    let left = this.#product(depth);
    for (;;) {
      const sign = left && this.#taken('+', '-');
      if (!left || !sign) return left;
      const right = this.#product(depth);
      const value = sign === '+' ? left.value + (right?.value ?? 0) : left.value - (right?.value ?? 0);
      left = joined(left, right, value, (one, other) => sumOf(one, other, sign));
    }
  }

  #product(depth: number): Worked | null {
    let left = this.#factor(depth);
    for (;;) {
      const sign = left && this.#taken(TIMES, '/');
      if (!left || !sign) return left;
      const right = this.#factor(depth);
      const value = sign === TIMES ? left.value * (right?.value ?? 0) : left.value / (right?.value ?? 0);
      // 10 % for each of two years.
      const isRate = right?.kinds.has('percent') && right.value >= 1 && left.of.length === 1 && left.value <= FEW;
      left = joined(left, right, value, sign === TIMES ? productOf : quotientOf);
      if (left && isRate && sign === TIMES) left = { ...left, kinds: new Set([...left.kinds, ...SHARE]) };
      // How much of a whole a part is takes the two of them: of more numbers any share could be made.
      if (left && sign === '/' && left.of.length > 2)
        left = { ...left, kinds: new Set([...left.kinds].filter((kind) => kind !== 'percent')) };
    }
  }

  #factor(depth: number): Worked | null {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token?.text === '(' && depth < MOST.depth) {
      const inner = this.sum(depth + 1);
      const closing = this.#tokens[this.#at]?.text;
      this.#at += 1;
      return closing === ')' ? inner : null;
    }
    const number = token?.kind === 'numeral' ? (decimalOf(token) ?? numberAt([token], 0)?.value) : undefined;
    if (number === undefined) return null;
    const isShare = this.#tokens[this.#at]?.text === '%';
    if (isShare) this.#at += 1;
    const value = exact(isShare ? number / 100 : number);
    const kinds = new Set([...(this.#known.get(value) ?? []), ...(CONSTANTS.get(value) ?? [])]);
    return kinds.size > 0 ? { value, kinds, of: [value] } : null;
  }

  /** One of the operations, where it comes next. */
  #taken(...operations: string[]): string | null {
    const next = OPERATIONS.get(this.#tokens[this.#at]?.text ?? '');
    if (next === undefined || !operations.includes(next)) return null;
    this.#at += 1;
    return next;
  }
}
