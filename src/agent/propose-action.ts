import { createHash } from 'node:crypto';
import type Anthropic from '@anthropic-ai/sdk';
import type { Decider, ProposedAction } from '../protocol/conversation.ts';
import { type Tool, type ToolContext, type ToolOutcome, ToolProblem } from './tool.ts';

/** Proposals that may be open in a conversation at once. */
const MOST_OPEN = 5;
/** Characters of an action's arguments as JSON: nobody can say yes to more than they can read. */
const LONGEST_INPUT = 20_000;

/** What a turn needs to propose actions. */
export type Proposing = {
  /** Proposals of this conversation that nobody has decided. */
  open: readonly ProposedAction[];
  /** Arguments of those that somebody has said yes to. */
  agreed?: readonly unknown[];
  newId(): string;
  now(): number;
};

/**
 * The action that a call of a `write` tool stands for: the tool's own sentence, the exact arguments, and the hash by which
 * they are confirmed. `value`: the parsed arguments with the customer's identity filled in. Throws what `confirm` throws,
 * and a `ToolProblem` where the arguments are too long to be read by whoever decides.
 */
export async function proposedAction(
  { call, tool, value }: { call: Anthropic.ToolUseBlockParam; tool: Tool; value: unknown },
  context: ToolContext & { proposing: Proposing },
): Promise<ProposedAction> {
  if (!tool.action) throw new Error(`The tool "${tool.name}" writes, but says nothing of how it is confirmed.`);
  if (JSON.stringify(call.input).length > LONGEST_INPUT) {
    throw new ToolProblem(`NOT asked and not done: the arguments have more than ${LONGEST_INPUT} characters.`);
  }
  const { summary, by } = await tool.action.confirm(value, context);
  const input = call.input as Record<string, unknown>;
  const { newId, now } = context.proposing;
  return {
    id: newId(),
    callId: call.id,
    tool: tool.name,
    summary,
    input,
    hash: hashOf([tool.name, input, context.customer?.id ?? null]),
    by,
    expiresAt: now() + tool.action.expiresMs,
  };
}

/** Whether an action may be proposed beside those that are open, and what the model is told either way. */
export function askFor(
  action: ProposedAction,
  { open, now }: Pick<Proposing, 'open' | 'now'>,
): { isNew: boolean; asks: Decider | null; outcome: ToolOutcome } {
  const undecided = open.filter(({ expiresAt }) => expiresAt >= now());
  const standing = undecided.find(({ hash }) => hash === action.hash);
  if (standing) {
    const content = `NOT done yet. ${ASKED[standing.by]} before, for exactly this, and has not decided: ${standing.summary}`;
    return { isNew: false, asks: standing.by, outcome: { content } };
  }
  if (undecided.length >= MOST_OPEN) {
    const content = `NOT asked and not done: ${MOST_OPEN} things already wait for a yes. Some of them must be decided first.`;
    return { isNew: false, asks: null, outcome: { content, isError: true } };
  }
  const content = `NOT done yet. ${ASKED[action.by]}: ${action.summary} What they decide, and what came of it, follows here.`;
  return { isNew: true, asks: action.by, outcome: { content } };
}

const ASKED: Record<Decider, string> = {
  customer: 'The customer was asked to confirm it on a card in the chat',
  operator: 'A human colleague was asked to approve it',
};

function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** JSON in which equal values have equal texts: the keys of objects in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
