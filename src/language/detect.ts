import { LANGUAGES, type Language } from './languages.ts';
import { stopWordsOf } from './stop-words.ts';
import { words } from './tokens.ts';

/** So much of a text is read. */
const READ_CHARACTERS = 4_000;
/** The share of a text's words that must be a language's stop words, and how far ahead of the next language it must be. */
const SHARE = 0.2;
const LEAD = 1.5;

/** How many languages have the word among their stop words: "de" tells less than "nicht". */
const SHARED = new Map<string, number>();
for (const language of LANGUAGES) {
  for (const word of stopWordsOf(language)) SHARED.set(word, (SHARED.get(word) ?? 0) + 1);
}

/**
 * The language of a text by its stop words, or null where they do not tell: a text of two words, one in a language that
 * the search knows nothing of, or one that could be two.
 */
export function detectLanguage(text: string): Language | null {
  const said = words(text.slice(0, READ_CHARACTERS));
  const scored = LANGUAGES.map((language) => {
    const stops = stopWordsOf(language);
    let hits = 0;
    let score = 0;
    for (const word of said) {
      if (!stops.has(word)) continue;
      hits += 1;
      score += 1 / (SHARED.get(word) ?? 1);
    }
    return { language, hits, score };
  }).sort((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (!best || best.hits < 2 || best.hits < SHARE * said.length) return null;
  return best.score >= LEAD * (next?.score ?? 0) ? best.language : null;
}
