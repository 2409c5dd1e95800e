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

/** The greatest margin of a message, by its `vector` if there is one, its sentences and what it hides. */
export function greatestMargin(model: Likeness, { plain, hidden }: Readings, vector: Float32Array | null): number {
  const others = new Set([...hidden, ...piecesOf(plain, [])]);
  const texts = [[plain, vector] as const, ...[...others].map((text) => [text, null] as const)];
  const long = texts.filter(([text]) => (text.match(LETTER)?.length ?? 0) >= FEWEST_LETTERS);
  return Math.max(Number.NEGATIVE_INFINITY, ...long.map(([text, meaning]) => marginOf(model, text, meaning)));
}
