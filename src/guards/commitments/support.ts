import type { Source } from '../../agent/guard.ts';
import { BySource } from '../by-source.ts';
import { asSentences, tablesAsSentences } from './as-sentences.ts';
import { type Claim, limitsOf, once } from './claims.ts';
import { type Concept, isConcept, REMEDIES, REQUIRED, ROLES, SAME } from './concepts.ts';
import type { Bound, Figure } from './figures.ts';
import { IS_DONE, OVERRIDES } from './forms.ts';
import { type Clause, type Statement, scopeOf, statementsOf } from './statements.ts';
import { plainSource } from './tokens.ts';
import { languageOfWords, wordOf } from './words.ts';

/** What one clause of a source says, with what stands around it. */
type Ground = {
  clause: Clause;
  /** Its sentence. */
  text: string;
  /** Of its sentence, and of the headings above it. */
  concepts: ReadonlySet<Concept>;
  /** Of its sentence alone. */
  said: ReadonlySet<Concept>;
  sentence: ReadonlySet<string>;
  heads: ReadonlySet<string>;
  /** A row of a table, or what a tool gave back: each cell is of its own. */
  isRow: boolean;
  /** As `scopeOf` has it, once asked for. */
  scope: () => ReadonlySet<string>;
};

/** `byKind`: those with a figure of the kind; `denials`: those that deny something altogether. */
type Grounds = {
  all: readonly Ground[];
  byKind: ReadonlyMap<Figure['kind'], readonly Ground[]>;
  byConcept: ReadonlyMap<Concept, readonly Ground[]>;
  denials: readonly Ground[];
  language: string;
};

const GROUNDS = new BySource<Grounds>();

/** What a source says, as claims are compared with it. */
export function groundsOf(source: Source): Grounds {
  return GROUNDS.get(source, read);
}

function read({ kind, text: raw }: Source): Grounds {
  const text = plainSource(kind === 'tool' ? asSentences(raw) : tablesAsSentences(raw));
  const grounds: Ground[] = [];
  let heads: { concepts: Set<Concept>; words: Set<string> } = { concepts: new Set(), words: new Set() };
  for (const [at, statement] of statementsOf(text).entries()) {
    const concepts = new Set(statement.clauses.flatMap((clause) => [...clause.concepts]));
    const words = new Set(statement.clauses.flatMap((clause) => [...clause.words]));
    // A title, a heading or a question says what the sentences below it are about.
    if (isHead(statement, at)) heads = { concepts, words };
    const around = new Set([...concepts, ...heads.concepts]);
    const isRow = statement.text.trimStart().startsWith('|');
    for (const [index, clause] of statement.clauses.entries()) {
      if ((isRow || kind === 'tool') && clause.figures.length === 0) clause.figures.push(...numberIn(clause));
      const scope = once(() => scopeOf(statement.clauses, index, true));
      grounds.push({
        clause,
        text: statement.text,
        concepts: around,
        said: concepts,
        sentence: words,
        heads: heads.words,
        scope,
        isRow: isRow || kind === 'tool',
      });
    }
  }
  const byKind = new Map<Figure['kind'], Ground[]>();
  const byConcept = new Map<Concept, Ground[]>();
  for (const ground of grounds) {
    for (const kind of new Set(ground.clause.figures.map((figure) => figure.kind))) {
      const known = byKind.get(kind);
      if (known) known.push(ground);
      else byKind.set(kind, [ground]);
    }
  }
  for (const ground of grounds) {
    for (const concept of ground.concepts) {
      const known = byConcept.get(concept);
      if (known) known.push(ground);
      else byConcept.set(concept, [ground]);
    }
  }
  const denials = grounds.filter(({ clause }) => clause.negated && clause.figures.length === 0);
  return {
    all: grounds,
    ...{ byKind, byConcept, denials },
    language: languageOfWords(text.slice(0, 1_500).match(/\p{L}+/gu) ?? []),
  };
}

/** A number at the end of a cell or field: its unit is not told. */
function numberIn({ text, start, end }: Clause): Figure[] {
  const number = /(?:^|\s)(\d+(?:[.,]\d+)*)\s*$/.exec(text)?.[1];
  if (number === undefined) return [];
  const value = Number(number.replace(/,(?=\d{3}\b)/g, ''));
  return [{ kind: 'number', value, unit: '', bound: 'exact', per: null, start, end }];
}

function isHead({ text }: Statement, at: number): boolean {
  const line = text.trim();
  return (
    /^#/.test(line) ||
    line.endsWith(':') ||
    ((at === 0 || line.endsWith('?')) && !/^(?:[-*•|]|\d+[.)]) /.test(line) && line.length < 80 && !/[.!]$/.test(line))
  );
}

/** What a claim is compared with. `languages`: how much the text looks like each. */
export type Shown = { languages: ReadonlyMap<string, number>; sources: readonly Source[] };

/** The source that says the very same as the claim; null where none does, or where one that is more about it says otherwise. */
export function supportOf(claim: Claim, shown: Shown): Source | null {
  const same: Compared[] = [];
  const others: Compared[] = [];
  for (const source of shown.sources) {
    const grounds = groundsOf(source);
    const isTool = source.kind === 'tool';
    const isForeign = isOther(grounds.language, shown.languages);
    const hasNames = shown.languages.size > 0 && !isForeign && !isTool;
    for (const ground of groundsFor(claim, grounds)) {
      const met = claim.figure ? meetsFigure(claim, claim.figure, ground) : meetsPromise(claim, ground);
      if (met === 'no') continue;
      const score = once(() =>
        isDone(claim, ground.text) && agrees(claim, ground, isTool)
          ? scoreOf(claim, ground, isTool || isForeign)
          : null,
      );
      const compared = { source, ground, score: () => score() ?? Number.NEGATIVE_INFINITY };
      if (met === 'other') others.push(compared);
      else if (score() !== null && !(hasNames && isOfAnother(claim, ground))) same.push(compared);
    }
  }
  same.sort((one, other) => other.score() - one.score());
  const held = same.find((one) => !others.some((other) => isContradicted(claim, one, other)));
  if (held) return held.source;
  return claim.figure && claim.figure.kind !== 'date' ? inOtherWords(claim, claim.figure, shown) : null;
}

/**
 * The source that has the figure of a claim where no words that both have tell that it is the same: none of it is about another
 * matter, and no other figure of the kind is of what the claim names and this one is not.
 */
function inOtherWords(claim: Claim, figure: Figure, shown: Shown): Source | null {
  for (const source of shown.sources) {
    const { byKind, denials } = groundsOf(source);
    const isTool = source.kind === 'tool';
    const all = byKind.get(figure.kind) ?? NO_GROUNDS;
    for (const ground of all) {
      const { clause } = ground;
      if (!clause.figures.some((other) => other.kind === figure.kind && isUnit(figure, other) && isSameFigure(figure, other) && fits(figure, other)))
        continue;
      if (clause.negated !== claim.negated || !isDone(claim, ground.text) || !agrees(claim, ground, isTool)) continue;
      if (isOtherOffer(claim, ground) || isOfOthers(claim, ground)) continue;
      if (denials.some((denial) => denial.clause !== clause && denies(claim, denial, ground))) continue;
      if (all.some((rival) => rival.clause !== clause && isNearer(claim, figure, rival, ground))) continue;
      return source;
    }
  }
  return null;
}

/** Whether both say "plan" and the like, and of another one each. */
function isOtherOffer({ before, words }: Claim, { clause, sentence, heads }: Ground): boolean {
  for (const [word, modifier] of before) {
    const other = clause.subject.before.get(word);
    if (!OFFERED.has(word) || other === undefined || other === modifier || words.has(other)) continue;
    if (!sentence.has(modifier) && !heads.has(modifier)) return true;
  }
  return false;
}

/** Whether a claim is for people that a clause does not name. */
function isOfOthers({ scope }: Claim, { sentence, heads }: Ground): boolean {
  for (const word of scope) if (PEOPLE.has(word) && !sentence.has(word) && !heads.has(word)) return true;
  return false;
}

/** Those for whom conditions of their own hold. */
const PEOPLE: ReadonlySet<string> = new Set(
  'student pupil member subscriber resident business nonprofit charity senior pensioner child adult teacher family employee veteran newcomer guest visitor tenant landlord passenger'
    .split(' ')
    .map((word) => wordOf(word).key),
);

/** Whether a clause denies the matter of a claim for what the claim names, and the one that has its figure does not. */
function denies(claim: Claim, denial: Ground, own: Ground): boolean {
  const { clause, scope } = denial;
  const isMatter = sharesMatter(claim, clause) || meets(claim.words, clause.words);
  if (!isMatter) return false;
  for (const word of claim.words) if (scope().has(word) && nearness(own, word) < 0.4) return true;
  return false;
}

/** Whether another figure is of more that the claim names than this one. */
function isNearer({ scope, words }: Claim, figure: Figure, rival: Ground, own: Ground): boolean {
  let ahead = 0;
  for (const word of scope) {
    if (word.startsWith(`${figure.kind} `)) continue;
    // What happens tells less than what it happens to.
    const weight = isConcept(word) ? 0.4 : words.has(word) || /\d/.test(word) ? 1 : 0.5;
    const [theirs, ours] = [nearness(rival, word), nearness(own, word)];
    if (theirs > ours || theirs < 0.4) ahead += weight * (theirs - ours);
  }
  return ahead > 0.1;
}

/** How near a word or concept stands to the figures of a clause. */
function nearness({ clause, scope, heads, sentence }: Ground, word: string): number {
  if (clause.words.has(word) || clause.concepts.has(word as Concept) || clause.numbers.includes(word)) return 1;
  // What says nothing of its own goes on with what stands before.
  if (scope().has(word)) return clause.words.size === 0 ? 1 : 0.7;
  return heads.has(word) || sentence.has(word) ? 0.4 : 0;
}

/** Whether a source denies what a claim without a promise says: nothing that is said otherwise has as many of its words. */
export function isDenied({ scope, words, concepts }: Claim, { sources }: Shown): boolean {
  const shared = ({ scope: own }: Ground) => {
    let both = 0;
    for (const word of scope) if (own().has(word)) both += 1;
    return both;
  };
  for (const { all, denials } of sources.map(groundsOf)) {
    for (const ground of denials) {
      const { clause } = ground;
      const most = meets(words, clause.words) || meets(concepts, clause.concepts) ? shared(ground) : 0;
      if (most < 2 || most < 0.6 * scope.size) continue;
      if (!all.some((other) => !other.clause.negated && shared(other) >= most)) return true;
    }
  }
  return false;
}

function meets(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const word of one) if (other.has(word)) return true;
  return false;
}

type Compared = { source: Source; ground: Ground; score: () => number };

/** How much more a source must be about the same thing to speak against another. */
const RIVAL_LEAD = 0.5;

/** Whether what speaks against a claim is nearer to it than what speaks for it, as a whole or by the words that tell both apart. */
function isContradicted({ figure, scope, concept, limits }: Claim, one: Compared, other: Compared): boolean {
  const { clause } = other.ground;
  if (clause === one.ground.clause) return false;
  const isDenial = clause.figures.length === 0 || (!figure && clause.negated);
  if (isDenial && other.score() >= one.score() + (figure ? RIVAL_LEAD : 0)) return true;
  const isPeriod = figure === null || figure.per === null;
  if (!isPeriod && other.ground.clause.figures.every(({ per }) => per !== figure.per)) return false;
  const [own, theirs] = [one.ground.scope(), other.ground.scope()];
  let lead = 0;
  for (const word of scope) {
    if (word === concept || (figure && word.startsWith(`${figure.kind} `))) continue;
    const [inOwn, inTheirs] = [
      own.has(word) || one.ground.heads.has(word),
      theirs.has(word) || other.ground.heads.has(word),
    ];
    // What happens tells less than what it happens to.
    const weight = isConcept(word) ? 0.5 : 1;
    if (inTheirs && !inOwn) lead += weight;
    else if (inOwn && !inTheirs) lead -= weight;
  }
  if (!figure && isOnCondition(scope, concept, one.ground, other.ground)) return true;
  return lead > 0 || (limits.length === 0 && namesOther(scope, one.ground.clause, other.ground, one.ground.text));
}

/** Whether, of two clauses of one sentence, the one that supports a promise does so for what the claim does not name. */
function isOnCondition(scope: ReadonlySet<string>, concept: Concept | null, one: Ground, other: Ground): boolean {
  if (one.text !== other.text || one.isRow) return false;
  const { words, concepts } = one.clause;
  const own = [...words, ...concepts].filter((word) => word !== concept && !other.clause.lead.has(word));
  return own.length > 0 && !own.some((word) => scope.has(word));
}

/** Whether, of two clauses of one sentence, the claim names what the other is of, and not what this one is. */
function namesOther(
  scope: ReadonlySet<string>,
  { lead, words, text: said }: Clause,
  other: Ground,
  text: string,
): boolean {
  if (other.text !== text) return false;
  for (const word of scope) if (/^\d+$/.test(word) && said.includes(word)) return false;
  const own = [...lead].filter(
    (word) => words.has(word) && !other.clause.words.has(word) && !other.clause.lead.has(word),
  );
  if (own.length === 0 || own.some((word) => scope.has(word))) return false;
  return [...other.clause.lead].some((word) => scope.has(word) && !words.has(word) && !lead.has(word));
}

/** Whether a claim and a clause each say in front of their figures what these are of, and have none of that in common. */
function isOfAnother({ figure, lead, sentence, words, scope: claimed }: Claim, ground: Ground): boolean {
  if (!figure || lead.size === 0 || [...lead].every((word) => OFFERED.has(word)) || ground.clause.lead.size === 0)
    return false;
  const [scope, { heads, concepts, sentence: around }] = [ground.scope(), ground];
  for (const word of lead)
    if (scope.has(word) || heads.has(word) || around.has(word) || concepts.has(word as Concept)) return false;
  for (const word of ground.clause.lead) if (sentence.has(word) || lead.has(word)) return false;
  // What leads to it may tell, too: `for luggage, you can claim $100`.
  for (const word of claimed)
    if (!words.has(word) && !word.includes(' ') && !isConcept(word) && scope.has(word)) return false;
  return true;
}

const NO_GROUNDS: readonly Ground[] = [];

/** Those that may say the same as the claim, or the opposite. */
function* groundsFor(claim: Claim, { all, byKind, byConcept, denials }: Grounds): Generator<Ground> {
  const { figure, negated, concept, verb } = claim;
  if (figure) {
    yield* byKind.get(figure.kind) ?? NO_GROUNDS;
    if (figure.kind !== 'date') yield* byKind.get('number') ?? NO_GROUNDS;
    if (!negated) yield* denials;
  } else if (concept !== null) {
    yield* byConcept.get(concept) ?? NO_GROUNDS;
    if (concept === 'free' || concept === 'included') yield* byKind.get('money') ?? NO_GROUNDS;
    if (!negated || concept === 'free') yield* denials;
  } else {
    for (const ground of all) if (verb === null || ground.sentence.has(verb)) yield ground;
  }
}

/** True where a text is in another language than a source, so that their words cannot be compared. */
function isOther(language: string, languages: ReadonlyMap<string, number>): boolean {
  let most = 0;
  for (const score of languages.values()) if (score > most) most = score;
  // A source of few words tells no language: most are English.
  if (language === 'und') return most > 0.5 && (languages.get('en') ?? 0) < 0.5 * most;
  return language !== 'und' && most > 0 && (languages.get(language) ?? 0) < 0.7 * most;
}

/** False where the claim says that something was done, and the text does not. */
function isDone({ done, negated }: Claim, text: string): boolean {
  return done === null || negated || text.includes(done) || IS_DONE.test(text);
}

const OPTIONAL = /\b(?:optional|add-ons?|can be added)\b/;
const OPTION_KEYS = ['optional', 'added', 'add'].map((word) => wordOf(word).key);

/** Whether a clause says yes or no alike to what is promised, or the opposite, or nothing firm. */
function meetsPromise(claim: Claim, { clause, text, said }: Ground): 'same' | 'other' | 'no' {
  const { negated, conditional, sentence, concept } = claim;
  if (concept !== null && !clause.concepts.has(concept) && !clause.subject.concepts.has(concept)) {
    // What has a price is not free, and what is denied is not promised.
    const costs =
      (concept === 'free' || concept === 'included') &&
      clause.figures.some(({ kind, value }) => kind === 'money' && value > 0);
    if (costs || (clause.negated && sharesMatter(claim, clause))) return 'other';
    // Another part of the sentence says it, and of something else.
    if (said.has(concept)) return 'no';
  }
  if (clause.negated !== negated) return 'other';
  if (OPTIONAL.test(text) && !OPTION_KEYS.some((key) => sentence.has(key))) return 'no';
  // "Free from 50 euros on" is not "free".
  if (!conditional && clause.figures.some(({ kind, bound }) => kind === 'money' && bound === 'least')) return 'no';
  if (!conditional && claim.limits.length === 0 && limitsOf(clause.text).length > 0) return 'no';
  return clause.hedged || clause.open ? 'no' : 'same';
}

/** Whether a clause has the figure, or another of its kind in its place, or neither. */
function meetsFigure(claim: Claim, figure: Figure, ground: Ground): 'same' | 'other' | 'no' {
  const { clause } = ground;
  // What is denied altogether holds under no figure.
  if (clause.figures.length === 0)
    return clause.negated && !claim.negated && sharesMatter(claim, clause) ? 'other' : 'no';
  let met: 'same' | 'other' | 'no' = 'no';
  for (const other of clause.figures) {
    if (other.kind === 'number' && figure.kind !== 'date') {
      if (isSameFigure(figure, other) && sharesWord(claim, ground)) return 'same';
      continue;
    }
    if (other.kind !== figure.kind) continue;
    if (isUnit(figure, other) && isSameFigure(figure, other)) {
      if (fits(figure, other)) return 'same';
    } else if (figure.kind !== 'date') met = 'other';
  }
  return met;
}

/** One end of a range. */
function _isEnd({ bound }: Figure): boolean {
  return bound === 'low' || bound === 'high';
}

function isUnit(one: Figure, other: Figure): boolean {
  if (one.kind === 'date' || one.unit === other.unit) return true;
  return one.kind === 'money' && (one.unit === '' || other.unit === '');
}

function isSameFigure(one: Figure, other: Figure): boolean {
  if (one.kind === 'date') {
    const theirs = other.unit.split('|');
    return (
      one.unit === other.unit ||
      one.unit
        .split('|')
        .some((key) => theirs.includes(key) || (key.endsWith('-') && theirs.some((their) => their.startsWith(key))))
    );
  }
  return Math.abs(one.value - other.value) < 1e-6 * Math.max(1, Math.abs(one.value));
}

/** Which bounds of a source allow which of a claim, for amounts and for spans of time. */
const AMOUNTS: Record<Bound, readonly Bound[]> = {
  exact: ['exact'],
  most: ['exact', 'most', 'high'],
  least: ['least', 'exact', 'low'],
  low: ['low', 'least'],
  high: ['high', 'most', 'exact'],
};
const SPANS: Record<Bound, readonly Bound[]> = {
  exact: ['exact', 'most', 'high'],
  most: ['exact', 'most', 'high'],
  least: ['least', 'exact'],
  low: ['low', 'least'],
  high: ['high', 'most', 'exact'],
};

function fits(figure: Figure, other: Figure): boolean {
  if (figure.per !== other.per && figure.per !== null && (other.per !== null || figure.kind === 'money')) {
    if (other.per !== null) return false;
  }
  return (figure.kind === 'duration' ? SPANS : AMOUNTS)[figure.bound].includes(other.bound) || figure.kind === 'date';
}

/** Whether a clause is about the same matter and says yes or no to it alike. */
function agrees(claim: Claim, ground: Ground, isTool: boolean): boolean {
  const { clause, concepts, text, sentence } = ground;
  if (isOpposite(claim.scope, ground)) return false;
  if (claim.overrides && !OVERRIDES.test(text)) return false;
  for (const word of clause.only) if (!claim.sentence.has(word)) return false;
  for (const word of claim.without) if (sentence.has(word) && !clause.without.has(word)) return false;
  for (const word of clause.without) if (claim.sentence.has(word) && !claim.lacks.has(word)) return false;
  if (clause.concepts.has('deduct') !== claim.concepts.has('deduct') && claim.concepts.has('refund')) return false;
  for (const limit of claim.limits) if (!new RegExp(`\\b${limit}\\b`).test(text)) return false;
  if (claim.figure && clause.figures.length > 0 && claim.negated !== clause.negated) return false;
  for (const concept of claim.concepts) {
    if (clause.subject.concepts.has(concept)) continue;
    const other = SAME[concept]?.some((same) => concepts.has(same)) ?? false;
    if (ROLES.has(concept) && hasRival(ROLES, claim, clause)) return false;
    if (!REQUIRED.has(concept) || other) continue;
    if (REMEDIES.has(concept) && hasRival(REMEDIES, claim, clause)) return false;
    // What a tool gives back has few words.
    if (!concepts.has(concept) && !(isTool && claim.figure && !FIRM.has(concept))) return false;
  }
  if (
    claim.concepts.has('full') &&
    !concepts.has('full') &&
    (claim.verb === PAID || WHOLE.some((concept) => claim.concepts.has(concept)))
  ) {
    return false;
  }
  return true;
}

/** What few words of a tool do not say by themselves. */
const FIRM: ReadonlySet<Concept> = new Set<Concept>(['assured', 'unconditional', 'unlimited', 'lifetime', 'free']);

/** Of each row a sentence means one, unless it names more. */
const OPPOSITES: ReadonlyMap<string, readonly string[]> = new Map(
  [
    'new existing current returning',
    'domestic international overseas abroad',
    'adult child children kids senior pensioner student infant baby',
    'online store counter phone airport',
    'business private personal residential consumer',
    'weekday weekend',
    'morning evening',
    'upload download',
    'damaged opened unopened used',
    'refurbished new used',
    'first further additional',
    'cash voucher credit card balance wallet',
  ].flatMap((row) => {
    const keys = row.split(' ').map((word) => wordOf(word).key);
    return keys.map((key) => [key, keys] as const);
  }),
);

/** Whether a claim is for one of a row, and the clause for another. */
function isOpposite(scope: ReadonlySet<string>, { scope: scopeOfGround, heads, sentence }: Ground): boolean {
  for (const word of scope) {
    const row = OPPOSITES.get(word);
    if (!row) continue;
    const own = scopeOfGround();
    if (own.has(word) || heads.has(word) || sentence.has(word)) continue;
    if (row.some((other) => (own.has(other) || heads.has(other)) && !scope.has(other))) return true;
  }
  return false;
}

/** What may be had in full or in part. */
const PAID = wordOf('paid').key;
const WHOLE: readonly Concept[] = ['refund', 'cover', 'compensation'];

/** A number without unit needs its name, where it has one. */
function sharesWord({ sentence, concepts }: Claim, { clause, sentence: own, heads }: Ground): boolean {
  if (clause.words.size === 0 && clause.concepts.size === 0) return true;
  for (const concept of concepts) if (clause.concepts.has(concept)) return true;
  for (const word of sentence) if (own.has(word) || heads.has(word)) return true;
  return false;
}

function sharesMatter({ scope }: Claim, clause: Clause): boolean {
  for (const concept of clause.concepts)
    if (REQUIRED.has(concept) && (scope.has(concept) || (concept === 'refund' && scope.has('return')))) return true;
  return false;
}

/** A concept of the group that the claim is not about. */
function hasRival(group: ReadonlySet<Concept>, claim: Claim, clause: Clause): boolean {
  return [...clause.subject.concepts].some((concept) => group.has(concept) && !claim.concepts.has(concept));
}

/** What comes in kinds, so that the word before it tells which. */
const OFFERED: ReadonlySet<string> = new Set(
  'plan policy contract order booking item product package tier delivery shipping membership subscription account card coverage insurance room suite ticket fare edition version model course class license seat bundle discount fee premium deductible service warranty tarif plan abo'
    .split(' ')
    .map((word) => wordOf(word).key),
);

/** How much of what the claim is about the clause is about, too; null where that is nothing, or it is about another thing. */
function scoreOf(
  { words, sentence: own, scope: around, concepts, before, figure, verb }: Claim,
  { clause, sentence, heads, scope, concepts: near }: Ground,
  free: boolean,
): number | null {
  const { subject } = clause;
  let [score, shared, matched] = [0, 0, 0];
  for (const concept of concepts) {
    const isShared = subject.concepts.has(concept);
    if (isShared) shared += 1;
    score += isShared ? 1 : near.has(concept) ? 0.3 : 0;
  }
  for (const word of words) {
    const found = subject.words.has(word) ? 1 : heads.has(word) ? 0.7 : sentence.has(word) ? 0.3 : 0;
    score += found;
    if (found > 0) matched += 1;
  }
  for (const word of own) if (sentence.has(word)) score += 0.05;
  if (free) return score;
  for (const [word, modifier] of before) {
    const other = subject.before.get(word);
    if (!OFFERED.has(word) || other === undefined || other === modifier || words.has(other)) continue;
    if (!sentence.has(modifier) && !heads.has(modifier)) return null;
  }
  if (verb !== null && !sentence.has(verb) && shared === 0) return null;
  if (words.size === 0) return figure || shared > 0 ? score : null;
  if (figure && matched === 0 && shared === 0 && figure.per === null) {
    for (const word of own) if (sentence.has(word)) matched += 0.5;
    for (const word of around) if (!word.includes(' ') && scope().has(word)) matched += 1;
  }
  const needed = figure
    ? shared > 0 || figure.per !== null
      ? 0
      : 1
    : Math.ceil(words.size / 2) - (shared > 1 ? 1 : 0);
  return matched >= needed && (figure !== null || shared + matched > 0) ? score : null;
}
