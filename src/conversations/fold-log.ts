import type { Citation, Message } from '../protocol/conversation.ts';
import type { LoggedEvent, RouteChoice, Screen, ScreenAction, TurnOutcome } from '../protocol/events.ts';

/** A reply of the agent, as its events tell it. */
export type FoldedTurn = {
  kind: 'turn';
  turnId: string;
  messageId: string;
  answers: string[];
  /** Which desk answers: the router's choice, and the model's after it. Empty where the agent had no routes. */
  choices: RouteChoice[];
  /** What a screen has found in the messages that it answers. */
  screened: { screen: Screen; action: ScreenAction } | null;
  /** Seq and time of its `turn.started`. */
  seq: number;
  at: number;
  /** What each step has released and not withdrawn. */
  released: Map<number, string>;
  citations: { step: number; citation: Citation }[];
  outcome: TurnOutcome | null;
  /** Of its `turn.ended`, where it has one. */
  code: string | null;
  handedOff: boolean;
};

/** A message that came whole: the customer's, the greeting, an operator's. */
export type FoldedMessage = { kind: 'message' } & Omit<Message, 'citations'>;

/** A decision on an action. */
export type FoldedDecision = { kind: 'decision'; actionId: string };

export type FoldedItem = FoldedMessage | FoldedTurn | FoldedDecision;

/** The log as a list of what was said and decided, in order. The one reading of events that the API, history and recovery share. */
export function foldLog(events: readonly LoggedEvent[]): FoldedItem[] {
  const items: FoldedItem[] = [];
  let turn: FoldedTurn | undefined;
  for (const event of events) {
    switch (event.type) {
      case 'message.received':
        items.push({ kind: 'message', id: event.messageId, role: 'customer', text: event.text, at: event.at });
        break;
      case 'message.sent':
        items.push({ kind: 'message', id: event.messageId, role: event.role, text: event.text, at: event.at });
        break;
      case 'action.decided':
        items.push({ kind: 'decision', actionId: event.actionId });
        break;
      case 'turn.started':
        turn = startTurn(event);
        items.push(turn);
        break;
      case 'route.chosen':
        turn?.choices.push(event);
        break;
      case 'message.screened':
        if (turn) turn.screened = event;
        break;
      case 'segment.released':
        turn?.released.set(event.step, (turn.released.get(event.step) ?? '') + event.text);
        break;
      case 'citation.added':
        turn?.citations.push({ step: event.step, citation: event.citation });
        break;
      case 'segments.superseded':
        turn?.released.delete(event.step);
        if (turn) turn.citations = turn.citations.filter(({ step }) => step !== event.step);
        break;
      case 'handoff.requested':
        if (turn && turn.outcome === null && event.by === 'agent') turn.handedOff = true;
        break;
      case 'turn.ended':
        if (!turn) break;
        turn.outcome = event.outcome;
        turn.code = event.code ?? null;
        break;
      default:
    }
  }
  return items;
}

function startTurn(event: Extract<LoggedEvent, { type: 'turn.started' }>): FoldedTurn {
  const { turnId, messageId, answers, seq, at } = event;
  const nothing = { screened: null, outcome: null, code: null, handedOff: false };
  const empty = { choices: [], released: new Map(), citations: [], ...nothing };
  return { kind: 'turn', turnId, messageId, answers, seq, at, ...empty };
}

/** The whole text that a turn has released. */
export function replyText(turn: FoldedTurn): string {
  return [...turn.released.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text)
    .join('');
}

/** Each citation once, by number. */
export function replyCitations(turn: FoldedTurn): Citation[] {
  const byNumber = new Map(turn.citations.map(({ citation }) => [citation.number, citation]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** What was said, as a participant sees it. A turn that has said nothing yet is no message. */
export function toMessages(events: readonly LoggedEvent[]): Message[] {
  return foldLog(events).flatMap((item): Message[] => {
    if (item.kind === 'message') {
      const { kind: _kind, ...message } = item;
      return [{ ...message, citations: [] }];
    }
    const text = item.kind === 'turn' ? replyText(item) : '';
    if (item.kind !== 'turn' || text === '') return [];
    return [{ id: item.messageId, role: 'agent', text, at: item.at, citations: replyCitations(item) }];
  });
}
