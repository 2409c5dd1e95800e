import { fastModelFindings } from '../../src/adapters/fast-model/commitment-opinion.ts';
import { type Findings, type Guard, NOTHING_FOUND, type Read, type Seen, type Source } from '../../src/agent/guard.ts';
import type { Model } from '../../src/agent/model.ts';
import { Segmenter } from '../../src/agent/segment.ts';
import { commitmentsGuard } from '../../src/guards/commitments.ts';
import { SEEN } from './words.ts';

/** By the rules alone, and with a second opinion on what they doubt, on each sentence, and where its word alone decides of each. */
export const OPINIONS = ['rules', 'on', 'always', 'decides'] as const;
export type OpinionKind = (typeof OPINIONS)[number];

const GUARDS: Record<OpinionKind, Guard> = {
  rules: commitmentsGuard(),
  on: commitmentsGuard(),
  always: commitmentsGuard({ asks: 'each' }),
  decides: commitmentsGuard({ asks: 'each', trusts: true }),
};

/** A reply, what the conversation has shown for it, and what the customer has said. */
export type Replied = { text: string; sources: readonly Source[]; said: readonly string[] };

/** What is found for sentences; null where nobody answers. */
export type Ask = (sentences: readonly string[], read: Omit<Read, 'model'>) => Promise<Findings | null>;

/** Whether the guard acts on a reply, segment by segment as it is released; what it doubts is asked first, but of `rules`. */
export async function actsOn(kind: OpinionKind, { text, sources, said }: Replied, ask: Ask): Promise<boolean> {
  const guard = GUARDS[kind];
  const segmenter = new Segmenter();
  let released = '';
  for (const segment of [...segmenter.push(text), ...[segmenter.flush() ?? []].flat()]) {
    const seen: Seen = { ...SEEN, sources, said, released };
    released += segment;
    const verdict = guard.check(segment, seen);
    const doubts = kind === 'rules' ? [] : (verdict.doubts ?? []);
    const found = doubts.length > 0 ? await ask(doubts, { sources, said, released }) : null;
    const last = found ? guard.check(segment, seen, found) : verdict;
    if (last.action !== 'allow') return true;
  }
  return false;
}

/** As a reply asks the fast model. Rejects where the call fails. */
export async function findingsOf(
  model: Model,
  modelId: string,
  [sentences, read]: Parameters<Ask>,
  signal: AbortSignal,
): Promise<Findings> {
  const found = await fastModelFindings(modelId)(sentences, { ...read, model }, signal);
  return new Map(sentences.map((sentence) => [sentence, found.get(sentence) ?? NOTHING_FOUND]));
}
