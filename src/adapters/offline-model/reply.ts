import { SWITCH_ROUTE } from '../../agent/switch-desk.ts';
import { answerFrom } from './answer.ts';
import { answerOrTurnBack } from './answer-reply.ts';
import { askedOf } from './asking.ts';
import { courtesy, urgentReply } from './courtesy.ts';
import { extract } from './extract.ts';
import { fieldsOf } from './fields.ts';
import { type FormTurn, readForm } from './form.ts';
import { callAfter, formReply, stillMissing, toolTrouble, waitsFor } from './form-reply.ts';
import { intentOf } from './intent.ts';
import { afterSignIn, newsBefore, onItsCard, outcomeOf, signInFirst } from './outcome.ts';
import { asksForPerson } from './person.ts';
import type { Phrase } from './phrases.ts';
import { agentNames, has, type Piece, spaced, text } from './pieces.ts';
import { isRecordTool } from './record-wish.ts';
import { type PastCall, readings, type Scene } from './scene.ts';
import { FOREIGN, foreignLanguage, type SmallTalk, smallTalk } from './small-talk.ts';
import { handedOff, verbalise } from './words.ts';

/** What to say and do next, from nothing but the request. */
export function replyTo(scene: Scene): Piece[] {
  if (scene.results.length > 0) return afterTools(scene, scene.results);
  const message = scene.exchanges.at(-1)?.customer ?? '';
  const news = newsBefore(scene, message);
  return news.isAll ? news.pieces : [...spaced(news.pieces), ...replyToMessage(scene, message)];
}

function replyToMessage(scene: Scene, message: string): Piece[] {
  if (!/[\p{L}\p{N}]/u.test(message)) return [text('I am sorry, I did not understand that. What can I do for you?')];
  const again = afterSignIn(scene, message) ?? onItsCard(scene, message);
  if (again) return again;
  const form = readForm(scene);
  const talk = smallTalk(message, agentNames(scene)) ?? meantTalk(scene, scene.spell(message));
  const urgent = urgentReply(scene, talk, message);
  if (urgent) return urgent;
  const foreign = foreignLanguage(message);
  if (foreign && form.given.length === 0) return [text(FOREIGN[foreign] ?? FOREIGN.other ?? '')];
  if (!isAboutRecord(form) && isElsewhere(scene, scene.spell(message))) return answerOrTurnBack(scene, message);
  if (form.dropped) return [text('No problem, I have dropped that. What else can I do for you?')];
  return (
    formReply(scene, form, message, talk) ??
    otherDesk(scene, message) ??
    courtesy(scene, talk, message) ??
    answerOrTurnBack(scene, message)
  );
}

/** The way to the desk whose own tool lets know what is asked; null where there is none, or it was tried. */
function otherDesk(scene: Scene, message: string): Piece[] | null {
  const tried = scene.exchanges.at(-1)?.calls.some(({ name }) => name === SWITCH_ROUTE);
  if (tried || !has(scene, SWITCH_ROUTE)) return null;
  const asked = scene.elsewhere.find(({ tool }) => {
    const fields = fieldsOf(tool);
    return (
      askedOf(
        { tool, fields },
        message,
        extract(message, fields, { asked: [], values: {}, today: scene.today }).values,
      ) > 0
    );
  });
  return asked ? [{ kind: 'call', name: SWITCH_ROUTE, input: { route: asked.desk } }] : null;
}

/** True where the message asks for something on record, or says what that needs. */
function isAboutRecord({ form, started, given }: FormTurn): boolean {
  return form !== null && isRecordTool(form) && (started || given.length > 0);
}

/** What people ask anybody: it is no request for a tool, whatever date or number stands in it. */
function isElsewhere(scene: Scene, message: string): boolean {
  return intentOf(scene, message, ['elsewhere']) !== null && answerFrom(scene, message).doubt > CERTAIN;
}

const CERTAIN = 0.8;

const MEANT: Partial<Record<Phrase, SmallTalk>> = {
  greeting: 'greeting',
  thanks: 'thanks',
  goodbye: 'goodbye',
  robot: 'who_are_you',
  abilities: 'what_can_you_do',
};

/** A courtesy in other words than the usual ones. */
function meantTalk(scene: Scene, message: string): SmallTalk {
  const phrases: Phrase[] = message.includes('?')
    ? ['robot', 'greeting', 'abilities']
    : ['robot', 'greeting', 'abilities', 'thanks', 'goodbye'];
  for (const reading of readings(message)) {
    const meant = intentOf(scene, reading, phrases);
    if (meant && (reading === message || meant === 'robot')) return MEANT[meant] ?? null;
  }
  return null;
}

/** The answer that a search was made for, and what a waiting form still needs. */
function afterSearch(scene: Scene): Piece[] {
  const waiting = stillMissing(scene);
  const message = scene.exchanges.at(-1)?.customer ?? '';
  return [...answerOrTurnBack(scene, message, { searched: true, offer: waiting.length === 0 }), ...waiting];
}

function afterTools(scene: Scene, results: PastCall[]): Piece[] {
  if (results.some(({ name }) => name === SWITCH_ROUTE))
    return replyToMessage(scene, scene.exchanges.at(-1)?.customer ?? '');
  const next = callAfter(scene, results);
  if (next) return next;
  const message = scene.exchanges.at(-1)?.customer ?? '';
  return results.flatMap((call): Piece[] => {
    if (call.name === 'hand_off') return [text(handedOff(call, asksForPerson(message)))];
    if (call.name === 'resolve')
      return [text('You are welcome! Thank you for chatting with me. Have a great day, and come back any time.')];
    if (call.name === 'search_knowledge') return afterSearch(scene);
    const told = signInFirst(call) ?? outcomeOf(call);
    if (told) return told;
    if (call.failed) return toolTrouble(scene, call);
    const waiting = waitsFor(scene, call);
    const words = verbalise(call);
    // Not in the last line of a list.
    const gap = /(?:^|\n)- .*$/.test(words) ? '\n\n' : ' ';
    return [text(words + (waiting || `${gap}Is there anything else that I can help you with?`))];
  });
}
