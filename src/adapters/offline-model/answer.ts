import { bearing } from './bearing.ts';
import { contentStems } from './concepts.ts';
import { likestReading, SAME } from './intent.ts';
import { type Ranked, rank } from './rank.ts';
import { readings, type Scene } from './scene.ts';
import { isItem, meets, type Section, type Statement, sectionsOf } from './sections.ts';
import { strangeness } from './strangeness.ts';
import { alike } from './synonyms.ts';
import { proseOf, rowsAsked, sayRows, tablesOf } from './tables.ts';
import type { Topic } from './topic.ts';
import { withoutVerdict } from './verdict.ts';

/** `doubt`: how surely the question has nothing to do with the company, 0 to 1. */
export type Answer = { statements: Statement[]; doubt: number };

/** A second section is quoted too where it comes this near to the first: the ranking is often right only together. */
const CLOSE = 1.5;
/** Sentences of the first section, and of the second. */
const FIRST = 3;
const SECOND = 3;
/** What a sentence of a section has ahead that has all words of the question. */
const SAID = 0.3;
/** What the beginning of an article has further ahead of the rest where a question is as broad as it. */
const LEAD = 1.5;
/** And what the article spoken of last has ahead, where the question leans on it. */
const TOPIC = 1.2;

/**
 * Answers by quoting the sections of the passages and of the prompt's context that are most about the question. `topic`
 * is the article spoken of last, where the question leans on it.
 */
export function answerFrom(scene: Scene, question: string, topic: Topic | null = null): Answer {
  const sections = sectionsOf(scene, topic?.passages);
  const ranked = favour(rank(scene, sections, question), ({ unit }) => unit === topic?.unit, TOPIC);
  const doubt = strangeness(scene, question, ranked);
  const rows = rowsAsked(
    question,
    ranked.map(({ section }) => section),
  );
  if (rows.length > 0) return { statements: rows, doubt };
  // What leans on an article shares no word with it.
  const about = topic ? ranked : bearing(scene, question, ranked);
  const [first, ...others] = isBroad(scene, question) ? favour(about, ({ isLead }) => isLead, LEAD) : about;
  if (!first) return { statements: [], doubt };
  const second = secondTo(first, others);
  const parts = [
    { section: first.section, most: FIRST },
    ...(second ? [{ section: second.section, most: SECOND }] : []),
  ];
  const all = ranked.map(({ section }) => section);
  return { statements: parts.flatMap(({ section, most }) => quote(scene, section, { question, most, all })), doubt };
}

/** "What have you got for me?": the beginning of an article or block says what it is all about. */
function isBroad(scene: Scene, question: string): boolean {
  return likestReading(scene, question, 'offer') >= SAME;
}

/** The order with some sections put ahead by so much. */
function favour(ranked: readonly Ranked[], favoured: (section: Section) => boolean, by: number): Ranked[] {
  return ranked
    .map((one) => (favoured(one.section) ? { ...one, score: one.score + by } : one))
    .sort((a, b) => b.score - a.score);
}

/** What is quoted after the first section: what comes nearest. */
function secondTo(first: Ranked, others: readonly Ranked[]): Ranked | undefined {
  return others.find(({ score, section }) => score > first.score - CLOSE && !repeats(section, first.section));
}

/** True where two sections say much the same, as an article and the prompt's own block often do. */
function repeats(one: Section, other: Section): boolean {
  const shared = [...one.stems].filter((stem) => other.stems.has(stem)).length;
  return shared > 0.6 * Math.min(one.stems.size, other.stems.size);
}

/** `all`: the sections that a table may go on from. */
type Quoting = { question: string; most: number; all: readonly Section[] };

/** The sentences of a section that are most about the question: all of a short one, neighbours of a long one. */
function quote(scene: Scene, section: Section, { question, most, all }: Quoting): Statement[] {
  const row = nearestRow(scene, section, { question, all });
  if (row) return row;
  const statements = withoutVerdict({ ...section, statements: proseOf(section) }, question);
  if (statements.length <= most) return statements;
  const items = statements.filter(({ text }) => isItem(text)).length;
  const scores = statements.map((one) => nearness(scene, one, question));
  const from = bestRun(scores, items >= 3 ? 1 : most);
  return statements.slice(from, from + (items >= 3 ? 1 : most));
}

/** The row of a table that is nearer than every sentence beside the table; null where none is. */
function nearestRow(scene: Scene, section: Section, { question, all }: Omit<Quoting, 'most'>): Statement[] | null {
  const near = (one: Statement) => nearness(scene, one, question);
  const [row] = tablesOf(all)
    .flatMap(({ rows }) => rows)
    .filter(({ statement }) => section.statements.includes(statement))
    .toSorted((a, b) => near(b.statement) - near(a.statement));
  if (!row || proseOf(section).some((one) => near(one) >= near(row.statement))) return null;
  return sayRows([row]);
}

/** How near a sentence is to a question in meaning, and what it has of its words. */
function nearness({ likeness }: Scene, { text, stems }: Statement, question: string): number {
  const asked = contentStems(question);
  const said = asked.filter((one) => meets(alike(one), stems)).length;
  const like = Math.max(...readings(question).map((reading) => likeness(reading, text.trim())));
  return like + (asked.length === 0 ? 0 : (SAID * said) / asked.length);
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
