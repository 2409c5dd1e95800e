import type Anthropic from '@anthropic-ai/sdk';

/**
 * The private record of one model call, written in the same transaction as the events it caused.
 * With it a turn resumes after a crash, history is rebuilt, and any reply is traced to the exact text behind it.
 */
export type StepRecord = {
  turnId: string;
  /** 0, 1, 2… within the turn. A repeated number replaces the earlier one in history (the step was superseded). */
  step: number;
  /** `answer`: a step of a reply. `summary`: older turns, up to and with this turn's predecessor, in fewer words. */
  kind: 'answer' | 'summary';
  model: string;
  promptHash: string;
  knowledgeVersion: string;
  /** What stood on the customer's side before this call: passages and the message (step 0), tool results excluded. */
  input: Anthropic.ContentBlockParam[];
  /** What the model produced, raw: text, thinking with signatures, tool calls. */
  output: Anthropic.ContentBlockParam[];
  /** The text that was released for this step, after the guards. */
  released: string;
  toolResults: Anthropic.ToolResultBlockParam[];
  stopReason: string | null;
  usage: Usage;
};

/** Tokens, as the Messages API counts them. */
export type Usage = { input: number; output: number; cacheRead: number; cacheWrite: number };
