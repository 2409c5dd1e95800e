import { splitSentences } from '../language/sentences.ts';
import { type Likeness, marginOf } from './likeness.ts';
import type { Readings } from './readings.ts';

/** Sentences of a message that are looked at one by one: the first and the last. */
const MOST_PIECES = 16;
/** Words that a piece has at least. */
export const SHORTEST_PIECE = 3;
/** Fewer letters are judged by rules alone. */
const FEWEST_LETTERS = 8;
const LETTER = /\p{L}/gu;

/** The sentences of a text that has several, the first and the last, and what it shouts. */
export function piecesOf(text: string, shouted: readonly string[]): string[] {
  const sentences = splitSentences(text)
    .flatMap((sentence) => sentence.split('\n'))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.split(/\s+/, SHORTEST_PIECE).length === SHORTEST_PIECE);
  const pieces = [...(sentences.length > 1 ? sentences : []), ...shouted];
  const half = MOST_PIECES / 2;
  return pieces.length <= MOST_PIECES ? pieces : [...pieces.slice(0, half), ...pieces.slice(-half)];
}

/** Margins from which on a text is like what was learned: by words alone; with the encoder's vector, and by the words beside it. */
export type Least = { words: number; joined: number; beside: number };

/**
 * Whether a message is like what was learned, as a whole, by a sentence, or by what it hides. A vector does not decide against the words:
 * it alone takes much small talk for grave.
 */
export function isLike(model: Likeness, { plain, hidden }: Readings, vector: Float32Array | null, least: Least) {
  const byWords = (text: string) => isLong(text) && marginOf(model, text, null) >= least.words;
  const asWhole = vector
    ? isLong(plain) && marginOf(model, plain, vector) >= least.joined && marginOf(model, plain, null) >= least.beside
    : byWords(plain);
  return asWhole || [...hidden, ...piecesOf(plain, [])].some(byWords);
}

function isLong(text: string): boolean {
  return (text.match(LETTER)?.length ?? 0) >= FEWEST_LETTERS;
}
