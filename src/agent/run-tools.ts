import type Anthropic from '@anthropic-ai/sdk';
import { cleanText } from '../language/invisible.ts';
import type { EventBody } from '../protocol/events.ts';
import { type Tool, type ToolContext, type ToolOutcome, ToolProblem } from './tool.ts';

/** Characters of a tool's result that the model gets to see. */
const LONGEST_RESULT = 20_000;
/** Calls of one step that are run; a model that asks for more at once is not working for the customer. */
const MOST_CALLS = 16;

/** What moves a conversation to somebody else. */
const MOVES: ReadonlySet<string> = new Set(['handoff.requested', 'status.changed'] satisfies EventBody['type'][]);

export type ToolRun = { results: Anthropic.ToolResultBlockParam[]; events: EventBody[] };

/**
 * Runs every call of a step, in parallel, and answers all of them together, in the order of the calls.
 * Never throws: whatever goes wrong is an error result that the model can act on.
 */
export async function runTools(
  calls: Anthropic.ToolUseBlockParam[],
  tools: readonly Tool[],
  context: ToolContext & { step: number },
): Promise<ToolRun> {
  const outcomes = await Promise.all(
    calls.map((call, index) => (index < MOST_CALLS ? runTool(call, tools, context) : tooMany)),
  );
  const run: ToolRun = { results: [], events: [] };
  calls.forEach((call, index) => {
    const outcome = outcomes[index] ?? failure('The tool gave no result.');
    const ok = outcome.isError !== true;
    run.results.push({
      type: 'tool_result',
      tool_use_id: call.id,
      content: outcome.content,
      ...(ok ? {} : { is_error: true }),
    });
    const { turnId, step } = context;
    run.events.push({ type: 'tool.finished', turnId, step, callId: call.id, tool: publicName(call.name, tools), ok });
    // Several calls saw the same status: once a person was asked for, the others neither ask again nor take it back.
    const asked = run.events.some(({ type }) => type === 'handoff.requested');
    run.events.push(...(outcome.events ?? []).filter(({ type }) => !asked || !MOVES.has(type)));
  });
  return run;
}

const tooMany = failure(`This call was not run: at most ${MOST_CALLS} at once.`);

/** The name that a public event may show: never one that the model made up. */
export function publicName(name: string, tools: readonly Tool[]): string {
  return tools.some((tool) => tool.name === name) ? name : 'unknown';
}

async function runTool(
  call: Anthropic.ToolUseBlockParam,
  tools: readonly Tool[],
  context: ToolContext,
): Promise<ToolOutcome> {
  const tool = tools.find((candidate) => candidate.name === call.name);
  if (!tool) return failure(`There is no tool "${call.name}". Tools: ${tools.map(({ name }) => name).join(', ')}.`);
  const timeout = AbortSignal.timeout(tool.timeoutMs);
  try {
    const parsed = tool.parse(call.input);
    if (!parsed.ok) {
      return failure(`The input is not valid. Mend it or ask the customer:\n${parsed.problems.join('\n')}`);
    }
    // Side effects need the customer's yes, which the model cannot give.
    if (tool.effect === 'write') {
      return failure(
        `"${tool.name}" changes something and was NOT run: only a person can do this. Offer to hand over.`,
      );
    }
    const signal = AbortSignal.any([context.signal, timeout]);
    return presentable(await Promise.race([tool.run(parsed.value, { ...context, signal }), rejectOnAbort(signal)]));
  } catch (error) {
    if (timeout.aborted) return failure(`The tool did not answer within ${tool.timeoutMs / 1000} seconds.`);
    if (error instanceof ToolProblem) return presentable(failure(error.message));
    return failure('The tool failed. Tell the customer that this is not possible right now.');
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function failure(content: string): ToolOutcome {
  return { content, isError: true };
}

/**
 * The outcome with its texts as the model is shown them: nothing that a person could not see, of bounded length, and as
 * the API takes them (it refuses an empty block and half a character). Search results were made so with the index.
 */
function presentable(outcome: ToolOutcome): ToolOutcome {
  const { content } = outcome;
  if (typeof content === 'string') return { ...outcome, content: readable(content) };
  const blocks = content.map((block) => (block.type === 'text' ? { ...block, text: readable(block.text) } : block));
  return { ...outcome, content: blocks.filter((block) => block.type !== 'text' || block.text.trim() !== '') };
}

function readable(text: string): string {
  if (text.length <= LONGEST_RESULT) return cleanText(text);
  return `${cleanText(text.slice(0, LONGEST_RESULT))}\n[cut: the result was longer]`;
}
