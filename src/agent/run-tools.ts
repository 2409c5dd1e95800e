import type Anthropic from '@anthropic-ai/sdk';
import type { Decider, ProposedAction } from '../protocol/conversation.ts';
import type { EventBody } from '../protocol/events.ts';
import { type Origins, refusalSentence } from './argument-origin.ts';
import { bindCustomer } from './bind-customer.ts';
import { askFor, type Proposing, proposedAction } from './propose-action.ts';
import type { Acted } from './run-guards.ts';
import type { Proposal } from './step.ts';
import { closedTo, elsewhere, SWITCH_ROUTE, type Switching, switchDesk } from './switch-desk.ts';
import { type Tool, type ToolContext, type ToolOutcome, ToolProblem } from './tool.ts';
import { failure, orAborted, presentable } from './tool-outcome.ts';

/** Calls of one step that are run; a model that asks for more at once is not working for the customer. */
const MOST_CALLS = 16;

/** What moves a conversation to somebody else. */
const MOVES: ReadonlySet<string> = new Set(['handoff.requested', 'status.changed'] satisfies EventBody['type'][]);

export type ToolRun = {
  results: Anthropic.ToolResultBlockParam[];
  events: EventBody[];
  /** The private halves of the actions that are proposed in `events`. */
  proposals: Proposal[];
  /** Why calls that change something were not proposed, for the private record; told in `events` too. */
  refused: readonly Acted[];
  /** Who has to decide something before the reply can go on. */
  asks: ReadonlySet<Decider>;
  /** The desk that goes on; null where it stays. */
  movedTo: string | null;
};

/**
 * `proposing`: how a call that writes becomes a proposed action. `origins`: where its arguments may come from. `switching`: how
 * one moves the conversation.
 */
export type StepContext = ToolContext & {
  step: number;
  proposing: Proposing;
  origins: Origins;
  switching: Switching;
  /** What the guards make of a text that the card of an action would show. */
  screen(text: string, of?: { isRecord: boolean }): { text: string | null; events: EventBody[] };
};

/** What a call came to. A call that writes came to an action, which is not done here; `moveTo`: one of `switch_route`. */
type CallOutcome = ToolOutcome & { signIn?: true; action?: ProposedAction; moveTo?: string; refused?: Acted };

/**
 * Runs every call of a step, in parallel, and answers all of them together, in the order of the calls. A call of a tool
 * that writes is not run: it becomes a proposed action. Tools of another desk than the one that has the conversation as the
 * step begins are refused; of several calls of `switch_route` the first counts.
 * Never throws: whatever goes wrong is an error result that the model can act on.
 */
export async function runTools(
  calls: Anthropic.ToolUseBlockParam[],
  tools: readonly Tool[],
  context: StepContext,
): Promise<ToolRun> {
  const { turnId, step, customer, proposing, switching } = context;
  const outcomes: CallOutcome[] = await Promise.all(
    calls.map((call, index) => (index < MOST_CALLS ? runTool(call, tools, context) : tooMany)),
  );
  const events: EventBody[] = [];
  const results: Anthropic.ToolResultBlockParam[] = [];
  const proposed: ProposedAction[] = [];
  const asks = new Set<Decider>();
  const refused = outcomes.flatMap((outcome) => outcome.refused ?? []);
  let movedTo: string | null = null;
  calls.forEach((call, index) => {
    const came: CallOutcome = outcomes[index] ?? failure('The tool gave no result.');
    const { action, moveTo } = came;
    const asking = action && askFor(action, { ...proposing, open: [...proposing.open, ...proposed] });
    const move =
      moveTo === undefined
        ? null
        : switchDesk(moveTo, turnId, { ...switching, moved: switching.moved || movedTo !== null });
    const outcome = asking?.outcome ?? move ?? came;
    movedTo = move?.movedTo ?? movedTo;
    const ok = outcome.isError !== true;
    const { content } = outcome;
    results.push({ type: 'tool_result', tool_use_id: call.id, content, ...(ok ? {} : { is_error: true }) });
    events.push({ type: 'tool.finished', turnId, step, callId: call.id, tool: publicName(call.name, tools), ok });
    // Several calls saw the same status: once a person was asked for, the others neither ask again nor take it back.
    const asked = events.some(({ type }) => type === 'handoff.requested');
    events.push(...(outcome.events ?? []).filter(({ type }) => !asked || !MOVES.has(type)));
    if (asking?.asks) asks.add(asking.asks);
    if (!action || !asking?.isNew) return;
    proposed.push(action);
    events.push({ type: 'action.proposed', turnId, step, action });
  });
  for (const { guard, action, reason } of refused) {
    events.push({ type: 'guard.acted', turnId, step, guard, action, reason });
  }
  if (outcomes.some(({ signIn }) => signIn)) events.push({ type: 'sign_in.requested', turnId, step });
  return {
    results,
    events,
    refused,
    proposals: proposed.map(({ id }) => ({ id, customerId: customer?.id ?? null })),
    asks,
    movedTo,
  };
}

const tooMany = failure(`This call was not run: at most ${MOST_CALLS} at once.`);

/** The name that a public event may show: never one that the model made up. */
export function publicName(name: string, tools: readonly Tool[]): string {
  return tools.some((tool) => tool.name === name) ? name : 'unknown';
}

async function runTool(
  call: Anthropic.ToolUseBlockParam,
  tools: readonly Tool[],
  context: StepContext,
): Promise<CallOutcome> {
  const tool = tools.find((candidate) => candidate.name === call.name);
  if (!tool) return failure(`There is no tool "${call.name}". Tools: ${tools.map(({ name }) => name).join(', ')}.`);
  const refused = elsewhere(tool, context.route);
  if (refused) return refused;
  const closed = closedTo(tool, context.switching);
  if (closed) return { ...closed, refused: { ...REFUSED, reason: 'closed_desk', of: tool.name } };
  const timeout = AbortSignal.timeout(tool.timeoutMs);
  const signal = AbortSignal.any([context.signal, timeout]);
  try {
    const parsed = tool.parse(call.input);
    if (!parsed.ok) {
      return failure(`The input is not valid. Mend it or ask the customer:\n${parsed.problems.join('\n')}`);
    }
    const bound = bindCustomer(tool, parsed.value, context.customer);
    if (!bound.ok) return bound.why === 'sign_in' ? { ...failure(SIGN_IN), signIn: true } : failure(bound.problem);
    const within = { ...context, signal };
    if (tool.name === SWITCH_ROUTE) return { content: '', moveTo: (parsed.value as { route: string }).route };
    // What changes something needs a yes, which the model cannot give.
    if (tool.effect === 'write') {
      const refused = refuseOrigin(tool, call.input, context.origins);
      if (refused) return refused;
      const screened = refuseWords(tool, call.input, context);
      if (screened) return screened;
      const action = proposedAction({ call, tool, value: bound.value }, within);
      return { content: '', action: await orAborted(action, signal) };
    }
    return presentable(await orAborted(tool.run(bound.value, within), signal), tool);
  } catch (error) {
    if (timeout.aborted) return failure(`The tool did not answer within ${tool.timeoutMs / 1000} seconds.`);
    if (error instanceof ToolProblem) return presentable(failure(error.message), tool);
    return failure('The tool failed. Tell the customer that this is not possible right now.');
  }
}

const REFUSED = { guard: 'arguments', action: 'refuse' } as const;

/** An argument that comes from elsewhere than whoever the action is for: nobody is asked to confirm it. */
function refuseOrigin(tool: Tool, input: unknown, origins: Origins): CallOutcome | null {
  const refusal = origins.refuse(tool, input);
  if (!refusal) return null;
  const { why, field, value, from } = refusal;
  const evidence = `${tool.name}, ${field}: ${from === '' ? 'seen nowhere' : `first seen in ${from}`}`;
  const refused: Acted = { ...REFUSED, reason: `${why}_origin`, of: value, evidence };
  return { ...failure(refusalSentence(refusal, tool.name)), refused };
}

/** What no guard lets the model say stands on no card either; what the customer said themselves may. */
function refuseWords(tool: Tool, input: unknown, { origins, screen }: StepContext): CallOutcome | null {
  // Together, since what is parted among two arguments is read as one.
  const words = origins.ownWords(tool, input).join('\n');
  const values = origins.recordValues(tool, input).join('\n');
  const events = [screen(words), screen(values, { isRecord: true })].flatMap((screened, at) => {
    const text = at === 0 ? words : values;
    return text === '' || screened.text === text ? [] : screened.events;
  });
  if (events.length === 0) return null;
  const content =
    'NOT asked and not done: the input says something that you must not say. Leave it out, or ask the customer.';
  return { ...failure(content), events };
}

const SIGN_IN =
  'NOT done: only a signed-in customer can have this, whatever they say of themselves. The chat asks them to sign in; ask them to do so and to say then what they want.';
