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
  'cover coverage insure protect include pay',
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
     im ive dont doesnt whats hows thats isnt right long own see understand basically exactly find make sell sold deal`,
  ).map(stem),
);

type Candidate = Statement & { tokens: Set<string>; title: Set<string>; rank: number; unit: string };
type Concept = { forms: Set<string>; weight: number };

/** Answers by quoting the sentences of the passages and of the prompt's context that speak of what was asked. */
export function answerFrom(scene: Scene, question: string, earlier = ''): Answer {
  const candidates = [...passageSentences(scene), ...contextSentences(scene)];
  const concepts = conceptsOf(question, earlier, candidates);
  if (concepts.length === 0 || candidates.length === 0) return { statements: [], coverage: 0 };
  const rated = candidates.map((candidate) => ({ candidate, score: scoreOf(candidate, concepts) }));
  const best = rated.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score <= 0) return { statements: [], coverage: 0 };
  const statements = extend(best.candidate, candidates, { concepts, question });
  const second = complement(statements, rated, concepts);
  if (second) statements.push(second);
  return { statements, coverage: coverageOf(best.candidate, candidates, concepts) };
}

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
  const weigh = (token: string, factor: number): Concept => {
    const forms = new Set([token, ...SAME.filter((group) => group.includes(token)).flat()]);
    const literal = candidates.filter(({ tokens }) => tokens.has(token)).length;
    const df = literal || candidates.filter(({ tokens }) => meets(forms, tokens)).length;
    return {
      forms: literal ? new Set([token, ...forms]) : forms,
      weight: factor * Math.log(1 + (candidates.length - df + 0.5) / (df + 0.5)),
    };
  };
  return [...now.map((token) => weigh(token, 1)), ...before.map((token) => weigh(token, 0.35))];
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
  }
  if (score === 0) return 0;
  const length = words(text).length;
  return score * (length > 45 || length < 4 ? 0.8 : 1) + 0.8 / (1 + rank);
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
    /\b(?:tell me about|what (?:is|are|does|do you)|what's|special|unique|offer|explain|overview|describe|how does|how do|options|details)\b/i.test(
      question,
    );
  const wanted = broad ? 4 : 2;
  const from = unit.indexOf(best);
  const chosen = [best];
  for (const next of unit.slice(from + 1)) {
    const listed = /:\s*$/.test(chosen.at(-1)?.text ?? '') || isItem(next.text);
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
  const open = concepts.filter(({ forms }) => !meets(forms, said) && !meets(forms, titles));
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

function coverageOf(best: Candidate, candidates: readonly Candidate[], concepts: readonly Concept[]): number {
  const unit = new Set(candidates.filter((one) => one.unit === best.unit).flatMap(({ tokens }) => [...tokens]));
  let matched = 0;
  let total = 0;
  for (const { forms, weight } of concepts) {
    total += weight;
    if (meets(forms, best.tokens) || meets(forms, best.title)) matched += weight;
    else if (meets(forms, unit)) matched += weight * 0.7;
  }
  return total === 0 ? 0 : matched / total;
}
