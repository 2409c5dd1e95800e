import { type ToolContext, type ToolOutcome, ToolProblem } from '../../agent/tool.ts';
import { type AnswerRules, contentOf, refusalOf, UnreadableError } from './answer.ts';
import { type BuildRequest, isSafe } from './outgoing.ts';
import type { Redact } from './redact.ts';
import { NoReplyError, type Reply, send } from './send.ts';
import type { Values } from './template.ts';

export type HttpCall = {
  build: BuildRequest;
  answer: AnswerRules;
  redact: Redact;
  timeoutMs: number;
  /** False for a tool that changes something, also where it does so by GET. */
  isRead: boolean;
};

/** The value by which a request may ask for an action: the place `{idempotency_key}`. */
export const KEY_FIELD = 'idempotency_key';

/**
 * Makes the call. Throws a `ToolProblem` where it was certainly refused or never sent; any other error means that a read
 * came to nothing and that nobody knows whether a write was done.
 */
export async function runCall(call: HttpCall, input: unknown, context: ToolContext): Promise<ToolOutcome> {
  const reply = await ask(call, input, context);
  if (isRefusal(reply.status, call)) throw new ToolProblem(refusalOf(reply, call.answer, call.redact));
  if (!isSuccess(reply.status)) throw new Error(`the service answered ${reply.status}`);
  return { content: call.redact(readOrDone(reply, call)) };
}

/** The effect of an action, by a GET: 2xx is its result, 404 that there is none. Throws for everything else. */
export async function runLookup(call: HttpCall, input: unknown, context: ToolContext): Promise<ToolOutcome | null> {
  const reply = await ask(call, input, context);
  if (reply.status === 404) return null;
  if (!isSuccess(reply.status)) throw new Error(`the service answered ${reply.status}`);
  return { content: call.redact(readOrDone(reply, call)) };
}

/** The JSON of a GET, as facts for a sentence. Throws as `runCall` does. */
export async function runFacts(call: HttpCall, input: unknown, context: ToolContext): Promise<unknown> {
  const { content } = await runCall(call, input, context);
  return JSON.parse(String(content));
}

async function ask(call: HttpCall, input: unknown, context: ToolContext): Promise<Reply> {
  const request = call.build({ ...(input as Values), [KEY_FIELD]: context.idempotencyKey ?? undefined });
  if (!call.isRead && context.idempotencyKey === null) throw new Error('a write without a key');
  try {
    return await send(request, {
      repeatable: call.isRead && isSafe(request.method),
      idempotencyKey: call.isRead ? null : context.idempotencyKey,
      timeoutMs: call.timeoutMs,
      maxBytes: call.answer.maxBytes,
      signal: context.signal,
    });
  } catch (error) {
    if (!(error instanceof NoReplyError)) throw error;
    if (error.unsent && !call.isRead) {
      throw new ToolProblem('The service cannot be reached at the moment, and nothing was done.');
    }
    throw new Error(call.redact(error.message));
  }
}

/**
 * Certainly not done. A time-out that the server speaks of is none, nor is "conflict" unless the author says so: servers
 * answer it also while the first request of a key is still under way.
 */
function isRefusal(status: number, { answer, isRead }: HttpCall): boolean {
  if (status < 400 || status > 499) return false;
  return isRead || Object.hasOwn(answer.problems, status) || (status !== 408 && status !== 409);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** What was done stays done where its answer cannot be read. */
function readOrDone(reply: Reply, { answer, isRead }: HttpCall): string {
  try {
    return contentOf(reply, answer);
  } catch (error) {
    if (isRead || !(error instanceof UnreadableError)) throw error;
    return 'Done. The service gave no details that could be read.';
  }
}
