import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import porter2 from 'wink-porter2-stemmer';
import type { Language } from './languages.ts';

/** Words whose stems are kept, by language: those of the last so many, and of as many before them. */
const KEPT = 50_000;
/** Longer ones are no words: stemming them would cost and gain nothing. */
const LONGEST_WORD = 40;

type Stemmer = { stem(word: string): string; recent: Map<string, string>; former: Map<string, string> };

const STEMMERS: Record<Language, Stemmer> = {
  en: withCache((word) => (/^[a-z]+$/.test(word) ? porter2(word) : word)),
  // People leave accents out, and the suffixes -ción and -ção, which the stemmers know, are the most common ones.
  es: withCache((word) => withoutAccents(spanish(word.replace(/([cs])ion$/, '$1ión')))),
  pt: withCache((word) => withoutAccents(portuguese(word.replace(/[õo]es$|ães$|ao$/, 'ão').replace(/cão$/, 'ção')))),
  fr: withCache((word) => withoutAccents(french(word))),
  it: withCache((word) => withoutAccents(italian(word))),
  // Umlauts written out, as where the keyboard has none.
  de: withCache((word) => withoutAccents(german(word.replace(/(?<![aeq])([aou])e/g, umlaut)))),
  // Twice, since "fietsen" gives "fiets", and that "fiet"; z and v end no Dutch word: "huizen" gives "huiz".
  nl: withCache((word) =>
    withoutAccents(dutch(dutch(word)))
      .replace(/z$/, 's')
      .replace(/v$/, 'f')
      .replace(/([b-df-hj-np-t])\1$/, '$1'),
  ),
  und: withCache(withoutAccents),
};

/** The English (Porter2) stem of a lower-case word. A word with anything but a–z in it comes back as it is. */
export function stem(word: string): string {
  return stemIn('en', word);
}

/** The stem of a lower-case word. Outside English it has no accents, so that those who leave them out are understood. */
export function stemIn(language: Language, word: string): string {
  if (word.length > LONGEST_WORD) return word;
  const stemmer = STEMMERS[language];
  const recent = stemmer.recent.get(word);
  if (recent !== undefined) return recent;
  // Stemming is a chain of regular expressions and dominates the building of an index; texts repeat their words.
  const stemmed = stemmer.former.get(word) ?? stemmer.stem(word);
  if (stemmer.recent.size >= KEPT) {
    stemmer.former = stemmer.recent;
    stemmer.recent = new Map();
  }
  stemmer.recent.set(word, stemmed);
  return stemmed;
}

function withCache(stem: (word: string) => string): Stemmer {
  return { stem, recent: new Map(), former: new Map() };
}

const ACCENTS = /[\u0300-\u036f]/g;

function withoutAccents(word: string): string {
  return /^[a-z]*$/.test(word) ? word : word.normalize('NFD').replace(ACCENTS, '').normalize('NFC');
}

function umlaut(_: string, vowel: string): string {
  return { a: 'ä', o: 'ö', u: 'ü' }[vowel] ?? vowel;
}
