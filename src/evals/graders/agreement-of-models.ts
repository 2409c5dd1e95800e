import type { Model } from '../../agent/model.ts';
import type { RunReport } from '../graded.ts';
import { agreement } from './agreement.ts';
import { askGrader, graderName, type Shown } from './ask-grader.ts';
import { ANSWER_ROWS } from './labelled/answer.ts';
import { GROUNDEDNESS_ROWS } from './labelled/groundedness.ts';
import { halves } from './labelled/halves.ts';
import { RELEVANCE_ROWS } from './labelled/relevance.ts';
import { SENTIMENT_ROWS } from './labelled/sentiment.ts';
import { STATEMENT_ROWS } from './labelled/statement.ts';
import { COMPREHENSION_ROWS, TONE_ROWS, TOPIC_ROWS } from './labelled/talks.ts';
import { RUBRICS, type Rubric } from './rubrics.ts';

type Asked = { model: Model; modelId: string; signal: AbortSignal };
type Row = { rubric: Rubric; shown: Shown; label: boolean };

/** Questions that are out at the same time. */
const AT_ONCE = 8;

/**
 * How often the model's grades agree with the labels of the sets in `labelled`, of the check half, and beyond chance. Some 200 calls. `n`: rows
 * that it gave a verdict on. Throws a sentence where it gave none at all on a set.
 */
export async function modelAgreement(judge: Asked): Promise<RunReport['graders']> {
  const rows = labelledRows();
  const grades = await eachAtOnce(rows, ({ rubric, shown }) => askGrader(judge, rubric, shown));
  const all = rows.map((row, at) => ({ ...row, grade: grades[at] ?? null }));
  return [...Map.groupBy(all, ({ rubric }) => rubric)].map(([rubric, told]) => {
    const pairs = told.flatMap(({ label, grade }) => {
      const verdict = grade?.verdict ?? null;
      return verdict === null ? [] : [[verdict, label] as const];
    });
    if (pairs.length === 0) {
      throw new Error(`The model gave no verdict about ${rubric.name}: ${told[0]?.grade?.reasoning ?? 'not asked'}`);
    }
    return { grader: graderName(judge.modelId, rubric), criterion: rubric.criterion, ...agreement(pairs) };
  });
}

function labelledRows(): Row[] {
  const talks = { comprehension: COMPREHENSION_ROWS, topic: TOPIC_ROWS, tone: TONE_ROWS };
  return [
    ...Object.entries(talks).flatMap(([name, rows]) =>
      halves(rows).check.map(([conversation, reply, label]) => row(name, label, { conversation, reply, beside: [] })),
    ),
    ...halves(RELEVANCE_ROWS).check.map(([question, reply, label]) =>
      row('relevance', label, { conversation: `Customer: ${question}`, reply, beside: [] }),
    ),
    ...halves(GROUNDEDNESS_ROWS).check.map(([source, reply, label]) =>
      row('groundedness', label, { conversation: '', reply, beside: [source] }),
    ),
    ...halves(ANSWER_ROWS).check.map(([reference, reply, label]) =>
      row('answer', label, { conversation: '', reply, beside: [reference] }),
    ),
    ...halves(STATEMENT_ROWS).check.map(([conversation, statement, label]) =>
      row('rubric', label, { conversation, reply: '', beside: [statement] }),
    ),
    ...halves(SENTIMENT_ROWS).check.map(([first, last, label]) =>
      row('sentiment', label, { conversation: '', reply: '', beside: [first, last] }),
    ),
  ];
}

function row(name: string, label: boolean, shown: Shown): Row {
  const rubric = RUBRICS.find((one) => one.name === name);
  if (!rubric) throw new Error(`There is no rubric ${name}.`);
  return { rubric, shown, label };
}

/** The results in the order of `things`, with at most `AT_ONCE` under way. */
async function eachAtOnce<Thing, Result>(things: readonly Thing[], work: (thing: Thing) => Promise<Result>) {
  const results: Result[] = [];
  const left = things.entries();
  const worker = async () => {
    for (const [at, thing] of left) results[at] = await work(thing);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
