/** Numbers with which a liar reckons, and sums that it tells of a figure: more make no difference. */
const MOST = { numbers: 24, sums: 4 };
const OPERATIONS: readonly (readonly [string, (one: number, other: number) => number])[] = [
  ['+', (one, other) => one + other],
  ['-', (one, other) => one - other],
  ['*', (one, other) => one * other],
  ['/', (one, other) => one / other],
];

/** Sums of two or three numbers of a text that come to one of the numbers of a sentence: what a liar would say that it is worked out from. */
export function sumsTo(sentence: string, text: string): string[] {
  const wanted = numbersIn(sentence);
  const numbers = numbersIn(text).slice(0, MOST.numbers);
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

function numbersIn(text: string): number[] {
  const digits = text.replace(/(\d)[,\s](?=\d{3}\b)/g, '$1').match(/\d+(?:\.\d+)?/g) ?? [];
  return [...new Set(digits.map(Number))];
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.005;
}
