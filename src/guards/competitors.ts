import { ALLOW, type Guard } from '../agent/guard.ts';
import { inLanguage, type Wording } from '../language/wording.ts';
import { hostFinder } from './hosts.ts';
import { LOOK_BACK, sayInstead } from './instead.ts';
import { maskedFinder } from './masked.ts';
import { misspeltFinder } from './misspelt.ts';
import { nameFinder } from './names.ts';
import { spokenFinder } from './spoken.ts';
import { variantsOf } from './variants.ts';

export type Competitors = {
  /** Each name with its other spellings and short forms. */
  names: Readonly<Record<string, readonly string[]>>;
  /** What is said in place of a sentence that names one. */
  say?: Wording;
};

/**
 * No sentence names a competitor, not even one that the customer has named: the sentence of the brand stands in its place.
 * Only what is in the list is found, with its inflections and the usual disguises (`names.ts`).
 */
export function competitorsGuard({ names, say }: Competitors): Guard {
  const spellings = Object.entries(names).flatMap(([name, aliases]) =>
    [name, ...aliases].flatMap(variantsOf).map((one) => [name, one] as const),
  );
  const find = nameFinder(spellings, true);
  const findMisspelt = misspeltFinder(spellings);
  const findMasked = maskedFinder(spellings, find);
  const findSpoken = spokenFinder(spellings);
  const findHosts = hostFinder(spellings);
  return {
    name: 'competitors',
    check(candidate, { released, company, language }) {
      const tail = released.slice(-LOOK_BACK);
      const text = tail + candidate;
      const found = [find, findMasked, findSpoken, findHosts].flatMap((look) => look(text));
      const places = [...found, ...findMisspelt(text, company)]
        .map(({ start, end }) => ({ start: start - tail.length, end: end - tail.length }))
        .filter(({ end }) => end > 0)
        .sort((one, other) => one.start - other.start);
      if (places.length === 0) return ALLOW;
      const sentence = inLanguage(onlyAbout(company), language, say);
      return { action: 'replace', text: sayInstead(candidate, released, places, sentence), reason: 'competitor_named' };
    },
  };
}

function onlyAbout(company: string) {
  return {
    en: `I can only speak about ${company}.`,
    es: `Solo puedo hablar de ${company}.`,
    de: `Ich kann nur über ${company} sprechen.`,
    fr: `Je ne peux parler que de ${company}.`,
    pt: `Só posso falar da ${company}.`,
    it: `Posso parlare solo di ${company}.`,
    nl: `Ik kan alleen over ${company} spreken.`,
  };
}
