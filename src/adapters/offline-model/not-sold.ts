import { tokenize } from '../../language/tokens.ts';
import type { Scene } from './scene.ts';
import { type Candidate, contextSentences, meets, passageSentences, type Statement, toStatement } from './sources.ts';
import { alike } from './synonyms.ts';

/** What kind of thing the customer wants sold or insured: "pet insurance", "insure my boat", "cover for a bakery". */
const PRODUCTS = [
  /\b([a-z-]+(?:\s[a-z-]+)?)\s+(?:insurance|coverage|cover|policy|policies|plans?)\b/i,
  /\binsurance (?:for|on) (?:(?:my|our|an?|the|your|his|her)\s+)?([a-z-]+(?:\s[a-z-]+)?)/i,
  /^\W*(?:what|how) about (?:(?:my|our|an?|the|your)\s+)?([a-z-]+)\W*$/i,
  /\b(?:insure|cover|insuring|covering|sell|offer|rent|lend)\s+(?:(?:my|our|an?|the|your|his|her)\s+)?([a-z-]+(?:\s[a-z-]+)?)/i,
];

export const REFUSES =
  /\b(?:(?:do|does|is|are|can)\s?(?:not|n't)|cannot|never)\s(sell|sold|offer|offered|provide|provided|insure|insured|rent|lend|cover|covered|include|included|give|carry|have|pay|paid|apply)\b/i;

/** Verbs of a company that does not do a thing at all. */
const OUTRIGHT = /^(?:sell|sold|offer|offered|insure|rent|lend)$/i;

const SELLING = new Set(
  tokenize(
    'sell offer provide insure insurance cover coverage include available lend give policy plan kind type company business buy purchase get cancel renew change add extend need want take start new existing full what which any',
  ),
);

/** The sentence that says that the company does not sell what is asked for, if there is one. */
export function notSold(scene: Scene, question: string): Statement | null {
  const candidates = [...passageSentences(scene.passages), ...contextSentences(scene)];
  const refusing = candidates.filter(({ text }) => REFUSES.test(text));
  const selling = candidates.filter((one) => !refusing.includes(one));
  for (const [at, pattern] of PRODUCTS.entries()) {
    const product = tokenize(pattern.exec(question)?.[1] ?? '').filter((stem) => stem.length > 1 && !SELLING.has(stem));
    if (product.length === 0) continue;
    const found = bestRefusal(refusing, product);
    // What is sold by that name is not refused because another sentence denies something of it.
    const outright = found && OUTRIGHT.test(REFUSES.exec(found.text)?.[1] ?? '');
    const sold = selling.some(
      ({ text, tokens }) => sells(text, product) || (at >= 2 && !outright && product.every((stem) => tokens.has(stem))),
    );
    if (found && !sold) return toStatement(found);
  }
  return null;
}

/** The refusal that names the product after its verb, an outright one ("does not sell") first. */
function bestRefusal(refusing: readonly Candidate[], product: readonly string[]): Candidate | undefined {
  const naming = refusing.filter(({ text }) => {
    const denied = tokenize(text.slice(REFUSES.exec(text)?.index ?? 0));
    const said = new Set(denied);
    return product.every((stem) => meets(alike(stem), said)) || meets(alike(product.at(-1) ?? ''), said);
  });
  return naming.find(({ text }) => OUTRIGHT.test(REFUSES.exec(text)?.[1] ?? '')) ?? naming[0];
}

/** True where the text names the product right before "insurance" or "coverage". */
function sells(text: string, product: readonly string[]): boolean {
  const all = tokenize(text);
  return all.some(
    (token, at) =>
      (token === 'insur' || token === 'coverag' || token === 'cover') &&
      product.every((stem, n) => alike(stem).has(all[at - product.length + n] ?? '')),
  );
}
