import type Anthropic from '@anthropic-ai/sdk';
import type { Decider, Status } from '../protocol/conversation.ts';
import type { EventBody } from '../protocol/events.ts';
import type { Customer } from './customer.ts';

export type ToolContext = {
  conversationId: string;
  turnId: string;
  /** The customer's language as BCP 47, where it is known. */
  language: string | null;
  /** Where the conversation stood when the turn began. */
  status: Status;
  /** The desk that has the conversation: a route's name, or `general`. */
  route: string;
  /** Who the customer is, where a verified token has shown it; null for an anonymous visitor. */
  customer: Customer | null;
  /** For a `write`: the same for every attempt of one confirmed action, and for no other. Null for a `read`. */
  idempotencyKey: string | null;
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
  /** How a `write` is confirmed, bounded and recovered; null for a `read`. */
  action: ActionRules | null;
  /** True where only a customer who is signed in may have it. Enforced when it is called; the model sees every tool. */
  needsCustomer: boolean;
  /**
   * Arguments that the runtime fills from the customer's identity: argument -> `id`, `email`, `name` or a claim. They are
   * not in `inputSchema`, `parse` does not take them from the model, and `run` gets them.
   */
  fromCustomer: Readonly<Record<string, string>>;
  /** True where whatever it gives was written by strangers, also its single values: none may become an argument of a `write`. */
  untrusted?: boolean;
  /** True for a tool of the runtime's own, whose results are our words and no data. */
  isOurs?: true;
  /** The one desk that may call it; missing where every desk may. Enforced when it is called; the model sees every tool. */
  route?: string;
  timeoutMs: number;
  parse(input: unknown): { ok: true; value: unknown } | { ok: false; problems: string[] };
  run(input: unknown, context: ToolContext): Promise<ToolOutcome>;
};

/** What a tool states that only looks something up, for anybody. */
export const READ_ONLY = { effect: 'read', action: null, needsCustomer: false, fromCustomer: {} } as const;

/** What the runtime must know of a tool that changes something. All functions get parsed input, identity filled in. */
export type ActionRules = {
  /** The card: one sentence from looked-up facts, and who decides. May throw `ToolProblem`: then nothing is proposed. */
  confirm(input: unknown, context: ToolContext): Promise<{ summary: string; by: Decider }>;
  /** Milliseconds for which a proposal can be decided. */
  expiresMs: number;
  /** True where "yes, do it" in the chat counts as the customer's decision. */
  confirmByMessage: boolean;
  /** True where a call with the same idempotency key never has a second effect: it may be asked again. */
  idempotent: boolean;
  /** Whether the effect of `context.idempotencyKey` exists: its result, or null where it does not. Throws where nobody knows. */
  lookup: ((input: unknown, context: ToolContext) => Promise<ToolOutcome | null>) | null;
  /** Arguments that may come from anywhere, also from passages and from what strangers wrote. */
  anyOrigin: readonly string[];
  /** What this call uses up; refused where a limit would be passed. Whole numbers above 0. */
  limits(input: unknown, context: ToolContext): ActionLimit[];
};

/** At most `most` in `hours` for each `key`; this call adds `amount`. `per` says in words whose limit it is. */
export type ActionLimit = { key: string; per: string; amount: number; most: number; hours: number };

/** A sentence about what went wrong that the model may read and the customer may hear. */
export class ToolProblem extends Error {
  override name = 'ToolProblem';
}
