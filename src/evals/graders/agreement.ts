import type { Embedder } from '../../language/embedder.ts';
import type { RunReport } from '../graded.ts';
import { kappaOf } from '../statistics.ts';
import { DECLINED, isDeclined, type Said } from './declined.ts';
import { ANSWER_ROWS } from './labelled/answer.ts';
import { DECLINED_ROWS } from './labelled/declined.ts';
import { halves } from './labelled/halves.ts';
import { RELEVANCE_ROWS } from './labelled/relevance.ts';
import { SENTIMENT_ROWS } from './labelled/sentiment.ts';
import { SENTIMENT, valenceOf } from './sentiment.ts';
import { AGREEMENT, agreementWith, RELEVANCE, relevanceOf } from './stand-ins.ts';

type Agreement = RunReport['graders'][number];
export type Half = 'tuning' | 'check';

/**
 * How often the stand-ins agree with the labels of the sets in `labelled`, and beyond chance (Cohen's kappa): of the check half, unless the
 * other is asked for, to which they were fitted. `embedder`: the one that relevance is read with.
 */
export async function agreementOfStandIns(embedder: Embedder | null, half: Half = 'check'): Promise<Agreement[]> {
  const declined = halves(DECLINED_ROWS)[half].map(
    ([reply, label, has]) => [isDeclined(turnOf(reply, has)), label] as const,
  );
  const answer = halves(ANSWER_ROWS)[half].map(
    ([reference, reply, label]) => [agreementWith(reference, reply).passed === true, label] as const,
  );
  const sentiment = halves(SENTIMENT_ROWS)[half].map(
    ([first, last, label]) => [valenceOf(last) >= valenceOf(first), label] as const,
  );
  const relevance: (readonly [boolean, boolean])[] = [];
  for (const [question, reply, label] of halves(RELEVANCE_ROWS)[half]) {
    relevance.push([(await relevanceOf(question, reply, embedder)).passed === true, label]);
  }
  return [
    { grader: DECLINED, criterion: 'topic_adherence', ...agreement(declined) },
    { grader: AGREEMENT, criterion: 'response_accuracy', ...agreement(answer) },
    { grader: RELEVANCE, criterion: 'response_relevance', ...agreement(relevance) },
    { grader: SENTIMENT, criterion: 'sentiment_maintenance', ...agreement(sentiment) },
  ];
}

function turnOf(reply: string, has: 'cites' | 'calls' | undefined): Said {
  return {
    reply,
    citations: has === 'cites' ? ['one'] : [],
    calls: has === 'calls' ? [{ effect: 'read', ok: true }] : [],
  };
}

/** Share of rows on which a grader and the labels say the same, and beyond chance. */
export function agreement(pairs: readonly (readonly [boolean, boolean])[]) {
  const agreed = pairs.filter(([given, label]) => given === label).length;
  return { n: pairs.length, agreement: agreed / pairs.length, kappa: kappaOf(pairs) };
}
