import { sql } from 'kysely';
import type { Store } from '../../conversations/log.ts';
import type { KnowledgeStore } from '../../knowledge/store.ts';
import { createActionStore } from './actions.ts';
import { createAnswerStore } from './answers.ts';
import { createCommitmentStore } from './commitments.ts';
import { createConversationLog } from './conversation-log.ts';
import { createConversationIndex } from './conversations.ts';
import { createDeliveryStore } from './deliveries.ts';
import type { Database, Dialect } from './dialect.ts';
import type { Hub } from './followers.ts';
import { createGapStore } from './gaps.ts';
import { type Bell, createKnowledgeStore } from './knowledge.ts';
import { createTurnLeases } from './leases.ts';
import { createSettingStore } from './settings.ts';
import { createTallyStore } from './tallies.ts';

/** A store over SQL with the agents' knowledge, and how many followers it has at this moment. */
export type SqlStore = Store & { knowledge: KnowledgeStore; followers(): number };

export type SqlStoreOptions = {
  /** How long appends are collected so that they share one commit, ms. Default 5. */
  commitWindowMs?: number;
  /** Told of trouble that the store gets over by itself, such as a lost connection. Default: nobody. */
  onTrouble?(error: unknown): void;
};

/** Puts the store together over an open, migrated database. `closeDatabase` runs last. */
export function createSqlStore(
  parts: { db: Database; dialect: Dialect; hub: Hub; bell: Bell; closeDatabase(): Promise<void> },
  options: SqlStoreOptions,
): SqlStore {
  const { db, dialect, hub } = parts;
  const log = createConversationLog({
    db,
    dialect,
    hub,
    commitWindowMs: options.commitWindowMs ?? 5,
    onTrouble: options.onTrouble ?? (() => {}),
  });
  let closing: Promise<void> | null = null;

  return {
    log,
    conversations: createConversationIndex(db),
    leases: createTurnLeases(db, dialect),
    deliveries: createDeliveryStore(db, dialect),
    tallies: createTallyStore(db),
    settings: createSettingStore(db),
    knowledge: createKnowledgeStore(parts),
    answers: createAnswerStore(db),
    gaps: createGapStore(db),
    actions: createActionStore(db),
    commitments: createCommitmentStore(db),
    async ping() {
      await sql`select 1`.execute(db);
    },
    followers: () => hub.count(),
    close() {
      closing ??= close();
      return closing;
    },
  };

  async function close(): Promise<void> {
    await log.close();
    hub.close();
    await parts.closeDatabase();
  }
}
