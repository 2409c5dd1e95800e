import { FrontdeskError } from '../protocol/errors.ts';
import type { Commitment, CommitmentKind, LoggedEvent } from '../protocol/events.ts';
import type { Desk } from './desk.ts';

/** A commitment that a released reply has made, and where: its event, and the text from `start` to `end` of the turn's reply. */
export type MadeCommitment = Commitment &
  Pick<LoggedEvent, 'seq' | 'at'> & { conversationId: string; turnId: string; start: number; end: number };

/** Where a commitment stands in the list. */
export type CommitmentPosition = Pick<MadeCommitment, 'at' | 'conversationId' | 'seq'>;

/**
 * The ledger of commitments: written by the log as it appends their events, in the same transaction. Those whose text is
 * withdrawn are gone with it. `list` gives the newest first, only what comes after `before` in that order.
 */
export type CommitmentStore = {
  list(filter: {
    conversationId?: string;
    kind?: CommitmentKind;
    before?: CommitmentPosition;
    limit: number;
  }): Promise<MadeCommitment[]>;
};

type Filter = {
  conversation?: string | undefined;
  kind?: CommitmentKind | undefined;
  before?: CommitmentPosition | undefined;
  limit: number;
};

/**
 * Commitments, the newest first, at most `limit`; `next` is the `before` of the next page, or null. Throws
 * `conversation_not_found` where `conversation` is none.
 */
export async function listCommitments(
  { store }: Desk,
  { conversation, kind, before, limit }: Filter,
): Promise<{ commitments: MadeCommitment[]; next: CommitmentPosition | null }> {
  if (conversation !== undefined && !(await store.conversations.get(conversation))) {
    throw new FrontdeskError('conversation_not_found');
  }
  const found = await store.commitments.list({
    ...(conversation !== undefined && { conversationId: conversation }),
    ...(kind && { kind }),
    ...(before && { before }),
    limit: limit + 1,
  });
  const commitments = found.slice(0, limit);
  return { commitments, next: found.length > limit ? (commitments.at(-1) ?? null) : null };
}
