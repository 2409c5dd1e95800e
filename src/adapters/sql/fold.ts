import type { Conversation, LogEntry } from '../../conversations/log.ts';
import type { LoggedEvent } from '../../protocol/events.ts';

/**
 * The conversation after these events, which continue its log. Pure.
 * `seqOf` gives the seq of every message and decision that a `turn.started` among them answers: a message that came
 * between the owner's look at the log and its `turn.started` is not taken by that turn. `handoffSummary`: of the step
 * beside them. `customer`: who was identified; an older proof of the same customer takes nothing back.
 */
export function foldConversation<Row extends Conversation>(
  conversation: Row,
  events: readonly LoggedEvent[],
  known: {
    seqOf?: (id: string) => number;
    handoffSummary?: string | null;
    customer?: LogEntry['customer'] | null;
  } = {},
): Row {
  const { seqOf = () => 0, handoffSummary = null } = known;
  const next = { ...conversation };
  for (const event of events) {
    next.lastSeq = event.seq;
    next.updatedAt = event.at;
    switch (event.type) {
      case 'conversation.started':
        next.language = event.language ?? next.language;
        break;
      case 'message.received':
        next.receivedSeq = event.seq;
        break;
      case 'action.decided':
        next.receivedSeq = event.seq;
        if (event.decision === 'confirm') next.pendingActions += 1;
        break;
      case 'action.finished':
        next.pendingActions -= 1;
        break;
      case 'customer.identified':
        if (known.customer && known.customer.verifiedUntil >= next.verifiedUntil) {
          next.customer = known.customer.customer;
          next.verifiedUntil = known.customer.verifiedUntil;
        }
        break;
      case 'turn.started':
        next.openTurn = event.turnId;
        next.takenSeq = Math.max(next.takenSeq, ...event.answers.map(seqOf));
        break;
      case 'route.chosen':
        next.route = event.route;
        break;
      case 'turn.ended':
        next.openTurn = null;
        break;
      case 'status.changed':
        // Back from the operator: what they dealt with is not for the agent to answer.
        if (next.status === 'with_human' && event.status !== 'with_human') next.takenSeq = next.receivedSeq;
        next.status = event.status;
        break;
      case 'handoff.requested': {
        const { seq, at, by, reason } = event;
        next.handoff = { seq, at, by, reason, summary: by === 'agent' ? handoffSummary : null };
        break;
      }
      case 'message.sent':
      case 'action.proposed':
      case 'action.started':
      case 'sign_in.requested':
      case 'turn.cancel_requested':
      case 'step.started':
      case 'tool.started':
      case 'tool.finished':
      case 'segment.released':
      case 'guard.acted':
      case 'commitment.made':
      case 'message.screened':
      case 'citation.added':
      case 'segments.superseded':
      case 'notice':
      case 'rating.given':
        break;
      default:
        event satisfies never;
    }
  }
  return next;
}
