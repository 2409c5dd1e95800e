import type { Seen, Source } from '../../agent/guard.ts';
import { once } from '../../language/once.ts';
import { fold } from '../fold.ts';
import { type Claim, claimsOf } from './claims/claims.ts';
import { ASSURES, DONE, GRANT, WILL, WILL_BE } from './claims/forms.ts';
import { isBarred, supportOf } from './evidence/support.ts';
import { statementsOf } from './reading/statements.ts';
import { plain } from './reading/tokens.ts';
import { languagesOf } from './reading/words.ts';

const SPEAKS_TO_CUSTOMER =
  /\b(?:you|your|yours|usted(?:es)?|le|les|tu|tus|te|ihnen|ihrer?|ihren|ihrem|sie (?:bekommen|erhalten)|dir|dich|dein\w*|vous|votre|vos|voce|lhe|lei|ti|tuo|tua|suo|sua|u|uw|je|jouw)\b/;
const AS_CUSTOMER = /\b(?:me|my|mine|mir|mein\w*|moi|mon|mes|mio|mia|mis|meu|minha|mij|mijn)\b/;
const PROMISES = [WILL, WILL_BE, DONE, GRANT, ASSURES];

const AS_SOURCE = new WeakMap<Seen['said'], Source>();

/**
 * The first claim without evidence in the words of an action's arguments that is told to the customer, or granted; null for
 * none. What an argument asks for, or says of what has happened, is no promise, and what the customer said may be repeated.
 */
export function promiseIn(words: string, { sources, said }: Seen): { claim: Claim; text: string } | null {
  const text = plain(fold(words).text);
  const languages = once(() => languagesOf(text.match(/\p{L}+/gu) ?? []));
  for (const statement of statementsOf(text)) {
    const toCustomer = SPEAKS_TO_CUSTOMER.test(statement.text);
    if (!toCustomer && !PROMISES.some((form) => form.test(statement.text))) continue;
    const isTheirs = !toCustomer || AS_CUSTOMER.test(statement.text);
    const shown = { languages, said: [], sources: isTheirs ? [...sources, sourceOf(said)] : sources };
    const claim = claimsOf(statement).find((one) => isBarred(one, shown.sources) || !supportOf(one, shown));
    if (claim) return { claim, text: text.slice(claim.start, claim.end).trim() };
  }
  return null;
}

function sourceOf(said: Seen['said']): Source {
  const known = AS_SOURCE.get(said) ?? { kind: 'colleague', from: '', version: '', text: said.join('\n') };
  AS_SOURCE.set(said, known);
  return known;
}
