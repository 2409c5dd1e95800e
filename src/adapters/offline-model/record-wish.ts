import type Anthropic from '@anthropic-ai/sdk';
import { stem } from '../../language/stem.ts';
import { tokenize, words } from '../../language/tokens.ts';
import { meantCodes } from './codes.ts';
import type { Field } from './fields.ts';
import { clauses } from './scene.ts';

type Candidate = { tool: Anthropic.Tool; fields: Field[] };

const stems = (line: string) => new Set(words(line).map(stem));

/** Words for the same deed, and for the same thing. Plain English, no company's wording. */
const DEEDS = [
  'cancel cancellation stop scrap drop dropped withdraw revoke',
  'change update edit correct alter modify redirect reroute switch move wrong different another',
  'refund reimburse reimbursement',
  'renew extend prolong',
  'pause suspend stop',
  'return',
  'book reserve',
  'reschedule postpone',
].map(stems);
const THINGS = [
  'order purchase parcel package delivery shipment buy bought',
  'refund reimbursement',
  'address street house',
  'booking reservation appointment',
  'subscription plan contract policy',
  'invoice bill',
  'customer account profile',
].map(stems);
/** First words of a tool's name that say nothing of what it does to a thing. */
const GENERIC = stems('get look up lookup find fetch show read request make create submit start open check list do');
/** Those of them after which the thing is the deed: a refund that is requested. */
const ASKED_FOR = stems('request make create submit start open');
const VAGUE = stems('info information details detail data status of for by the a an');

const ASKS_HOW =
  /^\W*(?:(?:and|so|but|ok|okay|also|hi|hello),?\s)?(?:how|why|what (?:if|happens)|until when|when (?:can|do|does|is|will)|who|is it|is there|are there|does|do (?:you|i)|will)\b/i;
const DENIED = /\b(?:do not|don'?t|never|not (?:to|going to)|without|rather not)\b[^.?!,;]{0,30}$/i;
const LOOKS_UP =
  /\b(?:where|status|state|track|tracking|look up|check|find|details|arriv\w*|happening|going on|on (?:its|the) way|sent (?:off|out)|dispatched|shipped|left|here yet|how far)\b/i;
const OWN = /\b(?:my|mine|i|i've|i'm|me|our|we|us)\b/i;
const KEPT =
  /\b(?:on file|about me|for me|do you have (?:of|on) me|my (?:account|details|data|profile)|am i registered)\b/i;
const LISTS = /\b(?:which|what|list|show|all|any|history|see|overview|how many)\b/i;
/** "What money do I get back" is the thing without its name. */
const MONEY_BACK =
  /(?<!\b(?:send|sent|bring|ship|give it|take)\b[^.?!]{0,20})\b(?:money|cash|price|cost|amount|payment|euros?|dollars?|pounds?|eur|usd|gbp|\d+)\b[^.?!]{0,20}\bback\b|\bpay (?:me|us) back\b/i;
const ELSEWHERE =
  /\b(?:send|deliver|ship|bring|post)\b[^.?!]*\bto (?!me\b|us\b)|\b(?:go|goes|sent|delivered|send|deliver|ship|brought)\b[^.?!]*\b(?:elsewhere|somewhere else)\b|\b(?:have|get|want|need|like|should|must|please)\b[^.?!]*\b(?:sent|delivered|shipped|brought|go|come)\b[^.?!]*\bto (?!me\b|us\b|you\b|know\b)/i;
const NO_LONGER = /\bno longer (?:need|want)\b|\b(?:do not|don'?t) (?:need|want)\b[^.?!]*\b(?:any ?more|any longer)\b/i;
const RULES = /\b(?:policy|policies|rules?|terms|conditions|deadline|fees?|period)\b/i;
const REQUEST =
  /\b(?:please|pls|plz|want|need|like to|have to|got to|must|(?:can|could|may) (?:you|i|we)|would you|let me|i'?d like)\b/i;
const CALLED_OFF = /\bcall(?:ed|ing)? (?:it |that |this |the \w+ )?off\b/i;

/** True for a tool about one thing that has a number, or about what is kept of the customer: nothing in it is priced. */
export function isRecordTool({ tool, fields }: Candidate): boolean {
  const required = fields.filter((field) => field.required);
  return required.some(({ kind }) => kind === 'code') || (required.length === 0 && objectsOf(tool).length > 0);
}

/** From here on a message says itself what it wants, so that a form that waits for something else gives way. */
export const OUTSPOKEN = 1.5;

/**
 * How much a message asks for a tool about something on record: 0 for not at all. What the tool does must be said, in
 * these or other words; where only a number is said, the tool that looks it up is meant.
 */
export function recordWish(candidate: Candidate, text: string): number {
  const codes = codesIn(candidate, text);
  const scores = clauses(text).map((clause) => clauseWish(candidate, clause, codes.length > 0));
  return Math.max(0, ...scores);
}

/** The numbers that a message means, as the tool writes them. */
export function codesIn({ fields }: Pick<Candidate, 'fields'>, text: string): string[] {
  const field = fields.find(({ kind }) => kind === 'code');
  return field ? meantCodes(text, field.shapes).meant.map(({ code }) => code) : [];
}

function clauseWish({ tool, fields }: Candidate, clause: string, hasCode: boolean): number {
  const said = saidIn(clause);
  const code = fields.find(({ kind }) => kind === 'code');
  // Its number names the thing.
  const named = new Set(hasCode ? words((code?.name ?? '').replaceAll('_', ' ')).map(stem) : []);
  const objects = objectsOf(tool).filter((one) => named.has(one) || isSaid(one, THINGS, said)).length;
  const deed = deedOf(tool);
  if (deed) return deedWish({ deed, objects, clause, said, hasCode });
  const needsCode = fields.some(({ kind, required }) => kind === 'code' && required);
  if (needsCode) {
    const looksUp = LOOKS_UP.test(clause);
    if (hasCode) return (looksUp ? OUTSPOKEN + 0.1 : 1) + 0.1 * objects;
    if (!looksUp || ASKS_HOW.test(clause)) return 0;
    return (objects > 0 && OWN.test(clause)) || isLeaning(clause) ? OUTSPOKEN : 0;
  }
  const about = tokenize(tool.description ?? '').some((token) => said.has(token));
  if (KEPT.test(clause) && about && fields.length === 0)
    return 1.7 + (objects > 0 ? 0.1 : 0) - (isList(tool) ? 0.5 : 0);
  return isList(tool) && objects > 0 && OWN.test(clause) && LISTS.test(clause) && !hasCode ? 1.6 : 0;
}

type Deed = { deed: string; objects: number; clause: string; said: ReadonlySet<string>; hasCode: boolean };

function deedWish({ deed, objects, clause, said, hasCode }: Deed): number {
  const isDone = isSaid(deed, DEEDS, said);
  const spelled = said.has(deed);
  if (!isDone) return 0;
  const word = words(clause).find((one) => stem(one) === deed) ?? '';
  if (word !== '' && DENIED.test(clause.slice(0, clause.toLowerCase().indexOf(word)))) return 0;
  // "How can I cancel?" asks for the rules; with a number it is about that one.
  if (!hasCode && (ASKS_HOW.test(clause) || RULES.test(clause) || !isRequest(clause, deed))) return 0;
  // Another word for the deed ("a different …") is only one where its thing is named too.
  if (!spelled && objects === 0) return 0;
  if (!hasCode && objects === 0 && !isLeaning(clause)) return 0;
  return 2 + 0.2 * objects + (spelled ? 0.2 : 0);
}

/** True where something is wanted: it is asked for, or the clause begins with what is to be done. */
function isRequest(clause: string, deed: string): boolean {
  const [first = '', second = ''] = words(
    clause.replace(/^\W*(?:(?:ok|okay|so|then|and|hi|hello|well|hmm|yes|no|just|also)\b\W*)+/i, ''),
  );
  return (
    REQUEST.test(clause) ||
    /^(?:send|deliver|ship|bring|post)$/i.test(first) ||
    isSaid(deed, DEEDS, new Set([stem(first), stem(second)]))
  );
}

/** "Cancel it": what was spoken of. */
function isLeaning(clause: string): boolean {
  return /\b(?:it|that|this|that one|this one|them|those|the (?:whole|entire) \w+|everything)\b/i.test(clause);
}

function saidIn(clause: string): Set<string> {
  const said = stems(clause);
  if (MONEY_BACK.test(clause)) said.add(stem('refund'));
  if (CALLED_OFF.test(clause) || NO_LONGER.test(clause)) said.add(stem('cancel'));
  // "Send it to …" gives an address a new one.
  if (ELSEWHERE.test(clause)) {
    said.add(stem('address'));
    if (!said.has(stem('change'))) said.add(stem('redirect'));
  }
  return said;
}

function isSaid(word: string, groups: readonly ReadonlySet<string>[], said: ReadonlySet<string>): boolean {
  if (said.has(word)) return true;
  return groups.some((group) => group.has(word) && [...group].some((other) => said.has(other)));
}

/** What a tool does to its thing, as a stem: "cancel"; where its name says only that it is asked for, the thing itself. */
function deedOf(tool: Anthropic.Tool): string | null {
  const [first = '', ...others] = words(tool.name.replaceAll('_', ' ')).map(stem);
  if (!GENERIC.has(first)) return first;
  if (!ASKED_FOR.has(first)) return null;
  return others.find((one) => DEEDS.some((deed) => deed.has(one))) ?? null;
}

/** True for a tool that only looks a thing up. */
export function looksUp(tool: Anthropic.Tool): boolean {
  return deedOf(tool) === null && !isList(tool);
}

/** The things that a tool's name speaks of. */
function objectsOf(tool: Anthropic.Tool): string[] {
  const [, ...others] = words(tool.name.replaceAll('_', ' ')).map(stem);
  return others.filter((one) => !GENERIC.has(one) && !VAGUE.has(one));
}

function isList(tool: Anthropic.Tool): boolean {
  return /^list_/.test(tool.name) || /^(?:get|show|find)_\w+s$/.test(tool.name);
}

/** The tool that lists the things from which one has to be named; null where there is none. */
export function listerFor(tool: Anthropic.Tool, tools: readonly Candidate[]): Anthropic.Tool | null {
  const wanted = new Set(objectsOf(tool));
  const found = tools.find(
    (one) =>
      isList(one.tool) &&
      !one.fields.some(({ required }) => required) &&
      objectsOf(one.tool).some((key) => wanted.has(key)),
  );
  return found?.tool ?? null;
}
