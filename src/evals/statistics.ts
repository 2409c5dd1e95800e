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

/**
 * The 95 % interval of a share of `n` of which `hits` hold, by Wilson's score (Wilson 1927), which keeps within 0 and 1 also for few and for
 * all. Null where there are none.
 */
export function wilson(hits: number, n: number): { low: number; high: number } | null {
  if (n === 0) return null;
  const z = 1.959964;
  const share = hits / n;
  const middle = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  // Rounding would leave the bound a hair beside a share of none or of all, and the share outside of its own interval.
  return { low: hits === 0 ? 0 : (middle - half) / whole, high: hits === n ? 1 : (middle + half) / whole };
}

/**
 * How probable it is that all of `k` attempts pass, from `passed` of `n` that did, without bias: C(passed, k) / C(n, k), as τ-bench's pass^k
 * (Yao et al. 2024). `k` is at most `n`.
 */
export function passPowK(passed: number, n: number, k: number): number {
  let share = 1;
  for (let i = 0; i < k; i += 1) share *= Math.max(0, passed - i) / (n - i);
  return share;
}

/** Cohen's kappa of two raters over the same things: their agreement beyond chance. Null where chance alone would be perfect. */
export function kappaOf(pairs: readonly (readonly [boolean, boolean])[]): number | null {
  const n = pairs.length;
  if (n === 0) return null;
  const share = (holds: (pair: readonly [boolean, boolean]) => boolean) => pairs.filter(holds).length / n;
  const agreed = share(([a, b]) => a === b);
  const [a, b] = [share(([one]) => one), share(([, other]) => other)];
  const chance = a * b + (1 - a) * (1 - b);
  return chance === 1 ? null : (agreed - chance) / (1 - chance);
}

export function median(values: readonly number[]): number | null {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

/** The value below which a share `at` of sorted values lies, between neighbours in proportion; null where there are none. */
export function quantile(sorted: readonly number[], at: number): number | null {
  const place = (sorted.length - 1) * at;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
}

/**
 * The mean of values and its 95 % interval by Student's t (its quantile by the Cornish-Fisher terms of Hill 1970, good to a hundredth from three
 * values on). Null where there are none; without a spread where there is one.
 */
export function meanInterval(values: readonly number[]): { mean: number; low: number; high: number } | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, low: mean, high: mean };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = tQuantile(n - 1) * Math.sqrt(variance / n);
  return { mean, low: mean - half, high: mean + half };
}

/** Of 97.5 %. */
function tQuantile(freedom: number): number {
  if (freedom === 1) return 12.706;
  if (freedom === 2) return 4.303;
  const z = 1.959964;
  const [a, b, c] = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ];
  return z + a / freedom + b / freedom ** 2 + c / freedom ** 3;
}
