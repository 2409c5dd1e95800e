import type { StepRecord } from '../agent/step.ts';
import type { ActionView, Citation, Status } from '../protocol/conversation.ts';
import type { LoggedEvent, TurnOutcome } from '../protocol/events.ts';
import type { Act } from './suite.ts';

/** What one run of a case left behind: all that graders and reports see of it. Plain JSON. */
export type CaseRun = {
  caseId: string;
  /** 0, 1, … of the case's `repeat`. */
  attempt: number;
  /** What must be the same for this to count again: see `cache.ts`. */
  key: string;
  model: string;
  offline: boolean;
  promptHash: string;
  knowledgeVersion: string;
  /** The whole compiled prompt, as the model reads it; with the first case that asks for it, else ''. */
  prompt: string;
  turns: RunTurn[];
  /** The log of the conversation, public and private. */
  events: LoggedEvent[];
  steps: StepRecord[];
  actions: ActionView[];
  status: Status;
  handedOff: boolean;
  /** Of the world's state, before and after; empty where nothing changed or the folder has no world. */
  changes: Change[];
  /** How a simulated customer felt it ended; null for a script. */
  left: 'satisfied' | 'gave_up' | 'out_of_turns' | null;
  /** What the customer could not do because the agent had not led there, such as confirming a card that was not shown; else null. */
  stuck: string | null;
  costUsd: number;
  ms: number;
  /** What kept the case from being run to its end, a sentence; null where nothing did. Not a failure of the agent's. */
  error: string | null;
};

/** A thing the customer did, and the reply to it. */
export type RunTurn = {
  act: Act;
  /** The text that was released and not withdrawn; '' where nobody answered. */
  reply: string;
  citations: (Citation & {
    /** The document's id below `knowledge/`, such as `account/contact.md`. */
    source: string;
  })[];
  /** Calls of tools in their order; of a write, its proposal. */
  calls: { tool: string; input: Record<string, unknown>; ok: boolean; effect: 'read' | 'write'; own: boolean }[];
  route: string | null;
  outcome: TurnOutcome | null;
  /** Code of its end, such as `guarded`. */
  code: string | null;
  guards: { guard: string; action: string; reason: string }[];
  /** Passages that stood before the model, best first: document ids. */
  found: string[];
  /** From the customer's act to the first text, and to the end. */
  firstMs: number;
  ms: number;
};

/** `path` with dots: `orders.A-1042.status`. `undefined` where there was, or is, nothing. */
export type Change = { path: string; before: unknown; after: unknown };

/** What an attempt at a case is known by within a run. */
export function attemptName(caseId: string, attempt: number): string {
  return `${attempt} ${caseId}`;
}
