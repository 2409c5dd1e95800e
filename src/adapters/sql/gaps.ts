import type { Gap, GapStore } from '../../conversations/answer-store.ts';
import type { Database } from './dialect.ts';
import { type GapRow, storableId } from './schema.ts';

/** More rows than there are: SQLite takes an offset only after a limit. */
const ALL = 1_000_000;

/** Gaps over SQL. */
export function createGapStore(db: Database): GapStore {
  return {
    async note({ lastAt, ...gap }, most) {
      const row = { ...toRow(gap), count: 1, first_at: lastAt, last_at: lastAt };
      const noted = await db
        .insertInto('gaps')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['agent', 'language', 'wording']).doUpdateSet((eb) => ({
            count: eb('gaps.count', '+', 1),
            relevance: row.relevance,
            last_at: lastAt,
          })),
        )
        .returning('id')
        .executeTakeFirst();
      await db
        .deleteFrom('gaps')
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('gaps')
            .select('id')
            .where('agent', '=', gap.agent)
            .where('id', '!=', noted?.id ?? '')
            .orderBy('count', 'desc')
            .orderBy('last_at', 'desc')
            .limit(ALL)
            .offset(most - 1),
        )
        .execute();
    },

    async newest({ agent, language }, limit) {
      const rows = await db
        .selectFrom('gaps')
        .selectAll()
        .where('agent', '=', agent)
        .where('language', '=', language ?? '')
        .orderBy('last_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toGap);
    },

    async list({ before, limit }) {
      let query = db.selectFrom('gaps').selectAll();
      if (before !== undefined) {
        const { count, id } = before;
        query = query.where((eb) => eb(eb.refTuple('count', 'id'), '<', eb.tuple(count, id)));
      }
      const rows = await query.orderBy('count', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toGap);
    },

    async erase(id) {
      if (!storableId(id)) return false;
      const { numDeletedRows } = await db.deleteFrom('gaps').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

/** An unknown language is the empty text: to SQL, nulls are never the same. */
function toRow({ id, agent, language, wording, example, relevance }: Omit<Gap, 'count' | 'firstAt' | 'lastAt'>) {
  return { id, agent, language: language ?? '', wording, example, relevance };
}

function toGap(row: GapRow): Gap {
  const { first_at: firstAt, last_at: lastAt, language, ...rest } = row;
  return { ...rest, language: language === '' ? null : language, firstAt, lastAt };
}
