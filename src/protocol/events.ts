import type { Citation, Decider, Decision, ProposedAction, Status } from './conversation.ts';

/**
 * How a turn ended; every turn has exactly one `turn.ended`.
 * `completed`: the agent answered. `stopped`: the customer cancelled it, an operator took over, or it was closed.
 * `failed`: it could not be answered, and the reply's text says so honestly. `handed_off`: a human was asked for.
 * `awaiting_decision`: the reply ends with actions that somebody has to confirm or decline; a further turn follows then.
 */
export type TurnOutcome = 'completed' | 'stopped' | 'failed' | 'handed_off' | 'awaiting_decision';

/**
 * What a participant may see: the public half of the log. Each is one line here, and the compiler then shows every
 * switch that has to know it. Text positions are UTF-16 code units (JavaScript string offsets) in the reply's text.
 */
export type EventBody =
  /** The first event. `offline` is true where the offline model answers, which is not Claude. */
  | { type: 'conversation.started'; agent: string; language: string | null; model: string; offline: boolean }
  /** A customer's message, normalised. */
  | { type: 'message.received'; messageId: string; text: string }
  /** A whole message of the agent (the greeting) or of an operator. */
  | { type: 'message.sent'; messageId: string; role: 'agent' | 'operator'; text: string }
  /** The agent begins a reply (`messageId`) to the customer's messages, and to the decided actions, named in `answers`. */
  | { type: 'turn.started'; turnId: string; messageId: string; answers: string[]; model: string; offline: boolean }
  /**
   * Which desk answers, `general` or a route: chosen as the turn begins, from the customer's words, or by the model before its
   * first word. `confidence` and `outOfScope` are 0 to 1, and null where nothing was computed.
   */
  | ({ type: 'route.chosen'; turnId: string } & RouteChoice)
  /** The customer asked to stop the turn; `turn.ended` follows from its owner. */
  | { type: 'turn.cancel_requested'; turnId: string }
  /** A model call begins: the time to show that the agent is thinking. */
  | { type: 'step.started'; turnId: string; step: number }
  | { type: 'tool.started'; turnId: string; step: number; callId: string; tool: string }
  | { type: 'tool.finished'; turnId: string; step: number; callId: string; tool: string; ok: boolean }
  /** The agent wants to do something that needs a yes first. Nothing happens until it is decided, by its hash. */
  | { type: 'action.proposed'; turnId: string; step: number; action: ProposedAction }
  /** The one decision on an action. A confirmed one is then run, once, whatever becomes of the turn or its server. */
  | { type: 'action.decided'; actionId: string; decision: Decision; by: Decider }
  /** It is about to be called; `attempt` counts from 1 and is more only where asking again is safe. */
  | { type: 'action.started'; actionId: string; attempt: number }
  /** `unknown`: it may or may not have happened; it is not tried again, and a human was asked for. */
  | { type: 'action.finished'; actionId: string; outcome: 'done' | 'failed' | 'unknown' }
  /** The page has shown who the customer is. Who that is, is not for this log. */
  | { type: 'customer.identified' }
  /** Something was asked for that only a signed-in customer may have. */
  | { type: 'sign_in.requested'; turnId: string; step: number }
  /** The next piece of the reply; `start` is where it begins in the reply's text. */
  | { type: 'segment.released'; turnId: string; step: number; start: number; text: string }
  /**
   * A guard has not let a piece of the reply pass as it was, or has remarked upon it. `reason`: the guard's code for it, for
   * `redact` the kinds of what it found, joined by commas. What it kept back is in no event. With `mark`, the text that is
   * meant goes from `start` to `end`.
   */
  | ({
      type: 'guard.acted';
      turnId: string;
      step: number;
      guard: string;
      action: GuardAction;
      reason: string;
    } & Partial<Span>)
  /** The text from `start` to `end` commits the company to something, and this is what allows it. Follows its text. */
  | ({ type: 'commitment.made'; turnId: string; step: number; commitment: Commitment } & Span)
  /** A screen has found something in the customer's messages as the turn began. */
  | { type: 'message.screened'; turnId: string; screen: Screen; action: ScreenAction }
  /** The text from `start` to `end` rests on this source. May come after its text. */
  | { type: 'citation.added'; turnId: string; step: number; start: number; end: number; citation: Citation }
  /** The reply's text from `start` on is withdrawn (its step died); the reply goes on from there. */
  | { type: 'segments.superseded'; turnId: string; step: number; start: number }
  /** Something worth telling while the customer waits, such as trouble with the model. Not part of the reply. */
  | { type: 'notice'; turnId: string; code: NoticeCode; text: string }
  /** `cached`: the reply was made before, to the same question in another conversation. */
  | { type: 'turn.ended'; turnId: string; messageId: string; outcome: TurnOutcome; code?: string; cached?: true }
  /** A human was asked for. */
  | { type: 'handoff.requested'; by: 'customer' | 'agent'; reason: string }
  | { type: 'status.changed'; status: Status }
  | { type: 'rating.given'; score: number; comment: string | null };

/** A choice of the desk that answers. */
export type RouteChoice = {
  route: string;
  /** The desk that had the conversation before; the same where it stays. */
  from: string;
  by: 'router' | 'model';
  /** False where nobody could be sure: then the conversation has stayed where it was. */
  sure: boolean;
  /** True where the message has probably nothing to do with the company. */
  offTopic: boolean;
  /** How probable it is that the router's likeliest desk is right. */
  confidence: number | null;
  /** How probable it is that the message is for no desk at all. */
  outOfScope: number | null;
  intent: string | null;
  /** BCP 47, of the message. */
  language: string | null;
  /** The likeliest desks, best first. */
  scores: { route: string; probability: number }[];
};

/** Where a piece of a reply begins and ends. */
export type Span = { start: number; end: number };

/**
 * `redact`: something was taken out. `replace`: another text was released. `stop`: the reply ended. `hand_off`: the same, and
 * a human was asked for. `withheld`: the guard itself failed, so nothing was released; `reason` is `threw` or `slow`.
 * `mark`: it was released as it was, and something is wrong with it. `correct`: the whole reply was looked at, and a sentence
 * that sets it right follows. `refuse`: an action was not proposed. `uphold`: it was released as it was, since a second opinion
 * has found in a source what the guard had not.
 */
export type GuardAction =
  | 'redact'
  | 'replace'
  | 'stop'
  | 'hand_off'
  | 'withheld'
  | 'mark'
  | 'correct'
  | 'refuse'
  | 'uphold';

/**
 * What a reply has committed the company to. `text`: the words that do, such as `$1,240 a year`. `evidence`: what says the very
 * same; `from` is a passage's source, a tool's or a context's name, and `version` that of the knowledge, the call's id, the
 * prompt's hash, or the id of the colleague's message.
 */
export type Commitment = {
  kind: CommitmentKind;
  text: string;
  evidence: { kind: 'passage' | 'tool' | 'context' | 'colleague'; from: string; version: string };
};

/** `promise`: that something will be done, or is guaranteed, without a figure. */
export type CommitmentKind =
  | 'price'
  | 'percentage'
  | 'date'
  | 'deadline'
  | 'refund'
  | 'guarantee'
  | 'legal'
  | 'promise';

/** What looks at a customer's message. */
export type Screen = 'injection' | 'abuse' | 'self-harm';

/** `noted`: the agent answers, with care. `answered`: a sentence of ours has answered, and a human was asked for. */
export type ScreenAction = 'noted' | 'answered';

export type NoticeCode = 'model_retrying' | 'model_slow' | 'reply_restarted';

export type EventType = EventBody['type'];

/** A log entry as it was committed. `seq` is contiguous from 1 in its conversation; `at` is milliseconds since 1970. */
export type LoggedEvent = { seq: number; at: number } & EventBody;
