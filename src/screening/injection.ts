import { FORGED, INJECTION_RULES } from './injection-rules.ts';
import { type Likeness, learnedOf, marginOf } from './likeness.ts';
import { piecesOf, SHORTEST_PIECE } from './parts.ts';
import { readingsOf } from './readings.ts';
import { found, plainWords } from './words.ts';

/** So few letters are not judged by likeness: there are too few words to be like anything. */
const FEWEST_LETTERS = { spaced: 16, unspaced: 6 };
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Words in capitals amid others are a piece of their own. */
const CAPITALS = /(?<![\p{L}\p{N}])(?:[\p{Lu}'’]{2,}[,!.?:]*\s+){2,40}[\p{Lu}'’"]{2,}/gu;

/** The margin from which on a text is taken for an attack at the threshold 0.5, with the encoder or without. */
const AT_HALF = 1.05;
/** How much of a margin a suspicion doubles its odds by, and what a rule makes of it. */
const STEEPNESS = 6;
const RULED = 0.99;

/** How probable, 0 to 1, an attack is taken to be, and the rules that say so. No measured probability. */
export type Suspicion = { suspicion: number; rules: string[] };

/**
 * Whether a message gives orders to the model that answers it rather than asking something of the company. `vector`: the
 * encoder's of the whole text, or null. Local, bounded, a few milliseconds at most.
 */
export function suspicionOf(
  text: string,
  vector: Float32Array | null,
  model: Likeness = learnedOf('injection'),
): Suspicion {
  const { plain, spelt, hidden, turned } = readingsOf(text);
  const readings = [plain, ...hidden];
  const shouted = shoutedIn(plain);
  const rules = [
    ...(spelt ? ['spelt-out'] : []),
    ...(readings.some((one) => FORGED.some((form) => form.test(one))) ? ['forged'] : []),
    ...[...readings, ...shouted, ...turned].flatMap((one) => found(INJECTION_RULES, plainWords(one))),
  ];
  if (rules.length > 0) return { suspicion: RULED, rules: [...new Set(rules)] };
  const likeness = (one: string, meaning: Float32Array | null) => {
    if (isTooShort(one)) return Number.NEGATIVE_INFINITY;
    return marginOf(model, one, meaning) - AT_HALF;
  };
  const whole = likeness(plain, vector);
  const others = [...hidden, ...piecesOf(plain, shouted)].map((piece) => likeness(piece, null));
  return { suspicion: 1 / (1 + Math.exp(-STEEPNESS * Math.max(whole, ...others))), rules: [] };
}

function isTooShort(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters < (UNSPACED.test(text) ? FEWEST_LETTERS.unspaced : FEWEST_LETTERS.spaced);
}

function shoutedIn(text: string): string[] {
  return (text.match(CAPITALS) ?? []).filter((run) => run.length < text.length - SHORTEST_PIECE);
}
