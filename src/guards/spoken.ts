import type { Found } from './names.ts';

/** How English letters are called; those before the bar are words of some language as well. */
const CALLED: Readonly<Record<string, string>> = {
  ...{ a: 'a|ay', b: 'be|bee', c: 'see|cee', d: 'de|dee', e: 'ee', f: 'ef|eff', g: 'gee', h: 'aitch|haitch', i: 'eye' },
  ...{
    j: 'jay',
    k: 'kay',
    l: 'el|ell',
    m: 'em',
    n: 'en',
    o: 'oh',
    p: 'pe|pee',
    q: 'queue|cue',
    r: 'are|ar',
    s: 'es|ess',
  },
  ...{ t: 'te|tee', u: 'you|yoo', v: 've|vee', w: 'double[ -]?(?:you|u)', x: 'ex', y: 'why|wye', z: 'zee|zed' },
};
/** Calls of letters that are hardly words themselves. */
const RARE = /(?<!\p{L})(?:[bcdfgjptvz]ee|eff|h?aitch|kay|jay|ell|ess|double|yoo|zed)(?!\p{L})/iu;

/** Finds short names of capitals that are spelt as they are spoken: "Dee-Aitch-Ell" for DHL. */
export function spokenFinder(names: Iterable<readonly [name: string, spelling: string]>) {
  const known = [...names]
    .filter(([, written]) => /^[A-Z]{3,5}$/.test(written))
    .map(([name, written]) => {
      const letters = [...written.toLowerCase()].map((letter) => `(?:${CALLED[letter]})`);
      return { name, pattern: new RegExp(`(?<!\\p{L})${letters.join('[ .-]{1,2}')}(?![\\p{L}])`, 'giu') };
    });
  return (text: string): Found[] =>
    known.length === 0 || !RARE.test(text)
      ? []
      : known.flatMap(({ name, pattern }) =>
          [...text.matchAll(pattern)]
            .filter(([written]) => RARE.test(written))
            .map(({ 0: written, index }) => ({ start: index, end: index + written.length, name })),
        );
}
