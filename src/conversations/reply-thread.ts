import type { LoggedEvent } from '../protocol/events.ts';
import type { ReceivedMessage } from './answer-message.ts';
import type { Desk } from './desk.ts';
import { messageInProgress, withoutWithdrawn } from './replay-turn.ts';

/** A reply that waits for decisions, and the turns that tell what came of them: to who reads it, one message. */
export type ReplyThread = {
  /** Its first event to be read has a greater seq. */
  after: number;
  /** The turn that it begins with; null where that is known to the reader. */
  turnId: string | null;
  /** The actions that are decided, of a thread whose beginning is known. */
  actionIds: readonly string[];
};

/**
 * The events of a thread, without what has been withdrawn by now, until all that was decided in it has been told: by the end
 * of a turn that takes it up or, where a human has the conversation, by the end of the action. `signal` ends it before.
 */
export async function* threadEvents(
  desk: Desk,
  { conversationId, signal, ...of }: ReplyThread & { conversationId: string; signal: AbortSignal },
): AsyncGenerator<LoggedEvent> {
  const conversation = await desk.store.conversations.get(conversationId);
  const past = await desk.store.log.events(conversationId);
  const newest = past.at(-1)?.seq ?? 0;
  const stop = new AbortController();
  const thread = new Thread(of, conversation?.status ?? 'closed');
  try {
    const events = desk.store.log.follow(conversationId, of.after, AbortSignal.any([signal, stop.signal]));
    for await (const event of withoutWithdrawn(events, past)) {
      if (thread.take(event)) yield event;
      if (event.seq >= newest && thread.isTold) return;
    }
  } finally {
    stop.abort();
  }
}

type Started = Extract<LoggedEvent, { type: 'turn.started' }>;

/**
 * What is being said, or was a moment ago: the reply to a message, or a thread whose decisions are being told. Null where
 * nothing is.
 */
export async function saidInProgress(
  desk: Desk,
  conversationId: string,
): Promise<{ message: ReceivedMessage } | { thread: ReplyThread & { messageId: string } } | null> {
  const message = await messageInProgress(desk, conversationId);
  if (!message) return null;
  const events = await desk.store.log.events(conversationId);
  const answering = events.findLast(
    (event) => event.type === 'turn.started' && event.answers.includes(message.messageId),
  );
  const also = answering && messageIn(events, answering as Started);
  if (also) return { message: also };
  const first = beginningOf(events, message.messageId);
  if (!first) return { message };
  return { thread: { after: first.seq - 1, turnId: first.turnId, actionIds: [], messageId: first.messageId } };
}

/** The message among what a turn answers. */
function messageIn(events: readonly LoggedEvent[], { answers }: Started): ReceivedMessage | undefined {
  return events.find((event) => event.type === 'message.received' && answers.includes(event.messageId)) as
    | Extract<LoggedEvent, { type: 'message.received' }>
    | undefined;
}

/** The turn with which the thread of an action begins: not one that only tells of decisions. */
export function beginningOf(events: readonly LoggedEvent[], actionId: string): Started | null {
  const proposed = events.find((event) => event.type === 'action.proposed' && event.action.id === actionId);
  if (proposed?.type !== 'action.proposed') return null;
  const turn = events.find((event) => event.type === 'turn.started' && event.turnId === proposed.turnId);
  if (turn?.type !== 'turn.started') return null;
  const [first = ''] = turn.answers;
  return messageIn(events, turn) ? turn : (beginningOf(events, first) ?? turn);
}

class Thread {
  readonly #turns = new Set<string>();
  readonly #open = new Set<string>();
  readonly #actions: Set<string>;
  /** Decided, and not told. */
  readonly #waiting: Set<string>;
  /** There is nothing more to come of them. */
  readonly #over = new Set<string>();
  #status: string;

  constructor({ turnId, actionIds }: ReplyThread, status: string) {
    if (turnId !== null) this.#turns.add(turnId);
    if (turnId !== null) this.#open.add(turnId);
    this.#actions = new Set(actionIds);
    this.#waiting = new Set(actionIds);
    this.#status = status;
  }

  get isTold(): boolean {
    const isSilent = this.#status === 'with_human' || this.#status === 'closed';
    const waits = [...this.#waiting].some((id) => !isSilent || !this.#over.has(id));
    return this.#open.size === 0 && !waits;
  }

  /** True for an event of this thread. */
  take(event: LoggedEvent): boolean {
    switch (event.type) {
      case 'status.changed':
        this.#status = event.status;
        return this.#open.size > 0;
      case 'handoff.requested':
        return this.#open.size > 0;
      case 'turn.started':
        if (event.answers.some((id) => this.#actions.has(id))) this.#begin(event);
        return this.#turns.has(event.turnId);
      case 'action.proposed':
        if (this.#turns.has(event.turnId)) this.#actions.add(event.action.id);
        return this.#turns.has(event.turnId);
      case 'action.decided':
        if (!this.#actions.has(event.actionId)) return false;
        this.#waiting.add(event.actionId);
        if (event.decision === 'decline') this.#over.add(event.actionId);
        return true;
      case 'action.started':
        return this.#actions.has(event.actionId);
      case 'action.finished':
        this.#over.add(event.actionId);
        return this.#actions.has(event.actionId);
      case 'turn.ended':
        this.#open.delete(event.turnId);
        return this.#turns.has(event.turnId);
      default:
        return 'turnId' in event && this.#turns.has(event.turnId);
    }
  }

  #begin({ turnId, answers }: Started): void {
    this.#turns.add(turnId);
    this.#open.add(turnId);
    for (const id of answers) this.#waiting.delete(id);
  }
}
