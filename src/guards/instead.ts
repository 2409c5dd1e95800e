import { primaryOf } from '../agent/disclosure.ts';
import { splitSentences } from '../language/sentences.ts';

/** So much of what was released is looked at again with the next segment: what is withheld may have come in several. */
export const LOOK_BACK = 160;

/** What stands before the words of a list item, quote, heading or table row. */
const MARKER = /^\s*(?:(?:[-*+•>|]|#{1,6}|\d{1,3}[.)])[ \t]+)*/;

/**
 * The candidate with `sentence` in place of each of its sentences that reaches into one of `places`; once where several
 * follow each other, and not again where what was released ends with it already. White space and list marks stay.
 */
export function sayInstead(
  candidate: string,
  released: string,
  places: readonly { start: number; end: number }[],
  sentence: string,
): string {
  let text = '';
  let at = 0;
  let said = released.trimEnd().endsWith(sentence);
  for (const part of splitSentences(candidate)) {
    const end = at + part.length;
    if (places.some((place) => place.start < end && place.end > at)) {
      if (!said) text += (MARKER.exec(part)?.[0] ?? '') + sentence + (/\s*$/.exec(part)?.[0] ?? '');
      said = true;
    } else {
      text += part;
      if (part.trim() !== '') said = false;
    }
    at = end;
  }
  return text;
}

/** Sentences by language (BCP 47). */
type Sentences = Readonly<Record<string, string>>;

/** The folder's own wording: for all languages, or by language. */
export type Say = string | Sentences | undefined;

/** The sentence in the customer's language (BCP 47), else in English: the folder's, where it says it. */
export function inLanguage(own: Sentences & { en: string }, language: string | null, say?: Say): string {
  if (typeof say === 'string') return say;
  const tag = language ?? 'en';
  return (say && sentenceIn(say, tag)) ?? sentenceIn(own, tag) ?? say?.en ?? own.en;
}

function sentenceIn(sentences: Sentences, tag: string): string | undefined {
  const known = [tag, primaryOf(tag)].find((one) => Object.hasOwn(sentences, one));
  return known === undefined ? undefined : sentences[known];
}
