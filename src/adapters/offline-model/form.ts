import type Anthropic from '@anthropic-ai/sdk';
import { stem } from '../../language/stem.ts';
import { tokenize, words } from '../../language/tokens.ts';
import { extract, isCorrection } from './extract.ts';
import { type Field, fieldsOf } from './fields.ts';
import type { Exchange, Scene } from './scene.ts';
import { type SmallTalk, smallTalk } from './small-talk.ts';

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
  /** Questions in the message that are not about the form. */
  sideQuestion: string | null;
  /** The customer dropped the form with this message. */
  dropped: boolean;
};

/** Tools of the runtime, which no customer fills in. */
const BUILT_IN = new Set(['search_knowledge', 'hand_off', 'resolve', 'switch_route']);

/** Words for the same errand. Plain English, no company's wording. */
const ERRANDS = [
  'quote price cost premium estimate rate pricing quotation',
  'book reserve reservation booking appointment schedule',
  'available availability free vacancy open',
  'order purchase parcel package delivery shipment',
  'track status find locate',
  'cancel cancellation',
  'room space hall',
  'balance account',
].map((line) => new Set(line.split(' ').map(stem)));

const GENERIC = new Set(
  words(
    'get check find look up lookup calculate compute create make list fetch request search show tell give do of for a an the and',
  ).map(stem),
);

const REQUEST =
  /\b(?:get|have|want|need|like|give|start|calculate|do|run|make|see|book|reserve|check|find|look|searching|looking|interested|send|work out|figure out|tell me|help me with|let'?s|can i|could i|may i|ready|please|shop(?:ping)?)\b/i;
const ABOUT =
  /^\s*(?:how long|how do|how does|how are|how is|why|what (?:do|does|happens|documents|information|is a|affects|factors|should i)|when|where|who|which|is (?:a|the|my|there)|are|does|did|will (?:a|the|my)|if|can (?:a|the)|(?:tell|explain).*\b(?:how|why|what)\b)/i;
const PERSONAL_PRICE =
  /\bhow much\b.*\b(?:insure|cover|pay|be|cost|run|charge|premium|month(?:ly)?)\b|\bwhat(?:'s| is| would| will|'d)\b.*\b(?:my|i|me)\b.*\b(?:pay|cost|price|premium|rate)\b/i;
const DROP =
  /\b(?:never ?mind|forget (?:it|that|about|the)|don'?t (?:want|need) (?:a|the|that|it)|no longer|stop asking|leave it|cancel (?:that|the quote|this)|not (?:now|interested))\b/i;
const ANOTHER =
  /\b(?:another|a different|second|other|one more|new)\s+(?:quote|one|car|vehicle|book|room|order|\w+)\b/i;

/** Goes through the conversation and fills in forms as the customer speaks: any order, several at once, corrections. */
export function readForm(scene: Scene): FormTurn {
  const forms = scene.tools.filter(({ name }) => !BUILT_IN.has(name)).map((tool) => ({ tool, fields: fieldsOf(tool) }));
  let turn: FormTurn = { form: null, started: false, given: [], sideQuestion: null, dropped: false };
  for (const exchange of scene.exchanges) {
    turn = advance(turn.form, exchange, { forms, today: scene.today });
    for (const call of exchange.calls) if (turn.form?.tool.name === call.name) afterCall(turn.form, call);
  }
  return turn;
}

/** Messages in which no value is to be looked for. */
const COURTESIES = new Set<SmallTalk>([
  'greeting',
  'thanks',
  'goodbye',
  'wants_person',
  'who_are_you',
  'what_can_you_do',
  'how_are_you',
]);

type Candidate = { tool: Anthropic.Tool; fields: Field[] };

function advance(
  previous: Form | null,
  exchange: Exchange,
  { forms, today }: { forms: Candidate[]; today: Date },
): FormTurn {
  const text = exchange.customer;
  if (previous?.state === 'filling' && DROP.test(text))
    return { form: null, started: false, given: [], sideQuestion: null, dropped: true };
  const wanted = wantedForm(exchange, forms, today);
  const fresh = wanted !== null && (previous === null || wanted.tool !== previous.tool || ANOTHER.test(text));
  const keep = fresh ? null : previous;
  const candidate = fresh ? wanted : keep;
  if (!candidate) return { form: null, started: false, given: [], sideQuestion: null, dropped: false };
  const base: Form = keep ?? { ...candidate, values: {}, asked: [], state: 'filling' };
  const found = extract(answerPart(text), base.fields, {
    asked: base.state === 'filling' ? base.asked : [],
    values: base.values,
    today,
  });
  const courtesy = COURTESIES.has(smallTalk(text));
  const given = courtesy ? [] : Object.keys(found.values).filter((name) => accept(name));
  function accept(name: string): boolean {
    if (found.values[name] === base.values[name]) return false;
    if (base.state === 'filling' || found.strong.has(name)) return true;
    // After the tool has run, only what is clearly meant for it changes it.
    return isCorrection(text);
  }
  const questionOnly = base.state === 'called' && !isCorrection(text) && ABOUT.test(text);
  const taken = questionOnly ? [] : given;
  const values = { ...base.values, ...Object.fromEntries(taken.map((name) => [name, found.values[name]])) };
  const state = taken.length > 0 || (wanted !== null && base.state === 'filling') ? 'filling' : base.state;
  const form: Form = { ...base, values, state };
  form.asked = missing(form).map(({ name }) => name);
  const sideQuestion = sideQuestionIn(text, { form, started: fresh, today });
  return { form, started: fresh, given: taken, sideQuestion, dropped: false };
}

/** Required fields without a value. */
export function missing(form: Form): Field[] {
  return form.fields.filter((field) => field.required && form.values[field.name] === undefined);
}

function afterCall(form: Form, call: { input: Record<string, unknown>; result: string; failed: boolean }): void {
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
  { form, started, today }: { form: Form; started: boolean; today: Date },
): string | null {
  const questions = text.split(/(?<=[.!?\n])\s+/).filter((part) => part.trim().endsWith('?'));
  const own = questions.filter((part) => {
    if (started && (PERSONAL_PRICE.test(part) || (keysSaid(form.tool, part).length > 0 && !ABOUT.test(part))))
      return false;
    const found = extract(part, form.fields, { asked: [], values: {}, today });
    return found.strong.size === 0 && !(isCorrection(part) && Object.keys(found.values).length > 0);
  });
  return own.length > 0 ? own.join(' ') : null;
}

/** The sentences of a message that are not questions of their own, for reading values. */
function answerPart(text: string): string {
  const parts = text.split(/(?<=[.!?\n])\s+/);
  const statements = parts.filter((part) => !(part.trim().endsWith('?') && ABOUT.test(part)));
  return statements.length > 0 ? statements.join(' ') : text;
}

/** The tool that the customer asks for, if any. */
function wantedForm(exchange: Exchange, forms: Candidate[], today: Date): Candidate | null {
  const text = exchange.customer;
  const said = new Set(words(text).map(stem));
  let best: { candidate: Candidate; score: number } | null = null;
  for (const candidate of forms) {
    const score = wish(candidate, { text, said, agentBefore: exchange.agentBefore, today });
    if (score >= 1 && score > (best?.score ?? 0)) best = { candidate, score };
  }
  return best?.candidate ?? null;
}

function wish(
  { tool, fields }: Candidate,
  { text, said, agentBefore, today }: { text: string; said: Set<string>; agentBefore: string; today: Date },
): number {
  if (agentBefore.includes(offerOf(tool)) && isYes(text)) return 3;
  const keys = words(tool.name.replaceAll('_', ' '))
    .map(stem)
    .filter((key) => !GENERIC.has(key));
  const hits = keys.filter(
    (key) => said.has(key) || ERRANDS.some((errand) => errand.has(key) && overlaps(errand, said)),
  );
  const literal = keys.filter((key) => said.has(key));
  if (hits.length === 0) return 0;
  const given = extract(text, fields, { asked: [], values: {}, today }).strong.size;
  const price = PERSONAL_PRICE.test(text) && keys.some((key) => ERRANDS[0]?.has(key));
  const about = ABOUT.test(text) && !price;
  const purpose = tokenize((tool.description ?? '').split('.')[0] ?? '').filter((token) => said.has(token)).length;
  let score =
    hits.length / keys.length + literal.length * 0.3 + Math.min(1, given * 0.5) + Math.min(0.4, purpose * 0.2);
  if (REQUEST.test(text) || said.size <= 5) score += 0.4;
  if (price && (given > 0 || /\b(?:my|me|i|insure)\b/i.test(text))) score += 0.6;
  if (about && given < 2) score -= 1.2;
  if (literal.length === 0 && !price && given === 0) score -= 0.6;
  return score;
}

/** The words of a tool's name that say what it is about. */
function keysOf(tool: Anthropic.Tool): string[] {
  return words(tool.name.replaceAll('_', ' '))
    .map(stem)
    .filter((key) => !GENERIC.has(key));
}

/** Those of them that the text speaks of, in its own words. */
function keysSaid(tool: Anthropic.Tool, text: string): string[] {
  const said = new Set(words(text).map(stem));
  return keysOf(tool).filter(
    (key) => said.has(key) || ERRANDS.some((errand) => errand.has(key) && overlaps(errand, said)),
  );
}

function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a) if (b.has(one)) return true;
  return false;
}

/** The sentence that offers a tool; a "yes" to it starts the form. */
export function offerOf(tool: Anthropic.Tool): string {
  return `Would you like me to ${tool.name.replaceAll('_', ' ').replace(/^(get|check|find|create|book|make|look up) /, '$1 a ')} for you?`;
}

export function isYes(text: string): boolean {
  return /^\s*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please(?: do)?|go ahead|of course|definitely|absolutely|sounds good|i would|i'd (?:like|love)|let'?s (?:do|go)|why not|great|perfect)\b/i.test(
    text,
  );
}
