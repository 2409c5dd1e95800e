/**
 * The two halves of a labelled set, whose rows come in pairs of a yes and a no: every other pair. Thresholds and word lists may be
 * chosen by `tuning`; figures are given of `check` alone.
 */
export function halves<Row>(rows: readonly Row[]): { tuning: Row[]; check: Row[] } {
  const isTuning = (index: number) => Math.floor(index / 2) % 2 === 0;
  return { tuning: rows.filter((_, index) => isTuning(index)), check: rows.filter((_, index) => !isTuning(index)) };
}
