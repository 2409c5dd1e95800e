import { splitSentences } from '../../language/sentences.ts';
import { stem } from '../../language/stem.ts';
import { tokenize, words } from '../../language/tokens.ts';
import { type Scene, type ShownPassage, safeJson } from './scene.ts';
import { alike, otherWords } from './synonyms.ts';

/** A sentence of a source, to be said as it stands. `passage` is null for the prompt's own context. */
export type Statement = { text: string; passage: ShownPassage | null; at: number };

/** `coverage`: the share of the question's weight that the sources speak of, 0 to 1. */
export type Answer = { statements: Statement[]; coverage: number };

/** Words that ask, and say nothing of what is asked for. */
const FILLER = new Set(
  words(
    `want wants know tell ask asking question wonder wondering help please need like just really think thinking get got give explain
     looking look interested information info thing things stuff something anything else hi hello hey thanks thank quick quickly maybe sure possible
     actually also currently recently let going go use say said kind sort type lot curious anyway well could would should bought
     have has do does can offer provide available detail details specific specifically mean means main happen happens work works
     ok okay good great nice yes no special unique different need needs new own about much many any way ever able best guys there hear
     monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays weekend
     next last night yesterday today tonight tomorrow morning week month ago day already
     hmm hm um uh oh ah well anyways please alright
     pls plz lol btw asap brand pick picking picked guys folks hows whats someone somebody anyone everybody
     shopping shop buying im ive dont doesnt whats hows thats isnt right long own see understand basically exactly find make sell sold deal`,
  ).map(stem),
);

type Candidate = Statement & { tokens: Set<string>; title: Set<string>; rank: number; unit: string };
/** `aside`: said before or beside the question; it steers, and is not asked for. */
type Concept = { forms: Set<string>; weight: number; known: boolean; aside?: boolean };

/** Answers by quoting the sentences of the passages and of the prompt's context that speak of what was asked. */
export function answerFrom(scene: Scene, question: string, earlier = ''): Answer {
  const candidates = [...passageSentences(scene), ...contextSentences(scene), ...resultSentences(scene)];
  const concepts = conceptsOf(question, earlier, candidates);
  if (concepts.length === 0 || candidates.length === 0) return { statements: [], coverage: 0 };
  const wanted = formOfAnswer(question);
  const weight = Math.max(...concepts.map((concept) => concept.weight));
  const total = concepts.reduce((sum, one) => sum + (one.aside ? 0 : one.weight), 0);
  const whole = OVERVIEW.test(question) && concepts.filter(({ aside }) => !aside).length <= 3;
  const subject = concepts[0]?.forms ?? new Set<string>();
  const rated = candidates.map((candidate) => {
    const score = scoreOf(candidate, concepts);
    if (score === 0) return { candidate, score };
    const fits = wanted.some((pattern) => pattern.test(candidate.text)) ? weight * 0.5 : 0;
    const defines = DEFINITION.test(question) && concepts.length <= 2 && begins(candidate, subject) ? weight * 0.6 : 0;
    const titled = likeness(candidate.title, concepts) * total * 0.5;
    // "Tell me about X": the beginning of the article on X says it best.
    const opening = whole && titled > 0 && !REFUSES.test(candidate.text) && /#1$/.test(candidate.passage?.source ?? '');
    const opens = opening ? weight * (candidate.at === 0 ? 1.2 : 0.6) : 0;
    const own = candidate.passage || scene.passages.length === 0 ? 1 : 0.85;
    return {
      candidate,
      score: (score + fits + defines + titled + opens) * own * (0.5 + 0.5 * said(candidate, concepts)),
    };
  });
  const best = rated.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score <= 0) return { statements: [], coverage: 0 };
  const statements = extend(best.candidate, candidates, { concepts, question });
  const second = complement(statements, rated, concepts);
  if (second) statements.push(second);
  return { statements, coverage: coverageOf(best.candidate, candidates, concepts) };
}

const OVERVIEW =
  /\b(?:tell me|hear|learn|know|info|information|explain|describe|overview)\b|\bwhat (?:is|are|does|do|kind|kinds|insurance|cover|coverage|all|would)\b|\bwhat'?s\b|\b(?:do|can) (?:you|i)\b.*\b(?:sell|offer|have|insure|cover|get|provide)\b|\bspecial\b|\bdifferent\b|\boptions\b|^\W*(?:[\w-]+\s?){1,3}\W*$/i;

/** The share of what was asked that the sentence, with its title, speaks of. */
function said({ tokens, title }: Candidate, concepts: readonly Concept[]): number {
  const asked = concepts.filter(({ aside, known }) => !aside && known);
  const matched = asked.filter(({ forms }) => meets(forms, tokens) || meets(forms, title));
  return asked.length === 0 ? 1 : matched.length / asked.length;
}

/** How much a title is about exactly what was asked: shared words of all words, 0 below a half. */
function likeness(title: ReadonlySet<string>, concepts: readonly Concept[]): number {
  const asked = concepts.filter(({ aside }) => !aside);
  const shared = asked.filter(({ forms }) => meets(forms, title)).length;
  const share = shared / Math.max(1, title.size + asked.length - shared);
  return share >= 0.4 ? share : 0;
}

const DEFINITION = /^\W*(?:so |and )?what(?:'s|s| is| are| does)\b|\bmeaning of\b|\bmean\b/i;

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

/** What tools have said in this conversation: a quote's terms answer questions about the quote. */
function resultSentences({ exchanges }: Scene): Candidate[] {
  const calls = exchanges
    .flatMap(({ calls }) => calls)
    .filter(({ failed, name }) => !failed && !/^(?:hand_off|resolve|search_knowledge)$/.test(name));
  const last = calls.at(-1);
  const data = last && safeJson(last.result);
  if (!last || typeof data !== 'object' || data === null) return [];
  const texts = Object.values(data).filter((value) => typeof value === 'string' && value.includes(' '));
  const where = { title: `${last.name.replaceAll('_', ' ')} price`, rank: 1, unit: 'result' };
  return texts
    .flatMap((text: string) => splitSentences(text))
    .map((text, at) => candidate({ text, passage: null, at }, where));
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
    const forms = alike(token);
    const literal = candidates.filter(({ tokens }) => tokens.has(token)).length;
    const df = literal || candidates.filter(({ tokens }) => meets(forms, tokens)).length;
    const rarity = Math.log(1 + (candidates.length - df + 0.5) / (df + 0.5));
    return { forms, weight: factor * Math.min(3.2, Math.max(1.2, rarity)), known: df > 0 };
  };
  // "Phone" and "number" ask for one thing.
  const distinct = now.filter((token, at) => !now.slice(0, at).some((other) => alike(token).has(other)));
  return [
    ...distinct.map((token) => weigh(token, 1)),
    ...before.map((token) => ({ ...weigh(token, aside), aside: now.length > 0 })),
  ];
}

/** The stems of what a text speaks of. */
export function contentStems(text: string): string[] {
  return [...new Set(tokenize(text))].filter(
    (token) => !FILLER.has(token) && token.length > 1 && !/^\d+k?$/.test(token),
  );
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
  return score * clumsy * (REFUSES.test(text) ? 0.75 : 1) + (0.25 * weight) / (1 + rank);
}

function firstOf(forms: ReadonlySet<string>): Set<string> {
  return new Set([...forms].slice(0, 1));
}

function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a) if (b.has(one)) return true;
  return false;
}

/** A question in more words, for a search that found too little. */
export function widened(question: string): string {
  const others = contentStems(question).flatMap(otherWords);
  return others.length > 0 ? `${question} ${[...new Set(others)].join(' ')}` : question;
}

/** Facts that every company is asked for, how they are asked for, and what they look like. */
const CONTACTS: [asks: RegExp, form: RegExp][] = [
  [
    /\b(?:opening|business|office|working|your|ur|service) hours\b|\bwhat time\b.*\b(?:open|close|you)\b|\b(?:till|until) when\b|\bwhen (?:are|do|is|does)\b.*\b(?:open|close|there|work)\b|\b(?:are|is|r)\b.*\bopen\b|\bopen (?:on|at|until|till|today|now|tomorrow|this|sun|sat|mon|tue|wed|thu|fri|\?)|\b(?:you|u)\b.*\b(?:work|open|there|available)\b.*\b(?:weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|christmas|holidays?)\b|^\W*(?:opening |business )?hours\W*$/i,
    /\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\b\d{1,2}:\d\d\b/i,
  ],
  [
    /\b(?:phone|telephone|hotline|contact (?:info|details|number|you)|call you|ring you|give you a call)\b|\b(?:your|ur|the|a) (?:\w+ )?(?:number|no\.?)\s*(?:$|[?.!]|please|pls)/i,
    /\d{3}[\s.-]\d{3}[\s.-]?\d{4}|\+\d[\d\s-]{7,}|\b\d{3}[\s-]\d{4}\b/,
  ],
  [/\be-?mail\b.*\b(?:you|address|your)\b|\b(?:your|ur) e-?mail\b|^\W*e-?mail\W*$/i, /@/],
  [/\b(?:your|ur|the) (?:website|web site|homepage|url)\b/i, /https?:\/\//],
];
const CONTACT_WORDS = new Set(
  tokenize(
    'hours open opening close closed business office service customer phone telephone number contact call email mail address website weekend weekends saturday saturdays sunday sundays monday mondays tuesday wednesday thursday friday fridays holiday holidays christmas work team desk support line no ur till until time',
  ),
);

/** The sentence that states an opening hour, a phone number, an address to write to, where that is all that is asked. */
export function contactFact(scene: Scene, question: string): Statement | null {
  const asked = CONTACTS.filter(([asks]) => asks.test(question));
  if (asked.length === 0) return null;
  const rest = contentStems(question).filter((stem) => !CONTACT_WORDS.has(stem));
  const candidates = [...contextSentences(scene), ...passageSentences(scene)];
  const about = candidates.filter(({ tokens, title }) => rest.every((stem) => tokens.has(stem) || title.has(stem)));
  const words = contentStems(question).flatMap((stem) => [...alike(stem)]);
  let best: { found: Candidate; score: number } | null = null;
  for (const found of about) {
    const forms = asked.filter(([, form]) => form.test(found.text)).length;
    if (forms === 0) continue;
    const own = found.passage === null ? 1.5 : 0;
    const score = own + forms * 3 + words.filter((stem) => found.tokens.has(stem)).length - found.tokens.size * 0.03;
    if (score > (best?.score ?? 0)) best = { found, score };
  }
  return best ? toStatement(best.found) : null;
}

/** Where the question is about a day off: the sentence that says when nobody is there. */
export function closedFact(scene: Scene, question: string): Statement | null {
  const day = /\b(?:weekends?|saturdays?|sundays?|holidays?|christmas|easter|thanksgiving|new year)/i.exec(
    question,
  )?.[0];
  if (!day) return null;
  const closed = [...passageSentences(scene), ...contextSentences(scene)].filter(({ text }) =>
    /\bclosed\b/i.test(text),
  );
  const own = new Set(tokenize(day));
  const found = closed.find(({ tokens }) => meets(own, tokens)) ?? closed[0];
  return found ? toStatement(found) : null;
}

function toStatement({ text, passage, at }: Candidate): Statement {
  return { text, passage, at };
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
  return chosen.map(toStatement);
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
  return toStatement(found.candidate);
}

/** What kind of thing the customer wants sold or insured: "pet insurance", "insure my boat", "cover for a bakery". */
const PRODUCTS = [
  /\b([a-z-]+(?:\s[a-z-]+)?)\s+(?:insurance|coverage|cover|policy|policies|plans?)\b/i,
  /\binsurance (?:for|on) (?:my|our|an?|the|your|his|her)?\s*([a-z-]+(?:\s[a-z-]+)?)/i,
  /^\W*(?:what|how) about (?:my|our|an?|the|your)?\s*([a-z-]+)\W*$/i,
  /\b(?:insure|cover|insuring|covering|sell|offer|rent|lend)\s+(?:my|our|an?|the|your|his|her)?\s*([a-z-]+(?:\s[a-z-]+)?)/i,
];
const REFUSES =
  /\b(?:(?:do|does|is|are|can)\s?(?:not|n't)|cannot|never)\s(sell|sold|offer|offered|provide|provided|insure|insured|rent|lend|cover|covered|include|included|give|carry|have|pay|paid|apply)\b/i;
/** Verbs of a company that does not do a thing at all. */
const OUTRIGHT = /^(?:sell|sold|offer|offered|insure|rent|lend)$/i;
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

function coverageOf(best: Candidate, candidates: readonly Candidate[], concepts: readonly Concept[]): number {
  const unit = new Set(candidates.filter((one) => one.unit === best.unit).flatMap(({ tokens }) => [...tokens]));
  let matched = 0;
  let known = 0;
  let unknown = 0;
  for (const concept of concepts.filter(({ aside }) => !aside)) {
    if (!concept.known) unknown += concept.weight;
    else known += concept.weight;
    if (meets(concept.forms, best.tokens) || meets(concept.forms, best.title)) matched += concept.weight;
    else if (meets(concept.forms, unit)) matched += concept.weight * 0.7;
  }
  // Customers tell stories: beside words that the sources know well, strange ones count half.
  const total = known + unknown * (matched > unknown ? 0.5 : 1);
  return total === 0 ? 0 : matched / total;
}
