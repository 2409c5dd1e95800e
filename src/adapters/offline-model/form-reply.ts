import { answerOrTurnBack, answerPieces, looksLikeQuestion } from './answer-reply.ts';
import { informs } from './asking.ts';
import { contentStems } from './concepts.ts';
import { type Field, fieldsOf } from './fields.ts';
import { customerTools, type Form, type FormTurn, missing, readForm } from './form.ts';
import { intentOf } from './intent.ts';
import { type Piece, spaced, text } from './pieces.ts';
import { codesIn, isRecordTool, listerFor, looksUp } from './record-wish.ts';
import type { PastCall, Scene } from './scene.ts';
import type { SmallTalk } from './small-talk.ts';
import { acts } from './wish.ts';
import { joinLabels } from './words.ts';

export function formReply(scene: Scene, turn: FormTurn, message: string, talk: SmallTalk): Piece[] | null {
  const { form } = turn;
  if (form?.state !== 'filling') return null;
  const gaps = missing(form);
  const side = sideOf(turn, message);
  if (gaps.length === 0 && (turn.started || turn.given.length > 0)) {
    const answered = side ? answerPieces(scene, side) : [];
    return [...answered, ...callsOf(form, message)];
  }
  const source = turn.started ? (listFirst(scene, form) ?? lookFirst(scene, form, message)) : null;
  if (source) return [source];
  if (turn.refused.length > 0)
    return [text(`${turn.refused.map(boundsOf).join(' ')} ${askFor(form, false).replace(/^Thank you\. /, '')}`)];
  if (turn.started || turn.given.length > 0) {
    // Who wants to insure something, and names no price, hears first what it is.
    const priced = PRICED.test(message) || intentOf(scene, message, ['price']) !== null;
    const unsaid = turn.started && turn.given.length === 0 && !priced && !isRecordTool(form) && !acts(form.tool);
    const about = side ?? (unsaid ? message : null);
    const answered = about ? answerPieces(scene, about) : [];
    return [...spaced(answered), text(askFor(form, turn.started))];
  }
  // Nothing for the form: a question in between, or an answer that was not understood.
  if (talk === 'thanks' || talk === 'goodbye' || talk === 'no') return null;
  if (PRICED.test(message) && contentStems(message).length <= 1)
    return [text(`To tell you that, I still need ${joinLabels(gaps.map(({ label }) => label))}.`)];
  if (looksLikeQuestion(message) || contentStems(message).length > 1) {
    const answer = answerOrTurnBack(scene, message, { offer: false });
    // A search comes first; what is still missing is said after its answer.
    if (answer.some(({ kind }) => kind === 'call') || reminded(scene)) return answer;
    return [...spaced(answer), text(reminder(form))];
  }
  return [text(`Sorry, I did not understand that. ${reminder(form)}`)];
}

/** Things on record that one message may name for one errand. */
const MOST_AT_ONCE = 5;

/** The call that the form is filled in for; one for each thing on record that the message names. */
function callsOf({ tool, fields, values }: Form, message: string): Piece[] {
  const code = fields.find(({ kind }) => kind === 'code');
  const named = code ? codesIn({ fields }, message).slice(0, MOST_AT_ONCE) : [];
  const inputs = code && named.length > 1 ? named.map((one) => ({ ...values, [code.name]: one })) : [values];
  return inputs.map((input) => ({ kind: 'call', name: tool.name, input }));
}

/** What can be chosen from is looked up before anybody is asked to choose. */
function listFirst(scene: Scene, form: Form): Piece | null {
  if (!isRecordTool(form) || !missing(form).some(({ kind }) => kind === 'code')) return null;
  const tools = customerTools(scene).map((tool) => ({ tool, fields: fieldsOf(tool) }));
  const lister = listerFor(form.tool, tools);
  return lister ? { kind: 'call', name: lister.name, input: {} } : null;
}

/** Where something on record is named, it is looked up first: what the form needs may stand there. */
function lookFirst(scene: Scene, form: Form, message: string): Piece | null {
  if (!informs(form.tool)) return null;
  for (const tool of customerTools(scene)) {
    const candidate = { tool, fields: fieldsOf(tool) };
    const required = candidate.fields.filter((field) => field.required);
    const [code] = codesIn(candidate, message);
    if (code && required.length === 1 && looksUp(tool)) {
      return { kind: 'call', name: tool.name, input: { [required[0]?.name ?? '']: code } };
    }
  }
  return null;
}

/** The call of the form that waited for what a tool has just found out; null where none did, or something is missing. */
export function callAfter(scene: Scene, results: readonly PastCall[]): Piece[] | null {
  const { form } = readForm(scene);
  if (form?.state !== 'filling' || !informs(form.tool) || missing(form).length > 0) return null;
  const message = scene.exchanges.at(-1)?.customer ?? '';
  return results.some(({ name, failed }) => failed || name === form.tool.name) ? null : callsOf(form, message);
}

/** After a list was looked up: what the form that waits for a choice still needs; empty where none waits. */
export function waitsFor(scene: Scene, call: PastCall): string {
  const { form } = readForm(scene);
  if (form?.state !== 'filling' || form.tool.name === call.name || !isRecordTool(form)) return '';
  return `\n\nPlease tell me ${joinLabels(missing(form).map(({ label }) => label))}.`;
}

/**
 * What to answer beside the form: all that was said where it began. A question that names nothing ("does that change
 * it?") is about the form where something was given for it, and about all that was said else.
 */
function sideOf({ started, given, sideQuestion }: FormTurn, message: string): string | null {
  if (sideQuestion === null) return null;
  if (started) return message;
  if (contentStems(sideQuestion).length > 1) return sideQuestion;
  return given.length > 0 ? null : message;
}

/** A number so large that the bound is there for the schema's sake. */
const MAX_SAID = 1_000_000;

const PRICED = /\b(?:quote|price|cost|premium|rate|estimate|how much|pay|book|reserve|appointment|check|look up)\b/i;

/** True where the last words were a reminder: twice in a row is a nag. */
function reminded(scene: Scene): boolean {
  return scene.agentTexts.at(-1)?.includes('To go on with what we began') === true;
}

/** What to say after the answer to a question in between; nothing where no form waits. */
export function stillMissing(scene: Scene): Piece[] {
  const { form } = readForm(scene);
  return form?.state === 'filling' && !reminded(scene) ? [text(`\n\n${reminder(form)}`)] : [];
}

function boundsOf({ label, min, max }: Field): string {
  const upper = max < MAX_SAID && max !== 9_999 ? ` to ${max.toLocaleString('en')}` : ' on';
  return `For ${label} I need a number from ${min > 1_800 && min < 2_200 ? min : min.toLocaleString('en')}${upper}.`;
}

function askFor(form: Form, started: boolean): string {
  const labels = missing(form).map(({ label }) => label);
  const known = Object.keys(form.values).length > 0;
  if (started && !known) return `I would be happy to help with that. To begin, please tell me ${joinLabels(labels)}.`;
  return `${started ? 'I would be happy to help with that, and thank you for the details so far.' : 'Thank you.'} I still need ${joinLabels(labels)}.`;
}

function reminder(form: Form): string {
  return `To go on with what we began, I still need ${joinLabels(missing(form).map(({ label }) => label))}.`;
}

export function toolTrouble(scene: Scene, call: PastCall): Piece[] {
  const form = readForm(scene).form;
  const problems = call.result.split('\n').flatMap((line) => {
    const field = form?.fields.find(({ name }) => line.startsWith(`${name}: `));
    return field ? [line.slice(field.name.length + 2)] : [];
  });
  if (problems.length > 0) {
    const sentences = problems.map((problem) =>
      /^expected/i.test(problem) ? `I need another value: ${problem}.` : problem,
    );
    return [text(`${sentences.join(' ')}${askAgain(form)}`)];
  }
  const known = /^[A-Z].*[.!?]$/.test(call.result) && !/\bcustomer\b/.test(call.result);
  if (known) return [text(call.result)];
  return [text('I am sorry, that is not possible right now. I can ask a human colleague to help you; just say so.')];
}

function askAgain(form: Form | null): string {
  const labels = form ? missing(form).map(({ label }) => label) : [];
  return labels.length > 0 ? ` What is ${joinLabels(labels)}?` : '';
}
