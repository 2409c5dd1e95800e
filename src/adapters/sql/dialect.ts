import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;

/** The newest committed seq of a conversation, as one node tells it to the others. */
export type Head = { conversationId: string; lastSeq: number };

/** Everything that differs between the databases. */
export type Dialect = {
  /** Whether rows that are read to be written must be locked (`FOR UPDATE`); a database with one writer needs none. */
  locksRows: boolean;
  /** The one clock that leases are measured by: the database's where several nodes share it. Epoch ms. */
  now(): number | RawBuilder<number>;
  /** A query of these texts, one a row, in a column `value`: one statement for however many there are. */
  each(values: readonly string[]): RawBuilder<{ value: string }>;
  /** Tells other nodes that there is something new in the knowledge, once the transaction has committed. */
  notifyKnowledge(transaction: Database): Promise<void>;
  /** Tells other nodes, once the transaction has committed. */
  notify(transaction: Database, heads: Head[]): Promise<void>;
  /** Runs first in the transaction of the migrations: keeps a second node out until it is over. */
  beforeMigrations(transaction: Database): Promise<void>;
};
