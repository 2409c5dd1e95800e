import type Anthropic from '@anthropic-ai/sdk';
import type { StepRecord } from '../agent/step.ts';
import type { CitedPassage } from '../protocol/conversation.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { agentOf, type Desk } from './desk.ts';
import { foldLog } from './fold-log.ts';

/**
 * The passage that a reply cites under a number, with the text that the model was shown. Only what was cited in this very
 * conversation can be read. Throws `conversation_not_found`, `citation_not_found`.
 */
export async function readCitedPassage(
  desk: Desk,
  conversationId: string,
  { messageId, number }: { messageId: string; number: number },
): Promise<CitedPassage> {
  const conversation = await desk.store.conversations.get(conversationId);
  if (!conversation) throw new FrontdeskError('conversation_not_found');
  const turns = foldLog(await desk.store.log.events(conversationId)).filter((item) => item.kind === 'turn');
  const turn = turns.find((candidate) => candidate.messageId === messageId);
  const found = turn?.citations.find(({ citation }) => citation.number === number);
  if (!turn || !found) throw new FrontdeskError('citation_not_found');
  const agent = agentOf(desk, conversation);
  const shown = shownUntil(await desk.store.log.steps(conversationId), turn.turnId, found.step);
  const passage = agent.citedPassage(found.citation, shown);
  if (!passage) throw new FrontdeskError('citation_not_found');
  return passage;
}

/** What had been shown when a step was written; everything where that step has no record, being under way or stopped. */
function shownUntil(records: readonly StepRecord[], turnId: string, step: number): Anthropic.MessageParam[] {
  const own = records.findIndex(
    (record) => record.kind === 'answer' && record.turnId === turnId && record.step === step,
  );
  const before = own === -1 ? records : records.slice(0, own + 1);
  return before.flatMap(({ input, toolResults }) => [
    { role: 'user', content: input },
    { role: 'user', content: toolResults },
  ]);
}
