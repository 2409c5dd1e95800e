import { LANGUAGES } from '../language/languages.ts';
import { isOfOtherLanguage } from './named.ts';
import { isSignOf } from './ordinary-words.ts';

/** A letter or a figure. */
const WORD = /[\p{L}\p{M}\p{N}]/u;

/** True where ordinary words stand in a text of a language that does not have them. */
export function isAbroad(
  words: readonly string[],
  text: string,
  { start, end }: { start: number; end: number },
): boolean {
  return isOfOtherLanguage(words, ...beside(text, { start, end }));
}

/** What stands before and behind a place, in whole words. */
export function beside(text: string, { start, end }: { start: number; end: number }): [before: string, after: string] {
  const before = text.slice(Math.max(0, start - BESIDE), start);
  const after = text.slice(end, end + BESIDE);
  return [
    start > BESIDE && WORD.test(text[start - BESIDE - 1] ?? '') ? before.replace(/^[\p{L}\p{M}\p{N}]+/u, '') : before,
    WORD.test(text[end + BESIDE] ?? '') ? after.replace(/(?<=[^\p{L}\p{M}\p{N}])[\p{L}\p{M}\p{N}]+$/u, '') : after,
  ];
}

/** Whether a text around a place is of a language of the chat: of its words a third are stop words of one. */
export function isOfChat(text: string, at: number): boolean {
  const [before, after] = beside(text, { start: at, end: at });
  const words = `${before} ${after}`.toLowerCase().match(/\p{L}+/gu) ?? [];
  return (
    words.length > 4 &&
    LANGUAGES.some((language) => 3 * words.filter((word) => isSignOf(language, word)).length >= words.length)
  );
}

/** Characters. */
const BESIDE = 60;
