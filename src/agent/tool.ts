import type Anthropic from '@anthropic-ai/sdk';
import type { Status } from '../protocol/conversation.ts';
import type { EventBody } from '../protocol/events.ts';

export type ToolContext = {
  conversationId: string;
  turnId: string;
  /** The customer's language as BCP 47, where it is known. */
  language: string | null;
  /** Where the conversation stood when the turn began. */
  status: Status;
  /** Aborts on cancel and on time-out. */
  signal: AbortSignal;
};

/** What a tool gives back. `content` goes to the model; `events` are appended to the log with the step. */
export type ToolOutcome = {
  content: string | NonNullable<Anthropic.ToolResultBlockParam['content']>;
  isError?: boolean;
  events?: EventBody[];
};

/**
 * Something the model may call. `parse` never throws and names every problem in words that the model can mend.
 * `run` gets parsed input only; it may throw a `ToolProblem` with a sentence for the model, and anything else it throws
 * is reported to the model without its message.
 */
export type Tool = {
  name: string;
  description: string;
  /** JSON schema of the input, type object. */
  inputSchema: Anthropic.Tool['input_schema'];
  /** `read` has no side effects. `write` changes something in the world and never runs from the model's call alone. */
  effect: 'read' | 'write';
  timeoutMs: number;
  parse(input: unknown): { ok: true; value: unknown } | { ok: false; problems: string[] };
  run(input: unknown, context: ToolContext): Promise<ToolOutcome>;
};

/** A sentence about what went wrong that the model may read and the customer may hear. */
export class ToolProblem extends Error {
  override name = 'ToolProblem';
}
