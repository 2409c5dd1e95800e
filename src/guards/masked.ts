import { foldWord } from './fold.ts';
import type { Found } from './names.ts';

/** A word in which signs stand for letters. */
const MASKED = /(?<![\p{L}\p{N}*#•_])[\p{L}\p{N}]+[*#•_][\p{L}\p{N}*#•_]*/gu;
const POSSESSIVE = /['’]s$|(?<=[*#•_])s$/u;

/**
 * Finds names of which some letters are blotted out: `V*dafone`, `Z**desk`. One that keeps its first letter and half of them is still
 * read; `findAll` is asked of names of several words, with the letters put back.
 */
export function maskedFinder(
  names: Iterable<readonly [name: string, spelling: string]>,
  findAll: (text: string) => Found[],
) {
  const words = [...names].flatMap(([name, written]) =>
    written.split(' ').map((word) => ({ name, word, plain: foldWord(word), isWhole: word === written })),
  );
  const known = words.filter(({ plain }) => /^[\p{L}\p{N}]{3,}$/u.test(plain));
  return (text: string): Found[] => {
    if (!/[*#•_]/.test(text)) return [];
    return [...text.matchAll(MASKED)].flatMap(({ 0: written, index }) => {
      // `Curr*s` is no possessive of `Curr*`.
      const shown = new Set([written, written.replace(POSSESSIVE, '')]);
      return [...shown].flatMap((one) => meantBy(one, index, text));
    });
  };

  function meantBy(written: string, start: number, text: string): Found[] {
    const [shown, end] = [foldWord(written), start + written.length];
    return known
      .filter(({ plain }) => isMasked(shown, plain))
      .flatMap(({ name, word, isWhole }): Found[] => {
        if (isWhole) return [{ start, end, name }];
        const restored = text.slice(0, start) + word + text.slice(end);
        return findAll(restored).filter((found) => found.name === name && found.start <= start && found.end >= end);
      });
  }
}

function isMasked(shown: string, name: string): boolean {
  if (shown.length !== name.length) return false;
  const left = [...shown].filter((letter) => /[\p{L}\p{N}]/u.test(letter)).length;
  return 2 * left >= name.length && [...shown].every((letter, at) => letter === name[at] || /[*#•_]/.test(letter));
}
