import { tokenize } from '../../language/tokens.ts';
import { contentStems } from './concepts.ts';
import { clauses, readings, type Scene } from './scene.ts';
import { meets, type Statement, sectionsOf } from './sections.ts';
import { alike } from './synonyms.ts';

/** What kind of thing the customer wants sold or insured: "pet insurance", "insure my boat", "cover for a bakery". */
const PRODUCTS = [
  /\b([a-z-]+(?:\s[a-z-]+)?)\s+(?:insurance|coverage|cover|policy|policies|plans?)\b/i,
  /\binsurance (?:for|on) (?:(?:my|our|an?|the|your|his|her)\s+)?([a-z-]+(?:\s[a-z-]+)?)/i,
  /^\W*(?:what|how) about (?:(?:my|our|an?|the|your)\s+)?([a-z-]+)\W*$/i,
  /\b(?:insure|cover|insuring|covering|sell|offer|rent|lend)\s+(?:(?:my|our|an?|the|your|his|her)\s+)?([a-z-]+(?:\s[a-z-]+)?)/i,
];

/** What a company may do with one thing and not with another: it rents what it does not sell. */
const DEED = /\b(?:sell|rent|hire|lend|repair|fix|insure|deliver|buy)\b/i;

const REFUSES =
  /\b(?:(?:do|does|is|are|can)\s?(?:not|n't)|cannot|never)\s(sell|sold|offer|offered|provide|provided|insure|insured|rent|lend|cover|covered|include|included|give|carry|have|pay|paid|apply)\b/i;

/** Verbs of a company that does not do a thing at all. */
const OUTRIGHT = /^(?:sell|sold|offer|offered|insure|rent|lend|give|provide)$/i;

/** From here on a message means what a refusal speaks of. */
const MEANT = 0.45;
/** The same where one of its words was said too. */
const TOLD = 0.3;

const SELLING = new Set(
  tokenize(
    'sell offer provide insure insurance cover coverage include available lend give policy plan kind type company business buy purchase get cancel renew change add extend need want take start new existing full what which any',
  ),
);

/** The sentence that says that the company does not sell what is asked for, if there is one. */
export function notSold(scene: Scene, question: string): Statement | null {
  const statements = sectionsOf(scene).flatMap((section) => section.statements);
  const refusing = statements.filter(({ text }) => REFUSES.test(text));
  const selling = statements.filter((one) => !refusing.includes(one));
  return (
    byPattern(question, { refusing, selling }) ??
    byWord(scene, question, { refusing, selling }) ??
    byMeaning(scene, question, statements)
  );
}

type Sides = { refusing: readonly Statement[]; selling: readonly Statement[] };

function byPattern(question: string, { refusing, selling }: Sides): Statement | null {
  const deed = tokenize(DEED.exec(question)?.[0] ?? '')[0] ?? '';
  for (const [at, pattern] of PRODUCTS.entries()) {
    const product = contentStems(pattern.exec(question)?.[1] ?? '').filter((stem) => !SELLING.has(stem));
    if (product.length === 0) continue;
    const found = bestRefusal(refusing, product);
    // What is sold by that name is not refused because another sentence denies something of it.
    const sold = selling.some(
      ({ text, stems }) =>
        sells(text, product) ||
        (stems.has(deed) && product.every((stem) => stems.has(stem))) ||
        (at >= 2 && !(found && isOutright(found)) && product.every((stem) => stems.has(stem))),
    );
    if (found && !sold) return found;
  }
  return null;
}

/** A thing that only the sentence about what is not sold has a word for. In a story it must be what the story is about. */
function byWord({ likeness }: Scene, question: string, { refusing, selling }: Sides): Statement | null {
  const strange = (text: string) =>
    contentStems(text).filter(
      (stem) => !SELLING.has(stem) && stem.length > 1 && !selling.some(({ stems }) => meets(alike(stem), stems)),
    );
  const denies = (things: readonly string[]) =>
    refusing.filter(isOutright).find((one) => things.some((stem) => meets(alike(stem), denied(one))));
  const found = denies(strange(asking(question)));
  if (found) return found;
  const told = denies(strange(question));
  return told && likeness(question, told.text.trim()) >= TOLD ? told : null;
}

/** The sentences that ask, without the story around them. */
function asking(message: string): string {
  const sentences = clauses(message);
  const questions = sentences.filter((sentence) => sentence.includes('?'));
  return (questions.length > 0 ? questions : sentences.slice(-1)).join(' ');
}

/** A refusal that the question is nearer to than to anything else. */
function byMeaning({ likeness }: Scene, question: string, statements: readonly Statement[]): Statement | null {
  let best: { statement: Statement; like: number } | null = null;
  for (const statement of statements) {
    const like = Math.max(...readings(question).map((part) => likeness(part, statement.text.trim())));
    if (like > (best?.like ?? MEANT)) best = { statement, like };
  }
  return best && isOutright(best.statement) ? best.statement : null;
}

function isOutright({ text }: Statement): boolean {
  return OUTRIGHT.test(REFUSES.exec(text)?.[1] ?? '');
}

/** The words after the verb that denies. */
function denied({ text }: Statement): Set<string> {
  return new Set(tokenize(text.slice(REFUSES.exec(text)?.index ?? 0)));
}

/** The refusal that names the product after its verb, an outright one ("does not sell") first. */
function bestRefusal(refusing: readonly Statement[], product: readonly string[]): Statement | undefined {
  const naming = refusing.filter((one) => {
    const said = denied(one);
    const whole = product.every((stem) => meets(alike(stem), said));
    return whole || (isOutright(one) && meets(alike(product.at(-1) ?? ''), said));
  });
  return naming.find(isOutright) ?? naming[0];
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
