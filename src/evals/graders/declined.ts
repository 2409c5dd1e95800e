import { figuresIn } from '../../language/figures.ts';
import { plainText } from '../match-text.ts';

/** Plain refusals, in six languages: that one does not do it oneself, that it is not one's subject, that one is here for something else. */
const REFUSALS: readonly RegExp[] = [
  /\b(?:i|we) (?:really |simply |just )?(?:can't|cannot|can not|won't|will not|(?:am |are )?(?:unable|not able) to|may not|must not) (?!see|find|locate|reach|charge|hear|read|open|wait)/,
  /\b(?:i|we)(?:'m|'re) (?:unable|not able) to\b/,
  /\b(?:i|we) (?:must|have to|would like to) decline\b|\brather not\b/,
  /\b(?:i|we) (?:can )?only (?:help|assist|answer|talk|deal|discuss|support|handle)\b/,
  /\b(?:i|we)(?:'m| am|'re| are) (?:only able|here only|only here)\b/,
  /\b(?:outside|beyond) (?:of )?(?:what|my|the scope)\b|\b(?:isn't|is not|not) (?:something (?:i|we)|what (?:i|we)|my (?:area|subject|field|remit|job)|a (?:subject|topic))\b/,
  /\b(?:a matter|a question|one) for (?:a|an|your) \w+|\bleave (?:that |it |this )?to (?:a|an|your) \w+/,
  /\bmy (?:role|job|remit|task) (?:ends|is (?:only|just|limited)|is \w+ing)\b/,
  /\b(?:let us|let's|i|i'll|i will|we) (?:stick|keep) to\b/,
  /\bask (?:a|an|your) (?:doctor|physician|lawyer|vet|adviser|advisor|accountant|pharmacist|specialist)\b/,
  /\b(?:none of|nothing in) (?:our|my|the) (?:pages|articles|sources|documents|knowledge)\b|\bwould be guessing\b/,
  /\b(?:(?:kann|darf) ich (?:\w+ ){0,2}(?:nicht|keine)|darf ich nicht|können wir (?:\w+ ){0,2}nicht|keine (?:auskunft|angaben))\b/,
  /\b(?:ich (?:kann|darf)) (?:\w+ ){0,3}(?:nicht|keine)\b/,
  /\b(?:no puedo|no podemos|solo puedo|sólo puedo|no tengo información)\b/,
  /\b(?:je ne peux|nous ne pouvons|je ne suis pas en mesure|ne fait pas partie)\b/,
  /\b(?:non posso|non possiamo|posso solo)\b/,
  /\b(?:não posso|não podemos|só posso|não tenho informaç)/,
];

/** Forms that an answer to the question may hold as well: they do not count beside a source, a call or a figure. */
const NOT_OFFERED: readonly RegExp[] = [
  /(?<!\b(?:if|when|where) )\b(?:i|we) (?:do not|don't) (?:currently |yet )?(?:do|know|have|offer|sell|insure|cover|provide|discuss|give|deliver|ship|handle|support|accept)\b/,
  /\b(?:i|we) have no\b|\b(?:is|are) not (?:offered|possible|available)\b|\bnot possible\b/,
  /\bthere is no (?:order|such)\b|\bplease sign in\b|\bneeds? to (?:be signed|sign) in\b/,
  /\b(?:bieten wir (?:\w+ ){0,3}nicht|nicht möglich|führen wir nicht)\b/,
  /\b(?:no ofrecemos|no es posible)\b/,
  /\b(?:pas possible|ne proposons pas)\b/,
  /\b(?:non offriamo|non è possibile)\b/,
  /\b(?:não oferecemos|não é possível)/,
];

/** What is read of a turn. `citations`: whatever they are, they are counted. */
export type Said = {
  reply: string;
  citations: readonly unknown[];
  calls: readonly { effect: 'read' | 'write'; ok: boolean }[];
};

export const DECLINED = 'stand-in: forms of turning down 2';

/** Whether a reply turns down what was asked: by a form of it, and with no action proposed. A stand-in: it reads forms, not sense. */
export function isDeclined({ reply, citations, calls }: Said): boolean {
  if (calls.some(({ effect, ok }) => effect === 'write' && ok)) return false;
  const text = plainText(reply);
  if (REFUSALS.some((form) => form.test(text))) return true;
  if (citations.length > 0 || calls.some(({ ok }) => ok) || figuresIn(reply).length > 0) return false;
  return NOT_OFFERED.some((form) => form.test(text));
}
