import { ASCII } from '../language/ascii.ts';
import { editDistance } from '../language/edit-distance.ts';
import { IS_FIRM } from './company-signs.ts';
import { foldWord } from './fold.ts';
import { isElsewhere } from './named.ts';
import type { Found } from './names.ts';
import { areOrdinary, languagesOf } from './ordinary-words.ts';

/** Shorter names are one letter away from too much else. */
const LONG = 6;
const CAPITALISED = /(?<![\p{L}\p{N}@./-])\p{Lu}\p{Ll}{4,30}(?![\p{L}\p{N}])/gu;
const ASCII_CAPITALISED = /(?<![A-Za-z\d@./-])[A-Z][a-z]{4,30}(?![A-Za-z\d])/g;

/**
 * Finds coined names with a slip of one letter that is neither the first nor the last, or with two that changed places: "Orvatna" for
 * Orvanta. A word that some language has, or one of `own`, is none.
 */
export function misspeltFinder(names: Iterable<readonly [name: string, spelling: string]>) {
  const coined = [...names].flatMap(([name, written]) => {
    const joined = written.replace(/(?<=\p{L}) (?=\p{L})/gu, '');
    const plain = foldWord(joined);
    return /^\p{L}+$/u.test(joined) && plain.length >= LONG && !areOrdinary([joined]) ? [{ name, plain }] : [];
  });
  return (text: string, own: string): Found[] => {
    const found: Found[] = [];
    const capitalised = ASCII.test(text) ? ASCII_CAPITALISED : CAPITALISED;
    for (const { 0: word, index } of coined.length > 0 ? text.matchAll(capitalised) : []) {
      // Accents are of another language's word: those of a disguise are found with the name itself.
      const plain = /[^\0-\x7f]/.test(word) ? word : foldWord(word);
      const meant = coined.find((one) => isSlip(plain, one.plain));
      if (!meant || own.includes(word) || languagesOf(word).length > 0 || IS_FIRM.test(` ${word}`)) continue;
      if (isElsewhere(text.slice(Math.max(0, index - 40), index), text.slice(index + word.length))) continue;
      found.push({ start: index, end: index + word.length, name: meant.name });
    }
    return found;
  };
}

/** `Vodaphone` */
function asSpoken(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/ck/g, 'k')
    .replace(/c(?=[aou])/g, 'k');
}

function isSlip(word: string, name: string): boolean {
  return (
    Math.abs(word.length - name.length) <= 1 &&
    word[0] === name[0] &&
    word.at(-1) === name.at(-1) &&
    word !== name &&
    (editDistance(word, name) === 1 || asSpoken(word) === asSpoken(name))
  );
}
