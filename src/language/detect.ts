import { LANGUAGES } from './languages.ts';
import { stopWordsOf } from './stop-words.ts';
import { words } from './tokens.ts';

type Known = (typeof LANGUAGES)[number];

/** So much of a text is read. */
const READ_CHARACTERS = 1_500;
/** The share of a text's words that must be a language's stop words. */
const SHARE = 0.2;
/**
 * How far ahead of the next language it must be: more for a question, since it costs nothing to search in several. Wrong
 * is then 1 line of 20 to 50 characters in 60, and none in 300 of more than 50 (docs/decisions/0012).
 */
const LEAD = { text: 1.35, question: 1.5 };

/** The languages that have a word among their stop words. Single letters are names and numbers as often. */
const LANGUAGES_OF = new Map<string, Known[]>();
for (const language of LANGUAGES) {
  for (const word of stopWordsOf(language)) {
    if (word.length > 1) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);
  }
}

/**
 * The language of a text by its stop words, or null where they do not tell: a text of two words, one in a language that
 * the search knows nothing of, or one that could be two.
 */
export function detectLanguage(text: string, kind: keyof typeof LEAD = 'text'): Known | null {
  // What is written together counts by its parts too: "dell'ordine".
  const said = words(text.slice(0, READ_CHARACTERS)).flatMap((word) =>
    word.includes("'") ? [word, ...word.split("'").slice(0, -1)] : word,
  );
  const scores = new Map<Known, number>();
  const telling: Known[][] = [];
  for (const word of said) {
    const languages = LANGUAGES_OF.get(word);
    if (!languages) continue;
    telling.push(languages);
    // A word that several languages have tells less.
    const share = 1 / languages.length;
    for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + share);
  }
  const [best, next] = [...scores].sort(([, a], [, b]) => b - a);
  const found = best ? telling.filter((languages) => languages.includes(best[0])).length : 0;
  if (!best || found < 2 || found < SHARE * said.length) return null;
  return best[1] >= LEAD[kind] * (next?.[1] ?? 0) ? best[0] : null;
}
