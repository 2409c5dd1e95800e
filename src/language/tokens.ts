import { ASCII } from './ascii.ts';
import type { Language } from './languages.ts';
import { stemIn } from './stem.ts';
import { stopWordsOf } from './stop-words.ts';

const WORD = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*/gu;
const ASCII_WORD = /[a-z0-9]+(?:'[a-z]+)*/g;

/** The words of a text in order: NFKC, lower case, contractions whole ("don't"), possessive 's dropped. */
export function words(text: string): string[] {
  const ascii = ASCII.test(text);
  const normal = (ascii ? text : text.normalize('NFKC').replace(/[\u2018\u2019\u02bc]/g, "'")).toLowerCase();
  const joined = /[,-]/.test(normal) ? join(normal) : normal;
  const found = joined.match(ascii ? ASCII_WORD : WORD) ?? [];
  return found.map((word) => (word.endsWith("'s") ? word.slice(0, -2) : word));
}

/** 15,000 and 15000 are one number, e-mail and email are one word. */
function join(text: string): string {
  return text
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/\be-(?=\p{L}{3})/gu, 'e')
    .replace(/\bwi-fi\b/g, 'wifi');
}

/**
 * The terms that retrieval counts: words without the language's stop words, as stems, in order, repeats kept. Runs of a
 * script that has no spaces between words, such as Chinese or Thai, become their pairs of neighbouring characters.
 * A text of nothing but stop words keeps them all, so that it still has terms.
 */
export function termsIn(language: Language, text: string): string[] {
  const all = words(text);
  const content = all.flatMap((word) => termsOf(language, word));
  return content.length > 0 ? content : all.map((word) => stemIn(language, plain(word)));
}

/** The terms of an English text. */
export function tokenize(text: string): string[] {
  return termsIn('en', text);
}

/** The terms of one word that `words` gave; none for a stop word. */
export function termsOf(language: Language, word: string): string[] {
  const stops = stopWordsOf(language);
  if (stops.has(word)) return [];
  if (!UNSPACED.test(word)) {
    const bare = ELIDED[language]?.test(word) ? word.slice(word.indexOf("'") + 1) : word;
    return bare !== word && stops.has(bare) ? [] : [stemIn(language, plain(bare))];
  }
  return (plain(word).match(RUNS) ?? []).flatMap((run) =>
    UNSPACED.test(run) ? grams(run) : stops.has(run) ? [] : [stemIn(language, plain(run))],
  );
}

function plain(word: string): string {
  return word.replaceAll("'", '');
}

/** What French and Italian write before a vowel and join to the next word: "l'assurance", "dell'ordine". */
const ELIDED: Partial<Record<Language, RegExp>> = {
  fr: /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)'/,
  it: /^(?:[cdlmnstv]|un|all|dall|dell|nell|sull|quest|quell|dov|com)'/,
};

const LETTERS =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}';
const UNSPACED = new RegExp(`[${LETTERS}]`, 'u');
const RUNS = new RegExp(`[${LETTERS}]+|[^${LETTERS}]+`, 'gu');

/** Neighbouring characters two by two, each with its marks; a single one alone. */
function grams(run: string): string[] {
  const characters = run.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];
  if (characters.length < 2) return [run];
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}
