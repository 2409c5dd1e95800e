import { stem } from './stem.ts';
import { STOP_WORDS } from './stop-words.ts';

const WORD = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*/gu;

/** The words of a text in order: NFKC, lower case, contractions whole ("don't"), possessive 's dropped. */
export function words(text: string): string[] {
  const normal = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    // 15,000 and 15000 are one number, e-mail and email are one word.
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/\be-(?=\p{L}{3})/gu, 'e')
    .replace(/\bwi-fi\b/g, 'wifi');
  const found = normal.match(WORD) ?? [];
  return found.map((word) => (word.endsWith("'s") ? word.slice(0, -2) : word));
}

/**
 * The terms that retrieval counts: words without English stop words, as Porter2 stems, in order, repeats kept.
 * A text of nothing but stop words keeps them all, so that it still has terms.
 */
export function tokenize(text: string): string[] {
  const all = words(text);
  const content = all.filter((word) => !STOP_WORDS.has(word));
  return (content.length > 0 ? content : all).map((word) => stem(word.replaceAll("'", '')));
}
