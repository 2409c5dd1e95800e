import type { CommitmentStore, MadeCommitment } from '../../conversations/commitments.ts';
import type { LoggedEvent } from '../../protocol/events.ts';
import type { Database } from './dialect.ts';
import { type CommitmentRow, storableId } from './schema.ts';

/** Reads the ledger of commitments over SQL; it is written by `commitBatch` alone. */
export function createCommitmentStore(db: Database): CommitmentStore {
  return {
    async list({ conversationId, kind, before, limit }) {
      let query = db.selectFrom('commitments').selectAll();
      if (conversationId !== undefined) {
        if (!storableId(conversationId)) return [];
        query = query.where('conversation_id', '=', conversationId);
      }
      if (kind !== undefined) query = query.where('kind', '=', kind);
      if (before !== undefined) {
        const { at, conversationId: id, seq } = before;
        if (!storableId(id)) return [];
        query = query.where((eb) => eb(eb.refTuple('at', 'conversation_id', 'seq'), '<', eb.tuple(at, id, seq)));
      }
      const newest = query.orderBy('at', 'desc').orderBy('conversation_id', 'desc').orderBy('seq', 'desc');
      return (await newest.limit(limit).execute()).map(toCommitment);
    },
  };
}

/** What events change in the ledger: rows to add, and texts that are withdrawn, from a place in a turn's reply on. */
export type LedgerWrites = {
  made: CommitmentRow[];
  withdrawn: { conversation_id: string; turn_id: string; from: number }[];
};

/** Takes note of what an event of a conversation changes. */
export function collectCommitment(writes: LedgerWrites, conversationId: string, event: LoggedEvent): void {
  if (event.type === 'segments.superseded') {
    const { turnId, start } = event;
    const isWithdrawn = (row: CommitmentRow) =>
      row.conversation_id === conversationId && row.turn_id === turnId && row.end_at > start;
    writes.made = writes.made.filter((row) => !isWithdrawn(row));
    writes.withdrawn.push({ conversation_id: conversationId, turn_id: turnId, from: start });
  }
  if (event.type !== 'commitment.made') return;
  const { seq, at, turnId, start, end, commitment } = event;
  writes.made.push({
    ...{ conversation_id: conversationId, seq, at, turn_id: turnId, start_at: start, end_at: end },
    ...{ kind: commitment.kind, body: JSON.stringify(commitment) },
  });
}

/** Writes it down: first what goes, since those that are added were made after it. */
export async function writeCommitments(trx: Database, { made, withdrawn }: LedgerWrites): Promise<void> {
  for (const { conversation_id, turn_id, from } of withdrawn) {
    await trx
      .deleteFrom('commitments')
      .where('conversation_id', '=', conversation_id)
      .where('turn_id', '=', turn_id)
      .where('end_at', '>', from)
      .execute();
  }
  if (made.length > 0) await trx.insertInto('commitments').values(made).execute();
}

function toCommitment(row: CommitmentRow): MadeCommitment {
  const { conversation_id: conversationId, seq, at, turn_id: turnId, start_at: start, end_at: end, body } = row;
  return { conversationId, seq, at, turnId, start, end, ...JSON.parse(body) };
}
