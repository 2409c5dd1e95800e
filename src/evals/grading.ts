import type { Model } from '../agent/model.ts';
import type { Usage } from '../agent/step.ts';
import type { Embedder } from '../language/embedder.ts';
import type { CaseRun, RunTurn } from './case-run.ts';
import type { CriterionName } from './criteria.ts';
import type { Grading } from './evaluate.ts';
import type { Check, RunReport } from './graded.ts';
import { agreementOfStandIns } from './graders/agreement.ts';
import { askGrader, type Grade, graderName, type Shown } from './graders/ask-grader.ts';
import { DECLINED } from './graders/declined.ts';
import { checkRun } from './graders/expectations.ts';
import { ANSWER, EACH_REPLY, MOOD, RUBRICS, type Rubric, STATEMENT } from './graders/rubrics.ts';
import { checkSentiment, firstAndLast } from './graders/sentiment.ts';
import { AGREEMENT, agreementWith, type Opinion, RELEVANCE, relevanceOf } from './graders/stand-ins.ts';
import type { Case, Expectations } from './suite.ts';
import { counted } from './usage.ts';

/** The model that grades. `costOf`: dollars of a call. */
export type Judge = { model: Model; modelId: string; costOf(model: string, usage: Usage): number; signal: AbortSignal };

export type GradingParts = {
  /** Reads meaning for the stand-ins; null for words alone. */
  embedder: Embedder | null;
  /** The model that grades what needs understanding; null offline, where stand-ins look. */
  judge: Judge | null;
  /** What an earlier check of the model's grades against people came to. */
  checked?: RunReport['graders'];
};

/** What reads the records of a run: expectations by code, then a model, or stand-ins that are named so and fail no case. */
export function openGrading({ embedder, judge, checked = [] }: GradingParts): Grading {
  let spent = 0;
  const asked = judge && {
    ...judge,
    model: counted(judge.model, (usage) => {
      spent += judge.costOf(judge.modelId, usage);
    }),
  };
  return {
    costUsd: () => spent,
    agreement: () => (judge ? agreementOfModel(judge.modelId, checked) : agreementOfStandIns(embedder)),
    async grade(one, run) {
      const more = asked ? await modelChecks(asked, one, run) : await standInChecks(embedder, one, run);
      return [...checkRun(one, run), ...more];
    },
  };
}

/** Beside the model only the forms of turning down look, since a case can hang on them. */
async function agreementOfModel(modelId: string, checked: RunReport['graders']): Promise<RunReport['graders']> {
  const standIns = await agreementOfStandIns(null);
  const models = RUBRICS.map((rubric) => {
    const grader = graderName(modelId, rubric);
    const { criterion } = rubric;
    return checked.find((one) => one.grader === grader) ?? { grader, criterion, n: 0, agreement: null, kappa: null };
  });
  return [...standIns.filter(({ grader }) => grader === DECLINED), ...models];
}

/** What somebody with understanding is asked: of a turn, or (`turn` null) of all replies together. */
type Question = {
  turn: number | null;
  rubric: Rubric;
  shown: Shown;
  wanted: string;
  /** What it counts for, one check each. */
  criteria: readonly (CriterionName | null)[];
};

async function modelChecks(judge: Judge, one: Case, run: CaseRun): Promise<Check[]> {
  const questions = [
    ...run.turns.flatMap((turn, at) => aboutReply(run, turn, at)),
    ...expected(one, run),
    ...aboutMood(one, run),
  ];
  const checks = await Promise.all(
    questions.map(async (question) => {
      const grade = await askGrader(judge, question.rubric, question.shown);
      if (question.rubric.counts && grade.verdict === null) throw new Error(`${NOT_GRADED} (${grade.reasoning}).`);
      return toChecks(question, grade, graderName(judge.modelId, question.rubric));
    }),
  );
  return checks.flat();
}

/** What a case hangs on and nobody has judged is no pass. */
const NOT_GRADED = 'The model that grades gave no verdict';

function toChecks({ turn, rubric, wanted, criteria }: Question, grade: Grade, grader: string): Check[] {
  const { name: kind, counts } = rubric;
  const { verdict: passed, reasoning } = grade;
  const told = passed === null ? { found: '', reason: reasoning } : { found: reasoning, reason: null };
  return criteria.map((criterion) => ({ kind, criterion, turn, passed, counts, grader, wanted, ...told }));
}

function aboutMood({ customerSide }: Case, run: CaseRun): Question[] {
  const said = customerSide.kind === 'simulated' ? firstAndLast(run) : null;
  if (said === null) return [];
  const shown = { conversation: '', reply: '', beside: said };
  return [{ turn: null, rubric: MOOD, shown, wanted: 'ends in no worse a mood', criteria: [MOOD.criterion] }];
}

/** What a customer said is graded in each reply; a model's own words that were put there are not. */
function aboutReply(run: CaseRun, turn: RunTurn, at: number): Question[] {
  if (turn.act.kind !== 'say' || turn.reply === '') return [];
  const shown = { conversation: talk(run.turns.slice(0, at), turn), reply: turn.reply };
  return EACH_REPLY.map((rubric) => ({
    ...{ turn: at, rubric, wanted: rubric.name, criteria: [rubric.criterion] },
    shown: { ...shown, beside: rubric.needs === 'sources' ? sourcesOf(run) : [] },
  }));
}

/** What the case itself wants, which counts for what it says that it measures. */
function expected({ customerSide, expect, measures }: Case, run: CaseRun): Question[] {
  const script = customerSide.kind === 'script' ? customerSide.turns : [];
  const ofTurns = run.turns.flatMap((turn, at) => {
    const shown = { conversation: talk(run.turns.slice(0, at), turn), reply: turn.reply };
    return ofExpectations(script[at]?.expect ?? {}, at, shown);
  });
  const all = run.turns.map(({ reply }) => reply).join('\n\n');
  const whole = ofExpectations(expect, null, { conversation: talk(run.turns), reply: all });
  return [...ofTurns, ...whole].map((question) => ({
    ...question,
    criteria: measures.length > 0 ? measures : [question.rubric.criterion],
  }));
}

function ofExpectations(
  { answer, rubric = [] }: Expectations,
  turn: number | null,
  shown: Omit<Shown, 'beside'>,
): Omit<Question, 'criteria'>[] {
  const reference = answer === undefined ? [] : [{ rubric: ANSWER, beside: answer }];
  const statements = rubric.map((beside) => ({ rubric: STATEMENT, beside }));
  return [...reference, ...statements].map((one) => ({
    ...{ turn, rubric: one.rubric, wanted: one.beside },
    shown: { ...shown, beside: [one.beside] },
  }));
}

function talk(turns: readonly RunTurn[], last?: RunTurn): string {
  const lines = turns.flatMap((turn) => [...actLine(turn), `Agent: ${turn.reply}`]);
  return [...lines, ...(last ? actLine(last) : [])].join('\n');
}

function actLine({ act }: RunTurn): string[] {
  if (act.kind === 'say') return [`Customer: ${act.text}`];
  return act.kind === 'decide' ? [`(${act.by}: ${act.decision}s the card)`] : ['(The customer signs in.)'];
}

/** What the model was shown in the whole conversation: passages and results of tools. */
function sourcesOf({ steps }: CaseRun): string[] {
  const blocks = steps.flatMap(({ input, toolResults }) => [...input, ...toolResults]);
  return [...new Set(blocks.flatMap((block) => textsIn(block)))];
}

function textsIn(block: object & { type: string }): string[] {
  if (!('content' in block)) return [];
  const { content } = block;
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  const own = content.flatMap((part) => (part.type === 'text' ? [String(part.text)] : textsIn(part)));
  return block.type === 'search_result' ? [own.join('')] : own;
}

async function standInChecks(embedder: Embedder | null, one: Case, run: CaseRun): Promise<Check[]> {
  const replies = run.turns.map(async ({ act, reply }, at) => {
    if (act.kind !== 'say' || reply === '') return [];
    const opinion = await relevanceOf(act.text, reply, embedder);
    return [
      standIn(
        { kind: 'relevance', criterion: 'response_relevance', turn: at, wanted: 'relevance' },
        opinion,
        RELEVANCE,
      ),
    ];
  });
  const questions = expected(one, run).flatMap(({ turn, rubric, shown, wanted, criteria }) => {
    const opinion =
      rubric === ANSWER ? agreementWith(wanted, shown.reply) : { passed: null, found: '', why: NEEDS_MODEL };
    const grader = rubric === ANSWER ? AGREEMENT : 'none';
    return criteria.map((criterion) => standIn({ kind: rubric.name, criterion, turn, wanted }, opinion, grader));
  });
  const { customerSide } = one;
  const mood = customerSide.kind === 'simulated' ? checkSentiment(run, customerSide.simulation.language) : [];
  return [...(await Promise.all(replies)).flat(), ...questions, ...mood];
}

const NEEDS_MODEL = 'only a model can tell: set ANTHROPIC_API_KEY';

type About = Pick<Check, 'kind' | 'criterion' | 'turn' | 'wanted'>;

function standIn(about: About, { passed, found, why }: Opinion, grader: string): Check {
  return { ...about, passed, found, counts: false, grader, reason: why };
}
