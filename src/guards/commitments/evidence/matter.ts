import type { Claim } from '../claims/claims.ts';
import { OVERRIDES } from '../claims/forms.ts';
import { byText } from '../reading/by-text.ts';
import { type Concept, REQUIRED, SAME } from '../reading/concepts.ts';
import type { Figure } from '../reading/figures.ts';
import type { Clause } from '../reading/statements.ts';
import { wordOf } from '../reading/words.ts';
import type { Ground } from './grounds.ts';
import { areOtherPeople } from './people.ts';

/** Whether a clause is about the same matter and says yes or no to it alike. */
export function agrees(claim: Claim, ground: Ground, isTool: boolean): boolean {
  const { clause, concepts, text, sentence } = ground;
  if (claim.overrides && !claim.negated && !OVERRIDES.test(text)) return false;
  for (const word of clause.only) if (!claim.sentence.has(word)) return false;
  if (!ELSE.test(text) && !DENIES.test(text))
    for (const word of claim.without) if (sentence.has(word) && !clause.without.has(word)) return false;
  if (isOtherOrdinal(claim.text, clause.text) || isOtherOrdinal(claim.text, text)) return false;
  const isDeducted = claim.concepts.has('deduct');
  if (claim.concepts.has('refund') && (isDeducted ? !concepts.has('deduct') : clause.concepts.has('deduct')))
    return false;
  if (
    claim.isFree &&
    !(isTool && ground.ofFree) &&
    claim.figure?.kind !== 'date' &&
    !COSTS_NOTHING.some((concept) => concepts.has(concept)) &&
    !NO_CHARGE.test(text)
  )
    return false;
  if (!claim.negated && !clause.negated && (leavesOut(claim, text) || isWidened(claim, clause))) return false;
  if (NEVER.test(claim.text) && claim.concepts.has('stable') && clause.figures.some(({ kind }) => LASTS.has(kind)))
    return false;
  if (claim.concepts.has('full') && LESS.test(text) && !LESS.test(claim.all)) return false;
  if (TAXED.test(claim.text) && UNTAXED.test(text) && !TAXED.test(text)) return false;
  if (claim.figure && isOtherEvent(claim.text, clause.text)) return false;
  if (areOtherPeople(claim.all, text)) return false;
  if (isTool && claim.figure && NEW.test(claim.text) && OLD.test(clause.text) && !OLD.test(claim.text)) return false;
  if (claim.figure?.kind === 'duration' && isFromElsewhere(claim.text, text)) return false;
  if (EXACTLY.test(claim.text) && UP_TO.test(clause.text) && !EXACTLY.test(text)) return false;
  if (claim.figure?.kind === 'money' || claim.concepts.has('refund')) {
    if (PAID_OUT.test(claim.all) && !AS_CREDIT.test(claim.all) && AS_CREDIT.test(text) && !PAID_OUT.test(text))
      return false;
  }
  for (const limit of claim.limits) if (!new RegExp(`\\b${limit}\\b`).test(text)) return false;
  for (const concept of claim.concepts) {
    if (clause.subject.concepts.has(concept)) continue;
    // What is got back for it is got back for cancelling.
    if (concept === 'cancel' && claim.said.has('refund') && concepts.has('refund')) continue;
    const isDeposit =
      concept === 'refund' && ((concepts.has('deposit') && concepts.has('return')) || /^\W*claims?\b/.test(text));
    const other = isDeposit || (SAME[concept]?.some((same) => concepts.has(same)) ?? false);
    if (!(claim.figure ? FIRM_FIGURES : REQUIRED).has(concept) || other) continue;
    if ((concept === 'unconditional' || concept === 'unlimited') && EVERY.test(text)) continue;
    // `on each ticket`, of so much per ticket, or of what another sentence says of all.
    const isPer = ground.ofAll || clause.figures.some(({ per }) => per !== null);
    if (concept === 'unlimited' && claim.figure && isPer && EVERY.test(claim.text) && !UNLIMITED.test(claim.text))
      continue;
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

/** Whether a text says that something holds only under a condition, and a claim has nothing of that. */
function leavesOut({ sentence, said }: Claim, text: string): boolean {
  const condition = ONLY_IF.exec(text)?.[1];
  if (condition === undefined) return false;
  const words = (condition.match(/\p{L}+/gu) ?? []).map(wordOf);
  const known = words.filter(({ content, concepts }) => content || concepts.length > 0);
  return (
    known.length > 0 &&
    !/\d/.test(condition) &&
    !known.some(({ key, concepts }) => sentence.has(key) || concepts.some((concept) => said.has(concept)))
  );
}

const ONLY_IF =
  /\b(?:only|nur|solo|seulement|uniquement|alleen) (?:if|when|once|after|in case(?: of)?|in the event(?: of| that)?|on presentation of|wenn|falls|si|se|als) ([^.;]+)/;

/** `current_premium`, beside `renewal_premium` */
const OLD = /\b(?:old|current|previous|original|former|before|anterior|actual|ancien\w*|alt|vorig\w*)\b/;
const NEW =
  /\b(?:new|next|renewal|will be|from now on|remains?|stays?|untouched|remarcad[oa]|reprogramad[oa]|nuev[oa]|nov[oa]|nouve\w*|neue?[rns]?|umgebucht|rescheduled|rebooked)\b/;

/** Whether one says when a thing leaves and the other when it is there. */
function isOtherEvent(one: string, other: string): boolean {
  const [leaves, leavesToo] = [LEAVES.test(one), LEAVES.test(other)];
  return leaves !== leavesToo && leaves !== ARRIVES.test(one) && leavesToo !== ARRIVES.test(other);
}

const ARRIVES = /\b(?:reach\w* (?:you|the)|arriv\w+|deliver\w*|eta|with you|be (?:there|here|at your))\b/;
const LEAVES = /\b(?:ships?|shipped|dispatch\w*|leaves?)\b/;

const EXACTLY = /\b(?:exactly|precisely|on the dot)\b/;
const UP_TO = /\b(?:up to|at most|within|no (?:more|longer) than|max(?:imum)?|between|around|about|usually|normally)\b/;
/** Whether money comes back as money, or is kept as a credit. */
const PAID_OUT =
  /\b(?:bank account|(?:credit|debit) card|your card|in cash|cash back|wired?|paypal|original (?:payment|method)|(?:by|via|with) bank transfer)\b/;
const AS_CREDIT =
  /\b(?:store credit|shop credit|account credit|(?:as|in|a) credit|credit(?:ed)? (?:to|on|against)|(?:next|future|following) (?:bill|invoice|order|box)s?|vouchers?|gift cards?|bank transfers? (?:is|are) not)\b/;

/** What a time is counted from. */
const FROM = /\b(?:of|after|from|since|following|once|when) ([^.;,]{3,60})/g;
const EVENTS: readonly RegExp[] = [
  /\b(?:purchas\w+|bought|buy\w*|order(?:ed|ing)?|pay(?:ment|ing)?)\b/,
  /\b(?:deliver\w*|receipt|receiv\w+|arriv\w+|get|got|have it)\b/,
  /\b(?:send\w*|sent|ship\w*|dispatch\w*|post(?:ing|ed))\b/,
  /\b(?:book\w*|reserv\w+)\b/,
  /\b(?:pick(?:ed|ing)? (?:\w+ ){0,2}up|pick-?up|collect\w*)\b/,
  /\b(?:return\w*|emptied|hand(?:ed|ing)? (?:\w+ ){0,2}(?:back|over)|handover|drop(?:ped)?[- ]?off)\b/,
  /\b(?:sign(?:ed|ing)?(?: up)?|regist\w+|join\w*|open(?:ed|ing)? (?:an?|your|the) account)\b/,
  /\b(?:clos(?:ed|ing|ure)|cancel\w*|given notice|giving notice)\b/,
  /\b(?:treatment|visit|appointment|accident|damage|event|incident)\b/,
  /\b(?:departure|depart\w*|take-?off|leav\w+|start\w*|begin\w*)\b/,
];

/** Begins what is said next. */
const NEXT = /\b(?:for|so|and|but|to)\b/;

/** Whether both count a time, and from other events. */
function isFromElsewhere(one: string, other: string): boolean {
  const [ours, theirs] = [eventsIn(one), eventsIn(other)];
  return ours.length > 0 && theirs.length > 0 && !ours.some((event) => theirs.includes(event));
}

const eventsIn = byText((text): readonly number[] => {
  const told = [...text.matchAll(FROM)].map(([, from = '']) => from.split(NEXT)[0]).join(' ');
  return EVENTS.flatMap((event, at) => (event.test(told) ? [at] : []));
});

/** Something is taken off. */
const LESS = /\b(?:less|minus|deduct(?:ing|ed)|after deduction of) (?:the|any|an?|its|your|cleaning|costs?|fees?)\b/;
/** For good, of what a source says until when. */
const NEVER = /\b(?:never|ever|forever|always)\b/;
const LASTS: ReadonlySet<Figure['kind']> = new Set(['date', 'duration']);

const TAXED = /\b(?:incl\w*|with) (?:\w+ )?(?:vat|tax(?:es)?|gst|mwst|iva|tva|btw)\b/;
const UNTAXED =
  /\b(?:plus|excl\w*|before|without|zzgl|mas|hors|piu|exclusief) (?:\w+ )?(?:vat|tax(?:es)?|gst|mwst|iva|tva|btw)\b/;

/** Whether a claim says of all of a kind what a clause says of some. */
function isWidened({ figure, text, sentence }: Claim, clause: Clause): boolean {
  if (figure || !ALL.test(text) || EVERY.test(clause.text)) return false;
  return [...clause.words].some((word) => !sentence.has(word));
}

const UNLIMITED = /\b(?:no (?:limit|cap)|unlimited|as (?:many|much|often))\b/;
const EVERY = /\b(?:all|every|any|each|always|alle|todos|todas|tous|toutes|tutti|tutte)\b/;
const ALL =
  /\b(?:for|with|on|in) (?:all|every|any|each)\b(?! (?:of )?(?:them|these|those|it))|^\W*(?:all|every|any|each|alle|todos|todas|tous|toutes|tutti|tutte)\b/;

const COSTS_NOTHING: readonly Concept[] = ['free', 'trial', 'included', 'cover'];
const NO_CHARGE =
  /\b(?:includes?|nothing|0)\b|\b(?:no|not|never|keine?n?|sin|sans|senza|sem|geen|zonder|ohne)\b[^.;]{0,30}\b(?:charg|cost|fee|pay|bill|extra|deduct|kost|gebuhr|aufpreis|cargo|coste|costo|costi|frais|custo|taxa|spes|pag|zahl|betal)/;

const DENIES = /\b(?:no|not|without|keine?|nicht|ohne|sin|sans|senza|sem|geen|zonder)\b/;
/** Says what holds without what is said before. */
const ELSE = /\b(?:otherwise|unless|sonst|ansonsten|si no|sinon|altrimenti|senao|anders)\b/;
const ANY_ORDINAL = /\b(?:first|second|third|fourth|fifth|last) /;
const ORDINAL = /\b(first|second|third|fourth|fifth) ([a-z]+)/g;

const ordinalsIn = byText((text) =>
  [...text.matchAll(ORDINAL)].map(([, ordinal = '', of = '']) => ({ ordinal, of: wordOf(of).key })),
);

/** Whether one speaks of the first of something and the other of the second. */
function isOtherOrdinal(one: string, other: string): boolean {
  const theirs = ordinalsIn(other);
  for (const { ordinal, of } of theirs.length > 0 ? ordinalsIn(one) : []) {
    const like = theirs.filter((their) => their.of === of);
    if (like.length > 0 && !like.some((their) => their.ordinal === ordinal)) return true;
  }
  // The first Sunday is not every Sunday.
  return (
    theirs.some(({ of }) => /^(?:mon|tues|wednes|thurs|fri|satur|sun)da/.test(of) && one.includes(of)) &&
    !ANY_ORDINAL.test(one)
  );
}

/** What a figure is not of, where a source does not say so: 30 days to return something are not for a refund. */
const FIRM_FIGURES: ReadonlySet<Concept> = new Set<Concept>([
  ...(['refund', 'compensation', 'warranty', 'assured', 'cancel', 'match', 'voucher', 'extend', 'stable'] as const),
  ...(['unconditional', 'unlimited', 'anytime', 'everywhere', 'lifetime'] as const),
]);

/** What few words of a tool do not say by themselves. */
const FIRM: ReadonlySet<Concept> = new Set<Concept>(['assured', 'unconditional', 'unlimited', 'lifetime', 'free']);

/** What may be had in full or in part. */
const PAID = wordOf('paid').key;
const WHOLE: readonly Concept[] = ['refund', 'cover', 'compensation'];

/** What comes in kinds, so that the word before it tells which. */
export const OFFERED: ReadonlySet<string> = new Set(
  'plan policy contract order booking item product package tier delivery shipping membership subscription account card coverage insurance room suite ticket fare edition version model course class license seat bundle discount fee premium deductible service warranty tarif plan abo'
    .split(' ')
    .map((word) => wordOf(word).key),
);

/** How much of what the claim is about the clause is about, too; null where that is nothing, or it is about another thing. */
export function scoreOf(
  { words, isOwn, sentence: own, concepts, concept, figure, limits, said }: Claim,
  { clause, sentence, heads, concepts: near }: Ground,
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
  if (words.size === 0 && !figure) return shared > 0 ? score : null;
  // A figure tells enough by itself.
  if (figure) return score;
  // One word that both have tells enough, where there is any.
  const isLimited = limits.length > 0 && limits.every((limit) => new RegExp(`\\b${limit}\\b`).test(clause.text));
  const isBeside = shared > 1 || [...said].some((other) => other !== concept && near.has(other));
  let both = 0;
  for (const word of own) if (sentence.has(word)) both += 1;
  const isEnough =
    matched > 0 ||
    concept === 'anytime' ||
    (both > 1 && concept !== null) ||
    isLimited ||
    (isOwn ? words.size < (shared > 1 ? 3 : 1) : words.size < 2 || isBeside);
  return isEnough && shared + matched > 0 ? score : null;
}
