import { sql } from 'kysely';
import type { ActionRecord, ActionStore } from '../../conversations/action-store.ts';
import type { Database } from './dialect.ts';
import { type ActionRow, storableId } from './schema.ts';

/** Reads actions over SQL; they are written by `commitBatch` alone. */
export function createActionStore(db: Database): ActionStore {
  return {
    async get(conversationId, actionId) {
      if (!storableId(conversationId) || !storableId(actionId)) return null;
      const row = await db
        .selectFrom('actions')
        .selectAll()
        .where('id', '=', actionId)
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst();
      return row ? toRecord(row) : null;
    },

    async of(conversationId) {
      if (!storableId(conversationId)) return [];
      const rows = await db
        .selectFrom('actions')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('proposed_seq')
        .execute();
      return rows.map(toRecord);
    },

    async forOperators({ now, after, limit }) {
      if (after !== undefined && !storableId(after)) return [];
      let query = db
        .selectFrom('actions')
        .selectAll()
        // Written as in the index, which is used only for the same words.
        .where(sql<boolean>`(state = 'proposed' and decider = 'operator')`)
        .where('expires_at', '>=', now);
      if (after !== undefined) {
        query = query.where(
          sql<boolean>`(proposed_at, id) > (select a.proposed_at, a.id from actions a where a.id = ${after} limit 1)`,
        );
      }
      const rows = await query.orderBy('proposed_at').orderBy('id').limit(limit).execute();
      return rows.map(toRecord);
    },
  };
}

function toRecord(row: ActionRow): ActionRecord {
  return {
    ...JSON.parse(row.body),
    conversationId: row.conversation_id,
    turnId: row.turn_id,
    customerId: row.customer_id,
    state: row.state,
    proposedAt: row.proposed_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    decidedSeq: row.decided_seq,
    attempts: row.attempts,
    result: row.result === null ? null : JSON.parse(row.result),
  };
}
