/** Digits in a row, in groups that at most three signs stand between: `12 34-56` is one number of three groups. */
export type Digits = { start: number; end: number; written: string; digits: string; groups: readonly string[] };

/** The numbers of a text that `foldInPlace` gave. */
export function numbersOf(text: string): Digits[] {
  return [...text.matchAll(/(?:\+[ .-]{0,2})?\(?\d(?:[ .()/*_-]{0,3}\d)*/g)].map(({ 0: found, index }) => {
    const opens = found.startsWith('(') && !found.includes(')') ? 1 : 0;
    const written = found.slice(opens);
    const groups = written.match(/\d+/g) ?? [];
    return { start: index + opens, end: index + found.length, written, digits: groups.join(''), groups };
  });
}

/** The check by Luhn of ISO/IEC 7812: of cards and some national numbers. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const weighed = at % 2 === 1 ? 2 * digit : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** The digits times the weights, summed. */
export function weighed(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);
}
