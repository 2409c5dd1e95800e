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
    const masked = [...text.matchAll(MASKED)].flatMap(({ 0: written, index: start }) => {
      // `Curr*s` is no possessive of `Curr*`.
      const shown = new Set([written, written.replace(POSSESSIVE, '')]);
      return [...shown].map((one) => ({ start, end: start + one.length, shown: foldWord(one) }));
    });
    const meant = masked.flatMap((place) =>
      known.filter(({ plain }) => isMasked(place.shown, plain)).map((one) => ({ ...place, ...one })),
    );
    const alone = meant.filter(({ isWhole }) => isWhole).map(({ start, end, name }) => ({ start, end, name }));
    const parts = Map.groupBy(
      meant.filter(({ isWhole }) => !isWhole),
      ({ name }) => name,
    );
    return [...alone, ...[...parts].flatMap(([name, places]) => foundWith(name, places, text))];
  };

  /** Where a name of several words stands once those that are masked have their letters back: `Cl*b M*d`. */
  function foundWith(name: string, places: readonly Part[], text: string): Found[] {
    const restored = places
      .filter(({ start, end, word }) => word.length === end - start)
      .reduce((read, { start, end, word }) => read.slice(0, start) + word + read.slice(end), text);
    return findAll(restored).filter(
      (found) => found.name === name && places.some(({ start, end }) => found.start <= start && found.end >= end),
    );
  }
}

type Part = { start: number; end: number; word: string };

function isMasked(shown: string, name: string): boolean {
  if (shown.length !== name.length) return false;
  const left = [...shown].filter((letter) => /[\p{L}\p{N}]/u.test(letter)).length;
  return 2 * left >= name.length && [...shown].every((letter, at) => letter === name[at] || /[*#•_]/.test(letter));
}
