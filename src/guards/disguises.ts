import { LANGUAGES } from '../language/languages.ts';
import { stopWordsOf } from '../language/stop-words.ts';
import { areOrdinary, languagesOf, WORD_LANGUAGES } from './ordinary-words.ts';
import { DRAWN } from './readings.ts';
import { LONG, type Shapes, type Spelling } from './spellings.ts';

/** Signs and digits that are written for a letter. */
const FOR_LETTERS: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'il', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g' },
  ...{ '@': 'a', $: 's', '!': 'il', '|': 'il', '€': 'e', I: 'il', l: 'i' },
};
/** More signs than these between two letters, and the letters are no word. */
const MOST_BETWEEN = 4;
/** What makes letters bold and the like, or is part of a drawn one, and is not seen. */
export const FORMATS = new RegExp(`[*_\`~\\\\${DRAWN}]+`, 'g');
/** A line that ends within a word, perhaps with a hyphen. */
const LINE_BREAK = /^-?[^\S\n]*\n[^\S\n]*$/;
/**
 * How a name is written: letters that others stand for, places with a space, with one of the name's own, with other signs, with the
 * end of a line, letters more or fewer, `lost`: fewer. `isBroken`: over what parts sentences and lists.
 */
export type Disguise = {
  signs: number;
  spaces: number;
  joints: number;
  between: number;
  breaks: number;
  repeats: number;
  lost: number;
  isBroken: boolean;
};

/** Where a name has a dot or a space: `monday (dot) com`, `Basket 'n' Vine`. */
const DOT = /^(?: ?[.·•'’‘–-] ?| ?[([{] ?| ?[)\]}] ?)$/;

/** Null where it is not the name at all. */
export function disguiseOf(
  { letters, runs, joints, humps, isStem }: Spelling,
  { read: text, from, till }: Shapes,
  first: number,
): Disguise | null {
  const disguise: Disguise = {
    signs: 0,
    spaces: 0,
    joints: 0,
    between: 0,
    breaks: 0,
    repeats: 0,
    lost: 0,
    isBroken: false,
  };
  for (let index = 0; index < letters.length; index += 1) {
    const [start, end] = [from[first + index] ?? 0, till[first + index] ?? 0];
    const [written, meant] = [text[start] ?? '', letters[index] ?? ''];
    if (written !== meant && !FOR_LETTERS[written]?.includes(meant)) return null;
    if (written !== meant && written !== 'I') disguise.signs += 1;
    const isLast = index === letters.length - 1;
    const more = isLast && isStem ? 0 : end - start + 1 - (runs[index] ?? 1);
    disguise.repeats += Math.abs(more);
    disguise.lost += Math.max(0, -more);
    if (isLast) break;
    const between = text.slice(end + 1, from[first + index + 1]);
    if (between.includes(DRAWN)) disguise.signs += 1;
    const gap = between.replace(FORMATS, '').replace(/ +/g, ' ');
    if (gap.length > MOST_BETWEEN) return null;
    if (gap === '') continue;
    const isJoint = joints.has(index + 1);
    if (!isJoint && LINE_BREAK.test(gap)) {
      disguise[humps.has(index + 1) ? 'joints' : 'breaks'] += 1;
      continue;
    }
    if (
      !((isJoint || humps.has(index + 1)) && (DOT.test(gap) || LINE_BREAK.test(gap))) &&
      /[,;:!?()|]|[^\s&+]\s|\s[^\s&+]/.test(gap)
    )
      disguise.isBroken = true;
    if (isJoint || (humps.has(index + 1) && gap === ' ')) disguise.joints += 1;
    else if (/\s/.test(gap)) {
      disguise.spaces += 1;
      if (gap.includes('\n')) disguise.isBroken = true;
    } else disguise.between += 1;
  }
  return disguise;
}

/** `GL$`, `5ky`, `02`: figures make codes and measures of most short ones. */
const SIGNED = /^(?:\p{Lu}*[$€@]\p{Lu}*|0\p{Lu}{2}|[$5@0]\p{Ll}{2}|0\d|\p{Lu}\.0?\p{Lu}0?)$/u;

export function fits(
  { signs, spaces, joints, repeats, lost, between, breaks, isBroken }: Disguise,
  length: number,
  { isOrdinary, written: name, isWithin }: { isOrdinary: boolean; written: string; isWithin: boolean },
  written: string,
): boolean {
  const isSpelt = spaces + between + breaks >= length - 1 - joints;
  // Of a long name most letters may be written as digits: there is no other word so.
  const isSmall = !/\p{Lu}/u.test(written);
  const mostSigns = isSpelt || (length === LONG && isSmall) ? length - 2 : length / (length < 7 ? 2 : 1.5);
  if (signs > mostSigns || (length < 4 && signs > 0 && !SIGNED.test(written))) return false;
  if (lost > (length > 7 && !isOrdinary ? 2 : 1)) return false;
  // `Geeeico`, but not `Hoolli`.
  if (repeats > 0 && (length < LONG || (length === LONG && (lost > 0 || repeats < 2)))) return false;
  // `P a t r i o t Software`
  if (joints > 0 && !isBroken && PARTLY_SPELT.test(written)) return true;
  // `Racks A, W and S`, `8 x 8`
  if (isSpelt) return length >= LONG || !(/,\s/.test(written) || (spaces > 0 && /^\d+x\d+$/i.test(name)));
  const isOfWords = () => areOrdinary(wordsOf(written), isOrdinary ? languagesOf(name) : WORD_LANGUAGES);
  if (spaces === 0 && !isBroken) {
    // `all-state`, and what ends one line and begins the next, but `All-` at the end of a line goes on.
    const isApart = breaks > 0 || (between === 1 && !/\p{Lu}/u.test(written));
    const isCut = !isOrdinary && /^\p{Lu}.*-\s*\n/u.test(written);
    return !isApart || isCut || isHyphened(written, length, isOrdinary) || !isOfWords();
  }
  // `Hart well Mutual`
  if (
    joints > 0 &&
    !isBroken &&
    repeats === 0 &&
    /^\p{Lu}/u.test(written) &&
    length > 9 + 4 * (spaces - 1) &&
    spaces < 3 &&
    // `The train line`
    !/ \p{Ll}+ \p{Ll}+/u.test(written)
  )
    return true;
  // A word in two or three pieces could be two or three words, or the end of one list item and the beginning of the next.
  if (isOrdinary || isBroken || repeats > (length > 7 ? 1 : 0) || spaces > 2 || length < LONG) return false;
  const parts = wordsOf(written);
  // `Berg Freunde`: two capitals beside each other are hardly two words.
  if (/^(?:\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}{2,}|\p{Lu}{3,} \p{Lu}{3,})$/u.test(written)) return true;
  // `come from Grub hub`
  if (isWithin && length > LONG && /^\p{Lu}\p{Ll}{2,} \p{Ll}{3,}$/u.test(written)) return true;
  if (/^\p{Lu}/u.test(written)) return !isOfWords() && (length > LONG || /^\p{Lu}\p{Ll}+ \p{Ll}+$/u.test(written));
  if (length === LONG) return false;
  return spaces === 1 && !/\p{Lu}/u.test(written) && !isOfWords() && !parts.some(isLittleWord);
}

/** Words of which some are spelt, whole. */
const PARTLY_SPELT = /^(?=.*(?:^| )(?:\p{L}[ .-]){3})(?:(?:^| +)(?:(?:\p{L}[ .-]){3,}\p{L}|\p{L}{2,})(?= |$))+$/u;

/** `grub-hub`, but not `all-state`: a name of one word, with a hyphen within. */
function isHyphened(written: string, length: number, isOrdinary: boolean): boolean {
  const [, first] = /^(\p{Ll}+)-\p{Ll}+$/u.exec(written) ?? [];
  return first !== undefined && !isOrdinary && length > LONG && !COMPOUNDS.test(first);
}

/** What ordinary words are joined to with a hyphen. */
const COMPOUNDS =
  /^(?:all|any|every|fore|full|half|high|in|low|multi|new|non|off|old|on|one|out|over|pre|re|self|two|under|up|well)$/;

/** Of another language than English: its articles and prepositions stand before anything. */
function isLittleWord(word: string): boolean {
  return word.length < 4 && LANGUAGES.some((language) => language !== 'en' && stopWordsOf(language).has(word));
}

export function wordsOf(written: string): string[] {
  return written.split(/[^\p{L}\p{M}\p{N}'’]+/u).filter((word) => word !== '');
}
