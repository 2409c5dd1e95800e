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

/** What leads in the words of a source that set a reply right. */
export const SOURCE_SAYS = {
  en: 'Correction: our information says:',
  es: 'Corrección: nuestra información dice:',
  de: 'Korrektur: In unseren Informationen steht:',
  fr: 'Correction : nos informations indiquent :',
  pt: 'Correção: a nossa informação diz:',
  it: 'Correzione: le nostre informazioni dicono:',
  nl: 'Correctie: in onze informatie staat:',
};
