import type { DeliveryState, DeliveryStore } from '../../conversations/log.ts';
import type { Database, Dialect } from './dialect.ts';
import { type DeliveryRow, storableId } from './schema.ts';

/** The outbox over SQL. */
export function createDeliveryStore(db: Database, dialect: Dialect): DeliveryStore {
  return {
    async add(delivery) {
      await db
        .insertInto('deliveries')
        .values({
          id: delivery.id,
          conversation_id: delivery.conversationId,
          body: delivery.body,
          created_at: Date.now(),
          ...changeable(delivery),
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },

    async due(now, claimMs, limit) {
      return await db.transaction().execute(async (trx) => {
        const rows = await trx
          .selectFrom('deliveries')
          .selectAll()
          .where('state', '=', 'pending')
          .where('next_at', '<=', now)
          .orderBy('next_at')
          .limit(limit)
          .$if(dialect.locksRows, (query) => query.forUpdate().skipLocked())
          .execute();
        if (rows.length === 0) return [];
        const nextAt = now + claimMs;
        const ids = rows.map(({ id }) => id);
        await trx.updateTable('deliveries').set({ next_at: nextAt }).where('id', 'in', ids).execute();
        return rows.map((row) => ({ ...toState(row), body: row.body, nextAt }));
      });
    },

    async update(delivery) {
      await db.updateTable('deliveries').set(changeable(delivery)).where('id', '=', delivery.id).execute();
    },

    async of(conversationIds) {
      const ids = conversationIds.filter(storableId);
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('deliveries')
        // Not the body, which has a whole conversation in it.
        .select(['id', 'conversation_id', 'attempts', 'next_at', 'state', 'last_error'])
        .where('conversation_id', 'in', ids)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toState);
    },
  };
}

function changeable(delivery: DeliveryState): Omit<DeliveryRow, 'id' | 'conversation_id' | 'created_at' | 'body'> {
  return {
    attempts: delivery.attempts,
    next_at: delivery.nextAt,
    state: delivery.state,
    // What a remote server said may hold anything; PostgreSQL refuses NUL in text.
    last_error: delivery.lastError?.replaceAll('\0', '') ?? null,
  };
}

function toState(row: Omit<DeliveryRow, 'created_at' | 'body'>): DeliveryState {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    attempts: row.attempts,
    nextAt: row.next_at,
    state: row.state,
    lastError: row.last_error,
  };
}
