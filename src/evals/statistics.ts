/**
 * How probable it is that of `b + c` flips at least as many go one way as did, were both ways alike: the exact McNemar
 * test, two-sided (McNemar 1947; the binomial tail at 1/2, doubled, at most 1). 1 where nothing flipped.
 */
export function mcnemarExact(b: number, c: number): number {
  const flips = b + c;
  if (flips === 0) return 1;
  // Logarithms: 2 ** -flips is 0 from 1,075 flips on.
  let logTerm = -flips * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(b, c); k += 1) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(flips - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * tail);
}
