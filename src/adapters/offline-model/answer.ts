import { tokenize, words } from '../../language/tokens.ts';
import { type Concept, conceptsOf } from './concepts.ts';
import { REFUSES } from './not-sold.ts';
import { companyOf, type Scene } from './scene.ts';
import {
  type Candidate,
  contextSentences,
  isItem,
  meets,
  passageSentences,
  resultSentences,
  type Statement,
  toStatement,
} from './sources.ts';
import type { Topic } from './topic.ts';

/** `coverage`: the share of the question's weight that the sources speak of, 0 to 1. */
export type Answer = { statements: Statement[]; coverage: number };

/** What was said around the question: words before or beside it, the article spoken of last, a tool that has just run. */
export type Surroundings = {
  earlier?: string;
  /** The part of the question that only tells: its strange words ask for nothing. */
  told?: string;
  topic?: Topic | null;
  afterTool?: boolean;
};

/** Answers by quoting the sentences of the passages and of the prompt's context that speak of what was asked. */
export function answerFrom(scene: Scene, question: string, around: Surroundings = {}): Answer {
  const { earlier = '', topic = null } = around;
  const more = topic?.passages.filter((one) => !scene.passages.some(({ source }) => source === one.source)) ?? [];
  const candidates = [
    ...passageSentences([...scene.passages, ...more]),
    ...contextSentences(scene),
    ...resultSentences(scene),
  ];
  const concepts = conceptsOf(candidates, {
    question,
    earlier,
    told: around.told ?? '',
    company: companyOf(scene.identity),
    asideWeight: around.afterTool ? 0.7 : null,
  });
  const wanted = formOfAnswer(question);
  const view: View = { question, concepts, wanted, around, quotes: scene.passages.length > 0 };
  const rated = candidates.map((candidate) => ({ candidate, score: rate(candidate, view) }));
  const asked = concepts.some(({ aside }) => !aside);
  const formed = ({ text, passage }: Candidate) =>
    topic?.has(passage) === true && wanted.some((pattern) => pattern.test(text));
  // "Why is that?": nothing is asked for by name; the article that was spoken of may have an answer of that form.
  const eligible = rated.filter(({ candidate, score }) => score > 0 && (asked || formed(candidate)));
  const [best] = eligible.sort((a, b) => b.score - a.score);
  if (!best) return { statements: [], coverage: 0 };
  const statements = extend(best.candidate, candidates, { concepts, question });
  const second = complement(statements, rated, concepts);
  if (second) statements.push(second);
  const coverage = asked ? coverageOf(best.candidate, candidates, concepts) : 0;
  return { statements, coverage: formed(best.candidate) ? Math.max(coverage, FORMED) : coverage };
}

/** A question as the rating of a sentence needs it. */
type View = { question: string; concepts: readonly Concept[]; wanted: RegExp[]; around: Surroundings; quotes: boolean };

/** How well a sentence answers: the words it shares, its form, its place in its article, what was spoken of before. */
function rate(candidate: Candidate, { question, concepts, wanted, around, quotes }: View): number {
  let score = scoreOf(candidate, concepts);
  if (score === 0) return 0;
  const asked = concepts.filter(({ aside }) => !aside);
  const weight = Math.max(...concepts.map((concept) => concept.weight));
  const titled = likeness(candidate.title, concepts) * asked.reduce((sum, one) => sum + one.weight, 0) * 0.5;
  score += titled;
  if (wanted.some((pattern) => pattern.test(candidate.text))) score += weight * 0.9;
  // "Founded" and "found" have one stem: the word as it was written decides.
  const literally = new Set(words(candidate.text));
  score += weight * 0.15 * words(question).filter((word) => word.length > 4 && literally.has(word)).length;
  const subject = concepts[0]?.forms ?? new Set();
  if (DEFINITION.test(question) && concepts.length <= 2 && begins(candidate, subject)) score += weight * 0.6;
  // "Tell me about X": the beginning of the article on X says it best.
  const opens =
    OVERVIEW.test(question) && asked.length <= 3 && titled > 0 && /#1$/.test(candidate.passage?.source ?? '');
  if (opens && !REFUSES.test(candidate.text)) score += weight * (candidate.at === 0 ? 1.2 : 0.6);
  if (around.topic?.has(candidate.passage)) score += weight * 0.5;
  if (around.afterTool && candidate.unit === 'result') score += weight * 0.6;
  if (NEGATION.test(candidate.text) && !NEGATION.test(question)) score *= 0.92;
  return score * (candidate.passage || !quotes ? 1 : 0.85) * (0.5 + 0.5 * spokenOf(candidate, concepts));
}

const NEGATION = /\b(?:not|no|never|cannot|n't)\b|n't\b/i;

/** What an answer of the right form from the article that was spoken of counts for. */
const FORMED = 0.5;

const OVERVIEW =
  /\b(?:tell me|hear|learn|know|info|information|explain|describe|overview)\b|\bwhat (?:is|are|does|do|kind|kinds|insurance|cover|coverage|all|would)\b|\bwhat'?s\b|\b(?:do|can) (?:you|i)\b.*\b(?:sell|offer|have|insure|cover|get|provide)\b|\bspecial\b|\bdifferent\b|\boptions\b|^\W*(?:[\w-]+\s?){1,3}\W*$/i;

/** The share of what was asked that the sentence, with its title, speaks of. */
function spokenOf({ tokens, title }: Candidate, concepts: readonly Concept[]): number {
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
  [/\bper (?:month|year)\b|\bmonthly\b|\byearly\b/i, /\bper (?:month|year)\b/i],
  [/\bwhy\b|\bhow come\b/i, /\b(?:because|since|due to|so that)\b/i],
  [/\bhow far\b/i, /\b\d+ (?:miles?|km|kilometers?|feet|minutes)\b/i],
  [/\b(?:at most|maximum|max|limit|up to)\b/i, /\bup to\b|\bat most\b|\blimit/i],
  [/\b(?:website|link|online|where can i|address)\b/i, /https?:\/\//],
  [
    /\bhow (?:do|can|should|would|could) (?:i|we|you)\b|\bwhat (?:do|should) i do\b|\bsteps\b/i,
    /^\W*(?:you can|to \w+|call|go to|open|take|send|log|choose|file|report|first|please|customers? can)\b|\bcan be \w+ed\b|\bonline\b/i,
  ],
];

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
  if (open.reduce((sum, { weight }) => sum + weight, 0) < total * 0.45) return null;
  const found = rated
    .filter(
      ({ candidate: { text, tokens } }) =>
        open.some(({ forms }) => meets(forms, tokens)) && !statements.some((one) => one.text === text),
    )
    .sort((a, b) => scoreOf(b.candidate, open) - scoreOf(a.candidate, open))[0];
  if (
    !found ||
    scoreOf(found.candidate, concepts) < scoreOf(rated[0]?.candidate ?? found.candidate, concepts) * 0.3 ||
    (spokenOf(found.candidate, concepts) <= 0.5 &&
      !statements.some(({ passage }) => passage === found.candidate.passage))
  )
    return null;
  return toStatement(found.candidate);
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
