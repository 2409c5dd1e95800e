import type Anthropic from '@anthropic-ai/sdk';

/** A request in the Messages API's own shape; the adapter adds the transport. */
export type ModelRequest = {
  model: string;
  max_tokens: number;
  system: Anthropic.TextBlockParam[];
  messages: Anthropic.MessageParam[];
  tools: Anthropic.Tool[];
  /** Missing: the model chooses. With it the call stands alone: no later one reads its messages from the cache. */
  tool_choice?: Anthropic.ToolChoice;
};

/** Why a model call came to nothing. Values in the stream, not exceptions: the outside world fails. */
export type ModelFailure = {
  type: 'failed';
  code:
    | 'overloaded'
    | 'rate_limited'
    | 'spend_limit'
    | 'context_overflow'
    | 'unreachable'
    | 'stalled'
    | 'rejected'
    /** Our own doing: an operator has switched the agent off; what may be spent is spent. */
    | 'paused'
    | 'budget_spent';
  /** For logs and operators only. */
  detail: string;
};

/**
 * The Messages API's stream events, and three of ours:
 * `retrying`: the call broke and is tried again after `delayMs`; everything since the last `message_start` is void.
 * `waiting`: nothing has come for some seconds. `failed`: given up; the last event.
 */
export type ModelEvent =
  | Anthropic.RawMessageStreamEvent
  | { type: 'retrying'; attempt: number; delayMs: number; detail: string }
  | { type: 'waiting' }
  | ModelFailure;

/**
 * Whoever answers: Claude, anything that speaks the Messages API, the offline model, a scripted model in tests.
 * The implementer promises that a stream ends with `message_stop` or with `failed`, never silently, and that it stops
 * within a moment of `signal` aborting (then it may just end). It throws only on misuse.
 */
export type Model = (request: ModelRequest, signal: AbortSignal) => AsyncIterable<ModelEvent>;
