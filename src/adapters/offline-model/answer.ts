import { splitSentences } from '../../language/sentences.ts';
import { stem } from '../../language/stem.ts';
import { tokenize, words } from '../../language/tokens.ts';
import type { Scene, ShownPassage } from './scene.ts';

/** A sentence of a source, to be said as it stands. `passage` is null for the prompt's own context. */
export type Statement = { text: string; passage: ShownPassage | null; at: number };

/** `coverage`: the share of the question's weight that the sources speak of, 0 to 1. */
export type Answer = { statements: Statement[]; coverage: number };

/** Everyday words for the same thing. Plain English, no company's wording. */
const SAME = [
  'hour open close time schedule when',
  'phone telephone call number contact reach hotline',
  'email mail address',
  'price cost fee charge expensive much',
  'ev electric',
  'car vehicle auto automobile',
  'cancel terminate quit end stop',
  'charger charge wallbox',
  'motorcycle motorbike bike scooter two-wheeler moped',
  'accident crash collision wreck',
  'stolen steal theft thief rob',
  'pay payment billing bill installment',
  'teen teenager son daughter kid child young student teenage',
  'damage broken break crack broke ruin dent',
  'rent rental loaner hire',
  'tow towing roadside breakdown stranded tire',
  'buy purchase sign start enroll',
  'doc document paperwork proof',
  'abroad overseas foreign canada mexico',
  'move relocate moving state',
  'complain complaint unhappy dissatisfied dispute disagree',
  'mechanic garage shop repair fix',
  'save discount cheaper lower reduce',
  'cover coverage insure protect include',
  'hail storm flood weather fire lightning',
  'windshield windscreen glass',
  'person human agent representative someone',
  'friend borrow lend',
  'money refund',
  'kitchen food eat drink coffee',
  'lend borrow loan checkout',
].map((line) => line.split(' ').map(stem));

/** Words that ask, and say nothing of what is asked for. */
const FILLER = new Set(
  words(
    `want wants know tell ask asking question wonder wondering help please need like just really think thinking get got give explain
     looking look interested information info thing things stuff something anything else hi hello hey thanks thank quick quickly maybe sure possible
     actually also currently recently let going go use say said kind sort type lot curious anyway well could would should bought
     have has do does can offer provide available detail details specific specifically mean means main happen happens work works
     ok okay good great nice yes no special unique different need needs new own about much many any way ever able best guys there hear
     last night yesterday today tonight tomorrow morning week month ago day already
     hmm hm um uh oh ah well anyways please alright
     im ive dont doesnt whats hows thats isnt right long own see understand basically exactly find make sell sold deal`,
  ).map(stem),
);

type Candidate = Statement & { tokens: Set<string>; title: Set<string>; rank: number; unit: string };
/** `aside`: said before or beside the question; it steers, and is not asked for. */
type Concept = { forms: Set<string>; weight: number; aside?: boolean };

/** Answers by quoting the sentences of the passages and of the prompt's context that speak of what was asked. */
export function answerFrom(scene: Scene, question: string, earlier = ''): Answer {
  const candidates = [...passageSentences(scene), ...contextSentences(scene)];
  const concepts = conceptsOf(question, earlier, candidates);
  if (concepts.length === 0 || candidates.length === 0) return { statements: [], coverage: 0 };
  const wanted = formOfAnswer(question);
  const weight = Math.max(...concepts.map((concept) => concept.weight));
  const subject = concepts[0]?.forms ?? new Set<string>();
  const rated = candidates.map((candidate) => {
    const score = scoreOf(candidate, concepts);
    if (score === 0) return { candidate, score };
    const fits = wanted.some((pattern) => pattern.test(candidate.text)) ? weight * 0.5 : 0;
    const defines = DEFINITION.test(question) && concepts.length <= 2 && begins(candidate, subject) ? weight * 0.6 : 0;
    return {
      candidate,
      score: (score + fits + defines) * (candidate.passage || scene.passages.length === 0 ? 1 : 0.8),
    };
  });
  const best = rated.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score <= 0) return { statements: [], coverage: 0 };
  const statements = extend(best.candidate, candidates, { concepts, question });
  const second = complement(statements, rated, concepts);
  if (second) statements.push(second);
  return { statements, coverage: coverageOf(best.candidate, candidates, concepts) };
}

const DEFINITION = /^\W*(?:so |and )?what(?:'s| is| are| does)\b|\bmeaning of\b|\bmean\b/i;

/** True where the sentence is about the subject from its first words on. */
function begins({ text, title }: Candidate, subject: ReadonlySet<string>): boolean {
  return meets(subject, new Set(tokenize(text).slice(0, 2))) && meets(subject, title);
}

/** What the answer to such a question looks like. */
function formOfAnswer(question: string): RegExp[] {
  return ANSWER_FORMS.filter(([asks]) => asks.test(question)).map(([, form]) => form);
}

const ANSWER_FORMS: [RegExp, RegExp][] = [
  [/\b(?:phone|telephone|call|number|reach|contact)\b/i, /\d{3}[\s.-]\d{3}[\s.-]?\d{4}|\+\d[\d\s-]{7,}/],
  [/\be-?mail\b/i, /@/],
  [/\b(?:hours|open|close|what time|opening|when are you)\b/i, /\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)/i],
  [
    /\b(?:how much|cost|price|fee|expensive|pay for|charge)\b/i,
    /[$€£]\s?\d|\d\s?(?:%|percent|dollars|euros)|\bfree\b|no extra charge/i,
  ],
  [
    /\b(?:how long|how soon|how fast|when (?:do|does|will|is)|deadline)\b/i,
    /\b(?:\d+|one|two|three|four|five|six|seven|ten|few|several)\s(?:business |working )?(?:minutes?|hours?|days?|weeks?|months?|years?)\b/i,
  ],
  [/\b(?:website|link|online|where can i|address)\b/i, /https?:\/\//],
  [
    /\bhow (?:do|can|should|would|could) (?:i|we|you)\b|\bwhat (?:do|should) i do\b|\bsteps\b/i,
    /^\W*(?:you can|to \w+|call|go to|open|take|send|log|choose|file|report|first|please|customers? can)\b|\bcan be \w+ed\b|\bonline\b/i,
  ],
];

function passageSentences({ passages }: Scene): Candidate[] {
  return passages.flatMap((passage, rank) =>
    passage.sentences.map((text, at) =>
      candidate({ text, passage, at }, { title: passage.title, rank, unit: passage.source }),
    ),
  );
}

function contextSentences({ context }: Scene): Candidate[] {
  return context.flatMap(({ name, text }) => {
    let heading = '';
    return text.split('\n').flatMap((line) => {
      if (/^#/.test(line)) heading = line.replace(/^#+\s*/, '');
      if (/^#/.test(line) || line.trim() === '') return [];
      const unit = `${name}/${heading}`;
      return splitSentences(line).map((sentence, at) =>
        candidate(
          { text: sentence, passage: null, at },
          { title: `${name.replaceAll('-', ' ')} ${heading}`, rank: 9, unit },
        ),
      );
    });
  });
}

function candidate(statement: Statement, where: { title: string; rank: number; unit: string }): Candidate {
  return {
    ...statement,
    tokens: new Set(tokenize(statement.text)),
    title: new Set(tokenize(where.title)),
    rank: where.rank,
    unit: where.unit,
  };
}

function conceptsOf(question: string, earlier: string, candidates: readonly Candidate[]): Concept[] {
  const now = contentStems(question);
  const before = contentStems(earlier).filter((token) => !now.includes(token));
  const aside = now.length === 0 ? 1 : 0.3;
  const weigh = (token: string, factor: number): Concept => {
    const forms = new Set([token, ...SAME.filter((group) => group.includes(token)).flat()]);
    const literal = candidates.filter(({ tokens }) => tokens.has(token)).length;
    const df = literal || candidates.filter(({ tokens }) => meets(forms, tokens)).length;
    return {
      forms: literal ? new Set([token, ...forms]) : forms,
      weight: factor * Math.log(1 + (candidates.length - df + 0.5) / (df + 0.5)),
    };
  };
  // "Phone" and "number" ask for one thing.
  const distinct = now.filter(
    (token, at) =>
      !now.slice(0, at).some((other) => SAME.some((group) => group.includes(token) && group.includes(other))),
  );
  return [
    ...distinct.map((token) => weigh(token, 1)),
    ...before.map((token) => ({ ...weigh(token, aside), aside: now.length > 0 })),
  ];
}

/** The stems of what a text speaks of. */
export function contentStems(text: string): string[] {
  return [...new Set(tokenize(text))].filter((token) => !FILLER.has(token) && token.length > 1);
}

function scoreOf({ tokens, title, rank, text }: Candidate, concepts: readonly Concept[]): number {
  let score = 0;
  for (const { forms, weight } of concepts) {
    if (meets(forms, tokens)) score += weight * (meets(firstOf(forms), tokens) ? 1 : 0.75);
    else if (meets(forms, title)) score += weight * 0.6;
    if (meets(forms, tokens) && meets(forms, title)) score += weight * 0.3;
  }
  if (score === 0) return 0;
  const length = words(text).length;
  const weight = Math.max(...concepts.map((concept) => concept.weight));
  const clumsy = length > 45 || length < 4 ? 0.8 : 1;
  return score * clumsy * (REFUSES.test(text) ? 0.85 : 1) + (0.25 * weight) / (1 + rank);
}

function firstOf(forms: ReadonlySet<string>): Set<string> {
  return new Set([...forms].slice(0, 1));
}

function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a) if (b.has(one)) return true;
  return false;
}

/** The best sentence, and those of its neighbours that go on with it. */
function extend(
  best: Candidate,
  candidates: readonly Candidate[],
  { concepts, question }: { concepts: readonly Concept[]; question: string },
): Statement[] {
  const unit = candidates.filter((one) => one.unit === best.unit);
  const broad =
    /\b(?:tell me about|special|unique|offer|explain|overview|describe|how does|how do|options|details)\b/i.test(
      question,
    );
  const wanted = broad ? 4 : 2;
  const from = unit.indexOf(best);
  const chosen = [best];
  for (const next of unit.slice(from + 1)) {
    const inList = /:\s*$/.test(chosen[0]?.text ?? '') || broad;
    const listed = inList && isItem(next.text);
    if (isItem(best.text) && !broad) break;
    if (chosen.length >= (listed ? 8 : wanted)) break;
    if (!listed && !broad && scoreOf(next, concepts) < scoreOf(best, concepts) * 0.35) break;
    chosen.push(next);
  }
  // A list item alone, or "It does …", makes no sense without what stands before it.
  const before = unit[from - 1];
  if (before && (/^(?:it|this|that|these|they|such)\b/i.test(best.text) || (isItem(best.text) && !isItem(before.text))))
    chosen.unshift(before);
  return chosen.map(({ text, passage, at }) => ({ text, passage, at }));
}

export function isItem(text: string): boolean {
  return /^\s*(?:[-*•]|\d+[.)])\s/.test(text);
}

/** A sentence for the part of the question that the answer does not speak of. */
function complement(
  statements: readonly Statement[],
  rated: readonly { candidate: Candidate; score: number }[],
  concepts: readonly Concept[],
): Statement | null {
  const said = new Set(statements.flatMap(({ text }) => tokenize(text)));
  const titles = new Set(statements.flatMap(({ passage }) => tokenize(passage?.title ?? '')));
  const open = concepts
    .filter(({ aside }) => !aside)
    .filter(({ forms }) => !meets(forms, said) && !meets(forms, titles));
  const total = concepts.reduce((sum, { weight }) => sum + weight, 0);
  if (open.reduce((sum, { weight }) => sum + weight, 0) < total * 0.35) return null;
  const found = rated
    .filter(
      ({ candidate: { text, tokens } }) =>
        open.some(({ forms }) => meets(forms, tokens)) && !statements.some((one) => one.text === text),
    )
    .sort((a, b) => scoreOf(b.candidate, open) - scoreOf(a.candidate, open))[0];
  if (!found || scoreOf(found.candidate, concepts) < scoreOf(rated[0]?.candidate ?? found.candidate, concepts) * 0.3)
    return null;
  const { text, passage, at } = found.candidate;
  return { text, passage, at };
}

/** What kind of thing the customer wants sold or insured: "pet insurance", "insure my boat", "cover for a bakery". */
const PRODUCTS = [
  /\b([a-z-]+(?:\s[a-z-]+)?)\s+(?:insurance|coverage|cover|policy|policies|plans?)\b/i,
  /\b(?:insure|cover|insuring|covering|sell|offer|rent|lend)\s+(?:my|our|an?|the|your|his|her)?\s*([a-z-]+(?:\s[a-z-]+)?)/i,
];
const REFUSES =
  /\b(?:(?:do|does|is|are|can)\s?(?:not|n't)|cannot|never)\s(sell|sold|offer|offered|provide|provided|insure|insured|rent|lend|cover|covered|include|included|give|carry|have)\b/i;
const SELLING = new Set(
  tokenize(
    'sell offer provide insure insurance cover coverage include available lend give policy plan kind type company business',
  ),
);

/** The sentence that says that the company does not sell what is asked for, if there is one. */
export function notSold(scene: Scene, question: string): Statement | null {
  const candidates = [...passageSentences(scene), ...contextSentences(scene)];
  const refusing = candidates.filter(({ text }) => REFUSES.test(text));
  const selling = candidates.filter((one) => !refusing.includes(one));
  for (const [at, pattern] of PRODUCTS.entries()) {
    const product = contentStems(pattern.exec(question)?.[1] ?? '').filter((stem) => !SELLING.has(stem));
    if (product.length === 0) continue;
    const found = bestRefusal(refusing, product);
    // What is sold by that name is not refused because another sentence denies something of it.
    const sold = selling.some(({ text }) =>
      at === 0 ? sells(text, product) : product.every((stem) => tokenize(text).includes(stem)),
    );
    if (found && !sold) return { text: found.text, passage: found.passage, at: found.at };
  }
  return null;
}

/** The refusal that names the product after its verb, an outright one ("does not sell") first. */
function bestRefusal(refusing: readonly Candidate[], product: readonly string[]): Candidate | undefined {
  const naming = refusing.filter(({ text }) => {
    const denied = tokenize(text.slice(REFUSES.exec(text)?.index ?? 0));
    return product.every((stem) => denied.includes(stem)) || denied.includes(product.at(-1) ?? '');
  });
  return (
    naming.find(({ text }) => /^(?:sell|sold|offer|offered|insure)$/i.test(REFUSES.exec(text)?.[1] ?? '')) ?? naming[0]
  );
}

/** True where the text names the product right before "insurance" or "coverage". */
function sells(text: string, product: readonly string[]): boolean {
  const all = tokenize(text);
  return all.some(
    (token, at) =>
      (token === 'insur' || token === 'coverag' || token === 'cover') &&
      product.every((stem, n) => all[at - product.length + n] === stem),
  );
}

function coverageOf(best: Candidate, candidates: readonly Candidate[], concepts: readonly Concept[]): number {
  const unit = new Set(candidates.filter((one) => one.unit === best.unit).flatMap(({ tokens }) => [...tokens]));
  let matched = 0;
  let total = 0;
  for (const { forms, weight, aside } of concepts) {
    if (aside) continue;
    total += weight;
    if (meets(forms, best.tokens) || meets(forms, best.title)) matched += weight;
    else if (meets(forms, unit)) matched += weight * 0.7;
  }
  return total === 0 ? 0 : matched / total;
}
