import type { ActionView } from '../protocol/conversation.ts';
import type { CaseRun, RunTurn } from './case-run.ts';
import type { Act } from './suite.ts';

/** What the customer does next: an act, with what the model is made to say in the reply to it; or they leave. */
export type NextAct =
  | { kind: 'act'; act: Act; modelSays: string | null }
  | { kind: 'leave'; left: NonNullable<CaseRun['left']> | null };

/**
 * Whoever plays the customer of a case: a script, an engine, a model. Asked once before each turn, and once after the last, with all
 * turns so far and the actions that wait for a decision of anybody's, oldest first. The same answers lead to the same acts, but with a model.
 * Rejects, with a sentence, only where the play itself fails.
 */
export type CustomerSide = {
  next(turns: readonly RunTurn[], open: readonly ActionView[], signal: AbortSignal): Promise<NextAct>;
  /** Dollars that playing has cost so far; missing where it costs nothing. */
  costUsd?(): number;
};
