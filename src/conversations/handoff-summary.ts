import type { StepRecord } from '../agent/step.ts';

/** What the agent wrote in a step for the colleague who takes over; null where it asked for none. */
export function handoffSummary({ output }: StepRecord): string | null {
  const call = output.findLast((block) => block.type === 'tool_use' && block.name === 'hand_off');
  const input = call?.type === 'tool_use' ? (call.input as { summary?: unknown }) : {};
  return typeof input.summary === 'string' ? input.summary : null;
}
