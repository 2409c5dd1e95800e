import { isDeepStrictEqual } from 'node:util';
import { consentOf } from '../../language/consent.ts';
import { type Piece, text } from './pieces.ts';
import type { PastCall, Scene } from './scene.ts';
import { verbalise } from './words.ts';

/** How the runtime says that a call is only for a signed-in customer. */
const SIGN_IN = /^NOT done: only a signed-in customer\b/;
const ON_CARD = /^NOT done yet\b.*\bon a card in the chat\b/s;
const DECLINED = /\bdeclined\. It was NOT done\.$/;
const UNKNOWN = /^It is NOT known whether\b/;
const BY_COLLEAGUE = /^A human colleague\b/;

/** What to say of a call that needs a customer who is signed in; null for any other result. */
export function signInFirst({ result }: PastCall): Piece[] | null {
  if (!SIGN_IN.test(result)) return null;
  return [text('For that I have to know who you are: please sign in first, and then ask me again.')];
}

const SIGNED_IN =
  /^\W*(?:(?:ok|okay|so|yes|hi|done|now|alright)\W+)*(?:(?:i am|i'm|im|i have|i've|i just|i)\s+)?(?:now |just |have )?(?:signed|logged)[ -]?in\b[^?]*$|^\W*(?:done|ready|and now)\W*$/i;

/** What was refused for want of a sign-in, asked again once the customer says that they are signed in; null for all else. */
export function afterSignIn({ exchanges }: Scene, message: string): Piece[] | null {
  const refused = exchanges.at(-2)?.calls.filter(({ result }) => SIGN_IN.test(result)) ?? [];
  if (refused.length === 0 || !SIGNED_IN.test(message)) return null;
  return refused.map(({ name, input }) => ({ kind: 'call', name, input }));
}

/** Where a plain yes or no is meant for what is open, but counts only on its card; null for everything else. */
export function onItsCard({ exchanges, lapsed }: Scene, message: string): Piece[] | null {
  const consent = consentOf(message);
  if (consent === null || lapsed.length > 0) return null;
  // A no may be the answer to another question that was asked since.
  const calls = exchanges.slice(consent === 'yes' ? -4 : -2).flatMap((exchange) => exchange.calls);
  const isDecided = ({ name, input }: PastCall, later: PastCall[]) =>
    later.some((call) => call.name === name && isDeepStrictEqual(call.input, input));
  if (!calls.some((call, at) => ON_CARD.test(call.result) && !isDecided(call, calls.slice(at + 1)))) return null;
  return [text('Please answer with the buttons on the card. Nothing happens until you confirm there.')];
}

/** What became of an action that was decided, in honest words; null for a result that is none. */
export function outcomeOf({ result }: PastCall): Piece[] | null {
  if (DECLINED.test(result)) {
    const whoever = BY_COLLEAGUE.test(result) ? 'A colleague has looked at it and declined' : 'All right';
    return [text(`${whoever}: nothing was done, and everything stays as it is. What else can I do for you?`)];
  }
  if (!UNKNOWN.test(result)) return null;
  const next = 'I have passed it to a human colleague, who checks it. Please do not try it again until then.';
  return [text(`I am sorry, I cannot tell whether that was done: our system did not answer. ${next}`)];
}

/**
 * What is said before the reply to the newest message: proposals that lapsed, and the outcomes of actions that were
 * decided with it. `isAll`: the message was nothing but the decision.
 */
export function newsBefore(scene: Scene, message: string): { pieces: Piece[]; isAll: boolean } {
  const lapsed = scene.lapsed.map((summary) =>
    text(`That was not confirmed in time, so it was not done: ${summary.replace(/\?$/, '.')}`),
  );
  const outcomes = scene.decided.flatMap((call) => outcomeOf(call) ?? [text(toldOf(call))]);
  return { pieces: [...lapsed, ...outcomes], isAll: scene.decided.length > 0 && consentOf(message) !== null };
}

function toldOf(call: PastCall): string {
  return call.failed ? `I am sorry, that was not done. ${call.result}` : verbalise(call);
}
