import type { ConversationIndex } from '../../conversations/log.ts';
import type { Database } from './dialect.ts';
import { storableId, toConversation } from './schema.ts';

/** The conversations' rows, which every append keeps in step with the log. */
export function createConversationIndex(db: Database): ConversationIndex {
  return {
    async get(conversationId) {
      if (!storableId(conversationId)) return null;
      const row = await db.selectFrom('conversations').selectAll().where('id', '=', conversationId).executeTakeFirst();
      return row ? toConversation(row) : null;
    },

    async list({ status, before, limit }) {
      let query = db.selectFrom('conversations').selectAll();
      if (status !== undefined) query = query.where('status', '=', status);
      if (before !== undefined) {
        const { updatedAt, id } = before;
        query = query.where((eb) => eb(eb.refTuple('updated_at', 'id'), '<', eb.tuple(updatedAt, id)));
      }
      const rows = await query.orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toConversation);
    },
  };
}
