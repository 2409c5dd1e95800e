import { sql } from 'kysely';
import type { TurnLeases } from '../../conversations/log.ts';
import type { Database, Dialect } from './dialect.ts';
import { storableId } from './schema.ts';

/** Leases live in the conversation's row, so that an append checks them under the lock it holds anyway. */
export function createTurnLeases(db: Database, dialect: Dialect): TurnLeases {
  const now = () => sql<number>`${dialect.now()}`;
  const until = (leaseMs: number) => sql<number>`${dialect.now()} + cast(${leaseMs} as bigint)`;

  return {
    async claim(conversationId, owner, leaseMs) {
      if (!storableId(conversationId)) return null;
      const row = await db
        .updateTable('conversations')
        .set((eb) => ({ lease_owner: owner, lease_epoch: eb('lease_epoch', '+', 1), lease_until: until(leaseMs) }))
        .where('id', '=', conversationId)
        .where((eb) => eb.or([eb('lease_until', '<=', now()), eb('lease_owner', '=', owner)]))
        .returning('lease_epoch')
        .executeTakeFirst();
      return row ? { conversationId, owner, epoch: row.lease_epoch } : null;
    },

    async renew(lease, leaseMs) {
      const row = await db
        .updateTable('conversations')
        .set({ lease_until: until(leaseMs) })
        .where('id', '=', lease.conversationId)
        .where('lease_epoch', '=', lease.epoch)
        // A released lease stays released, even when a late heartbeat asks for it.
        .where('lease_until', '>', 0)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async release(lease) {
      await db
        .updateTable('conversations')
        .set({ lease_until: 0 })
        .where('id', '=', lease.conversationId)
        .where('lease_epoch', '=', lease.epoch)
        .execute();
    },

    async unattended(limit) {
      const rows = await db
        .selectFrom('conversations')
        .select('id')
        // Written as in the index, which is used only for the same words.
        .where(sql<boolean>`(open_turn is not null or received_seq > taken_seq or pending_actions > 0)`)
        // An open turn has to end whatever the status is by now, and so has an action.
        .where(sql<boolean>`(open_turn is not null or pending_actions > 0 or status not in ('with_human', 'closed'))`)
        .where('lease_until', '<=', now())
        .orderBy('updated_at')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
