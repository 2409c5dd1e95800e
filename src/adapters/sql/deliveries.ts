import type { Delivery, DeliveryStore } from '../../conversations/log.ts';
import type { Database, Dialect } from './dialect.ts';
import { type DeliveryRow, storableId } from './schema.ts';

export function createDeliveryStore(db: Database, dialect: Dialect): DeliveryStore {
  return {
    async add(delivery) {
      await db
        .insertInto('deliveries')
        .values({
          id: delivery.id,
          conversation_id: delivery.conversationId,
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
        return rows.map((row) => ({ ...toDelivery(row), nextAt }));
      });
    },

    async update(delivery) {
      await db.updateTable('deliveries').set(changeable(delivery)).where('id', '=', delivery.id).execute();
    },

    async of(conversationId) {
      if (!storableId(conversationId)) return [];
      const rows = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toDelivery);
    },
  };
}

function changeable(delivery: Delivery): Omit<DeliveryRow, 'id' | 'conversation_id' | 'created_at'> {
  return {
    body: delivery.body,
    attempts: delivery.attempts,
    next_at: delivery.nextAt,
    state: delivery.state,
    // What a remote server said may hold anything; PostgreSQL refuses NUL in text.
    last_error: delivery.lastError?.replaceAll('\0', '') ?? null,
  };
}

function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    body: row.body,
    attempts: row.attempts,
    nextAt: row.next_at,
    state: row.state,
    lastError: row.last_error,
  };
}
