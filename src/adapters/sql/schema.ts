import type { Conversation, Delivery } from '../../conversations/log.ts';
import type { Status } from '../../protocol/conversation.ts';

/** The tables, the same in both databases. Times are epoch milliseconds; JSON lies in text columns. */
export type Tables = {
  conversations: ConversationRow;
  events: EventRow;
  steps: StepRow;
  idempotency_keys: KeyRow;
  deliveries: DeliveryRow;
  tallies: TallyRow;
  settings: { name: string; value: string };
  answers: AnswerRow;
  gaps: GapRow;
  frontdesk_migrations: { version: number; at: number };
};

export type ConversationRow = {
  id: string;
  agent: string;
  token_hash: string;
  visitor: string;
  language: string | null;
  metadata: string;
  status: Status;
  created_at: number;
  updated_at: number;
  last_seq: number;
  open_turn: string | null;
  received_seq: number;
  taken_seq: number;
  step_count: number;
  handoff: string | null;
  lease_owner: string | null;
  lease_epoch: number;
  lease_until: number;
};

export type EventRow = {
  conversation_id: string;
  seq: number;
  at: number;
  type: string;
  /** What later entries are checked against: messageId of a `message.received`, turnId of a `turn.started`. */
  ref: string | null;
  body: string;
};

/** `position` counts from 1 in the conversation, in the order of commit. */
export type StepRow = { conversation_id: string; position: number; body: string };

/** A key is stored as its hash: of fixed length, and free of characters that a text column refuses. */
export type KeyRow = { conversation_id: string; key_hash: string; first_seq: number; event_count: number };

export type DeliveryRow = {
  id: string;
  conversation_id: string;
  body: string;
  attempts: number;
  next_at: number;
  state: Delivery['state'];
  last_error: string | null;
  created_at: number;
};

export type TallyRow = { name: string; value: number; until: number };

/** `reply` is JSON; `scope`, `wording` and `content` are hashes. */
export type AnswerRow = {
  id: string;
  conversation_id: string;
  agent: string;
  knowledge_version: string;
  scope: string;
  wording: string;
  content: string | null;
  question: string;
  reply: string;
  created_at: number;
  until: number;
};

export type GapRow = {
  id: string;
  agent: string;
  language: string;
  wording: string;
  example: string;
  count: number;
  relevance: number;
  first_at: number;
  last_at: number;
};

/** The row as the use cases know it. */
export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    agent: row.agent,
    tokenHash: row.token_hash,
    visitor: row.visitor,
    language: row.language,
    metadata: JSON.parse(row.metadata),
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastSeq: row.last_seq,
    openTurn: row.open_turn,
    receivedSeq: row.received_seq,
    takenSeq: row.taken_seq,
    handoff: row.handoff === null ? null : JSON.parse(row.handoff),
  };
}

/**
 * Whether a text column can hold this id. PostgreSQL refuses NUL, and an index refuses very long keys; an id like that
 * was never stored, so it is answered as unknown without asking the database.
 */
export function storableId(id: string): boolean {
  return id.length <= 200 && !id.includes('\0');
}
