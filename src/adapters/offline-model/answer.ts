import { partsOf, rank } from './rank.ts';
import type { Scene } from './scene.ts';
import { isItem, type Section, type Statement, sectionsOf } from './sections.ts';
import { strangeness } from './strangeness.ts';
import type { Topic } from './topic.ts';

/** `doubt`: how surely the question has nothing to do with the company, 0 to 1. */
export type Answer = { statements: Statement[]; doubt: number };

/** A second section is quoted too where it comes this near to the first: the ranking is often right only together. */
const CLOSE = 1.2;
/** Sentences of one section, and list items of it. */
const MOST_SENTENCES = 3;
const MOST_ITEMS = 6;

/** `topic` is the article spoken of last, where the question leans on it. Answers by quoting the sections of the passages and of the prompt's context that are most about the question. */
export function answerFrom(scene: Scene, question: string, topic: Topic | null = null): Answer {
  const ranked = rank(scene, sectionsOf(scene, topic?.passages), question);
  const [best] = ranked;
  const doubt = strangeness(scene, question, ranked);
  if (!best) return { statements: [], doubt };
  const second = ranked.find(
    (one) => one !== best && one.score > best.score - CLOSE && !repeats(one.section, best.section),
  );
  const chosen = [best, ...(second ? [second] : [])];
  return { statements: chosen.flatMap(({ section }) => quote(scene, section, question)), doubt };
}

/** True where two sections say much the same, as an article and the prompt's own block often do. */
function repeats(one: Section, other: Section): boolean {
  const shared = [...one.stems].filter((stem) => other.stems.has(stem)).length;
  return shared > 0.6 * Math.min(one.stems.size, other.stems.size);
}

/** The sentences of a section that are most about the question: all of a short one, neighbours of a long one. */
function quote(scene: Scene, { statements }: Section, question: string): Statement[] {
  if (statements.length <= MOST_SENTENCES) return statements;
  const items = statements.filter(({ text }) => isItem(text));
  const scores = statements.map((one) => nearness(scene, one, question));
  if (items.length >= 3) return quoteList(statements, scores);
  const from = bestRun(scores, MOST_SENTENCES);
  return statements.slice(from, from + MOST_SENTENCES);
}

function nearness({ likeness }: Scene, { text }: Statement, question: string): number {
  return Math.max(...[question, ...partsOf(question)].map((part) => likeness(part, text.trim())));
}

/** Of a list: one item with what leads to it where one stands out, else the list. */
function quoteList(statements: readonly Statement[], scores: readonly number[]): Statement[] {
  const best = scores.indexOf(Math.max(...scores));
  const others = scores.filter((_, at) => at !== best).sort((a, b) => b - a);
  const standsOut = (scores[best] ?? 0) > 0.4 && (scores[best] ?? 0) - (others[0] ?? 0) > 0.08;
  if (standsOut) return statements.slice(best, best + 1);
  const first = statements.findIndex(({ text }) => isItem(text));
  return statements.slice(Math.max(0, first - 1), first + MOST_ITEMS);
}

/** Where the run of so many numbers begins that has the largest sum. */
function bestRun(scores: readonly number[], length: number): number {
  let best = { at: 0, sum: Number.NEGATIVE_INFINITY };
  for (let at = 0; at + length <= scores.length; at++) {
    const sum = scores.slice(at, at + length).reduce((total, score) => total + score, 0);
    if (sum > best.sum) best = { at, sum };
  }
  return best.at;
}
