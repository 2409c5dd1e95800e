import { plainData } from '../language/plain-data.ts';
import type { Tool, ToolOutcome } from './tool.ts';

/** Characters of a tool's result that the model gets to see. */
const LONGEST_RESULT = 20_000;

export function failure(content: string): ToolOutcome {
  return { content, isError: true };
}

/**
 * What a tool gave as the model is shown it: as data, under a line that says whose, without what nobody could see and without
 * markup, of bounded length, and as the API takes it (it refuses an empty block and half a character). JSON stays JSON. What
 * tools of ours say is our own word; search results were made so with the index.
 */
export function presentable(outcome: ToolOutcome, tool: Pick<Tool, 'name' | 'isOurs'>): ToolOutcome {
  const { content } = outcome;
  if (typeof content === 'string') return { ...outcome, content: asData(content, tool) };
  const blocks = content.filter((block) => block.type !== 'text' || block.text.trim() !== '');
  return {
    ...outcome,
    content: blocks.map((block) => (block.type === 'text' ? { ...block, text: asData(block.text, tool) } : block)),
  };
}

function asData(given: string, { name, isOurs }: Pick<Tool, 'name' | 'isOurs'>): string {
  const { text, cut } = plainData(given, LONGEST_RESULT);
  if (isOurs) return text;
  return `[Data from ${name}${cut ? ', cut: it was longer' : ''}]\n${text}`;
}

/** What stands below the line that says whose data it is. */
export function withoutDataLine(text: string): string {
  return text.replace(/^\[Data from [a-z][a-z0-9_]{0,63}(?:, cut: it was longer)?\]\n/, '');
}

/** What the work gives, or the signal's reason as soon as it aborts, also where the work does not heed it. */
export function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}
