import { once } from '../../../language/once.ts';
import { splitSentences } from '../../../language/sentences.ts';
import { barePrice, withPeriod } from './bare-prices.ts';
import { type Concept, isConcept, type Phrase, phrasesIn } from './concepts.ts';
import { type Figure, figuresOf, isPerBoth } from './figures.ts';
import { type Token, tokensOf } from './tokens.ts';
import { CURRENCIES } from './units.ts';
import { wordOf } from './words.ts';

/** A part of a sentence that says one thing. `words`: what it is about; `before`: for such a word the one right before it. */
export type Clause = {
  start: number;
  end: number;
  text: string;
  figures: Figure[];
  concepts: ReadonlySet<Concept>;
  words: ReadonlySet<string>;
  before: ReadonlyMap<string, string>;
  /** Words and concepts in front of its first figure; of all of it where it has none. */
  lead: ReadonlySet<string>;
  /** Content words that it says without what they mean: `without a card`. */
  without: ReadonlySet<string>;
  negated: boolean;
  hedged: boolean;
  /** Numbers without unit, as they are written. */
  numbers: readonly string[];
  /** Stands in brackets behind a figure, and is of that figure: `$300 (compact) or $600 (SUV)`. */
  isBehind: boolean;
  /** To whom or what alone it applies. */
  only: ReadonlySet<string>;
  /** Somebody is still to decide. */
  open: boolean;
  /** Its own concepts and words, or those of the clause before it that it goes on with. */
  subject: Subject;
};

export type Subject = {
  concepts: ReadonlySet<Concept>;
  words: ReadonlySet<string>;
  before: ReadonlyMap<string, string>;
};

/** A sentence, list item or table row. Its clauses are read once somebody asks for them. */
export type Statement = {
  start: number;
  end: number;
  text: string;
  isQuestion: boolean;
  readonly clauses: Clause[];
};

/**
 * The words and concepts that tell what a clause's figure is of: its own, those of the clauses without figure that lead to it,
 * and what the figure before it was said of, where it says nothing in front of its own. `standard delivery $5, express $9`
 */
export function scopeOf(clauses: readonly Clause[], at: number, isSource: boolean): ReadonlySet<string> {
  const clause = clauses[at] as Clause;
  const scope = new Set<string>([...clause.words, ...clause.concepts, ...clause.numbers]);
  // Of a source, what stands before in the sentence is carried on; of an answer only where the clause has nothing of its own.
  const isOpen = isSource || scope.size === 0 || GOES_ON.test(clause.text);
  for (const figure of clause.figures) scope.add(keyOfFigure(figure));
  for (let before = at - 1; before >= Math.max(0, at - NEAR); before -= 1) {
    const last = clauses[before] as Clause;
    if (last.isBehind) continue;
    if (last.figures.length === 0) addTo(scope, last, isSource || last.negated === clause.negated);
    else {
      if (clause.concepts.size === 0) for (const concept of last.concepts) scope.add(concept);
      if (!isOpen) break;
      const turns = !isSource && (TURNS.test(clause.text) || TURNS.test(clauses[at - 1]?.text ?? ''));
      // What stands in brackets is of all that stands before: `15 cents with the club (1.99 a month)`.
      const words = isSource && clause.words.size === 0 ? [...last.lead, ...last.words] : last.lead;
      for (const word of words) if (!turns || !isConcept(word)) scope.add(word);
      for (const figure of last.figures) if (figure.kind === 'measure') scope.add(keyOfFigure(figure));
      if (!isSource && last.lead.size > 0) break;
    }
  }
  const next = clauses[at + 1];
  if (next?.isBehind) addTo(scope, next);
  const behind = clauses.slice(at + 1, at + 1 + NEAR);
  const isLast = behind.every(({ figures }) => figures.length === 0);
  for (const one of isLast ? behind : []) {
    if (one.numbers.length > 0 || GOES_BEYOND.test(one.text) || COUNTS.test(one.text)) break;
    if (!isSource && one.negated !== clause.negated) break;
    addTo(scope, one);
  }
  return scope;
}

/** After "and", they begin another clause. */
const VERBS: ReadonlySet<string> = new Set(
  'is are cannot costs cost takes lasts includes comes incluye cuesta dura kostet gilt enthalt dauert comprend coute dure custa costa bevat kost duurt'.split(
    ' ',
  ),
);
/** How many clauses before and behind it tell what a clause is about: few do, and a sentence may be long. */
const NEAR = 8;
/** A figure without its unit: `on the islands it takes two`. */
const COUNTS = /\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve)$/;
const GOES_BEYOND = /^(?:and|but|while|und|aber|y|pero|et|mais|e|ma|mas|en|maar)\b/;

/** A figure among the words of a scope. */
export function keyOfFigure({ kind, value, unit }: Figure): string {
  return `${kind} ${value} ${unit}`;
}

/** Begins a clause that says more of what the one before it is about. */
const GOES_ON =
  /^(?:(?:and|y|e|und|et|en|then|after) )*(?:is|are|it|they|costs?|takes?|lasts?|includ\w+|comes?|has|have|offers?|gives?|gets?|can|will|incluye|tiene|dura|cuesta|tarda|vale|kostet|gilt|ist|enthalt|bietet|dauert|comprend|inclut|coute|dure|est|inclui|custa|include|costa|bevat|kost|duurt)\b/;

function addTo(scope: Set<string>, { words, concepts, numbers }: Clause, withConcepts = true): void {
  for (const number of numbers) scope.add(number);
  for (const word of words) scope.add(word);
  if (withConcepts) for (const concept of concepts) scope.add(concept);
}

/** Behind dots: in lower case it cannot be told whether the sentence goes on, and a question behind them is one of its own. */
const TRAILED_OFF = /(?<=(?:\.\.|…)\s{1,3})(?=\S)/;

function untrailed(sentence: string): string | string[] {
  return sentence.includes('..') || sentence.includes('…') ? sentence.split(TRAILED_OFF) : sentence;
}

/** The statements of a plain text (`tokens.ts`) that end after `since`, in order. Linear. */
export function statementsOf(text: string, since = -1): Statement[] {
  const sentences: { start: number; end: number; text: string }[] = [];
  let read = 0;
  for (const sentence of splitSentences(text).flatMap(untrailed)) {
    const start = read;
    read += sentence.length;
    if (read > since) sentences.push({ start, end: read, text: sentence });
  }
  const clauses = once(() => clausesOfAll(text, sentences));
  return sentences.map((sentence, at) => ({
    ...sentence,
    isQuestion: /[?？]["')\]*_\s]*$/.test(sentence.text),
    get clauses() {
      return clauses()[at] as Clause[];
    },
  }));
}

/** Those of each sentence of a text, of which some may be left out in front. */
function clausesOfAll(text: string, sentences: readonly { start: number; end: number }[]): Clause[][] {
  const first = sentences[0]?.start ?? 0;
  // A figure may begin in a sentence that is left out.
  const tokens = tokensOf(text);
  const tokensTo = taking(tokens, first);
  const figuresTo = taking(figuresOf(tokensNear(tokens, first)), first);
  const phrasesTo = taking(
    phrasesIn(text, first).sort((a, b) => a.start - b.start),
    first,
  );
  return sentences.map(({ end }) =>
    clausesOf(text, { tokens: tokensTo(end), figures: figuresTo(end), phrases: phrasesTo(end) }),
  );
}

/** The tokens from some before a place on: no figure has as many. */
function tokensNear(tokens: Token[], first: number): Token[] {
  const at = first === 0 ? 0 : tokens.findIndex(({ start }) => start >= first);
  return at > LONGEST_FIGURE ? tokens.slice(at - LONGEST_FIGURE) : tokens;
}

const LONGEST_FIGURE = 12;

/** Gives those in order that begin after `first` and before a place, each once. */
function taking<Of extends { start: number }>(all: readonly Of[], first: number): (to: number) => Of[] {
  let next = 0;
  const goTo = (to: number) => {
    while ((all[next]?.start ?? to) < to) next += 1;
    return next;
  };
  goTo(first);
  return (to) => all.slice(next, goTo(to));
}

type Parts = { tokens: Token[]; figures: Figure[]; phrases: Phrase[] };

const SIGNS: ReadonlySet<string> = new Set([',', ';', ':', '—', '–', '(', ')', '|', '.', '!', '?', '•']);
const JOINTS: ReadonlySet<string> = new Set(
  'but however while whereas although unless if when whenever once because since and or though aber sondern wenn falls und oder pero si cuando y mais quand et ou mas quando e maar als ma'.split(
    ' ',
  ),
);
const AND: ReadonlySet<string> = new Set('and or und oder y et ou e en'.split(' '));
const WITHOUT: ReadonlySet<string> = new Set('without ohne sin sans sem senza zonder'.split(' '));
/** Words that deny, where nothing of `EXEMPT` follows. */
const DENIALS: ReadonlySet<string> = new Set(
  'rejected declined denied unchanged not no never cannot none neither nor nicht kein keine keinen keiner keinem nie niemals nunca jamas ningun ninguna ninguno pas aucun aucune jamais nao nenhum nenhuma non nessun nessuna niet geen nooit unable nobody nichts nonrefundable excluded excludes exclude excluding ineligible refuse refuses excluido exclu ausgeschlossen uitgesloten'.split(
    ' ',
  ),
);
const EXEMPT: ReadonlySet<string> = new Set(
  'only later more less problem worries matter doubt questions question need trouble longer'.split(' '),
);
/** What is denied of them is a bound. */
const BOUNDS: ReadonlySet<string> = new Set('above over exceed exceeding below under beyond'.split(' '));
const HEDGES: ReadonlySet<string> = new Set(
  'may might could would possibly perhaps maybe discretion depends depending considered konnte konnten vielleicht podria pourrait poderia potrebbe misschien quizas talvez forse unless probably should'.split(
    ' ',
  ),
);

/** Words of what somebody is still to decide. */
const DECISIONS: ReadonlySet<string> = new Set(
  'decide decides decided review reviews reviewed discretion request requests approval supervisor entscheidet beslist valuta'.split(
    ' ',
  ),
);

function leavesOpen(tokens: readonly Token[], at: number): boolean {
  const { text } = tokens[at] as Token;
  // On request it is to be had.
  if (DECISIONS.has(text)) return !(text === 'request' && /^(?:up)?on$/.test(tokens[at - 1]?.text ?? ''));
  return (text === 'to' && tokens[at - 1]?.text === 'subject') || (text === 'approve' && tokens[at - 1]?.text === 'to');
}

function clausesOf(text: string, { tokens, figures, phrases }: Parts): Clause[] {
  const clauses: Clause[] = [];
  // What is in front of a clause is left behind: one pass, however long the sentence is.
  let [from, figure, phrase, own] = [0, 0, 0, 0];
  for (let at = 0; at <= tokens.length; at += 1) {
    const token = tokens[at];
    const reached = token?.start ?? Number.POSITIVE_INFINITY;
    while (figure < figures.length && (figures[figure]?.end ?? 0) <= reached) figure += 1;
    const isInFigure = (figures[figure]?.start ?? Number.POSITIVE_INFINITY) < reached;
    if (
      token &&
      (isInFigure ||
        !(
          endsClause(token, {
            isFirst: at === 0 || isPerBoth(tokens, at),
            next: tokens[at + 1]?.text ?? '',
            hasFigure:
              figure > own ||
              (own > 0 && figures[figure]?.start === tokens[at + 1]?.start) ||
              VERBS.has(tokens[at + 1]?.text ?? ''),
          }) || endsCondition(tokens, from, at)
        ))
    )
      continue;
    const firstPhrase = phrase;
    while (phrase < phrases.length && (phrases[phrase]?.start ?? 0) < reached) phrase += 1;
    if (at > from) {
      const parts = { tokens: tokens.slice(from, at), figures: figures.slice(own, figure) };
      const clause = clauseOf(text, { ...parts, phrases: phrases.slice(firstPhrase, phrase) });
      const last = clauses.at(-1);
      const isInBrackets = tokens[from - 1]?.text === '(' && token?.text === ')';
      const isBehind = isInBrackets && clause.figures.length === 0 && (last?.figures.length ?? 0) > 0;
      const subject = subjectOf(clause, (last?.isBehind ? clauses.at(-2) : last)?.subject);
      clauses.push({ ...clause, isBehind, subject });
    }
    own = figure;
    from = token?.kind === 'sign' ? at + 1 : at;
  }
  return clauses;
}

/** What `and` joins is one clause, unless what stands before it has its figure. */
function endsClause(
  token: Token,
  { isFirst, hasFigure, next }: { isFirst: boolean; hasFigure: boolean; next: string },
): boolean {
  if (token.kind === 'sign') return SIGNS.has(token.text);
  if (token.text === 'once' && ONLY_ONCE.has(next)) return false;
  return JOINTS.has(token.text) && !isFirst && (hasFigure || !AND.has(token.text));
}

/** Behind "once" where it begins no clause: `we exchange it once at no cost`. */
const ONLY_ONCE: ReadonlySet<string> = new Set(['at', 'for', 'and', 'again', 'more', 'free', 'only', '.', ',']);

/** Where what a condition is for begins without a comma: `if you cancel two days ahead you get …`. */
function endsCondition(tokens: readonly Token[], from: number, at: number): boolean {
  if (at < from + 3 || !IF.has(tokens[from]?.text ?? '')) return false;
  const text = tokens[at]?.text ?? '';
  return OUTCOME.test(text) || (SOMEBODY.has(text) && GETS.has(tokens[at + 1]?.text ?? ''));
}

const IF: ReadonlySet<string> = new Set(['if', 'when', 'once', 'after', 'unless', 'should']);
const SOMEBODY: ReadonlySet<string> = new Set(['we', 'you', 'i', 'they', 'it', 'everyone', 'customers']);
const OUTCOME = /^(?:we|you|i|they|it)'ll$/;
const GETS: ReadonlySet<string> = new Set(
  'will get gets receive can may pay pays give gives refund charge only also still always lose keep cover replace'.split(
    ' ',
  ),
);

/** Says what holds then, or else. */
const TURNS =
  /^(?:(?:and|und|y|et|e|en) )?(?:then|after|afterwards|otherwise|if not|si no|wenn nicht|andernfalls|se nao|se non|zo niet|below that|danach|sonst|luego|despues|ensuite|sinon|poi|altrimenti|depois|daarna|anders)\b/;
/** Says more of the same. */
const CONTINUES = /^(?:and|y|e|und|et|en)\b/;

function subjectOf(own: Omit<Clause, 'subject' | 'isBehind'>, last: Subject | undefined): Subject {
  if (last && own.words.size === 0 && TURNS.test(own.text)) return { ...last, concepts: own.concepts };
  if (own.concepts.size === 0 && own.words.size === 0 && last) return last;
  if (own.words.size === 0 && last && CONTINUES.test(own.text)) {
    return { ...last, concepts: new Set([...last.concepts, ...own.concepts]) };
  }
  const { words, before } = own;
  // A refund arrives as well.
  const concepts = own.concepts.has('delivery') ? withoutDelivery(own.concepts) : own.concepts;
  return { concepts, words, before };
}

function withoutDelivery(concepts: ReadonlySet<Concept>): ReadonlySet<Concept> {
  const others = [...concepts].filter((concept) => concept !== 'delivery');
  return others.some((concept) => concept === 'refund' || concept === 'compensation') ? new Set(others) : concepts;
}

function clauseOf(text: string, { tokens, figures: measured, phrases }: Parts): Omit<Clause, 'subject' | 'isBehind'> {
  const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
  const said = text.slice(start, end);
  const written =
    measured.length > 0 || !tokens.some(({ kind }) => kind === 'numeral') ? measured : barePrice(said, start);
  const figures = withPeriod(tokens, written);
  const [inFigures, inPhrases] = [within(figures), within(phrases)];
  const concepts = new Set<Concept>(phrases.map(({ concept }) => concept));
  const words = new Set<string>();
  const before = new Map<string, string>();
  const without = new Set<string>();
  const numbers: string[] = [];
  const lead = new Set<string>();
  const leadsTo = figures[0]?.start ?? Number.POSITIVE_INFINITY;
  for (const { concept, start: at } of phrases) if (at < leadsTo) lead.add(concept);
  let lacks = 0;
  let [negated, hedged, open, isTerm, previous] = [false, false, false, false, ''];
  if (figures.some(({ kind, value }) => value === 0 && (kind === 'money' || (kind === 'percent' && COST.test(said)))))
    concepts.add('free');
  for (const [at, token] of tokens.entries()) {
    const { text: word, kind } = token;
    const { key, content, concepts: meant } = kind === 'word' ? wordOf(word) : NOTHING;
    if (kind === 'numeral' && !inFigures(token)) {
      numbers.push(word);
      // `Fibre 500`
      if (previous !== '') before.set(word, previous);
    }
    if (kind !== 'word' || inFigures(token)) {
      previous = '';
      continue;
    }
    const inPhrase = inPhrases(token);
    const isWithout = WITHOUT.has(word) || (word === 'no' && tokens[at - 1]?.text === 'with');
    if ((isWithout || (word === 'no' && isUnneeded(tokens, at))) && !inPhrase) lacks = 4;
    else if (lacks > 0) lacks -= 1;
    if (word === 'as' && tokens[at - 1]?.text === 'long') isTerm = true;
    if (
      denies(word, tokens[at + 1], tokens[at + 2]) &&
      !inPhrase &&
      !isWithout &&
      !isTerm &&
      !(figures.length > 0 && (isRelative(tokens[at - 1]) || isRelative(tokens[at - 2]) || isReduced(tokens, at)))
    )
      negated = true;
    if (leavesOpen(tokens, at)) open = true;
    if (HEDGES.has(word) && !permits(tokens, at)) hedged = true;
    for (const concept of meant) {
      // `a return trip`
      if (concept === 'return' && JOURNEYS.has(tokens[at + 1]?.text ?? '')) continue;
      if (word === 'excess' && TOO_MUCH.has(tokens[at + 1]?.text ?? '')) continue;
      concepts.add(concept);
      if (token.start < leadsTo) lead.add(concept);
    }
    if (content && (!inPhrase || isOfCharge(tokens, at)) && !(word === 'plus' && opensPrice(tokens[at + 1]))) {
      // What it means counts by itself.
      if (meant.length === 0) words.add(key);
      if (meant.length === 0 && token.start < leadsTo) lead.add(key);
      if (lacks > 0) without.add(key);
      if (previous !== '' && !ORDINALS.has(previous)) before.set(key, previous);
    }
    previous = content ? key : '';
  }
  return {
    start,
    end,
    text: said,
    figures,
    concepts,
    words,
    before,
    lead,
    without,
    negated,
    hedged,
    open,
    only: onlyIn(said),
    numbers,
  };
}

/** Of which nothing is free. */
const COST = /\b(?:interest|financing|finance|commission|fees?)\b/;

const ONLY =
  /\b(?:only|exclusively) (?:(?:is|are|valid|available|applies|apply|open|possible|included) )?(?:to|for|with|on|in|nur|fur|bei) (?:(?:the|our|a|an|all) )?(\w+)|\b(?:to|for|on|with|in) (?:(?:the|our|a|an|all) )?(\w+)(?: (?:\w+))? (?:only|exclusively)\b|\bnur (?:fur|bei|mit|im) (?:(?:den|dem|der|die|das) )?(\w+)|\b(?:solo|solamente|seulement|uniquement|apenas|alleen) (?:para|con|en|pour|avec|per|com|voor|met|bij) (?:(?:el|la|los|las|les|le|i|gli|o|a|os|as|de|het) )?(\w+)/;

function onlyIn(text: string): ReadonlySet<string> {
  const [, ...found] = ONLY.exec(text) ?? [];
  const words = found.flatMap((word) => (word === undefined ? [] : [wordOf(word)]));
  return new Set(words.filter(({ content }) => content).map(({ key }) => key));
}

/** `no call-out fee` */
function isOfCharge(tokens: readonly Token[], at: number): boolean {
  return [1, 2, 3].some((ahead) => CHARGED.has(tokens[at + ahead]?.text ?? ''));
}

const CHARGED: ReadonlySet<string> = new Set(['charge', 'charges', 'fee', 'fees', 'penalty']);

/** They tell one from another, but no kinds. */
const ORDINALS: ReadonlySet<string> = new Set(['first', 'further', 'additional'].map((word) => wordOf(word).key));

const NOTHING = { key: '', content: false, concepts: [] } as const;

/** `no card needed` */
function isUnneeded(tokens: readonly Token[], at: number): boolean {
  return [2, 3, 4].some((ahead) => /^(?:needed|required|necessary)$/.test(tokens[at + ahead]?.text ?? ''));
}

/** Behind "plus". */
function opensPrice(token: Token | undefined): boolean {
  return token?.kind === 'numeral' || /^an?$/.test(token?.text ?? '') || CURRENCIES.has(token?.text ?? '');
}

/** What somebody may do, where it is theirs to choose. */
const PERMITTED =
  /^(?:cancel|return|exchang|chang|us|tak|bring|brought|combin|pa|book|mov|extend|renew|keep|kept|switch|transfer|choos|chosen|rebook|swap|freez|frozen|paus|withdraw|withdrawn|overpa|borrow|cook|add|shar|check|carr|travel|board|enter|park|stay)(?:e|s|y|ed|d|led|ped|en|id|ied)?$/;

/** `you may keep it`, but not `you may be eligible`; `we would be glad to`. */
function permits(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text === 'would') return /^(?:glad|happy|pleased|delighted)$/.test(tokens[at + 2]?.text ?? '');
  if (tokens[at]?.text !== 'may') return false;
  const next = tokens[at + 1]?.text ?? '';
  if (tokens[at - 1]?.text === 'you')
    return !/^(?:be|have|not|qualify)$/.test(next) || PERMITTED.test(tokens[at + 2]?.text ?? '');
  return PERMITTED.test(next === 'be' ? (tokens[at + 2]?.text ?? '') : next);
}

/** Before what tells one thing from others: `lenses that don't fit` are not denied anything. */
function isRelative(before: Token | undefined): boolean {
  return before !== undefined && /^(?:that|which|who|que|qui|che|die|der|das)$/.test(before.text);
}

/** `invoices not paid in time` */
function isReduced(tokens: readonly Token[], at: number): boolean {
  const [before, word, next] = [at - 1, at, at + 1].map((index) => tokens[index]?.text ?? '');
  return word === 'not' && at > 0 && !AUXILIARY.test(before ?? '') && /(?:ed|en|id|own)$/.test(next ?? '');
}

const AUXILIARY =
  /^(?:is|are|was|were|be|been|being|do|does|did|can|could|will|would|shall|should|may|might|must|has|have|had|not|and|or|but|if)$/;
/** `excess baggage` */
const TOO_MUCH: ReadonlySet<string> = new Set('baggage luggage weight mileage data usage postage'.split(' '));
const JOURNEYS: ReadonlySet<string> = new Set('trip journey ticket flight crossing fare leg'.split(' '));

function denies(word: string, next: Token | undefined, after: Token | undefined): boolean {
  if (next && BOUNDS.has(next.text)) return false;
  // `no-claims discount`, `no-shows`, `non-profits`
  if (next?.text === '-' && /^non?$/.test(word)) return /[ai]ble$/.test(after?.text ?? '');
  return word.endsWith("n't") || (DENIALS.has(word) && !(next && EXEMPT.has(next.text)));
}

/** Tells of tokens in their order whether they are in one of the ranges, which are in theirs. */
function within(ranges: readonly { start: number; end: number }[]): (token: Token) => boolean {
  let at = 0;
  return ({ start, end }) => {
    while ((ranges[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at += 1;
    const range = ranges[at];
    return range !== undefined && range.start <= start && range.end >= end;
  };
}
