import type Anthropic from '@anthropic-ai/sdk';
import { stem } from '../../language/stem.ts';
import { words } from '../../language/tokens.ts';
import { foreignTo, informs } from './asking.ts';
import { isDateAlone } from './dates.ts';
import { extract, isCorrection } from './extract.ts';
import { type Field, fieldsOf } from './fields.ts';
import { likest, SAME } from './intent.ts';
import { isRecordTool, OUTSPOKEN } from './record-wish.ts';
import { clauses, type Exchange, type PastCall, type Scene, safeJson } from './scene.ts';
import { type SmallTalk, smallTalk } from './small-talk.ts';
import { type Around, type Candidate, keysSaid, wish } from './wish.ts';

/** A tool that is being filled in. */
export type Form = {
  tool: Anthropic.Tool;
  fields: Field[];
  values: Record<string, unknown>;
  /** Names of the fields that the agent asked for last. */
  asked: string[];
  /** `filling`: something is missing. `called`: the tool has run with these values. */
  state: 'filling' | 'called';
};

/** What the newest message did to the form. */
export type FormTurn = {
  form: Form | null;
  /** Began with this message. */
  started: boolean;
  /** Names of the fields that this message gave or changed. */
  given: string[];
  /** Fields for which the message gave a number outside their bounds, while others are missing too. */
  refused: Field[];
  /** Questions in the message that are not about the form. */
  sideQuestion: string | null;
  /** The customer dropped the form with this message. */
  dropped: boolean;
};

const NO_FORM: FormTurn = { form: null, started: false, given: [], refused: [], sideQuestion: null, dropped: false };

/** Tools of the runtime, which no customer fills in. */
const BUILT_IN = new Set(['search_knowledge', 'hand_off', 'resolve', 'switch_route']);

/** Messages in which no value is to be looked for. */
const COURTESIES = new Set<SmallTalk>([
  'greeting',
  'thanks',
  'goodbye',
  'wants_person',
  'who_are_you',
  'what_can_you_do',
  'how_are_you',
  'distress',
  'complaint',
  'card_number',
]);

const DROP =
  /\b(?:never ?mind|forget (?:it|that|about|the)|don'?t (?:want|need) (?:a|the|that|it)|no longer|stop asking|leave it|cancel (?:that|the quote|this)|not (?:now|interested)|changed my mind)\b/i;
const ANOTHER =
  /\b(?:another|a different|second|one more|a new)\s+(?:quote|one|car|vehicle|bike|book|room|order|estimate|price)\b|\bother (?:one|car|vehicle)\b/i;
/** What a customer says who has decided: nothing in it changes the form. */
const BUYING = /\b(?:buy|purchase|sign (?:me )?up|go with|take it|proceed|compare)\b/i;
const QUESTION =
  /^\W*(?:(?:and|so|but|ok|okay|also),?\s)?(?:how|why|what|when|where|who|which|is|are|do|does|did|will|can|could|should|would)\b/i;

/** A question without its mark; "can" and "is" also begin what is none. */
const ASKING =
  /^\W*(?:(?:and|so|but|ok|okay|also),?\s)?(?:how come|why|what (?:if|happens|is|are|does)|how (?:long|do|does|many)|when (?:do|does|is|will))\b/i;

const PRICED = /\b(?:how much|cost|price|pay)\b/i;

/** The tools that a customer may want. */
export function customerTools(scene: Scene): Anthropic.Tool[] {
  return scene.tools.filter(({ name }) => !BUILT_IN.has(name));
}

/** Goes through the conversation and fills in forms as the customer speaks: any order, several at once, corrections. */
export function readForm(scene: Scene): FormTurn {
  const forms = customerTools(scene).map((tool) => ({ tool, fields: fieldsOf(tool) }));
  let turn = NO_FORM;
  const offered = new Set<string>();
  const heard = new Map<string, Record<string, unknown>>();
  const asksPrice = (text: string) => likest(scene, text, 'price') >= SAME;
  for (const exchange of scene.exchanges) {
    for (const { tool } of forms) if (exchange.agentBefore.includes(offerOf(tool))) offered.add(tool.name);
    const around = { forms, offered, heard, today: scene.today, asksPrice };
    listen(exchange.customer, around);
    turn = advance(turn.form, exchange, around);
    for (const call of exchange.calls) {
      if (turn.form?.tool.name === call.name) afterCall(turn.form, call);
      else if (turn.form) learnFrom(turn.form, call);
    }
  }
  return turn;
}

type Surroundings = {
  forms: Candidate[];
  offered: ReadonlySet<string>;
  /** What customers have plainly said for each tool, asked for or not: a form that begins later need not ask again. */
  heard: Map<string, Record<string, unknown>>;
  today: Date;
  asksPrice: Around['asksPrice'];
};

function listen(text: string, { forms, heard, today }: Surroundings): void {
  for (const { tool, fields } of forms) {
    const before = heard.get(tool.name) ?? {};
    const found = extract(text, fields, { asked: [], values: before, today });
    const told = (name: string) =>
      found.strong.has(name) || (informs(tool) && fields.some((one) => one.name === name && one.kind === 'choice'));
    const sure = Object.entries(found.values).filter(([name]) => told(name) && !found.out.has(name));
    const values = Object.fromEntries(sure);
    // Another vehicle is another story.
    const other = Object.keys(values).some(
      (name) =>
        /^(?:make|brand|manufacturer)$/.test(name) && before[name] !== undefined && before[name] !== values[name],
    );
    heard.set(tool.name, other ? values : { ...before, ...values });
  }
}

function advance(previous: Form | null, exchange: Exchange, around: Surroundings): FormTurn {
  const text = exchange.customer;
  const wanted = wantedForm(exchange, previous, around);
  const onRecord = wanted !== null && isRecordTool(wanted);
  // "Never mind. What is your number?" goes on to something else.
  // What waits for a decision elsewhere is not dropped by a word.
  const droppable = previous !== null && (previous.state === 'filling' || !isRecordTool(previous));
  const dropped = droppable && DROP.test(text) && !text.includes('?') && !onRecord;
  if (dropped && !wanted) return { ...NO_FORM, dropped: true };
  const another = dropped || ANOTHER.test(text);
  const again = wanted !== null && (onRecord || informs(wanted.tool));
  const fresh = wanted !== null && (previous === null || wanted.tool !== previous.tool || another || again);
  const candidate = fresh ? wanted : previous;
  if (!candidate) return NO_FORM;
  const known = fresh ? { ...heardFor(candidate, text, around), ...keptFor(candidate, text, previous) } : {};
  const base: Form = fresh
    ? { ...candidate, values: another && !onRecord ? {} : known, asked: [], state: 'filling' }
    : { ...(previous as Form) };
  const changed = readValues(base, text, { ...around, wanted: wanted !== null });
  const state =
    Object.keys(changed.values).length > 0 || (wanted !== null && base.state === 'filling') ? 'filling' : base.state;
  const form: Form = { ...base, values: { ...base.values, ...changed.values }, state };
  const refused = refuse(form, changed.out);
  form.asked = missing(form).map(({ name }) => name);
  const given = Object.keys(changed.values);
  // What only wants to know something does not wait for long.
  if (!fresh && given.length === 0 && state === 'filling' && informs(form.tool)) return NO_FORM;
  return {
    form,
    started: fresh,
    given,
    refused,
    sideQuestion: sideQuestionIn(text, { form, started: fresh, around }),
    dropped: false,
  };
}

/** What a form need not ask again. Of a thing on record only its number: the rest is said anew for every errand. */
function heardFor(candidate: Candidate, text: string, { heard }: Surroundings): Record<string, unknown> {
  const said = Object.entries(heard.get(candidate.tool.name) ?? {});
  if (informs(candidate.tool) && !isRecordTool(candidate) && namesAnother(candidate, text)) return {};
  if (!isRecordTool(candidate)) return Object.fromEntries(said);
  const codes = new Set(candidate.fields.filter(({ kind }) => kind === 'code').map(({ name }) => name));
  return Object.fromEntries(said.filter(([name]) => codes.has(name)));
}

/** What the same question was answered with before, where nothing else is spoken of now. */
function keptFor(candidate: Candidate, text: string, previous: Form | null): Record<string, unknown> {
  const same = previous?.tool === candidate.tool && informs(candidate.tool) && !isRecordTool(candidate);
  return same && !namesAnother(candidate, text) ? previous.values : {};
}

/** True where a question names something that the tool's own words do not, so that what was said before may be of another thing. */
function namesAnother(candidate: Candidate, text: string): boolean {
  return clauses(text).some((clause) => foreignTo(candidate, clause).length > 0);
}

/** What a form still needs, and another tool has just found out under the same name. */
function learnFrom(form: Form, call: PastCall): void {
  const found = call.failed ? null : safeJson(call.result);
  if (form.state !== 'filling' || typeof found !== 'object' || found === null) return;
  for (const { name } of missing(form)) {
    const value = (found as Record<string, unknown>)[name];
    if (typeof value === 'string' || typeof value === 'number') form.values[name] = value;
  }
}

/** The values that a message gives to the form, or changes. */
function readValues(
  form: Form,
  text: string,
  around: Surroundings & { wanted: boolean },
): { values: Record<string, unknown>; out: ReadonlySet<string> } {
  const nothing = { values: {}, out: new Set<string>() };
  const choice = form.fields.some(({ choices }) =>
    choices.some((one) => one.toLowerCase() === text.trim().toLowerCase().replace(/[.!]$/, '')),
  );
  if (COURTESIES.has(smallTalk(text)) && !choice) return nothing;
  const called = form.state === 'called';
  // After the tool has run, only what is clearly meant for it changes it.
  const { wanted } = around;
  if (called && (BUYING.test(text) || (!isCorrection(text) && QUESTION.test(text) && !wanted))) return nothing;
  const found = extract(answerPart(text, form, around), form.fields, {
    asked: called ? [] : form.asked,
    values: form.values,
    today: around.today,
  });
  const accepted = Object.entries(found.values).filter(
    ([name, value]) =>
      value !== form.values[name] &&
      (called ? wanted || found.strong.has(name) || isCorrection(text) : wanted || mayTake(form, name, text, around)),
  );
  return { values: Object.fromEntries(accepted), out: found.out };
}

/** False for a date that stands in a message about something else, where the form has one already. */
function mayTake({ fields, values, asked }: Form, name: string, text: string, { today }: Surroundings): boolean {
  const field = fields.find((one) => one.name === name);
  if (field?.kind !== 'date' || values[name] === undefined || asked.includes(name) || isCorrection(text)) return true;
  const awaited = fields.some((one) => one.kind === 'date' && asked.includes(one.name));
  const named = words(text).some((word) => field.cues.has(stem(word)));
  return !awaited && (named || isDateAlone(text, fields, today));
}

/** Takes back numbers that are out of bounds while other fields are missing; with all there, the tool itself says what is wrong. */
function refuse(form: Form, out: ReadonlySet<string>): Field[] {
  const refused = form.fields.filter(({ name }) => out.has(name) && form.values[name] !== undefined);
  if (refused.length === 0 || missing(form).length === 0) return [];
  for (const { name } of refused) delete form.values[name];
  return refused;
}

/** Required fields without a value. */
export function missing(form: Form): Field[] {
  return form.fields.filter((field) => field.required && form.values[field.name] === undefined);
}

function afterCall(form: Form, call: PastCall): void {
  Object.assign(form.values, call.input);
  form.state = 'called';
  if (!call.failed) return;
  const rejected = form.fields.filter(({ name }) => new RegExp(`^${name}: `, 'm').test(call.result));
  for (const { name } of rejected) delete form.values[name];
  if (rejected.length > 0) {
    form.state = 'filling';
    form.asked = rejected.map(({ name }) => name);
  }
}

/** The questions of a message that neither ask for the form nor carry values for it. */
function sideQuestionIn(
  text: string,
  { form, started, around }: { form: Form; started: boolean; around: Surroundings },
): string | null {
  const questions = clauses(text).filter((part) => part.trim().endsWith('?') || ASKING.test(part));
  const own = questions.filter((part) => {
    if (wish(form, part, { ...around, offered: false }) > 0) return false;
    if (PRICED.test(part) && around.asksPrice(part.trim())) return false;
    if (started && keysSaid(form.tool, new Set(words(part).map(stem))).length > 0 && !QUESTION.test(part)) return false;
    const found = extract(part, form.fields, { asked: [], values: form.values, today: around.today });
    return found.strong.size === 0 && !(isCorrection(part) && Object.keys(found.values).length > 0);
  });
  return own.length > 0 ? own.join(' ') : null;
}

/** The sentences of a message that are not questions of their own, for reading values. */
function answerPart(text: string, form: Form, around: Surroundings): string {
  const aside = sideQuestionIn(text, { form, started: form.state === 'filling' && form.asked.length === 0, around });
  const own = clauses(text).filter((part) => aside === null || !aside.includes(part));
  return own.length > 0 ? own.join(' ') : text;
}

/** The tool that the customer asks for, if any. `previous`: the form that may wait for just what is said. */
function wantedForm(exchange: Exchange, previous: Form | null, around: Surroundings): Candidate | null {
  if (COURTESIES.has(smallTalk(exchange.customer))) return null;
  let best: { candidate: Candidate; score: number } | null = null;
  for (const candidate of around.forms) {
    const accepts = exchange.agentBefore.includes(offerOf(candidate.tool)) && isYes(exchange.customer);
    const score = accepts
      ? 9
      : wish(candidate, exchange.customer, { ...around, offered: around.offered.has(candidate.tool.name) });
    if (score >= 1 && score > (best?.score ?? 0)) best = { candidate, score };
  }
  if (!best) return null;
  const waits = previous?.state === 'filling' && isRecordTool(previous) && missing(previous).length > 0;
  return waits && isRecordTool(best.candidate) && best.score < OUTSPOKEN ? null : best.candidate;
}

/** What the tool does, as a verb and its object: "get a quote". */
export function errandOf(tool: Anthropic.Tool): string {
  return tool.name
    .replaceAll('_', ' ')
    .replace(/^(get|check|find|create|book|make|look up|calculate|estimate) (?!a )/, '$1 a ');
}

/** The sentence that offers a tool; a "yes" to it starts the form. */
export function offerOf(tool: Anthropic.Tool): string {
  return `Would you like me to ${errandOf(tool)} for you?`;
}

function isYes(text: string): boolean {
  return /^\s*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please(?: do)?|go ahead|of course|definitely|absolutely|sounds good|i would|i'd (?:like|love)|let'?s (?:do|go)|why not|great|perfect)\b/i.test(
    text,
  );
}
