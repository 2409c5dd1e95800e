import { cleanText } from '../language/invisible.ts';
import type { ToolOutcome } from './tool.ts';

/** Characters of a tool's result that the model gets to see. */
const LONGEST_RESULT = 20_000;

export function failure(content: string): ToolOutcome {
  return { content, isError: true };
}

/**
 * The outcome with its texts as the model is shown them: nothing that a person could not see, of bounded length, and as
 * the API takes them (it refuses an empty block and half a character). Search results were made so with the index.
 */
export function presentable(outcome: ToolOutcome): ToolOutcome {
  const { content } = outcome;
  if (typeof content === 'string') return { ...outcome, content: readable(content) };
  const blocks = content.map((block) => (block.type === 'text' ? { ...block, text: readable(block.text) } : block));
  return { ...outcome, content: blocks.filter((block) => block.type !== 'text' || block.text.trim() !== '') };
}

function readable(text: string): string {
  if (text.length <= LONGEST_RESULT) return cleanText(text);
  return `${cleanText(text.slice(0, LONGEST_RESULT))}\n[cut: the result was longer]`;
}

/** What the work gives, or the signal's reason as soon as it aborts, also where the work does not heed it. */
export function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}
