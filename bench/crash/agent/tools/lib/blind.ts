import type { ToolDefinition } from 'frontdesk';
import type { z } from 'zod';

/** The tool as it is; with CRASH_BLIND=on its lookup never finds anything. */
export function unlessBlind<Input extends z.ZodObject>(tool: ToolDefinition<Input>): ToolDefinition<Input> {
  return process.env.CRASH_BLIND === 'on' ? { ...tool, lookup: () => null } : tool;
}
