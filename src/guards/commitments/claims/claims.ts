import { once } from '../../../language/once.ts';
import type { CommitmentKind } from '../../../protocol/events.ts';
import { type Count, countsIn } from '../evidence/counts.ts';
import { saysDays } from '../evidence/hours.ts';
import type { Concept } from '../reading/concepts.ts';
import { NEAR_DATE } from '../reading/dates.ts';
import type { Bound, Figure } from '../reading/figures.ts';
import { type Clause, keyOfFigure, type Statement, scopeOf } from '../reading/statements.ts';
import { wordOf } from '../reading/words.ts';
import { isBesideDate, isDayOfCustomer, isOfDate, NAMED_BY_HOUR, nearIn, TO_COME } from './days.ts';
import {
  ASSURES,
  BURDEN,
  CONDITION,
  CONTRAST,
  DOING,
  DONE,
  DONE_ABROAD,
  ENSURES,
  GRANT,
  NEUTRAL,
  OFFER,
  OVERRIDES,
  REFUSAL,
  SERVICE,
  TRIGGERS,
  WAS_DONE,
  WILL,
  WILL_BE,
  WILL_HAVE,
  WILL_NOT,
} from './forms.ts';
import { limitsOf } from './limits.ts';
import { beyondService, NOTES } from './services.ts';
import { ASKED, saidUntil, toldIn } from './told.ts';

/** What a text commits the company to, and what must be found to support it. `figure`: null for a promise without one. */
export type Claim = {
  kind: CommitmentKind;
  start: number;
  end: number;
  /** Its clause. */
  text: string;
  /** Its sentence. */
  all: string;
  figure: Figure | null;
  concepts: ReadonlySet<Concept>;
  /** Of a promise: the concept that makes it one; null where its verb does. */
  concept: Concept | null;
  /** Content words of its clause, or of the one that this goes on with. */
  words: ReadonlySet<string>;
  /** They are in its clause. */
  isOwn: boolean;
  before: ReadonlyMap<string, string>;
  negated: boolean;
  /** A verb that the evidence must have, as `Word.key` has it. */
  verb: string | null;
  /** What was done, as the text has it: its evidence must say that it was. */
  done: string | null;
  /** Numbers that say whom or what it is for: `under 16`. */
  limits: readonly string[];
  /** All figures of its sentence, as `keyOfFigure` has them. */
  told: ReadonlySet<string>;
  /** Content words of its whole sentence. */
  sentence: ReadonlySet<string>;
  /** Content words of what it is said without. */
  without: ReadonlySet<string>;
  /** Concepts of its whole sentence. */
  said: ReadonlySet<Concept>;
  /** Something in its sentence is denied. */
  denies: boolean;
  /** The same of all of its sentence. */
  lacks: ReadonlySet<string>;
  /** Its sentence says that it holds whatever else is so. */
  overrides: boolean;
  /** Words and concepts of its clause and of the clauses beside it that have no figure of their own. */
  scope: ReadonlySet<string>;
  /** Those in front of its figure. */
  lead: ReadonlySet<string>;
  /** It promises nothing by itself: only what a source denies speaks against it. */
  isPlain?: boolean;
  /** Its sentence says for whom or what it is: `from age 65`. */
  isLimited: boolean;
  /** How many of something it says there are. */
  counts?: readonly Count[];
  /** Its sentence says under which figure it holds. */
  conditional: boolean;
  /** Its own clause says that something costs nothing. */
  isFree?: boolean;
};

/** What is the same for all clauses of a statement. */
type Around = {
  text: string;
  start: number;
  told: ReadonlySet<string>;
  sentence: ReadonlySet<string>;
  /** Of the clauses that deny nothing. */
  affirmed: ReadonlySet<string>;
  lacks: ReadonlySet<string>;
  said: ReadonlySet<Concept>;
  denies: boolean;
  overrides: boolean;
  hasFigure: boolean;
  /** For those who qualify. */
  isForSome: boolean;
  isImperative: boolean;
  isLimited: boolean;
  isOfAges: boolean;
  isOfServices: boolean;
};

/** The claims of a statement, in order. */
export function claimsOf(statement: Statement): Claim[] {
  const offers = statement.isQuestion && OFFER.test(statement.text);
  if (statement.isQuestion && !offers) return [];
  const refused = [...refusedIn(statement), ...toldIn(statement)];
  const around = aroundIn(statement);
  const claims: Claim[] = [];
  let next = 0;
  for (const [at, clause] of statement.clauses.entries()) {
    while ((refused[next]?.end ?? Number.POSITIVE_INFINITY) <= clause.start + TURN) next += 1;
    if ((refused[next]?.start ?? Number.POSITIVE_INFINITY) < clause.end) continue;
    const scope = once(() => scopeOf(statement.clauses, at, false));
    const figures = figureClaims(clause, around, scope);
    // What supports a figure is about the same matter.
    const promise = offers || figures.some(({ isPlain }) => !isPlain) ? null : promiseOf(clause, around, scope);
    const counted = figures.length > 0 && !promise ? countedIn(clause, figures[0] as Claim) : [];
    claims.push(...figures, ...(promise ? [promise] : []), ...counted);
  }
  return claims;
}

/** Whether a statement may promise something, though no claim is found in it: it has a number, something that is promised, or what somebody will do. */
export function mayPromise({ text, isQuestion, clauses }: Statement): boolean {
  if (isQuestion) return false;
  return (
    /\d/.test(text) || WILL.test(text) || clauses.some(({ figures, concepts }) => figures.length + concepts.size > 0)
  );
}

/** Characters of a word with which a sentence turns, before what it turns to: `so we'll pay`. */
const TURN = 4;

function aroundIn({ text, start, clauses }: Statement): Around {
  const offered = CAN.exec(text)?.[1];
  return {
    text,
    start,
    told: new Set(clauses.flatMap(({ figures }) => figures.map(keyOfFigure))),
    sentence: new Set(clauses.flatMap(({ words }) => [...words])),
    affirmed: new Set(clauses.flatMap(({ words, negated }) => (negated ? [] : [...words]))),
    lacks: new Set(clauses.flatMap(({ without }) => [...without])),
    overrides: OVERRIDES.test(text),
    said: new Set(clauses.flatMap(({ concepts }) => [...concepts])),
    denies: clauses.some(({ negated }) => negated),
    hasFigure: clauses.some(({ figures }) => figures.length > 0),
    isForSome: FOR_SOME.test(text),
    isImperative: IMPERATIVE.test(text),
    isLimited: limitsOf(text).length > 0,
    isOfAges: AGES.test(text),
    isOfServices: offered !== undefined && SERVICE.has(offered),
  };
}

/** How many of something a clause says beside its figures. */
function countedIn(clause: Clause, like: Claim): Claim[] {
  const counts = GIVES.test(clause.text) || CAN_BE.test(clause.text) ? countsIn(clause) : [];
  const { start, end } = clause;
  return counts.length > 0 ? [{ ...like, kind: 'promise', start, end, figure: null, isPlain: true, counts }] : [];
}

/** Where the agent says what it or the company does not do: from there to where the sentence turns. */
function refusedIn({ start, text, clauses }: Statement): { start: number; end: number }[] {
  if (!clauses.some(({ negated }) => negated)) return [];
  const refused: { start: number; end: number }[] = [];
  for (const { index } of text.matchAll(REFUSAL)) {
    if (start + index < (refused.at(-1)?.end ?? 0)) continue;
    CONTRAST.lastIndex = index + 1;
    refused.push({ start: start + index, end: start + (CONTRAST.exec(text)?.index ?? text.length) });
  }
  return refused;
}

const GIVEN: readonly Concept[] = [
  'refund',
  'compensation',
  'credit',
  'voucher',
  'discount',
  'upgrade',
  'free',
  'exchange',
  'replace',
  'cover',
  'extend',
];
const HAPPENS: readonly Concept[] = [
  'delivery',
  'refund',
  'repair',
  'replace',
  'exchange',
  'approve',
  'compensation',
  'cancel',
  'credit',
  'extend',
  'return',
];
const HAPPENING =
  /\b(?:receiv|techni[kc]|tecnic|monteur|kommt|llega|viene|komt|repl[iy]|answer|respond|resolv|process|pay|paid|leav|depart|technician|credit|activat|coming (?:in|on|by|with)|launch(?:es|ing) |go(?:es)? live|arriv|come out|restor|ready|available|in stock|contact|install|finish|complet|done|fixed|start|begin|with you\b|be there\b|effect|(?:calls?|ring|visit|see) you\b|(?:in|on|to) your (?:account|card)|comes? back|expir|uberwies|uberweis|gutgeschrieben|return|on the way)/;
const HISTORY =
  /\b(?:experience|in business|founded|ha(?:s|ve) been|ha(?:s|ve) (?:passed|expired|elapsed)|(?:is|are) over|'ve been|for over|seit|depuis|desde hace|history)\b/;
const SUPPOSED = /^\W*(?:and |but )?(?:once|if|when|after|as soon as)\b/;
const AGES =
  /\b(?:child\w*|kids?|ninos|kind|kinder\w*|enfants?|criancas?|bambin[oia]|aged?|older|younger|drivers?|menores|mayores|sons?|daughters?|hij[oa]s?|filh[oa]s?|figli[oae]?|fils|fille|sohn|tochter|zoon|dochter|pequen[oa]s?|avendo)\b/;
/** Begins what the customer has or does: `if you cancel ten days ahead`. */
const OF_CUSTOMER =
  /^(?:and |but |so )?(?:if|as|since|because|when|now that) (?:you|your)\b|^(?:si|wenn|falls|als|se) (?:su|tu|usted|sie|ihre?|votre|vous|o seu|il suo|u|uw)\b/;
/** Before the length of a time in which something is done, or until or after which it holds. */
const SPANNED = /\b(?:within|until|till|up to|after|expires? in|binnen|innerhalb|dentro de|sous|entro) $/;
/** Says that a figure is the most. */
const CAPPED =
  /\b(?:limit(?:ed)?|ceiling|cap(?:ped)?|max(?:imum)?|allowance|(?:at|the) most|topes?|hochst\w*|plafond\w*|massimale|massimo|limite)\b/;
const MINIMUM = /\bminimum (?:order|spend|purchase|basket)\b/;
/** Before what is the least: `once you're at $50`, `it needs 80 %`. */
const REACHED =
  /\b(?:once|as soon as|when) (?:you(?:'re| are|r (?:order|basket|cart) is)?|it(?:'s| is)?)(?: (?:at|over|spend|reach|hit|get to))? $|\b(?:needs|requires) $/;
/** What is done with an amount, by whomever. */
const PAID: ReadonlySet<string | undefined> = new Set(['refunded', 'paid', 'credited']);
/** Says what somebody gets. */
const GIVES =
  /\b(?:gives?|includ\w+|comes? with|get|gets|has|have|offers?|provides?|up to|allowance|enjoy|earns?|collects?|incluye|ofrece|enthalt|bietet|bekommen|comprend|inclut|offre|inclui|oferece|include|bevat|biedt|krijgt|avez|tiene|tienes|enthalten|hat|haben|hai|hebt|heeft|tem|recev\w+|erhalt\w*)\b/;
const IMPERATIVE =
  /^\W*(?:(?:then|and|now|please|first|next|finally|bitte|por favor|veuillez) )*(?:press|hold|wait|restart|unplug|try|turn|leave|keep|charge|click|tap|open|let|switch|push|remove|reset|enter|boil|bake|soak|rinse|warten|espere|attendez)\b/;

function figureClaims(clause: Clause, around: Around, scope: () => ReadonlySet<string>): Claim[] {
  const { subject } = clause;
  if (clause.figures.length === 0) return [];
  const isPromise = WILL.test(clause.text) || GRANT.test(clause.text);
  const theirs = clause.start + (isPromise && !ASKED.test(clause.text) ? 0 : saidUntil(clause.text));
  const denies = clause.negated && GIVEN.some((concept) => clause.concepts.has(concept)) && !BURDEN.test(clause.text);
  const happens = HAPPENS.some((concept) => subject.concepts.has(concept)) || HAPPENING.test(clause.text);
  const isOwn = subject.words !== clause.words && clause.concepts.size > 0;
  const concepts = isOwn || ELSE.test(clause.text) ? clause.concepts : subject.concepts;
  const isHistory = HISTORY.test(clause.text) && !SUPPOSED.test(clause.text);
  const was = WAS_DONE.exec(clause.text)?.groups?.verb;
  const done = beyondService(DONE, clause.text) ?? (PAID.has(was) ? (was ?? null) : null);
  const limits = limitsOf(clause.text);
  const isPromised = nearIn(clause, happens);
  const gives =
    GIVES.test(clause.text) || MAY_HAVE.test(clause.text) || GIVEN.some((concept) => subject.concepts.has(concept));
  const said = ({ start, end }: Figure) => clause.text.slice(start - clause.start, end - clause.start);
  const isSpanned = ({ start }: Figure) => SPANNED.test(clause.text.slice(0, start - clause.start));
  const isFrom = ({ start }: Figure) => REACHED.test(clause.text.slice(0, start - clause.start));
  const isOfCustomer = OF_CUSTOMER.test(clause.text);
  const isCapped = CAPPED.test(around.text);
  const isLeast = MINIMUM.test(clause.text);
  return clause.figures.flatMap((whole): Claim[] => {
    const bound: Bound =
      whole.bound !== 'exact' ? whole.bound : isCapped ? 'most' : isLeast || isFrom(whole) ? 'least' : 'exact';
    const figure = bound === whole.bound ? whole : { ...whole, bound };
    const { start, end } = figure;
    if (start < theirs) return [];
    if (isBesideDate(figure, clause) || isOfDate(figure, around)) return [];
    if (figure.unit.startsWith('time ') && NAMED_BY_HOUR.test(clause.text.slice(figure.end - clause.start))) return [];
    if (denies && figure.bound === 'exact') return [];
    // What is not had for so long, or from so much on, promises nothing.
    if (
      clause.negated &&
      figure.kind !== 'money' &&
      !isPromise &&
      !BURDEN.test(clause.text) &&
      !clause.concepts.has('free')
    )
      return [];
    // How often is said in other ways as well: `twice a month` of two passes a month.
    if (figure.unit === 'times' && clause.concepts.has('free')) return [];
    if (figure.unit.startsWith('time ') && WOULD.test(clause.text)) return [];
    const isPlain =
      (clause.open && !isPromise) ||
      (figure.kind === 'date'
        ? figure.unit.startsWith('time ') && !isPromised(figure)
        : figure.kind === 'measure' && !gives);
    // A month alone is a season.
    const isNear = figure.value === NEAR_DATE || /^\d+-$/.test(figure.unit);
    if (figure.kind === 'date' && isNear && !isPlain && !isPromised(figure)) return [];
    if (isDayOfCustomer(figure, around)) return [];
    if (figure.kind === 'duration') {
      if (isOfCustomer && figure.bound === 'exact') return [];
      if (/^another /.test(said(figure)) && ELSEWHEN.test(clause.text.slice(0, start - clause.start))) return [];
      if (figure.per !== null || (/^an(?:other)? |^a /.test(said(figure)) && !happens && !isSpanned(figure))) return [];
      if (figure.unit === 'month' && figure.value % 12 === 0 && around.isOfAges) return [];
      if (isHistory || around.isImperative) return [];
      if (
        figure.unit === 'minute' &&
        figure.value < 60 &&
        !happens &&
        figure.bound === 'exact' &&
        !TO_COME.test(clause.text)
      )
        return [];
    }
    if (
      figure.kind === 'percent' &&
      figure.value === 100 &&
      clause.figures.length === 1 &&
      !concepts.has('refund') &&
      !concepts.has('return')
    )
      return [];
    const { words, before } = INSTEAD.test(clause.text.slice(0, start - clause.start)) ? NOTHING : subject;
    const isElse = words === NOTHING.words;
    return [
      {
        kind: kindOf(figure, concepts),
        start,
        end,
        ...{ text: clause.text, all: isElse ? '' : around.text, told: around.told },
        figure,
        concepts: isElse ? NOTHING.concepts : concepts,
        words,
        isOwn: words === clause.words,
        before,
        negated: clause.negated,
        ...{ concept: null, verb: null },
        ...{
          done,
          limits,
          sentence: around.sentence,
          scope: isElse ? NOTHING.words : scope(),
          without: clause.without,
          lead: clause.lead,
        },
        ...{ lacks: around.lacks, overrides: around.overrides, said: around.said, denies: around.denies },
        ...{ conditional: true, isLimited: around.isLimited },
        isFree: clause.concepts.has('free'),
        ...(isPlain && { isPlain }),
      },
    ];
  });
}

/** `move your flight to another day` */
const ELSEWHEN = /\b(?:to|on|for) $/;
const WOULD = /\bwould\b/;
/** Nothing is given. */
const NOT_WAIVED = /\b(?:not|n't|never) (?:yet )?(?:been |be )?(?:waived|free of charge|reduced)\b/;
/** Says that there is none of it. */
const NONE =
  /\b(?:no|without(?: an?| any)?) (?:\w+ )?(?:discounts?|refunds?|credits?|vouchers?|compensation|upgrades?)\b/;

/** Before what is not so: `instead of $55`. */
const INSTEAD = /\b(?:instead of|rather than|down from|up from) (?:the (?:usual|normal|regular) )?[$€£]?$/;
const NOTHING = { words: new Set<string>(), before: new Map<string, string>(), concepts: new Set<Concept>() };

/** Says what holds without what was said before. */
const ELSE =
  /^(?:which |that )?(?:is |are |would be )?(?:normally|usually|otherwise|regularly|originally|instead of|rather than|statt|normalerweise|sonst|en lugar de|au lieu de|normalement|invece di|em vez de|in plaats van)\b|^(?:which|that) (?:normally|usually|otherwise)\b/;

function kindOf(figure: Figure, concepts: ReadonlySet<Concept>): CommitmentKind {
  if (figure.kind === 'percent') return 'percentage';
  if (figure.kind === 'money') return concepts.has('refund') || concepts.has('compensation') ? 'refund' : 'price';
  if (figure.kind === 'date') return figure.value === NEAR_DATE ? 'deadline' : 'date';
  return figure.kind === 'duration' ? 'deadline' : 'promise';
}

/** The promise that a clause makes beside its figures; null for none. */
function promiseOf(clause: Clause, around: Around, scope: () => ReadonlySet<string>): Claim | null {
  const { text, start, end, negated, hedged, subject, concepts } = clause;
  const counts = GIVES.test(text) || CAN_BE.test(text) ? countsIn(clause) : [];
  if (concepts.size === 0 && counts.length + clause.without.size === 0 && !MAY_PROMISE.test(text) && !MAY_BE.test(text))
    return null;
  if (hedged || CONDITION.test(text) || saidUntil(text) === Number.POSITIVE_INFINITY) return null;
  if (around.isOfServices && !/\b(?:i|we|you)\b/.test(text)) return null;
  const done = beyondService(DONE, text) ?? WAS_DONE.exec(text)?.groups?.verb ?? doneAbroad(clause);
  const claim = (kind: CommitmentKind, concept: Concept | null, verb: string | null = null): Claim => ({
    ...{
      kind,
      start,
      end,
      ...{ text, all: around.text, told: around.told },
      figure: null,
      concepts,
      words: subject.words.size > 0 ? subject.words : negated ? around.sentence : around.affirmed,
      isOwn: subject.words === clause.words || concept === 'assured',
      before: subject.before,
      negated,
      concept,
      verb,
      counts,
    },
    ...{ done, limits: limitsOf(text), sentence: around.sentence },
    ...{ scope: scope(), without: clause.without, lead: clause.lead },
    ...{ lacks: around.lacks, overrides: around.overrides, said: around.said, denies: around.denies },
    ...{ conditional: around.hasFigure, isLimited: around.isLimited },
  });
  if ((NONE.test(text) && !concepts.has('free')) || NOT_WAIVED.test(text)) return null;
  if (ONLY_SOME.test(text)) return null;
  const isGiven = !negated || concepts.has('free') || concepts.has('keep') || ASSURES.test(text);
  const triggers = TRIGGERS.filter(({ concept, said }) => concepts.has(concept) && (!said || said.test(text)));
  // To what one is entitled says more: `it qualifies for free shipping`.
  const trigger = triggers.find(({ concept }) => concept !== 'entitled') ?? triggers[0];
  const { unless = NEUTRAL } = trigger ?? {};
  const isMentioned = unless !== null && (clause.open || around.isForSome || ONLY.test(text) || unless.test(text));
  if (trigger && isGiven && (!isMentioned || GRANT.test(text))) return claim(trigger.kind, trigger.concept);
  if (WILL_NOT.test(text) || WILL_HAVE.test(text) || (ENSURES.test(text) && !NOTES.test(text)))
    return claim('promise', null);
  // That nothing was done yet promises nothing.
  if (done !== null && (negated || NO_ONE_YET.test(text)) && !BURDEN.test(text)) return null;
  if (done !== null && (BY_US.test(text) || !DONE.test(text) || DEED.test(done)))
    return claim('promise', null, done.includes(' ') ? null : wordOf(done).key);
  const passive = negated ? null : beyondService(WILL_BE, text);
  const said = DONE.exec(text)?.groups?.verb;
  if (said !== undefined && BY_US.test(text)) return { ...claim('promise', null), done: said, isPlain: true };
  // What will be charged is no gift.
  const verb =
    beyondService(WILL, text) ??
    DOING.exec(text)?.groups?.verb ??
    (passive !== null && BURDEN.test(passive) ? null : passive);
  if (verb !== null) return claim('promise', null, wordOf(verb).key);
  // What the agent itself can do, no source has to say.
  const isPlain =
    saysDays(text) ||
    ((!negated || NEEDED.test(text)) && clause.words.size + concepts.size > 1 && MAY_BE.test(text) && !CAN.test(text));
  return isPlain || counts.length > 0 || (clause.without.size > 0 && MAY_DO.test(text))
    ? { ...claim('promise', null), isPlain: true }
    : null;
}

/** `no contractor has been assigned yet` */
const NO_ONE_YET = /^\W*no (?:\w+ ){1,2}(?:has|have) been \w+ yet\b/;
/** Says when alone something is given. */
const ONLY_SOME = /\bcan only be \w+(?: or \w+)?\b/;
/** Says how little it is. */
const ONLY = /\bonly\b/;
const FOR_SOME = /^\W*(?:if|wenn|falls|si|se|als) (?:you|it|they) (?:qualif|are eligible|is eligible)/;

/** What the agent says, in other languages, that it has done, where that is more than to talk. */
function doneAbroad({ text, concepts }: Clause): string | null {
  const verb = DONE_ABROAD.exec(text)?.groups?.verb;
  return verb !== undefined && (ACTS.test(verb) || DEEDS.some((concept) => concepts.has(concept))) ? verb : null;
}

const DEEDS: readonly Concept[] = ['cancel', 'refund', 'exchange', 'replace', 'credit', 'extend', 'approve', 'upgrade'];
/** What is done for a customer, by whomever. */
const DEED =
  /^(?:shipped|dispatched|delivered|sent|refunded|credited|paid|cancell?ed|resolved|closed|moved|booked|reserved|activated|removed|deleted|extended|replaced|upgraded|approved|issued|waived|dropped|lifted|reversed|granted|reduced|fixed|repaired|assigned)$/;
/** Booked, changed, ordered, added, sent, moved. */
const ACTS =
  /^(?:ge?bucht|prenotat|riservat|reservad|reserve|geboekt|gereserveerd|reserviert|geandert|umgebucht|cambiad|modifi|change|gewijzigd|verzet|verschoben|eingetragen|bestellt|ordinat|pedid|commande|besteld|hinzugefugt|aggiunt|anadid|ajoute|toegevoegd|verschickt|versendet|spedit|enviad|envoye|verstuurd|spostat|deplace|desactivad|aktiviert|attivat|activad|active|geactiveerd)/;

/** Said of what the agent or the company itself has done. */
const BY_US = /\b(?:i|we)(?:'ve| have)\b/;

/** Without a concept, what a promise cannot do without: most clauses have neither. */
const MAY_PROMISE =
  /'ll|'ve|'s been|\b(?:i'm|we're|am|are) \w+ing\b|\b(?:has|have|was|were) |\bj'ai\b|\b(?:ho|abbiamo|habe|haben|heb|hebben|he|hemos|avons|sido|stat[oaie]|wurden?|foi|foram)\b|\b(?:will|shall|going|have|promise|guarantee|commit|undertake|never|always|won't)\b/;

/** Says that something may be had or done, or is so. */
const MAY_BE =
  /\b(?:can|may|need|are|is|will|also|allowed|permitted|possible|puede|pueden|kann|konnen|peut|peuvent|pouvez|pode|podem|puo|possono|kan|kunt|kunnen)\b/;

/** Says that something goes without what else is needed for it. */
const MAY_DO =
  /\b(?:can|may|get|needed|required|necessary|possible|pued\w+|pouvez|peut|peuvent|kann|konnen|puo|possono|pod[ei]\w*|kan|kunt|kunnen)\b/;
const MAY_HAVE = /\byou (?:can|may)\b/;
/** Says what somebody may have or do. */
const CAN_BE = /\b(?:can|may|valid|with|lets?|allows?)\b/;
/** Not to need something is worth something. */
const NEEDED =
  /n't need (?:an?|any|the|your)\b|\b(?:required|needed|necessary|(?:have|need) to|not need|no (?:\w+ )?(?:excess|deductible|deposit|minimum))\b/;
/** Begins a list of what the agent can do. */
const CAN = /\bi can (\w+)/;
