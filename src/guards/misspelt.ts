import { ASCII } from '../language/ascii.ts';
import { editDistance } from '../language/edit-distance.ts';
import { isKnownCompany } from './common-words.ts';
import { IS_FIRM } from './company-signs.ts';
import { wordsOf } from './disguises.ts';
import { fold, foldWord } from './fold.ts';
import { isPartOfName } from './named.ts';
import type { Found } from './names.ts';
import { isNamesake } from './namesakes.ts';
import { areOrdinary, languagesOf } from './ordinary-words.ts';

/** Shorter names are one letter away from too much else, but for what sounds alike in those of five. */
const LONG = 6;
/** Of so few only one that stands twice counts. */
const SHORT = 4;
/** And so are these in lower case. */
const LONG_SMALL = 8;
/** A word with a capital within it or before it, and another one after it. */
const CAPITALISED =
  /(?<![\p{L}\p{N}@./-])(?=[\p{Ll}\p{N}]*\p{Lu}|\p{N}+\p{Ll}{3})[\p{L}\p{N}]{2,40}(?![\p{L}\p{N}])(?=( \p{Lu}\p{Ll}{2,30})?(?![\p{L}\p{N}]))/gu;
const ASCII_CAPITALISED =
  /(?<![A-Za-z\d@./-])(?=[a-z\d]*[A-Z]|\d+[a-z]{3})[A-Za-z\d]{2,40}(?![A-Za-z\d])(?=( [A-Z][a-z]{2,30})?(?![A-Za-z\d]))/g;

/** `isOrdinary`: a word itself, which other names are near to as well; `isMarked`: with accents; `tail`: of a host. */
type Name = {
  name: string;
  plain: string;
  spoken: string;
  figures: string;
  isOrdinary: boolean;
  isMarked: boolean;
  tail: string;
};

/**
 * Finds names of one or two words with a slip of one letter that is neither the first nor the last, or with two that changed places:
 * "Orvatna" for Orvanta. A word that some language has, or one of `own`, is none; nor is what stands behind a capital, or
 * beside one where the name is an ordinary word.
 */
export function misspeltFinder(
  names: readonly (readonly [name: string, spelling: string])[],
): (text: string, own: string) => Found[] {
  const phrases = names
    .map(([name, written]): Phrase => ({ name, words: wordsOf(written).map(foldWord) }))
    .filter(({ words }) => words.length > 1 && words.length < 5);
  const known = names.flatMap(([name, written]): Name[] => {
    const [bare = '', tail = ''] = written.split(/(?=\.\p{Ll}{2,4}$)/u);
    const joined = bare.replace(/(?<=\p{L}) (?=\p{L})/gu, '');
    const plain = foldWord(joined);
    const isOrdinary = areOrdinary([joined]);
    const isLong =
      /^[\p{L}\p{N}]+$/u.test(joined) && plain.length >= (isOrdinary && !isKnownCompany(joined) ? LONG - 1 : SHORT);
    return isLong
      ? [
          {
            name,
            plain,
            spoken: asSpoken(plain),
            figures: figuresOf(plain),
            isOrdinary,
            isMarked: !ASCII.test(joined),
            tail,
          },
        ]
      : [];
  });
  const invented = known.filter(({ plain, isOrdinary }) => plain.length >= LONG_SMALL && !isOrdinary);
  const initials = [...new Set(invented.map(({ plain }) => plain.charAt(0)))].join('');
  const small = new RegExp(`(?<![\\p{L}\\p{N}@./-])[${initials}][a-z]{7,30}(?![\\p{L}\\p{N}])`, 'gu');
  /** The name that is meant at a place, by one of some. */
  const meantAt = (written: string, index: number, text: string, own: string, by: readonly Name[]): Found[] => {
    // Accents are of another language's word: those of a disguise are found with the name itself.
    const folded = foldWord(written.replace(' ', ''));
    const plain = ASCII.test(written) ? folded : written;
    const meant = by.find(
      (one) => isSlip(one.isMarked ? folded : plain, one) && text.startsWith(one.tail, index + written.length),
    );
    if (!meant || own.includes(written) || !isCoinedName(written)) return [];
    const [before, after] = [text.slice(Math.max(0, index - 60), index), text.slice(index + written.length)];
    if (isNamesake(written, before, after) || isPartOfName(before, meant.isOrdinary ? after : '')) return [];
    return [{ start: index, end: index + written.length, name: meant.name }];
  };
  return (text, own) => {
    if (known.length === 0 && phrases.length === 0) return [];
    const capitalised = [...text.matchAll(ASCII.test(text) ? ASCII_CAPITALISED : CAPITALISED)];
    return [
      ...capitalised
        .flatMap(({ 0: word, 1: next = '', index }) =>
          (next === '' ? [word] : [word, word + next]).map((one) => [one, index] as const),
        )
        .flatMap(([written, index]) => meantAt(written, index, text, own, known)),
      ...(invented.length > 0 ? [...text.matchAll(small)] : []).flatMap(({ 0: written, index }) =>
        meantAt(written, index, text, own, invented),
      ),
      ...misspeltPhrases(text, own, phrasesIn(text, phrases)),
    ];
  };
}

/** A name of several words, in plain letters. */
type Phrase = { name: string; words: string[] };

/** Those of which a word stands in the text as it is: one of them has no slip. */
function phrasesIn(text: string, phrases: readonly Phrase[]): Phrase[] {
  const plain = fold(text).text.toLowerCase();
  return phrases.filter(({ words }) => words.some((word) => word.length > 2 && plain.includes(word)));
}

/** Words with slips among the words of a name: "Petz at Home", "Untied Parcel Service". */
function misspeltPhrases(text: string, own: string, phrases: readonly Phrase[]): Found[] {
  if (phrases.length === 0) return [];
  const words = [...text.matchAll(/(?<![\p{L}\p{N}@./])\p{L}+/gu)].map(({ 0: written, index }) => ({ written, index }));
  const plain = words.map(({ written }) => foldWord(written));
  return phrases.flatMap(({ name, words: meant }) =>
    words.flatMap(({ index: start }, first): Found[] => {
      if (!isAlike(plain[first] ?? '', meant[0] ?? '')) return [];
      const [shown, last] = [words.slice(first, first + meant.length), words[first + meant.length - 1]];
      const end = last ? last.index + last.written.length : 0;
      if (!last || !TOGETHER.test(text.slice(start, end)) || own.includes(text.slice(start, end))) return [];
      const slips = meant.flatMap((word, at) => (plain[first + at] === word ? [] : [at]));
      if (slips.length === 0 || !slips.every((at) => isSlipOfWord(plain[first + at] ?? '', meant[at] ?? ''))) return [];
      const kept = meant.filter((_, at) => !slips.includes(at)).join('');
      const isNew = slips.every((at) => isCoined(shown[at]?.written ?? ''));
      const isCapital = shown.every(({ written }) => /^(?:\p{Lu}|(?:and|und|et|y|n)$)/u.test(written));
      const isAsHeard = slips.every((at) => isHeard(plain[first + at] ?? '', meant[at] ?? ''));
      const isTurned = slips.every((at) => isSwapped(plain[first + at] ?? '', meant[at] ?? ''));
      const least = isNew || ((isAsHeard || isTurned) && isCapital) ? 3 : 9;
      return kept.length >= least && (isNew || isCapital) ? [{ start, end, name }] : [];
    }),
  );
}

/** Nothing but what joins words. */
const TOGETHER = /^(?:\p{L}+(?: & |[ -]|$))+$/u;

function isSlipOfWord(word: string, meant: string): boolean {
  if (meant.length < 4) return false;
  return (
    (isAlike(word, meant) && asSpoken(word) === asSpoken(meant)) ||
    (word[0] === meant[0] && meant.length > 4 && editDistance(word, meant) === 1)
  );
}

/** `Capitol`, `Kapital` */
function isHeard(word: string, meant: string): boolean {
  return (
    asSpoken(word) === asSpoken(meant) ||
    (meant.length > 5 && word.replace(/[aeiou]/g, '_') === meant.replace(/[aeiou]/g, '_'))
  );
}

/** Words that begin alike, as they are spoken. */
function isAlike(word: string, name: string): boolean {
  return (
    word[0] === name[0] ||
    /^(?:[ck]{2}|[fp]{2})/.test(`${word[0]}${name[0]}`) ||
    (name.length > LONG && /^(?:sz|zs)/.test(`${word[0]}${name[0]}`))
  );
}

/** `FreshDirekt`: two capitals in one word are a name. */
function isCoinedName(written: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(written) || written.split(' ').some(isCoined);
}

function isCoined(word: string): boolean {
  return languagesOf(word).length === 0 && !IS_FIRM.test(` ${word}`);
}

/** What sounds alike, written in one way: `Vodaphone`, `Geiko`, `Galaksus`. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/(?:air|are|ear)$/, 'er'],
  [/ee|ea|ey$/g, 'i'],
  [/ow$/, 'o'],
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

function isSlip(word: string, { plain: name, spoken, figures, isOrdinary }: Name): boolean {
  if (Math.abs(word.length - name.length) > 2 || word === name || figuresOf(word) !== figures) return false;
  const isShort = name.length < LONG;
  if (isShort && isOrdinary)
    return (
      word.length > name.length &&
      (word.replace(/(.)\1/, '$1') === name || (asSpoken(word) === spoken && word.at(-1) === name.at(-1)))
    );
  // `Siixt`
  if (name.length === SHORT) return word.length > SHORT && word.replace(/(.)\1/, '$1') === name;
  // `Fedx`
  if (isShort && word.length < name.length) return isWithoutVowel(word, name);
  if (isAlike(word, name) && asSpoken(word) === spoken) return true;
  if (Math.abs(word.length - name.length) > 1) return false;
  // `Vemno`
  if (isShort) return word[0] === name[0] && isSwapped(word, name);
  // `Xpedia`, `Trainlin`
  if (
    name.length > LONG &&
    !isOrdinary &&
    ((/^[aeiou][^aeiou]{2}/.test(name) && word === name.slice(1)) ||
      (name.length > LONG + 1 && word === name.slice(0, -1)))
  )
    return true;
  if (word[0] !== name[0]) return false;
  return (word.at(-1) === name.at(-1) && editDistance(word, name) === 1) || isSwapped(word, name);
}

/** A slip is one of letters. */
function figuresOf(word: string): string {
  return word.replace(/\P{N}/gu, '');
}

/** Two letters that stand beside each other have changed places. */
function isSwapped(word: string, name: string): boolean {
  const at = [...word].findIndex((letter, index) => letter !== name[index]);
  return name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2) === word;
}

function isWithoutVowel(word: string, name: string): boolean {
  return [...name].some(
    (letter, at) =>
      at > 0 &&
      at < name.length - 1 &&
      /[aeiou]/.test(letter) &&
      letter !== name[at - 1] &&
      letter !== name[at + 1] &&
      name.slice(0, at) + name.slice(at + 1) === word,
  );
}
