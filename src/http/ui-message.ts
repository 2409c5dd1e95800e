import type { Decision, ProposedAction } from '../protocol/conversation.ts';
import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import type { LoggedEvent } from '../protocol/events.ts';

/**
 * A chunk of the AI SDK's UI message stream. Only types and fields that version 6 knows too: it refuses a stream with
 * anything else in it. What is ours goes in `data-*`.
 */
export type UiChunk =
  | { type: 'start'; messageId: string }
  | { type: 'start-step' | 'finish-step' | 'finish' }
  | { type: 'text-start' | 'text-end'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | ({ type: 'tool-input-start'; toolName: string } & ToolCall)
  | ({ type: 'tool-input-available'; toolName: string; input: unknown } & ToolCall)
  | ({ type: 'tool-output-available'; output: unknown } & ToolCall)
  | ({ type: 'tool-output-error'; errorText: string } & ToolCall)
  | { type: 'tool-approval-request'; approvalId: string; toolCallId: string }
  | { type: 'tool-output-denied'; toolCallId: string }
  | { type: 'source-url'; sourceId: string; url: string; title: string }
  | { type: 'source-document'; sourceId: string; mediaType: string; title: string }
  | { type: `data-${DataName}`; id: string; data: unknown }
  | { type: 'data-notice' | 'data-route'; data: unknown; transient: true }
  | { type: 'error'; errorText: string };

type DataName = 'citation' | 'status' | 'handoff' | 'outcome' | 'action' | 'sign-in';

/** `providerExecuted`: it runs here, so that clients neither run it nor send its result. */
type ToolCall = { toolCallId: string; dynamic: true; providerExecuted: true };

/**
 * An action that the client has just answered for; `action`: as it was proposed, since a part that comes again takes the
 * place of the former; `refused`: why the answer does not count.
 */
export type AnsweredAction = Pick<ProposedAction, 'id' | 'callId'> & { action?: ProposedAction; refused?: ErrorCode };

/** As HTTP answers tell it: whoever reads the error of a chat reads one form of it. */
export function errorText(code: ErrorCode): string {
  return JSON.stringify({ error: { code, message: ERRORS[code][1] } });
}

export function statusChunk(status: string): UiChunk {
  return { type: 'data-status', id: 'status', data: { status } };
}

function toolCall(toolCallId: string): ToolCall {
  return { toolCallId, dynamic: true, providerExecuted: true };
}

const DECIDED: Record<Decision, string> = { confirm: 'confirmed', decline: 'declined' };

const NOT_DONE = {
  failed: 'This was not done.',
  unknown: 'It is not known whether this was done. A person will look at it.',
};

type Of<Type extends LoggedEvent['type']> = Extract<LoggedEvent, { type: Type }>;

/**
 * The events of a reply as chunks of one message: what was begun in it and has to be ended. A reply that waits for a
 * decision goes on, in the same message, with what came of it.
 */
export class UiMessage {
  #begun = false;
  #replying = false;
  readonly #cited = new Set<number>();
  #inStep = false;
  #text: string | null = null;
  #texts = 0;
  /** A tool that has run: one that proposed an action waits for the decision instead, and the next event says so. */
  #ran: Of<'tool.finished'> | null = null;
  /** Calls that wait in this message, by the action that they came to. */
  readonly #calls = new Map<string, string>();
  readonly #actions = new Map<string, ProposedAction>();

  /** The client has the message up to where it waits. */
  *goOn(messageId: string, answered: readonly AnsweredAction[]): Generator<UiChunk> {
    this.#begun = true;
    yield { type: 'start', messageId };
    for (const { id, callId, action, refused } of answered) {
      if (action) this.#actions.set(id, action);
      if (refused) yield { type: 'tool-output-error', ...toolCall(callId), errorText: errorText(refused) };
      else this.#calls.set(id, callId);
    }
  }

  *take(event: LoggedEvent): Generator<UiChunk> {
    // A chunk before `start` would make a message of its own in the client.
    if (!this.#begun && event.type !== 'turn.started') return;
    yield* this.#endTool(event);
    switch (event.type) {
      case 'turn.started':
        this.#replying = true;
        if (!this.#begun) yield { type: 'start', messageId: event.messageId };
        this.#begun = true;
        return;
      case 'step.started':
        yield* this.#endStep();
        this.#inStep = true;
        yield { type: 'start-step' };
        return;
      case 'segment.released':
        yield* this.#say(event.turnId, event.text);
        return;
      case 'tool.started': {
        yield* this.#endText();
        const call = { ...toolCall(event.callId), toolName: event.tool };
        yield { type: 'tool-input-start', ...call };
        // What a tool was asked and what it said is not for the customer's side.
        yield { type: 'tool-input-available', ...call, input: {} };
        return;
      }
      case 'tool.finished':
        this.#ran = event;
        return;
      case 'action.proposed':
        yield* this.#propose(event.action);
        return;
      case 'action.decided':
        yield this.#state(event.actionId, DECIDED[event.decision]);
        if (event.decision === 'decline') yield* this.#deny(event.actionId);
        return;
      case 'action.started':
        yield this.#state(event.actionId, 'running');
        return;
      case 'action.finished':
        yield this.#state(event.actionId, event.outcome);
        yield* this.#endAction(event);
        return;
      case 'sign_in.requested':
        yield { type: 'data-sign-in', id: 'sign-in', data: {} };
        return;
      case 'citation.added':
        yield* this.#cite(event);
        return;
      case 'notice':
        yield { type: 'data-notice', data: { code: event.code, text: event.text }, transient: true };
        return;
      case 'route.chosen':
        yield { type: 'data-route', data: { route: event.route }, transient: true };
        return;
      case 'handoff.requested':
        yield { type: 'data-handoff', id: 'handoff', data: { by: event.by } };
        return;
      case 'status.changed':
        yield statusChunk(event.status);
        return;
      case 'turn.ended':
        this.#replying = false;
        yield* this.#endStep();
        yield { type: 'data-outcome', id: 'outcome', data: { outcome: event.outcome, code: event.code ?? null } };
        return;
      default:
        return;
    }
  }

  *end(): Generator<UiChunk> {
    yield* this.#endStep();
    yield { type: 'finish' };
  }

  get isBegun(): boolean {
    return this.#begun;
  }

  /** True between the start and the end of a turn. */
  get isReplying(): boolean {
    return this.#replying;
  }

  /** What the customer has to decide is an approval, as clients know it. What a colleague decides is only shown. */
  *#propose(action: ProposedAction): Generator<UiChunk> {
    this.#actions.set(action.id, action);
    yield this.#state(action.id, 'proposed');
    const { callId: toolCallId, tool: toolName, input, id: approvalId } = action;
    if (action.by === 'operator') {
      yield { type: 'tool-output-available', ...toolCall(toolCallId), output: {} };
      return;
    }
    this.#calls.set(approvalId, toolCallId);
    yield { type: 'tool-input-available', ...toolCall(toolCallId), toolName, input };
    yield { type: 'tool-approval-request', approvalId, toolCallId };
  }

  #state(id: string, state: string): UiChunk {
    return { type: 'data-action', id, data: { ...(this.#actions.get(id) ?? { id }), state } };
  }

  *#deny(actionId: string): Generator<UiChunk> {
    const toolCallId = this.#calls.get(actionId);
    if (toolCallId !== undefined) yield { type: 'tool-output-denied', toolCallId };
  }

  *#endAction({ actionId, outcome }: Of<'action.finished'>): Generator<UiChunk> {
    const callId = this.#calls.get(actionId);
    // In another message of the client's: there it must not be named.
    if (callId === undefined) return;
    if (outcome === 'done') yield { type: 'tool-output-available', ...toolCall(callId), output: {} };
    else yield { type: 'tool-output-error', ...toolCall(callId), errorText: NOT_DONE[outcome] };
  }

  *#endTool(next: LoggedEvent): Generator<UiChunk> {
    const ran = this.#ran;
    this.#ran = null;
    if (!ran || (next.type === 'action.proposed' && next.action.callId === ran.callId)) return;
    yield ran.ok
      ? { type: 'tool-output-available', ...toolCall(ran.callId), output: {} }
      : { type: 'tool-output-error', ...toolCall(ran.callId), errorText: 'This did not work.' };
  }

  /** The source at its first citation, and each range of the text that rests on it. */
  *#cite({ seq, start, end, citation }: Of<'citation.added'>): Generator<UiChunk> {
    const { number, title, url } = citation;
    const sourceId = String(number);
    if (!this.#cited.has(number)) {
      this.#cited.add(number);
      yield url === null
        ? { type: 'source-document', sourceId, mediaType: 'text/markdown', title }
        : { type: 'source-url', sourceId, url, title };
    }
    yield { type: 'data-citation', id: `citation-${seq}`, data: { ...citation, start, end } };
  }

  *#say(turnId: string, delta: string): Generator<UiChunk> {
    if (this.#text === null) {
      this.#texts += 1;
      this.#text = `${turnId}-${this.#texts}`;
      yield { type: 'text-start', id: this.#text };
    }
    yield { type: 'text-delta', id: this.#text, delta };
  }

  *#endText(): Generator<UiChunk> {
    if (this.#text !== null) yield { type: 'text-end', id: this.#text };
    this.#text = null;
  }

  *#endStep(): Generator<UiChunk> {
    yield* this.#endText();
    if (this.#inStep) yield { type: 'finish-step' };
    this.#inStep = false;
  }
}
