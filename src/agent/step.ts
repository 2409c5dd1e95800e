import type Anthropic from '@anthropic-ai/sdk';
import type { EventBody } from '../protocol/events.ts';
import type { Acted } from './run-guards.ts';

/**
 * The private record of one model call, written in the same transaction as the events it caused.
 * With it a turn resumes after a crash, history is rebuilt, and any reply is traced to the exact text behind it.
 */
export type StepRecord = {
  turnId: string;
  /** 0, 1, 2… within the turn. Only complete steps have a record: a step that died runs again under its number. */
  step: number;
  /**
   * `answer`: a step of a reply. `summary`: the turns up to and with `covers`, in fewer words (its output). `guarded`: what the
   * guards did in the step that one of them ended, or once the reply was out.
   */
  kind: 'answer' | 'summary' | 'guarded';
  /** With `summary`: the last turn that it stands for. */
  covers?: string;
  model: string;
  promptHash: string;
  knowledgeVersion: string;
  /** What stood on the customer's side before this call: passages and the message (step 0), tool results excluded. */
  input: Anthropic.ContentBlockParam[];
  /** What the model produced, raw: text, thinking with signatures, tool calls. */
  output: Anthropic.ContentBlockParam[];
  toolResults: Anthropic.ToolResultBlockParam[];
  stopReason: string | null;
  usage: Usage;
  /** What the guards did in it, with what they were shown; missing where that is nothing. */
  guarded?: readonly Acted[];
  /** Set where no model was called: a reply from another conversation was given again. */
  cached?: CachedFrom;
};

/** The answer that was given again, the conversation it was made in, and by what it was found; `likeness` of the questions, -1 to 1. */
export type CachedFrom = { answerId: string; madeIn: string; by: 'wording' | 'meaning'; likeness: number };

/** Tokens, as the Messages API counts them. */
export type Usage = { input: number; output: number; cacheRead: number; cacheWrite: number };

export const NO_TOKENS: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/** The private half of an `action.proposed`: whom it was proposed to; null for an anonymous visitor. */
export type Proposal = { id: string; customerId: string | null };

/** What one append to the log commits: events, the record of the step that they complete, and what it proposes. */
export type TurnEntry = { events: EventBody[]; step?: StepRecord; proposals?: Proposal[] };
