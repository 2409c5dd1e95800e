import { plainText } from '../match-text.ts';

/**
 * Forms in which support talk turns something down, in six languages: that one cannot or does not do it, that it is not one's subject, that
 * one is here for something else. Ours, and no part of the agent's own rules.
 */
const FORMS: readonly RegExp[] = [
  /\b(?:i|we)(?: am|'m| are|'re)? (?:afraid|sorry)\b/,
  /\b(?:unfortunately|regrettably|apologi[sz]e|my apologies)\b/,
  /\b(?:i|we) (?:really |simply |just )?(?:can't|cannot|can not|won't|will not|am unable|are unable|am not able|are not able|don't|do not|couldn't|could not)\b/,
  /\b(?:i|we)(?:'m| am|'re| are) (?:not able|unable|only able|here (?:only )?(?:to|for)|only here)\b/,
  /\b(?:i|we) (?:can )?only (?:help|assist|answer|talk|deal|discuss|support|handle|offer|insure|sell)\b/,
  /\b(?:isn't|is not|not|outside|beyond|off) (?:something (?:i|we)|what (?:i|we)|my (?:area|subject|field|remit)|the scope|topic)\b/,
  /\b(?:don't|do not|doesn't|does not) (?:offer|sell|insure|cover|provide|discuss|give|have)\b/,
  /\bthere is no (?:order|such)\b|\bnot possible\b|\bplease sign in\b|\bneed(?:s)? to (?:be signed|sign) in\b/,
  /\b(?:lo siento|lamento|lamentamos|no puedo|no podemos|no es posible|no ofrecemos|solo puedo|unicamente puedo|sólo puedo|únicamente)\b/,
  /\b(?:leider|tut mir leid|bedauere|kann ich nicht|können wir nicht|nicht möglich|nur bei|bieten wir nicht|darf ich nicht)\b/,
  /\b(?:désolée?|malheureusement|je ne peux|nous ne pouvons|pas possible|n'est pas possible|ne proposons pas|uniquement)\b/,
  /\b(?:mi dispiace|purtroppo|non posso|non possiamo|non è possibile|non offriamo|solo aiutar)/,
  /\b(?:lamento|infelizmente|desculpe|não posso|não podemos|não é possível|não oferecemos|só posso)\b/,
];

/** What is read of a turn. `citations`: whatever they are, they are counted. */
export type Said = {
  reply: string;
  citations: readonly unknown[];
  calls: readonly { effect: 'read' | 'write'; ok: boolean }[];
};

export const DECLINED = 'stand-in: forms of turning down 1';

/** Whether a reply turns down what was asked: by a form of it, and with no action proposed. A stand-in: it reads forms, not sense. */
export function isDeclined({ reply, calls }: Said): boolean {
  if (calls.some(({ effect, ok }) => effect === 'write' && ok)) return false;
  const text = plainText(reply);
  return FORMS.some((form) => form.test(text));
}
