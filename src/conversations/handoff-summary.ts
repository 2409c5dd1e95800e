import type { StepRecord } from '../agent/step.ts';

/** What the agent wrote in a step for the colleague who takes over, in the call that counted; null where none did. */
export function handoffSummary({ output, toolResults }: StepRecord): string | null {
  const failed = toolResults.flatMap((result) => (result.is_error ? [result.tool_use_id] : []));
  const call = output.find(
    (block) => block.type === 'tool_use' && block.name === 'hand_off' && !failed.includes(block.id),
  );
  const input = call?.type === 'tool_use' ? (call.input as { summary?: unknown }) : {};
  return typeof input.summary === 'string' ? input.summary : null;
}
