import { LANGUAGES, type Language } from '../../../language/languages.ts';
import { stopWordsOf } from '../../../language/stop-words.ts';
import { type Concept, conceptsOf } from './concepts.ts';

const MARKS = /\p{M}/gu;
const LANGUAGES_OF = new Map<string, Language[]>();
for (const language of LANGUAGES) {
  for (const word of stopWordsOf(language)) {
    const plain = word.normalize('NFKD').replace(MARKS, '').replaceAll('ß', 'ss');
    LANGUAGES_OF.set(plain, [...(LANGUAGES_OF.get(plain) ?? []), language]);
  }
}

/** Words that any offer has, whatever it is about. */
const GENERAL: ReadonlySet<string> = new Set(
  `cost costs price prices priced pay pays paid paying payment charge charges charged take takes taken taking receive receives received need needs
  payable due offer offers offered available include includes included including use used using come comes total amount value order orders customer customers
  right now otherwise instead else usually typically normally generally about around approximately roughly please yes okay sure great thanks thank sorry today
  day days time times date long much many valid good best well back make makes made see find want like check know say says tell
  can will must also already soon later first next full whole own standardly however therefore simply always never
  kostet kosten preis betragt zahlen bezahlen erhalten bekommen tage tagen innerhalb cuesta cuestan precio costo dias plazo coute coutent prix jours delai
  custa custam preco dias prazo costa costano prezzo giorni entro kost prijs dagen binnen ik sie ihr ihre ihnen usted su sus vous votre vos lei suo sua u uw
  extra additional further separate special different several various another once twice per each every
  month months monthly year years yearly annual annually week weeks weekly hour hours daily maximum minimum jusqu'
  dauert dauern gilt gelten starts starting begin begins equals lasts last possible add partir incluye incluyen dura tarda dure comprend bevat duurt
  least most may might could should would old seven eight nine ten three four five two
  earlier sooner
  information details detail answer question questions help policy`.split(/\s+/),
);

/** What is known of a word, whatever stands around it. */
export type Word = {
  /** The same for its forms, in any language: what they begin with. */
  key: string;
  /** It tells what a sentence is about. */
  content: boolean;
  concepts: readonly Concept[];
};

/** Names of offers that are idle words in some language. */
const NAMES: ReadonlySet<string> = new Set(
  'plus pro max new current first second third further additional monthly annual eu uk solo'.split(' '),
);
const SHORT = /^(?:am|pm|ok|hi|mr|ms|dr|st|nd|rd|th|eg|ie|vs|re|co|tv|[^a-z].|.[^a-z])$/;
const WORDS = new Map<string, Word>();
const MOST_WORDS = 50_000;

/** What is known of a word in lower case without marks; worked out once. */
export function wordOf(word: string): Word {
  const known = WORDS.get(word);
  if (known) return known;
  const found = { key: keyOf(word), content: isContent(word), concepts: conceptsOf(word) };
  if (WORDS.size > MOST_WORDS) WORDS.clear();
  WORDS.set(word, found);
  return found;
}

function isContent(word: string): boolean {
  // `Mobile S`, `Plan B`, `size XL`
  if (NAMES.has(word) || /^(?:[bcfghjkmnpqrsvwxz]|x+[sl]|l)$/.test(word)) return true;
  // `AC`, `DC`, but neither a word of some language nor a part of a time or a title.
  const isShort = word.length < 2 || (word.length === 2 && SHORT.test(word)) || /'(?:t|ll|re|ve|d|m|s)$/.test(word);
  return !isShort && !GENERAL.has(word) && !LANGUAGES_OF.has(word);
}

/** Forms of verbs that do not begin alike. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  'sent send,bought buy,kept keep,lost lose,left leave,held hold,chosen choose,chose choose,began begin,begun begin,flew fly,flown fly,drove drive,driven drive,broken break,broke break,sold sell,spent spend,built build,lent lend,brought bring,caught catch,met meet,won win,wrote write,written write,stolen steal,taught teach,withdrawn withdraw,bike bicycle,bikes bicycle,phone telephone,phones telephone,pics photo,picture photo,pictures photo,children child,kid child,kids child,people person,feet foot,teeth tooth'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
);

function keyOf(form: string): string {
  const word = IRREGULAR.get(form) ?? form;
  const bare = word
    .replace(/^(?:l|d|dell|all|un)'/, '')
    .replace(/'s$|(?<!s)s$/, '')
    .replace(/([bt])re$/, '$1er');
  if (bare === '') return word;
  return bare.length > 4
    ? bare
        .replace(/(?:ie|ion|y|ed|ing|en|e|er)$/, '')
        .replace(/([bdgmnprst])\1$/, '$1')
        .slice(0, 6)
    : bare;
}

/** How much these words look like each language that they may be of. */
export function languagesOf(words: Iterable<string>): ReadonlyMap<Language, number> {
  const scores = new Map<Language, number>();
  for (const word of words) {
    const languages = word.length > 1 ? LANGUAGES_OF.get(word) : undefined;
    for (const language of languages ?? []) {
      scores.set(language, (scores.get(language) ?? 0) + 1 / (languages?.length ?? 1));
    }
  }
  return scores;
}

/** The language that most of these words are of; `und` where they do not tell. */
export function languageOfWords(words: Iterable<string>): Language {
  const [best, next] = [...languagesOf(words)].sort(([, a], [, b]) => b - a);
  return best && best[1] >= 1 && best[1] > 1.2 * (next?.[1] ?? 0) ? best[0] : 'und';
}
