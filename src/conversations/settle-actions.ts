import { bindCustomer } from '../agent/bind-customer.ts';
import { type ActionEnd, failed, runAction, UNKNOWN } from '../agent/run-action.ts';
import { type ActionLimit, type Tool, type ToolContext, ToolProblem } from '../agent/tool.ts';
import type { EventBody } from '../protocol/events.ts';
import type { ActionRecord } from './action-store.ts';
import { agentOf, type Desk } from './desk.ts';
import { notifyHandoff } from './handoff.ts';
import type { Conversation, Lease, LogEntry, Use } from './log.ts';
import { isPending } from './told-actions.ts';

/** Milliseconds for which a shutdown waits for a call that was made. */
const PATIENCE_MS = 8_000;
const HOUR_MS = 3_600_000;

/** Thrown inside when the conversation is another owner's by now. */
class LeaseLost extends Error {}

/** The conversation's owner; `renew` gives false where it is that no more. */
type Owner = { conversation: Conversation; lease: Lease; renew(): Promise<boolean> };

/**
 * Brings the confirmed actions of a conversation to their end, one after the other: also those whose server died while
 * it called. False where it had to stop: the lease was lost, or `signal` aborted and a call did not end soon. What was
 * not ended is taken up again by the next owner. Throws when the store is down.
 */
export async function settleActions(desk: Desk, owner: Owner, signal: AbortSignal): Promise<boolean> {
  const cut = patient(signal);
  try {
    for (const action of await desk.store.actions.of(owner.conversation.id)) {
      if (signal.aborted) return false;
      if (isPending(action)) await settle({ desk, ...owner, action, stop: signal, cut: cut.signal });
    }
    return true;
  } catch (error) {
    if (error instanceof LeaseLost || signal.aborted) return false;
    throw error;
  } finally {
    cut.stop();
  }
}

/** A signal that aborts some seconds after the given one. */
function patient(signal: AbortSignal): { signal: AbortSignal; stop(): void } {
  const cut = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    timer = setTimeout(() => cut.abort(), PATIENCE_MS);
  };
  signal.addEventListener('abort', wait, { once: true });
  return {
    signal: cut.signal,
    stop() {
      signal.removeEventListener('abort', wait);
      clearTimeout(timer);
    },
  };
}

/** An action that is being settled. */
type Settling = Owner & { desk: Desk; action: ActionRecord; stop: AbortSignal; cut: AbortSignal };

async function settle(settling: Settling): Promise<void> {
  const { action, stop } = settling;
  const ready = readyToCall(settling);
  // What was called before may have happened, whatever has changed since.
  if ('problem' in ready) return finish(settling, action.attempts > 0 ? UNKNOWN : failed(ready.problem));
  const takenAt = settling.desk.now();
  if (action.attempts === 0) {
    const reached = await takeLimits(settling.desk, ready.limits, takenAt);
    if (reached) return finish(settling, failed(overLimit(reached)));
  }
  const { attempts } = action;
  const end = await runAction({ ...ready, attempts, stop, begin: (attempt) => begin(settling, attempt) });
  await finish(settling, end);
  // When another owner took them is not known.
  if (end.outcome === 'failed' && attempts === 0) await giveBack(settling.desk, ready.limits, takenAt);
}

type Ready = { tool: Tool; input: unknown; context: ToolContext; limits: ActionLimit[] };

/** What the action was confirmed as, checked again: its tool or its customer may have changed since. */
function readyToCall({ desk, conversation, action, cut: signal }: Settling): Ready | { problem: string } {
  const { id: idempotencyKey, turnId, customerId } = action;
  const { id: conversationId, language, status, route } = conversation;
  const tool = agentOf(desk, conversation).tools.find(({ name }) => name === action.tool);
  if (!tool?.action) return { problem: `NOT done: there is no tool "${action.tool}" any more.` };
  if (customerId !== null && conversation.customer?.id !== customerId) {
    return { problem: 'NOT done: it was confirmed by another customer.' };
  }
  const customer = customerId === null ? null : conversation.customer;
  const parsed = tool.parse(action.input);
  const bound = parsed.ok ? bindCustomer(tool, parsed.value, customer) : null;
  if (!bound?.ok) return { problem: 'NOT done: what was confirmed is not valid any more.' };
  const context = { conversationId, turnId, language, status, route, customer, idempotencyKey, signal };
  try {
    return { tool, input: bound.value, context, limits: tool.action.limits(bound.value, context) };
  } catch (error) {
    return { problem: `NOT done. ${error instanceof ToolProblem ? error.message : 'The tool failed.'}` };
  }
}

async function takeLimits(desk: Desk, limits: readonly ActionLimit[], at: number): Promise<ActionLimit | null> {
  const uses = limits.map(
    ({ key, amount, most, hours }): Use => ({ key, amount, most, windowMs: hours * HOUR_MS, strict: true }),
  );
  const reached = await desk.store.tallies.take(uses, at);
  return limits.find(({ key }) => key === reached?.key) ?? null;
}

/** Only where it is still counted: a later period would else have room for more than its own. */
async function giveBack({ store, now }: Desk, limits: readonly ActionLimit[], takenAt: number): Promise<void> {
  const tallies = await store.tallies.read(
    limits.map(({ key }) => key),
    now(),
  );
  for (const { key, amount, hours } of limits) {
    const until = tallies.get(key)?.until ?? Number.POSITIVE_INFINITY;
    if (until <= takenAt + hours * HOUR_MS) await store.tallies.add([key], -amount, now());
  }
}

function overLimit({ most, hours, per }: ActionLimit): string {
  return `NOT done: it would pass a limit (${most} in ${hours} hours, per ${per}). Offer to hand over to a person.`;
}

/** Directly before a call: it is in the log, and whoever has lost the lease does not make it. */
async function begin({ desk, lease, renew, action }: Settling, attempt: number): Promise<void> {
  await log(desk, lease, { events: [{ type: 'action.started', actionId: action.id, attempt }] });
  if (!(await renew())) throw new LeaseLost();
}

async function finish({ desk, lease, action }: Settling, { outcome, result }: ActionEnd): Promise<void> {
  const finished = { type: 'action.finished', actionId: action.id, outcome } as const;
  const entry = { events: [finished], results: { [action.id]: result } };
  if (outcome !== 'unknown') return log(desk, lease, entry);
  const conversation = await desk.store.conversations.get(lease.conversationId);
  const content = `${result.content} ${desk.staffed ? COLLEAGUE_CHECKS : NOBODY_CHECKS}`;
  await log(desk, lease, {
    results: { [action.id]: { ...result, content } },
    events: [finished, ...askForHuman(conversation)],
    handoffSummary: factsOf(action, desk.now()),
  });
  desk.logger.error(
    { conversationId: lease.conversationId, actionId: action.id },
    'it is not known whether an action was done',
  );
  await notifyHandoff(desk, lease.conversationId);
}

const COLLEAGUE_CHECKS = 'A human colleague has been asked to find out and to answer here.';
const NOBODY_CHECKS = 'Nobody can join this chat to find out: the customer has to ask the company directly.';

/** Whoever has the conversation is told, and where nobody has it, somebody is asked to join. */
function askForHuman(conversation: Conversation | null): EventBody[] {
  const waits = conversation?.status === 'open' || conversation?.status === 'resolved';
  return [
    { type: 'handoff.requested', by: 'agent', reason: 'It is not known whether a confirmed action was done.' },
    ...(waits ? [{ type: 'status.changed', status: 'waiting_for_human' } as const] : []),
  ];
}

/** What a human needs to find out what happened. Private: the log's own words are the customer's too. */
function factsOf({ tool, summary, input, id, customerId, decidedAt, attempts }: ActionRecord, now: number): string {
  const time = (at: number | null) => (at === null ? '-' : new Date(at).toISOString());
  return [
    `Find out whether this was done, and tell the customer: ${summary}`,
    `Tool: ${tool}. Arguments: ${JSON.stringify(input)}. Customer: ${customerId ?? 'not signed in'}.`,
    `Idempotency key: ${id}. Confirmed: ${time(decidedAt)}. Given up: ${time(now)}. Calls before that: ${Math.max(1, attempts)} or more.`,
  ].join('\n');
}

async function log(desk: Desk, lease: Lease, entry: LogEntry): Promise<void> {
  const appended = await desk.store.log.append(lease.conversationId, { ...entry, lease });
  if (appended.ok) return;
  if (appended.why === 'stale_lease') throw new LeaseLost();
  throw new Error(`An action could not be moved: ${appended.why}.`);
}
