import type { Citation, Role, Status } from '../../src/protocol/conversation.ts';
import type { LoggedEvent } from '../../src/protocol/events.ts';

/** A citation with the place in the message's text that rests on it. */
export type PlacedCitation = Citation & { start: number; end: number };

/** What is shown of a message. `stopped` and `failed` mark a reply that was cut short. */
export type ViewMessage = {
  id: string;
  role: Role;
  text: string;
  at: number;
  citations: PlacedCitation[];
  state: 'streaming' | 'done' | 'stopped' | 'failed';
};

/** The reply that is being made. */
export type ViewTurn = {
  turnId: string;
  messageId: string;
  /** True from the start of a step until its first segment. */
  thinking: boolean;
  /** Tools that are running now, oldest first. */
  tools: { callId: string; name: string }[];
  notice: string | null;
  cancelRequested: boolean;
};

/** What is put on cards, whose code is loaded for the first of them. No card shows what a guard did: a case of its own would be longer. */
export type CardEvent = Extract<
  LoggedEvent,
  {
    type:
      | 'action.proposed'
      | 'action.decided'
      | 'action.started'
      | 'action.finished'
      | 'customer.identified'
      | 'guard.acted'
      | 'commitment.made'
      | 'message.screened'
      | 'sign_in.requested';
  }
>;

/** Everything that the log says about what is on the screen. */
export type ConversationView = {
  lastSeq: number;
  status: Status;
  /** True where the newest reply comes from the offline model; null before the log says. */
  offline: boolean | null;
  /** The customer's language as the conversation was begun with. */
  language: string | null;
  messages: ViewMessage[];
  turn: ViewTurn | null;
  rating: number | null;
  /** In their order, each with the reply in which it came, if any. */
  cardEvents: { event: CardEvent; messageId: string | null }[];
};

export const EMPTY_VIEW: ConversationView = {
  lastSeq: 0,
  status: 'open',
  offline: null,
  language: null,
  messages: [],
  turn: null,
  rating: null,
  cardEvents: [],
};

/** Folds one event into the view. Pure; an event that was seen before changes nothing. */
export function applyEvent(view: ConversationView, event: LoggedEvent): ConversationView {
  if (event.seq <= view.lastSeq) return view;
  return { ...fold(view, event), lastSeq: event.seq };
}

function fold(view: ConversationView, event: LoggedEvent): ConversationView {
  switch (event.type) {
    case 'conversation.started':
      return { ...view, offline: event.offline, language: event.language };
    case 'message.received':
      return { ...view, messages: [...view.messages, message('customer', event)] };
    case 'message.sent':
      return { ...view, messages: [...view.messages, message(event.role, event)] };
    case 'turn.started':
      return startTurn(view, event);
    case 'turn.cancel_requested':
      return withTurn(view, event, () => ({ cancelRequested: true }));
    case 'step.started':
      return withTurn(view, event, () => ({ thinking: true, tools: [] }));
    case 'tool.started':
      return withTurn(view, event, (turn) => ({
        thinking: true,
        tools: [...turn.tools, { callId: event.callId, name: event.tool }],
      }));
    case 'tool.finished':
      return withTurn(view, event, (turn) => ({
        thinking: true,
        tools: turn.tools.filter((tool) => tool.callId !== event.callId),
      }));
    case 'segment.released':
      return withTurn(
        withReply(view, event, (reply) => ({ text: reply.text.slice(0, event.start) + event.text })),
        event,
        () => ({ thinking: false, notice: null }),
      );
    case 'citation.added':
      return withReply(view, event, (reply) => ({
        citations: addCitation(reply.citations, { ...event.citation, start: event.start, end: event.end }),
      }));
    case 'segments.superseded':
      return withTurn(
        withReply(view, event, (reply) => ({
          text: reply.text.slice(0, event.start),
          citations: reply.citations.filter((citation) => citation.end <= event.start),
        })),
        event,
        () => ({ thinking: true, tools: [] }),
      );
    case 'notice':
      return withTurn(view, event, () => ({ notice: event.text }));
    case 'turn.ended':
      return endTurn(view, event);
    case 'handoff.requested':
    case 'route.chosen':
      return view;
    case 'status.changed':
      return { ...view, status: event.status };
    case 'rating.given':
      return { ...view, rating: event.score };
    default:
      return withCard(view, event);
  }
}

/** A server that is newer than this page may send types it does not know: no card knows them either. */
function withCard(view: ConversationView, event: CardEvent): ConversationView {
  return { ...view, cardEvents: [...view.cardEvents, { event, messageId: view.turn?.messageId ?? null }] };
}

function message(
  role: Role,
  { messageId: id, text, at }: { messageId: string; text: string; at: number },
): ViewMessage {
  return { id, role, text, at, citations: [], state: 'done' };
}

type Of<Type extends LoggedEvent['type']> = Extract<LoggedEvent, { type: Type }>;

function startTurn(view: ConversationView, event: Of<'turn.started'>): ConversationView {
  const turn: ViewTurn = {
    turnId: event.turnId,
    messageId: event.messageId,
    thinking: true,
    tools: [],
    notice: null,
    cancelRequested: false,
  };
  const started = { ...view, turn, offline: event.offline };
  if (view.messages.some((known) => known.id === event.messageId)) return started;
  const reply: ViewMessage = { ...message('agent', { ...event, text: '' }), state: 'streaming' };
  return { ...started, messages: [...view.messages, reply] };
}

function endTurn(view: ConversationView, event: Of<'turn.ended'>): ConversationView {
  const state = event.outcome === 'stopped' || event.outcome === 'failed' ? event.outcome : 'done';
  return {
    ...view,
    turn: view.turn?.turnId === event.turnId ? null : view.turn,
    messages: view.messages.map((known) => (known.id === event.messageId ? { ...known, state } : known)),
  };
}

function withTurn(
  view: ConversationView,
  { turnId }: { turnId: string },
  change: (turn: ViewTurn) => Partial<ViewTurn>,
): ConversationView {
  if (view.turn?.turnId !== turnId) return view;
  return { ...view, turn: { ...view.turn, ...change(view.turn) } };
}

function withReply(
  view: ConversationView,
  { turnId }: { turnId: string },
  change: (reply: ViewMessage) => Partial<ViewMessage>,
): ConversationView {
  if (view.turn?.turnId !== turnId) return view;
  const replyId = view.turn.messageId;
  return {
    ...view,
    messages: view.messages.map((known) => (known.id === replyId ? { ...known, ...change(known) } : known)),
  };
}

function addCitation(citations: PlacedCitation[], added: PlacedCitation): PlacedCitation[] {
  const known = citations.some(
    (citation) => citation.number === added.number && citation.start === added.start && citation.end === added.end,
  );
  return known ? citations : [...citations, added];
}

/** How many messages of the other side are whole: what there is to read. */
export function countToRead({ messages }: ConversationView): number {
  return messages.filter(({ role, state, text }) => role !== 'customer' && state !== 'streaming' && text !== '').length;
}
