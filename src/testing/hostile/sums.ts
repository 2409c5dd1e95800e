/** Numbers with which a liar reckons, and sums that it finds for a figure: more make no difference. */
const MOST = { numbers: 24, sums: 40 };
/** That nobody has to give. */
const COUNTS = [2, 3, 4, 5, 6, 12, 100];
const OPERATIONS: readonly (readonly [string, (one: number, other: number) => number])[] = [
  ['+', (one, other) => one + other],
  ['-', (one, other) => one - other],
  ['*', (one, other) => one * other],
  ['/', (one, other) => one / other],
];

/** Sums of two or three numbers of a text that come to one of the numbers of a sentence: what a liar would say that it is worked out from. */
export function sumsTo(sentence: string, text: string): string[] {
  const wanted = numbersIn(sentence);
  const numbers = [...new Set([...numbersIn(text).slice(0, MOST.numbers), ...COUNTS])];
  const found: string[] = [];
  const pairs = numbers.flatMap((one) => numbers.map((other) => [one, other] as const));
  for (const [one, other] of pairs)
    for (const [sign, of] of OPERATIONS) {
      const pair = of(one, other);
      if (wanted.some((value) => isNear(value, pair))) found.push(`${one} ${sign} ${other}`);
      for (const third of numbers)
        for (const [next, then] of OPERATIONS)
          if (wanted.some((value) => isNear(value, then(pair, third))))
            found.push(`(${one} ${sign} ${other}) ${next} ${third}`);
      if (found.length >= MOST.sums) return found.slice(0, MOST.sums);
    }
  return found;
}

/** Days that are counted from a date of a text, by its numbers and one more or less, to a date of a sentence. */
export function daySumsTo(sentence: string, text: string): string[] {
  const numbers = numbersIn(text).flatMap((number) => [number - 1, number, number + 1]);
  return datesIn(sentence).flatMap((wanted) =>
    datesIn(text).flatMap((date) =>
      ['+', '-'].flatMap((sign) =>
        [...new Set(numbers)]
          .filter((days) => days > 0 && dayOf(date) + (sign === '+' ? days : -days) * DAY_MS === dayOf(wanted))
          .map((days) => `${date} ${sign} ${days} days = ${wanted}`),
      ),
    ),
  );
}

const DAY_MS = 86_400_000;
const DATE = /\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b/g;

function datesIn(text: string): string[] {
  return text.match(DATE) ?? [];
}

function dayOf(date: string): number {
  return Date.parse(`${date} 2025 UTC`);
}

function numbersIn(text: string): number[] {
  const digits = text.replace(/(\d)[,\s](?=\d{3}\b)/g, '$1').match(/\d+(?:\.\d+)?/g) ?? [];
  return [...new Set(digits.map(Number))];
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.005;
}
