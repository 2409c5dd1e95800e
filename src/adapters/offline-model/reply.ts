import { answerOrTurnBack } from './answer-reply.ts';
import { courtesy, urgentReply } from './courtesy.ts';
import { readForm } from './form.ts';
import { formReply, stillMissing, toolTrouble } from './form-reply.ts';
import { agentNames, type Piece, text } from './pieces.ts';
import type { PastCall, Scene } from './scene.ts';
import { FOREIGN, foreignLanguage, smallTalk } from './small-talk.ts';
import { handedOff, verbalise } from './words.ts';

/** What to say and do next, from nothing but the request. */
export function replyTo(scene: Scene): Piece[] {
  if (scene.results.length > 0) return afterTools(scene, scene.results);
  const message = scene.exchanges.at(-1)?.customer ?? '';
  const form = readForm(scene);
  const talk = smallTalk(message, agentNames(scene));
  const urgent = urgentReply(scene, talk, message);
  if (urgent) return urgent;
  const foreign = foreignLanguage(message);
  if (foreign && form.given.length === 0) return [text(FOREIGN[foreign] ?? FOREIGN.other ?? '')];
  if (form.dropped) return [text('No problem, I have dropped that. What else can I do for you?')];
  return formReply(scene, form, message, talk) ?? courtesy(scene, talk, message) ?? answerOrTurnBack(scene, message);
}

/** The answer that a search was made for, and what a waiting form still needs. */
function afterSearch(scene: Scene): Piece[] {
  const waiting = stillMissing(scene);
  const message = scene.exchanges.at(-1)?.customer ?? '';
  return [...answerOrTurnBack(scene, message, { searched: true, offer: waiting.length === 0 }), ...waiting];
}

function afterTools(scene: Scene, results: PastCall[]): Piece[] {
  return results.flatMap((call): Piece[] => {
    if (call.name === 'hand_off') return [text(handedOff(call))];
    if (call.name === 'resolve')
      return [text('You are welcome! Thank you for chatting with me. Have a great day, and come back any time.')];
    if (call.name === 'search_knowledge') return afterSearch(scene);
    return call.failed
      ? toolTrouble(scene, call)
      : [text(`${verbalise(call)} Is there anything else that I can help you with?`)];
  });
}
