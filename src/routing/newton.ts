const STEPS = 25;
const SMALL = 1e-6;

/** The slope and the curvature (its matrix, row after row) of what is to become least. */
export type Bend = { value: number; slope: Float64Array; curvature: Float64Array };

/**
 * Where a smooth convex function of a few numbers is least, by Newton's method with halved steps.
 *
 * @param bendAt its value, slope and curvature at a place
 */
export function least(start: Float64Array, bendAt: (place: Float64Array) => Bend): Float64Array {
  let place = start;
  let here = bendAt(place);
  for (let step = 0; step < STEPS; step++) {
    const move = solveSmall(here.curvature, here.slope);
    let share = 1;
    let next = place;
    let there = here;
    for (; share > SMALL; share /= 2) {
      next = place.map((one, at) => one - share * (move[at] ?? 0));
      there = bendAt(next);
      if (there.value <= here.value) break;
    }
    const gained = here.value - there.value;
    if (!(gained >= 0)) break;
    place = next;
    here = there;
    if (gained < SMALL * Math.abs(here.value)) break;
  }
  return place;
}

/** Gaussian elimination with the greatest pivot. */
function solveSmall(matrix: Float64Array, wanted: Float64Array): Float64Array {
  const size = wanted.length;
  const rows = Array.from(wanted, (value, row) => [...matrix.subarray(row * size, (row + 1) * size), value]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column; row < size; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const own = rows[pivot] as number[];
    rows[pivot] = rows[column] as number[];
    rows[column] = own;
    const lead = own[column] || SMALL;
    for (const [row, other] of rows.entries()) {
      if (row === column) continue;
      const times = (other[column] ?? 0) / lead;
      for (let at = column; at <= size; at++) other[at] = (other[at] ?? 0) - times * (own[at] ?? 0);
    }
  }
  return Float64Array.from(rows, (row, at) => (row[size] ?? 0) / (row[at] || SMALL));
}
