import { NUMBERS, UNITS } from '../../language/figure-words.ts';
import type { Language } from '../../language/languages.ts';
import { stemIn } from '../../language/stem.ts';
import { termsOf, words } from '../../language/tokens.ts';
import { LIGHT, meaningOf, NAMED_THINGS, NEGATORS, PHRASES, WITHOUT } from './lexicon.ts';

/**
 * What a clause speaks of, each term with its weight. `denies`: it has a negation; `lacks`: it says that something is without another,
 * which may deny it or not. `supposed`: it begins with "if", "once" or the like, and states nothing. `senses`: of the terms that have an opposite, whether
 * the clause affirms them (true) or not. `start`, `end`: where it stands in its text.
 */
export type Clause = {
  terms: ReadonlyMap<string, number>;
  denies: boolean;
  lacks: boolean;
  supposed: boolean;
  senses: ReadonlyMap<string, boolean>;
  start: number;
  end: number;
};

/** A word that says little of what a sentence is about weighs less. */
const WEIGHT = { full: 1, light: 0.25 };

const BREAKS =
  /[,:–—](?!\s?\d)|[;()"{}]|(?<![\p{L}\p{M}])(?:but|because|although|though|while|whereas|if|when|once|unless|until|so|which|who|since|as long as|that(?=\s(?:you|we|they|it|he|she|i)\s)|(?:before|after)(?=\s(?:you|we|they|it|he|she|i|(?:the|your|our|an?) \p{L}+ (?:has|have|is|are|was|were))\s)|and|pero|porque|aunque|si|cuando|y|aber|weil|wenn|obwohl|sondern|und|mais|parce que|et|quand|mas|quando|e|ma|perché|maar|omdat|als|en)(?![\p{L}\p{M}])(?!\s+\d)/giu;

const ITEM_LENGTH = 40;
const AND = /^(?:and|y|und|et|e|en)$/i;
const NOT =
  /^\s*(?:but |aber )?(?:not|no|without|free|nicht|kein\p{L}*|non|não|niet|geen|pas|ni|sin|ohne|sans)(?!\p{L})/iu;
const ITEM = /^\s*[^\s,.;]+(?:\s[^\s,.;]+){0,2}(?:\s?,|\s{1,2}(?:and|or|y|o|und|oder|et|ou|e|en|of)\s)/;
const LAST_ITEM = /^\s*[^\s,.;]+(?:\s[^\s,.;]+)?(?:\s?[,.;)]|\s{1,2}(?:and|or|y|o|und|oder|et|ou|e|en|of)\s|\s?$)/;

const END_OF_LIST = /^\s*(?:and|or|y|o|und|oder|et|ou|e|en|of)\s[^\s,.;]+(?:\s[^\s,.;]+){0,2}\s?(?:[.;)]|$)/i;

/** Whether what follows a comma or an "and" is one more thing of a list, and no clause. */
function isItem(mark: string, rest: string): boolean {
  if (NOT.test(rest)) return false;
  return AND.test(mark) ? LAST_ITEM.test(rest) : mark === ',' && (ITEM.test(rest) || END_OF_LIST.test(rest));
}

const SUPPOSES =
  /^(?:while|whereas|if|when|once|unless|until|since|that|before|after|si|cuando|wenn|quand|se|quando|als)$/i;

function denied<Of extends Omit<Clause, 'supposed'>>(clause: Of): Of {
  const senses = new Map([...clause.senses].map(([term, affirmed]) => [term, !affirmed]));
  return { ...clause, denies: !clause.denies, senses };
}

/** The clauses of a sentence, those without a term left out. */
export function clausesOf(language: Language, sentence: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let supposed = false;
  const phrased = language === 'en' && hasPhrase(sentence);
  for (const { index, 0: mark } of [...sentence.matchAll(BREAKS), { index: sentence.length, 0: '' }]) {
    // An item of a list is no clause.
    if (index < sentence.length && isItem(mark, sentence.slice(index + mark.length, index + ITEM_LENGTH))) continue;
    const clause = { ...clauseOf(language, sentence, { start, end: index, phrased }), supposed };
    supposed = SUPPOSES.test(mark);
    const before = clauses.at(-1);
    if (clause.terms.size > 0) clauses.push(clause);
    // "…, but not there": what denies and says nothing belongs to what was said.
    else if (clause.denies && before) clauses[clauses.length - 1] = denied(before);
    start = index + mark.length;
  }
  return clauses;
}

type Part = { start: number; end: number; phrased: boolean };

function clauseOf(language: Language, sentence: string, { start, end, phrased }: Part): Omit<Clause, 'supposed'> {
  const terms = new Map<string, number>();
  const senses = new Map<string, boolean>();
  let denies = false;
  let lacks = false;
  for (const said of words(plain(sentence.slice(start, end), phrased))) {
    const word = wordOf(language, said);
    denies ||= word.denies;
    lacks ||= word.takesAway;
    // "Raises or lowers" says neither.
    if (word.sense) senses.set(word.sense.of, word.sense.affirmed !== lacks || senses.get(word.sense.of) === true);
    for (const term of word.terms) terms.set(term, Math.max(word.weight, terms.get(term) ?? 0));
  }
  const clause = { terms, denies: false, lacks, senses, start, end };
  return denies ? denied(clause) : clause;
}

/** What is known of a word, whatever stands around it. `sense`: where it has an opposite, of which term, and whether it affirms that. */
type Word = {
  terms: readonly string[];
  weight: number;
  sense: { of: string; affirmed: boolean } | null;
  denies: boolean;
  takesAway: boolean;
};

/** Words that are kept: texts repeat theirs. */
const MOST_WORDS = 50_000;
const WORDS = new Map<string, Word>();

function wordOf(language: Language, said: string): Word {
  const key = `${language} ${said}`;
  const known = WORDS.get(key);
  if (known) return known;
  const word = read(language, said);
  if (WORDS.size >= MOST_WORDS) WORDS.clear();
  WORDS.set(key, word);
  return word;
}

function read(language: Language, said: string): Word {
  const denies = NEGATORS.has(said);
  const takesAway = !denies && WITHOUT.has(said);
  const isLight = LIGHT.has(said) || UNITS.has(said);
  const word = { weight: isLight ? WEIGHT.light : WEIGHT.full, denies, takesAway };
  if (denies || NUMBERS.has(said) || /^\p{N}+$/u.test(said)) return { ...word, terms: [], sense: null };
  const own = meaningOf(language, stemIn(language, said.replaceAll("'", '')));
  const hasSense = own && own.sense !== 0 && !NAMED_THINGS.has(said);
  return {
    ...word,
    terms: own ? [own.term] : termsOf(language, said),
    sense: hasSense ? { of: own.term, affirmed: own.sense > 0 } : null,
  };
}

const SOME_PHRASE = new RegExp(PHRASES.map(([said]) => said.source).join('|'));

/** Asked once for all clauses of a sentence: most have none. */
function hasPhrase(sentence: string): boolean {
  return SOME_PHRASE.test(straight(sentence));
}

function plain(text: string, phrased: boolean): string {
  const read = straight(text);
  return phrased ? PHRASES.reduce((left, [said, as]) => left.replace(said, as), read) : read;
}

function straight(text: string): string {
  return text.toLowerCase().replace(/[\u2018\u2019\u02bc]/g, "'");
}
