import type { Conversation, Delivery } from '../../conversations/log.ts';
import type { TextUnit } from '../../knowledge/store.ts';
import type { ActionState, Decider, Status } from '../../protocol/conversation.ts';

/** The tables, the same in both databases. Times are epoch milliseconds; JSON lies in text columns. */
export type Tables = {
  conversations: ConversationRow;
  events: EventRow;
  steps: StepRow;
  actions: ActionRow;
  idempotency_keys: KeyRow;
  deliveries: DeliveryRow;
  tallies: TallyRow;
  settings: { name: string; value: string };
  answers: AnswerRow;
  gaps: GapRow;
  commitments: CommitmentRow;
  /** Counters of an agent's knowledge: of changes that a search can notice, and of all. */
  knowledge_versions: { agent: string; version: number; revision: number };
  knowledge_sources: { agent: string; id: string; kind: string; spec: string };
  knowledge_items: KnowledgeItemRow;
  knowledge_documents: KnowledgeDocumentRow;
  knowledge_removals: { agent: string; id: string; version: number; at: number };
  /** Which texts a document has that an encoder may read. */
  knowledge_texts: { agent: string; document: string; unit: TextUnit; text_key: string };
  knowledge_vectors: { text_key: string; encoder: string; vector: Uint8Array };
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
  route: string;
  created_at: number;
  updated_at: number;
  last_seq: number;
  open_turn: string | null;
  received_seq: number;
  taken_seq: number;
  step_count: number;
  handoff: string | null;
  /** Who the customer is, as JSON; null for an anonymous visitor. */
  customer: string | null;
  verified_until: number;
  pending_actions: number;
  lease_owner: string | null;
  lease_epoch: number;
  lease_until: number;
};

export type EventRow = {
  conversation_id: string;
  seq: number;
  at: number;
  type: string;
  /**
   * What later entries are checked against: messageId of a `message.received`, turnId of a `turn.started`, actionId of
   * an `action.decided`.
   */
  ref: string | null;
  body: string;
};

/** `position` counts from 1 in the conversation, in the order of commit. */
export type StepRow = { conversation_id: string; position: number; body: string };

/** `body` is the proposal as it was logged, `result` what it gave back, both JSON. `decider`: who has to decide. */
export type ActionRow = {
  conversation_id: string;
  id: string;
  proposed_seq: number;
  turn_id: string;
  customer_id: string | null;
  decider: Decider;
  body: string;
  state: ActionState;
  proposed_at: number;
  expires_at: number;
  decided_at: number | null;
  decided_by: Decider | null;
  decided_seq: number | null;
  attempts: number;
  result: string | null;
};

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

export type KnowledgeItemRow = {
  agent: string;
  source: string;
  key: string;
  revision: number;
  documents: number;
  hash: string;
  stamp: string | null;
  etag: string | null;
  last_modified: string | null;
  problem: string | null;
  checked_at: number;
};

/** `body` is the document as JSON, `hash` that of the body. */
export type KnowledgeDocumentRow = {
  agent: string;
  id: string;
  source: string;
  key: string;
  version: number;
  hash: string;
  body: string;
};

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

/** A `commitment.made` whose text stands: `start_at` to `end_at` in the turn's reply; `body` is the commitment as JSON. */
export type CommitmentRow = {
  conversation_id: string;
  seq: number;
  at: number;
  turn_id: string;
  start_at: number;
  end_at: number;
  kind: string;
  body: string;
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
    route: row.route,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastSeq: row.last_seq,
    openTurn: row.open_turn,
    receivedSeq: row.received_seq,
    takenSeq: row.taken_seq,
    customer: row.customer === null ? null : JSON.parse(row.customer),
    verifiedUntil: row.verified_until,
    pendingActions: row.pending_actions,
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
