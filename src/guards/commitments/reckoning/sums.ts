import { type Figure, figuresOf } from '../reading/figures.ts';
import { ARTICLES, numberAt } from '../reading/numbers.ts';
import { plainSource, type Token, tokensOf } from '../reading/tokens.ts';

/** Powers of money: 0 for a count or a share, 1 for an amount, -1 for what there is for one. */
type Powers = ReadonlySet<number>;

/** What a number may be: a number without a unit has any power, and is of the kind `number` where a unit may stand elsewhere. */
type Meant = { powers: Powers; kinds: ReadonlySet<Figure['kind']> };

/** Numbers that a sum may be made of. */
export type Numbers = ReadonlyMap<number, Meant>;

/** What a sum comes to, and of what kinds its numbers are. `isGiven`: with numbers of a source; `isOwn`: with numbers of the customer's. */
export type Sum = Meant & { value: number; isGiven: boolean; isOwn: boolean };

/** The same with the numbers that it is made of. */
type Worked = { value: number; powers: Powers; of: readonly number[] };

const COUNT: Powers = new Set([0]);
const AMOUNT: Powers = new Set([1]);
const OTHER: Powers = new Set([-1, 0]);
const ANY: Powers = new Set([-1, 0, 1]);

/** Numbers that nobody has to give: a whole, a hundred per cent, the months of a year, and the like. */
const CONSTANTS: ReadonlySet<number> = new Set([1, 100, 7, 12, 24, 52, 60, 365]);
/** Characters, numbers and brackets within brackets. Nobody reckons longer for a customer. */
const MOST = { characters: 200, numbers: 8, depth: 4 };

/** The numbers of a text, in digits or in words. `isData`: its numbers may have their units elsewhere, as in a table. */
export function numbersOf(text: string, { isData = false } = {}): Numbers {
  const tokens = tokensOf(plainSource(text));
  const numbers = new Map<number, Meant>();
  const add = (value: number, powers: Powers, kind?: Figure['kind']) =>
    void numbers.set(value, both(numbers.get(value), { powers, kinds: new Set(kind ? [kind] : []) }));
  const figures = figuresOf(tokens);
  for (const { kind, value } of figures) {
    if (kind === 'money') add(value, AMOUNT, kind);
    // Also what is left of the whole without it, and what it is with it.
    if (kind === 'percent') for (const share of [value, 100 - value, 100 + value]) add(share / 100, COUNT, kind);
  }
  for (let at = 0; at < tokens.length; at += 1) {
    const { start, text: word } = tokens[at] as Token;
    const number = ARTICLES.has(word) ? null : numberAt(tokens, at);
    if (!number) continue;
    const kind = figures.find((one) => one.start <= start && one.end > start)?.kind ?? 'number';
    if (kind === 'number') add(number.value, ANY, isData ? kind : undefined);
    else add(number.value, kind === 'money' ? AMOUNT : OTHER, kind);
    at = number.to - 1;
  }
  return numbers;
}

function both(one: Meant | undefined, other: Meant): Meant {
  return {
    powers: new Set([...(one?.powers ?? []), ...other.powers]),
    kinds: new Set([...(one?.kinds ?? []), ...other.kinds]),
  };
}

/**
 * Sums as somebody has written them who reads the sources, each worked out again: of numbers that are `given`, the customer's own,
 * constants, and what the sums before come to.
 */
export function sumsFrom(written: readonly string[], given: readonly Numbers[], own: Numbers): Sum[] {
  const known = new Map<number, Meant>(own);
  const theirs = new Set<number>();
  for (const numbers of given)
    for (const [number, meant] of numbers) {
      known.set(number, both(known.get(number), meant));
      theirs.add(number);
    }
  const isOwn = new Set([...own.keys()].filter((number) => !theirs.has(number)));
  return written.flatMap((one): Sum[] => {
    const sum = sumFrom(one, known);
    if (!sum) return [];
    const { value, powers, of } = sum;
    const kinds = new Set(of.flatMap((number) => [...(known.get(number)?.kinds ?? [])]));
    // How much of a whole something is.
    if (one.includes('/')) kinds.add('percent');
    const [isGiven, isWithOwn] = [theirs, isOwn].map((numbers) => of.some((number) => numbers.has(number)));
    for (const told of [value, rounded(value)]) {
      if (!known.has(told)) known.set(told, { powers, kinds });
      if (isGiven) theirs.add(told);
      if (isWithOwn) isOwn.add(told);
    }
    return [{ value, powers, kinds, isGiven: isGiven === true, isOwn: isWithOwn === true }];
  });
}

/** Whether a sum may be a figure of a kind: amounts are of amounts, and a time is not of things that are counted. */
export function maySum({ powers, kinds }: Sum, kind: Figure['kind']): boolean {
  if (kind === 'money') return powers.has(1);
  return (
    powers.has(0) &&
    (kind === 'number' || kinds.has(kind) || kinds.has('number') || (kind === 'duration' && kinds.has('date')))
  );
}

/**
 * A sum as somebody has written it, `3 * 12.50 + 4 = 41.50`, worked out again; null where it is none, or has a number that is not
 * among the `known`. Amounts are not added to counts, and not multiplied with each other.
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

/** To the cent: parts of one are lost in reckoning, and rounded in telling. */
export function rounded(value: number): number {
  return Math.round(value * 100 + 1e-6) / 100;
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
      const operation = left && this.#taken('+', '-');
      if (!left || !operation) return left;
      const right = this.#product(depth);
      const powers = right && new Set([...left.powers].filter((power) => right.powers.has(power)));
      if (!right || !powers?.size) return null;
      const value = operation === '+' ? left.value + right.value : left.value - right.value;
      left = { value, powers, of: [...left.of, ...right.of] };
    }
  }

  #product(depth: number): Worked | null {
    let left = this.#factor(depth);
    for (;;) {
      const operation = left && this.#taken(TIMES, '/');
      if (!left || !operation) return left;
      const right = this.#factor(depth);
      if (!right) return null;
      const sign = operation === TIMES ? 1 : -1;
      const all = [...left.powers].flatMap((one) => [...right.powers].map((other) => one + sign * other));
      const powers = new Set(all.filter((power) => ANY.has(power)));
      if (powers.size === 0) return null;
      const value = operation === TIMES ? left.value * right.value : left.value / right.value;
      left = { value, powers, of: [...left.of, ...right.of] };
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
    const number = token?.kind === 'numeral' ? numberAt([token], 0)?.value : undefined;
    if (number === undefined) return null;
    const isShare = this.#tokens[this.#at]?.text === '%';
    if (isShare) this.#at += 1;
    const value = isShare ? number / 100 : number;
    const powers = new Set([...(this.#known.get(value)?.powers ?? []), ...(CONSTANTS.has(value) ? COUNT : [])]);
    return powers.size > 0 ? { value, powers, of: [value] } : null;
  }

  /** One of the operations, where it comes next. */
  #taken(...operations: string[]): string | null {
    const next = OPERATIONS.get(this.#tokens[this.#at]?.text ?? '');
    if (next === undefined || !operations.includes(next)) return null;
    this.#at += 1;
    return next;
  }
}
