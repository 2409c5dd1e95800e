import type { RunReport } from '../graded.ts';
import { kappaOf } from '../statistics.ts';
import { DECLINED, isDeclined } from './declined.ts';
import { ANSWER_ROWS } from './labelled/answer.ts';
import { DECLINED_ROWS } from './labelled/declined.ts';
import { AGREEMENT, agreementWith } from './stand-ins.ts';

/**
 * How often the stand-ins agree with the labels of the sets in `labelled`, and beyond chance (Cohen's kappa). None of them was
 * fitted to these rows, which were written with the graders in view. Graders without a set, the encoder's and models' among them, are not in it: they are unchecked.
 */
export function agreementOfStandIns(): RunReport['graders'] {
  const declined = DECLINED_ROWS.map(([reply, label]) => [isDeclined({ reply, calls: [] }), label] as const);
  const answer = ANSWER_ROWS.map(
    ([reference, reply, label]) => [agreementWith(reference, reply).passed === true, label] as const,
  );
  return [
    { grader: DECLINED, criterion: 'topic_adherence', ...agreement(declined) },
    { grader: AGREEMENT, criterion: 'response_accuracy', ...agreement(answer) },
  ];
}

function agreement(pairs: readonly (readonly [boolean, boolean])[]) {
  const agreed = pairs.filter(([given, label]) => given === label).length;
  return { n: pairs.length, agreement: agreed / pairs.length, kappa: kappaOf(pairs) };
}
