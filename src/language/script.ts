/** Scripts that a language is told by, the more particular first. */
const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ['ja', /\p{scx=Hira}|\p{scx=Kana}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['el', /\p{Script=Greek}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['uk', /[іїєґ]/iu],
  ['ru', /\p{Script=Cyrillic}/u],
];

/** The language of most who write so (BCP 47), where the text is mostly in a script that tells one; else null. */
export function languageOfScript(text: string): string | null {
  const letters = text.match(/\p{L}/gu) ?? [];
  const foreign = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).join('');
  if (foreign.length < 4 || foreign.length < letters.length / 2) return null;
  return SCRIPTS.find(([, own]) => own.test(foreign))?.[0] ?? null;
}
