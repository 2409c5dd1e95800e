import { Expressions } from '../language/needles.ts';

/** Words that hardly a sentence of a language is without; a language that has none here is always looked for. */
const WORDS: Readonly<Record<string, string>> = {
  es: 'soy estoy yo mi mis lo los la las el con un una por que tengo como fui esta',
  de: 'ich mein meine meinen meiner meinem meines mir sie du der die das ein eine einem mit von als bin hier',
  fr: 'je j ma mon mes vous un une le les en par suis chez des nous il',
  pt: 'sou estou meu meus minha minhas eu um uma nao em da pela pelo fui que como esta falando falar aqui',
  it: 'sono mi mio mia miei mie un una di il gli che con da non ho sta stai qui come quanto',
  nl: 'ik mijn een het u jij van door geen niet op de als',
  pl: 'jestem moja moj moje moi mojej moim moich mojego nie sie na z w jako mam przez mnie pan pani zostalem zostalam dzialam rozmawiasz nazywam tu od',
  sv: 'jag du',
  da: 'jeg du',
  tr: 'ben degilim',
  ru: 'я вы',
};

const LANGUAGES = Object.keys(WORDS);
/** The languages of a word, as bits. */
const OF_WORD = new Map<string, number>();
LANGUAGES.forEach((language, bit) => {
  for (const word of WORDS[language]?.split(' ') ?? []) OF_WORD.set(word, (OF_WORD.get(word) ?? 0) | (1 << bit));
});

/** Several tables are asked about the same text, one after the other. */
let last = { text: '', languages: 0 };

function languagesIn(text: string): number {
  if (text === last.text) return last.languages;
  let languages = 0;
  for (const word of text.match(/[a-zıа-я]+/g) ?? []) languages |= OF_WORD.get(word) ?? 0;
  last = { text, languages };
  return languages;
}

/**
 * Looks for the first of many expressions, by language, in a text in lower case without marks; null for none. Those of a language wait
 * for the first text that may be in it.
 */
export function sayingsOf(table: Readonly<Record<string, readonly string[]>>): (text: string) => string | null {
  const lists = Object.entries(table).map(([language, patterns]) => {
    let made: Expressions<RegExp> | null = null;
    const expressions = () => {
      made ??= new Expressions(patterns.map((pattern) => new RegExp(pattern, /\\p/.test(pattern) ? 'u' : '')));
      return made;
    };
    return { bit: WORDS[language] === undefined ? 0 : 1 << LANGUAGES.indexOf(language), expressions };
  });
  return (text) => {
    const languages = languagesIn(text);
    for (const { bit, expressions } of lists) {
      if (bit !== 0 && (languages & bit) === 0) continue;
      for (const expression of expressions().mayMatch(text)) {
        const found = expression.exec(text);
        if (found) return found[0];
      }
    }
    return null;
  };
}
