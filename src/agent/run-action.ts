import { setTimeout as sleep } from 'node:timers/promises';
import { type Tool, type ToolContext, type ToolOutcome, ToolProblem } from './tool.ts';
import { failure, orAborted, presentable } from './tool-outcome.ts';

/** Calls of one action, at most; more than one only where asking again is safe. */
const MOST_ATTEMPTS = 3;
/** Milliseconds before each look at what became of an attempt whose outcome nobody knows. */
const PAUSES_MS = [500, 2_000, 4_000];

/** How an action ended. `failed`: it certainly did not happen. `unknown`: nobody knows, and it is not tried again. */
export type ActionEnd = {
  outcome: 'done' | 'failed' | 'unknown';
  /** What the model is told. */
  result: Pick<ToolOutcome, 'content'> & { isError: boolean };
};

export type ActionCall = {
  tool: Tool;
  /** Parsed, with the customer's identity filled in. */
  input: unknown;
  context: ToolContext;
  /** How often it was called before, by somebody who did not live to see what came of it. */
  attempts: number;
  /** Called directly before each call, which is not made where it throws. */
  begin(attempt: number): Promise<void>;
  /** Aborts where nothing more is to be begun; a call that was made goes on until `context.signal` aborts. */
  stop: AbortSignal;
  pausesMs?: readonly number[];
};

/**
 * Brings a confirmed action to its end: calls its tool, and finds out what happened where the call did not say. Calls
 * again only where that has no second effect: the tool is idempotent, or its `lookup` says that nothing was done.
 * Throws when it is to stop, and what `begin` throws: the action then is where it was.
 */
export async function runAction(action: ActionCall): Promise<ActionEnd> {
  const { tool, input, context } = action;
  for (let attempt = action.attempts + 1; ; attempt++) {
    if (attempt > 1) {
      const found = await whatBecameOfIt(action);
      if (found) return ended(presentable(found, tool));
      const isSafe = found === null || tool.action?.idempotent === true;
      if (!isSafe || attempt > MOST_ATTEMPTS) return UNKNOWN;
    }
    action.stop.throwIfAborted();
    await action.begin(attempt);
    const came = await called(tool, context, (signal) => tool.run(input, { ...context, signal }));
    if (came === undefined) continue;
    const end = ended(presentable(came instanceof ToolProblem ? failure(came.message) : came, tool));
    return end.outcome === 'failed' && attempt > 1 ? await afterRefusal(action, end) : end;
  }
}

/**
 * The end of an action that was refused after a call whose outcome nobody knows. What the tool refuses now (no such order,
 * out of reach) says nothing of that call, which may be the very reason: only a look-up can tell.
 */
async function afterRefusal(action: ActionCall, refused: ActionEnd): Promise<ActionEnd> {
  const found = await whatBecameOfIt(action);
  if (found) return ended(presentable(found, action.tool));
  return found === null ? refused : UNKNOWN;
}

/** The end of an action that may or may not have happened. */
export const UNKNOWN: ActionEnd = {
  outcome: 'unknown',
  result: {
    content:
      'It is NOT known whether this was done: the system did not say. It will not be tried again; do not ask for it again. Tell the customer honestly that it may or may not have happened.',
    isError: true,
  },
};

/** The end of an action that was not called, or refused by its tool. */
export function failed(content: string): ActionEnd {
  return ended({ content, isError: true });
}

/** What the effect of the action's key gave; null where there is none, undefined where nobody knows. */
async function whatBecameOfIt({ tool, input, context, stop, pausesMs = PAUSES_MS }: ActionCall) {
  const lookup = tool.action?.lookup;
  for (const pause of pausesMs) {
    await sleep(pause, undefined, { signal: stop });
    if (!lookup) return undefined;
    const found = await called(tool, context, (signal) => lookup(input, { ...context, signal }));
    if (found !== undefined && !(found instanceof ToolProblem)) return found;
  }
  return undefined;
}

/** What a call gave; undefined where it was lost on the way: nobody knows then what it did. */
async function called<Result>(
  { timeoutMs }: Tool,
  { signal }: ToolContext,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | ToolProblem | undefined> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    return await orAborted(call(within), within);
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof ToolProblem ? error : undefined;
  }
}

/** A tool that gives an error back says that it was not done, as one that throws `ToolProblem` does. */
function ended(outcome: ToolOutcome): ActionEnd {
  const { content, isError = false } = outcome;
  return { outcome: isError ? 'failed' : 'done', result: { content, isError } };
}
