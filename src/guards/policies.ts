import type { Answer, AnswerCheck, Correction } from '../agent/guard.ts';
import { detectLanguage } from '../language/detect.ts';
import { type Figure, figuresIn } from '../language/figures.ts';
import { type Language, languageOf } from '../language/languages.ts';
import { splitSentences } from '../language/sentences.ts';
import { inLanguage } from '../language/wording.ts';
import { claimIn, withoutMarkup } from './groundedness/claims.ts';
import { clausesWithFigures, indexOf, type SourceClause, type SourceIndex } from './groundedness/source-index.ts';
import { clausesOf } from './groundedness/terms.ts';

/** A fact of the company, as its folder says it. */
export type PolicyFact = {
  subject: string;
  value: string;
  also: readonly { words: string; language: string | null }[];
};

/** A name of a fact's subject: its terms, and those without what its figure says anyway, such as "period". */
type Name = { terms: ReadonlySet<string>; core: ReadonlySet<string> };
/** `words`: those of all names. */
type Known = {
  fact: PolicyFact;
  names: (language: Language) => readonly Name[];
  words: (language: Language) => ReadonlySet<string>;
  figures: readonly Figure[];
};

/**
 * Compares a reply with the company's facts: where a sentence names the subject of one and gives it another figure of the same unit, the
 * fact is added, unless a source has that figure for something more special that the sentence names. What is denied, supposed, asked, or only repeated from the customer is left as it is.
 */
export function policyCheck(facts: readonly PolicyFact[]): AnswerCheck {
  const known = facts.map(knownOf);
  return {
    name: 'policies',
    timeoutMs: 1_000,
    check: async (answer) => correctionOf(answer, known),
  };
}

function correctionOf({ text, seen }: Answer, known: readonly Known[]): Correction | null {
  const spoken = detectLanguage(text);
  const language: Language = spoken ?? (seen.language === null ? 'en' : languageOf(seen.language));
  const others = seen.sources
    .filter(({ kind, from }) => kind !== 'context' || from !== 'policies')
    .map((source) => indexOf(source, language));
  const wrong = new Map<Known, string>();
  for (const sentence of splitSentences(text)) {
    const claim = claimIn(withoutMarkup(sentence));
    if (claim === null) continue;
    for (const policy of brokenBy(claim, { known, language, others })) {
      if (!wrong.has(policy)) wrong.set(policy, sentence.trim());
    }
  }
  if (wrong.size === 0) return null;
  const tag = spoken ?? seen.language ?? 'en';
  const facts = [...wrong.keys()].map((policy) => saidIn(policy, tag));
  return {
    sentence: `${inLanguage(CORRECTION, tag)} ${facts.join('; ')}.`,
    reason: 'policy',
    evidence: [...wrong].map(([{ fact }, sentence]) => `${fact.subject}: ${fact.value}, but: ${sentence}`).join('; '),
  };
}

const CORRECTION = {
  en: 'Correction:',
  es: 'Corrección:',
  de: 'Korrektur:',
  fr: 'Correction :',
  pt: 'Correção:',
  it: 'Correzione:',
  nl: 'Correctie:',
};

function knownOf(fact: PolicyFact): Known {
  const byLanguage = new Map<Language, readonly Name[]>();
  const names = (language: Language) => {
    const known = byLanguage.get(language) ?? namesIn(fact, language);
    byLanguage.set(language, known);
    return known;
  };
  const words = (language: Language) => new Set(names(language).flatMap(({ terms }) => [...terms]));
  return { fact, figures: figuresIn(fact.value), names, words };
}

/** What the unit of a figure says by itself: 30 days are a period, 5 euros a fee. */
const MEASURES =
  /(?<![\p{L}\p{M}])(?:period|window|time|times|limit|deadline|term|duration|length|fees?|costs?|price|charge|amount|rate|plazo|periodo|período|precio|coste|frist|dauer|zeitraum|preis|gebühr|délai|durée|prix|frais|prazo|preço|taxa|termine|durata|prezzo|costo|termijn|duur|prijs|kosten)(?![\p{L}\p{M}])/giu;

/** A name in a language of its own counts in that; the others are tried in every one. */
function namesIn({ subject, also }: PolicyFact, language: Language): Name[] {
  return [{ words: subject, language: null }, ...also]
    .filter((name) => name.language === null || languageOf(name.language) === language)
    .map(({ words }) => ({
      terms: termsOf(clausesOf(language, words)),
      core: termsOf(clausesOf(language, words.replace(MEASURES, ' '))),
    }))
    .filter(({ terms }) => terms.size > 0);
}

function termsOf(clauses: readonly { terms: ReadonlyMap<string, number> }[]): ReadonlySet<string> {
  return new Set(clauses.flatMap(({ terms }) => [...terms.keys()]));
}

type Compared = { known: readonly Known[]; language: Language; others: readonly SourceIndex[] };
/** A fact whose subject a sentence names: with so many words, or without its measure (`weak`). */
type Named = { policy: Known; fit: number; weak: boolean };

/** The facts that a sentence contradicts. Of those whose subject it names, the one with most words is meant. */
function brokenBy(claim: string, { known, language, others }: Compared): Known[] {
  const clauses = clausesWithFigures(claim, language, 0);
  const figures = clauses.flatMap((clause) => clause.figures);
  if (figures.length === 0) return [];
  const terms = new Set(
    [...clauses.flatMap((clause) => [...clause.terms])].filter(([, weight]) => weight >= 1).map(([term]) => term),
  );
  const named = known.map((policy) => fitOf(policy, policy.names(language), terms)).filter(({ fit }) => fit > 0);
  return named
    .filter(({ policy, fit, weak }) => {
      const ofUnit = (other: Known, { unit }: Figure) => other.figures.some((figure) => figure.unit === unit);
      const rivals = named.filter((other) => policy.figures.some((figure) => ofUnit(other.policy, figure)));
      if (rivals.some((other) => other.fit > fit || figures.some((figure) => holds(other.policy, figure))))
        return false;
      return clauses.some(
        (clause) =>
          states(clause, claim) &&
          clause.figures.some(
            (figure) =>
              ofUnit(policy, figure) &&
              !isBound(figure, claim, policy) &&
              !others.some((index) => isShown(figure, clause, index, weak ? NONE : policy.words(language))),
          ),
      );
    })
    .map(({ policy }) => policy);
}

function fitOf(policy: Known, names: readonly Name[], terms: ReadonlySet<string>): Named {
  const whole = names.filter((name) => isWithin(name.terms, terms)).map((name) => name.terms.size);
  if (whole.length > 0) return { policy, fit: Math.max(...whole), weak: false };
  const cores = names.filter(({ core }) => core.size > 0 && isWithin(core, terms)).map(({ core }) => core.size);
  return { policy, fit: Math.max(0, ...cores), weak: true };
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Whether a source has the figure where it speaks of something that the clause speaks of, beside `known`: of a deposit for a cargo bike,
 * where the fact is of deposits.
 */
function isShown(
  figure: Figure,
  { terms }: SourceClause,
  { byFigure, clauses }: SourceIndex,
  known: ReadonlySet<string>,
): boolean {
  return (byFigure.get(figure.key) ?? []).some((at) =>
    [...terms].some(([term, weight]) => weight >= 1 && !known.has(term) && clauses[at]?.terms.has(term)),
  );
}

function isWithin(name: ReadonlySet<string>, terms: ReadonlySet<string>): boolean {
  return [...name].every((term) => terms.has(term));
}

/** Whether the figure is the fact's, or between the two of its range. */
function holds({ figures }: Known, { unit, value }: Figure): boolean {
  const own = figures.filter((figure) => figure.unit === unit).map((figure) => figure.value);
  return own.includes(value) || (own.length === 2 && value > Math.min(...own) && value < Math.max(...own));
}

/** What supposes, looks back, or sets one thing against another. */
const SUPPOSES =
  /(?<![\p{L}\p{M}])(?:if|unless|would|were|used to|previously|formerly|instead of|rather than|other|others|another|elsewhere|si|antes|otros?|otras?|wenn|falls|früher|statt|anstatt|andere[rnms]?|auparavant|autres?|au lieu|se|outros?|outras?|invece|prima|altr[aeio]|als|vroeger|andere)(?![\p{L}\p{M}])/iu;

function states(clause: SourceClause, claim: string): boolean {
  // What stands before the clause may be the word that begins it.
  return !clause.denies && !SUPPOSES.test(claim.slice(Math.max(0, clause.start - 8), clause.end));
}

/** "Up to" is no such bound: it says what the most is. */
const AT_MOST =
  /(?:less than|under|below|fewer than|menos de|weniger als|unter|moins de|meno di|minder dan)\s*[^\s\d]{0,3}$/iu;
const AT_LEAST =
  /(?:more than|over|above|at least|más de|mehr als|mindestens|über|plus de|au moins|mais de|più di|almeno|meer dan|minstens)\s*[^\s\d]{0,3}$/iu;

/** Whether a bound that the figure is said to be holds: less than 15 is right for 12.90. */
function isBound({ start, unit, value }: Figure, claim: string, { figures }: Known): boolean {
  const before = claim.slice(Math.max(0, start - 24), start);
  const own = figures.filter((figure) => figure.unit === unit).map((figure) => figure.value);
  if (AT_MOST.test(before)) return own.every((one) => one <= value);
  return AT_LEAST.test(before) && own.every((one) => one >= value);
}

/** The fact as a sentence. In another language: with the name that the folder has for it, and its figure written as there. */
function saidIn({ fact, figures }: Known, tag: string): string {
  const language = languageOf(tag);
  const own = fact.also.find((name) => name.language !== null && languageOf(name.language) === language)?.words;
  if (language === 'en' || language === 'und' || own === undefined) {
    const subject = language === 'en' ? withArticle(fact.subject) : `${fact.subject}:`;
    return `${subject} ${fact.value}`;
  }
  const written = figures.map((figure) => figureIn(figure, tag));
  return `${own}: ${written.every((one) => one !== null) ? written.join(' – ') : fact.value}`;
}

/** "the refund period is" */
function withArticle(subject: string): string {
  const [first = '', ...rest] = subject.split(' ');
  const isName = /^\p{Lu}{2}|^\p{Lu}.*\p{Lu}/u.test(first);
  const lower = [isName ? first : first.toLowerCase(), ...rest].join(' ');
  const head = lower.split(/ (?:for|of|from|to|in|on|with|at|after|before) /)[0] ?? '';
  return `the ${lower} ${/[^s]s$/.test(head) ? 'are' : 'is'}`;
}

const DURATIONS: readonly (readonly [unit: string, name: string, size: number])[] = [
  ['month', 'year', 12],
  ['month', 'month', 1],
  ['minute', 'week', 10_080],
  ['minute', 'day', 1_440],
  ['minute', 'hour', 60],
  ['minute', 'minute', 1],
];

/** A figure as it is written in a language; null where only its words can tell. */
function figureIn({ unit, value, count }: Figure, tag: string): string | null {
  if (/^[A-Z]{3}$/.test(unit)) return new Intl.NumberFormat(tag, { style: 'currency', currency: unit }).format(value);
  if (unit === '%')
    return new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100);
  const duration = DURATIONS.find(([of, , size]) => of === unit && value / size === count);
  if (duration === undefined) return unit === '' ? new Intl.NumberFormat(tag).format(value) : null;
  return new Intl.NumberFormat(tag, { style: 'unit', unit: duration[1], unitDisplay: 'long' }).format(count);
}
