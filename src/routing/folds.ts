import { seeded, shuffle } from './random.ts';
import type { Known } from './voices.ts';

const SEED = 11;

/** An example, and its place among all of them. */
type Placed = Known & { at: number };

/** One way to part the examples: what is learned from, and what is judged then. */
export type Fold = {
  learned: Known[];
  /** Which of the classes are learned: in the fold they are numbered by their place here. */
  classes: readonly number[];
  inside: Placed[];
  /** Texts out of scope, or of a class that is not learned. */
  outside: Placed[];
};

/** How to part. */
export type Parting = {
  /** Of how many parts one is judged by the others. */
  parts: number;
  /** How many of the parts are judged. */
  used: number;
  /** Leave out whole classes in every part too, whose examples stand in for texts out of scope. */
  standIns: boolean;
};

/**
 * Parts the examples so that each is judged at most once by what was learned from the others. `own` of a text out of scope is
 * `classes`.
 *
 * @param always what is learned from in every part, such as names
 */
export function foldsOf(
  examples: readonly Known[],
  always: readonly Known[],
  classes: number,
  { parts, used, standIns }: Parting,
): Fold[] {
  // Where not all parts are used, more of the texts out of scope are judged in each: they are few.
  const places = placesOf(examples, (own) => (own === classes ? Math.min(parts, used + 1) : parts));
  const wayOut = shuffle(
    Uint32Array.from({ length: classes }, (_, own) => own),
    seeded(SEED),
  );
  const placed = examples.map((one, at) => ({ ...one, at }));
  return Array.from({ length: used }, (_, part) => {
    const leaving = standIns ? [...wayOut].filter((_own, at) => at % parts === part) : [];
    const left = new Set(leaving.slice(0, Math.max(0, classes - 2)));
    const learned = [...examples.filter((_one, at) => places[at] !== part), ...always];
    return renumbered(
      learned.filter(({ own }) => !left.has(own)),
      placed.filter(({ own, at }) => places[at] === part || left.has(own)),
      classes,
    );
  });
}

/** The part of each example: those of one class are spread evenly over the parts. */
function placesOf(examples: readonly Known[], partsOf: (own: number) => number): Uint32Array {
  const order = shuffle(
    Uint32Array.from(examples, (_, at) => at),
    seeded(SEED),
  );
  const places = new Uint32Array(examples.length);
  const next = new Map<number, number>();
  for (const at of order) {
    const own = examples[at]?.own ?? 0;
    const place = next.get(own) ?? own;
    places[at] = place % partsOf(own);
    next.set(own, place + 1);
  }
  return places;
}

function renumbered(learned: readonly Known[], judged: readonly Placed[], all: number): Fold {
  const classes = [...new Set(learned.map(({ own }) => own))].filter((own) => own < all).sort((a, b) => a - b);
  const outside = classes.length;
  const numbers = new Map(classes.map((own, number) => [own, number]));
  const renumber = <T extends Known>(one: T): T => ({ ...one, own: numbers.get(one.own) ?? outside });
  const placed = judged.map(renumber);
  return {
    learned: learned.map(renumber),
    classes,
    inside: placed.filter(({ own }) => own < outside),
    outside: placed.filter(({ own }) => own === outside),
  };
}
