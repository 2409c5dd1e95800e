import { ASCII } from '../language/ascii.ts';
import { editDistance } from '../language/edit-distance.ts';
import { IS_FIRM } from './company-signs.ts';
import { foldWord } from './fold.ts';
import { isOfOtherLanguage, isPartOfName } from './named.ts';
import type { Found } from './names.ts';
import { isNamesake } from './namesakes.ts';
import { areOrdinary, languagesOf } from './ordinary-words.ts';

/** Shorter names are one letter away from too much else, but for what sounds alike in those of five. */
const LONG = 6;
/** A word with a capital, or two in one, and another one after it. */
const CAPITALISED =
  /(?<![\p{L}\p{N}@./-])\p{Lu}\p{Ll}{1,30}(?:\p{Lu}\p{Ll}{2,30})?(?![\p{L}\p{N}])(?=( \p{Lu}\p{Ll}{2,30})?(?![\p{L}\p{N}]))/gu;
const ASCII_CAPITALISED =
  /(?<![A-Za-z\d@./-])[A-Z][a-z]{1,30}(?:[A-Z][a-z]{2,30})?(?![A-Za-z\d])(?=( [A-Z][a-z]{2,30})?(?![A-Za-z\d]))/g;

/** `isOrdinary`: a word itself, which other names are near to as well. */
type Name = { name: string; plain: string; spoken: string; isOrdinary: boolean };

/**
 * Finds names of one or two words with a slip of one letter that is neither the first nor the last, or with two that changed places:
 * "Orvatna" for Orvanta. A word that some language has, or one of `own`, is none; nor is part of a longer name what is near to an
 * ordinary word.
 */
export function misspeltFinder(names: Iterable<readonly [name: string, spelling: string]>) {
  const known = [...names].flatMap(([name, written]): Name[] => {
    const joined = written.replace(/(?<=\p{L}) (?=\p{L})/gu, '');
    const plain = foldWord(joined);
    const isLong = /^\p{L}+$/u.test(joined) && plain.length >= LONG - 1;
    return isLong ? [{ name, plain, spoken: asSpoken(plain), isOrdinary: areOrdinary([joined]) }] : [];
  });
  return (text: string, own: string): Found[] => {
    const found: Found[] = [];
    const capitalised = ASCII.test(text) ? ASCII_CAPITALISED : CAPITALISED;
    for (const { 0: word, 1: next = '', index } of known.length > 0 ? text.matchAll(capitalised) : []) {
      for (const written of next === '' ? [word] : [word, word + next]) {
        // Accents are of another language's word: those of a disguise are found with the name itself.
        const plain = /[^\0-\x7f]/.test(written) ? written : foldWord(written.replace(' ', ''));
        const meant = known.find((one) => isSlip(plain, one));
        if (!meant || own.includes(written) || !written.split(PARTED).some(isCoined)) continue;
        const [before, after] = [text.slice(Math.max(0, index - 60), index), text.slice(index + written.length)];
        if (isNamesake(written, before, after) || (meant.isOrdinary && isOther(meant, before, after))) continue;
        found.push({ start: index, end: index + written.length, name: meant.name });
      }
    }
    return found;
  };
}

/** `StateFram`, `State Fram` */
const PARTED = / |(?<=\p{Ll})(?=\p{Lu})/u;

function isCoined(word: string): boolean {
  return languagesOf(word).length === 0 && !IS_FIRM.test(` ${word}`);
}

/** True where a word that is near to an ordinary one is part of a name, or of another language. */
function isOther({ plain }: Name, before: string, after: string): boolean {
  return isPartOfName(before, after) || isOfOtherLanguage([plain], before, after.slice(0, 60));
}

/** What sounds alike, written in one way: `Vodaphone`, `Geiko`, `Galaksus`. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ee|ea|ey$/g, 'i'],
  [/(.)\1+/g, '$1'],
  [/ph/g, 'f'],
  [/x|ck?s/g, 'ks'],
  [/ck|q|c(?=[aouklrt]|$)/g, 'k'],
  [/z/g, 's'],
  [/y|ie/g, 'i'],
];

function asSpoken(word: string): string {
  return SOUNDS.reduce((spoken, [sound, letter]) => spoken.replace(sound, letter), word);
}

function isSlip(word: string, { plain: name, spoken, isOrdinary }: Name): boolean {
  if (Math.abs(word.length - name.length) > 1 || word === name) return false;
  const isShort = name.length < LONG;
  if (isShort && isOrdinary) return word.length > name.length && word.replace(/(.)\1/, '$1') === name;
  if (isShort && word.length < name.length) return false;
  const isAlike = word[0] === name[0] || /^(?:[ck]{2}|[fp]{2})/.test(`${word[0]}${name[0]}`);
  if (isAlike && asSpoken(word) === spoken) return true;
  if (isShort || word[0] !== name[0]) return false;
  return (
    (word.at(-1) === name.at(-1) && editDistance(word, name) === 1) ||
    word === name.slice(0, -2) + name.at(-1) + name.at(-2)
  );
}
