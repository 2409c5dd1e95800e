import { editDistance } from './edit-distance.ts';
import { words } from './tokens.ts';

/** Shorter words are left alone: too many others are one slip away. */
const SHORTEST = 6;
/** From this length on two slips are mended. */
const LONG = 9;

/**
 * Mends slips of the pen, knowing only the words of some texts: a word that none of them has becomes one that they have,
 * where exactly one begins with the same letter and is a slip or two away ("windsheild", "deductable"). Names and words
 * of other subjects have no such neighbour and stay.
 */
export function speller(texts: Iterable<string>): (text: string) => string {
  const known = new Set<string>();
  for (const text of texts) for (const word of words(text)) known.add(word);
  const byStart = Map.groupBy([...known].filter(isPlain), (word) => word[0] ?? '');
  const mended = new Map<string, string>();
  const mend = (word: string): string => {
    const near = (byStart.get(word[0] ?? '') ?? []).filter((other) => isSlip(word, other));
    return near.length === 1 || (near.length > 1 && sameStart(near)) ? (near[0] ?? word) : word;
  };
  return (text) =>
    text.replace(/\p{L}{6,}/gu, (said) => {
      const word = said.toLowerCase();
      if (known.has(word) || word.length < SHORTEST) return said;
      const right = mended.get(word) ?? mend(word);
      mended.set(word, right);
      return right === word ? said : right;
    });
}

function isPlain(word: string): boolean {
  return word.length >= SHORTEST - 1 && /^\p{L}+$/u.test(word);
}

function isSlip(word: string, other: string): boolean {
  const allowed = word.length >= LONG ? 2 : 1;
  return Math.abs(word.length - other.length) <= allowed && editDistance(word, other) <= allowed;
}

/** "Policy" and "policies": forms of one word, of which any will do. */
function sameStart(near: readonly string[]): boolean {
  const [first = ''] = near;
  return near.every((word) => word.slice(0, first.length - 2) === first.slice(0, -2));
}
