/** Digits in a row, in groups that at most three signs stand between: `12 34-56` is one number of three groups. */
export type Digits = { start: number; end: number; written: string; digits: string; groups: readonly string[] };

/** The numbers of a text that `asShown` gave; what stands in brackets that close behind it is a number of its own. */
export function numbersOf(text: string): Digits[] {
  return [...text.matchAll(/(?:\+[ .-]{0,2})?\(?\d(?:[ .()/*_-]{0,3}\d)*/g)].flatMap(({ 0: found, index }) => {
    const closed = found.lastIndexOf(')') + 1;
    const opened = found.indexOf('(', closed);
    if (opened < 0) return [digitsAt(index, found)];
    const starts = [0, ...[...found.matchAll(/\(/g)].map(({ index: at }) => at + 1).filter((at) => at > closed)];
    return starts.flatMap((start, place) => {
      const part = found.slice(start, starts[place + 1] ?? found.length);
      return /\d/.test(part) ? [digitsAt(index + start, part)] : [];
    });
  });
}

/** The number that a part of a text at `index` is, without what stands before and after it. */
export function digitsAt(index: number, part: string): Digits {
  const written = part.replace(/\D+$/, '').replace(/^[^\d+(]+/, '');
  const start = index + part.indexOf(written);
  const groups = written.match(/\d+/g) ?? [];
  return { start, end: start + written.length, written, digits: groups.join(''), groups };
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
