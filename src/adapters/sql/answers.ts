import type { AnswerStore, KnownAnswer } from '../../conversations/answer-store.ts';
import type { Database } from './dialect.ts';
import type { AnswerRow } from './schema.ts';

/** More rows than there are: SQLite takes an offset only after a limit. */
const ALL = 1_000_000;

/** Answers that may be given again, over SQL. */
export function createAnswerStore(db: Database): AnswerStore {
  return {
    async find(scope, wording, now) {
      const row = await db
        .selectFrom('answers')
        .selectAll()
        .where('scope', '=', scope)
        .where('wording', '=', wording)
        .where('until', '>', now)
        .executeTakeFirst();
      return row ? toAnswer(row) : null;
    },

    async alike(scope, content, { now, limit }) {
      const rows = await db
        .selectFrom('answers')
        .selectAll()
        .where('scope', '=', scope)
        .where('content', '=', content)
        .where('until', '>', now)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toAnswer);
    },

    async put(answer, most) {
      await db.deleteFrom('answers').where('until', '<=', answer.createdAt).execute();
      await db
        .insertInto('answers')
        .values(toRow(answer))
        .onConflict((conflict) => conflict.columns(['scope', 'wording']).doNothing())
        .execute();
      await db
        .deleteFrom('answers')
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('answers')
            .select('id')
            .orderBy('created_at', 'desc')
            .orderBy('id', 'desc')
            .limit(ALL)
            .offset(most),
        )
        .execute();
    },

    async erase(agent, keep) {
      let query = db.deleteFrom('answers').where('agent', '=', agent);
      if (keep) query = query.where('knowledge_version', '!=', keep.knowledgeVersion);
      const { numDeletedRows } = await query.executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function toRow(answer: KnownAnswer): AnswerRow {
  return {
    id: answer.id,
    conversation_id: answer.conversationId,
    agent: answer.agent,
    knowledge_version: answer.knowledgeVersion,
    scope: answer.scope,
    wording: answer.wording,
    content: answer.content,
    question: answer.question,
    reply: JSON.stringify(answer.reply),
    created_at: answer.createdAt,
    until: answer.until,
  };
}

function toAnswer(row: AnswerRow): KnownAnswer {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    agent: row.agent,
    knowledgeVersion: row.knowledge_version,
    scope: row.scope,
    wording: row.wording,
    content: row.content,
    question: row.question,
    reply: JSON.parse(row.reply),
    createdAt: row.created_at,
    until: row.until,
  };
}
