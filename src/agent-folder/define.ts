import type { z } from 'zod';
import type { ToolContext } from '../agent/tool.ts';

export type { ToolContext };

/** What `agent.ts` exports: the facts about the agent that are not prose. Prose lies in Markdown files beside it. */
export type AgentDefinition = {
  /** The name that the agent introduces itself by, such as "Eva". */
  name: string;
  /** The company that it speaks for. */
  company: string;
  /** The role, one or two sentences. It becomes the system prompt. */
  identity: string;
  /** How a customer reaches a person. Told to the customer at a handoff and when something fails. */
  contact: { hours?: string; phone?: string; email?: string; url?: string };
  /** Model id for replies. Default: the server's FRONTDESK_MODEL. */
  model?: string;
  /** Longest output of one model call, tokens. Default 1,024. */
  maxTokens?: number;
};

/** What a file in `tools/` exports. */
export type ToolDefinition<Input extends z.ZodObject = z.ZodObject> = {
  /** Lower-case words joined by underscores. */
  name: string;
  /** For the model: what the tool does, when to use it, what comes back and in which unit. */
  description: string;
  /** Each field with `.describe()`; `.meta({ examples: [...] })` helps the offline model too. */
  input: Input;
  /** `read`: looks something up. `write`: changes something, and so needs a yes. */
  effect: 'read' | 'write';
  /** Milliseconds before the call is given up. Default 15,000. */
  timeoutMs?: number;
  /**
   * Does the work. Gets validated input; gives back a sentence or a JSON value for the model.
   * Throw `new ToolProblem('…')` for a problem that the customer may hear about; other errors stay private.
   */
  run(input: z.output<Input>, context: ToolContext): Promise<unknown> | unknown;
};

/** Types an agent definition; gives it back unchanged. The folder is checked when it is loaded. */
export function defineAgent(definition: AgentDefinition): AgentDefinition {
  return definition;
}

/** Types a tool definition; gives it back unchanged. */
export function defineTool<Input extends z.ZodObject>(definition: ToolDefinition<Input>): ToolDefinition<Input> {
  return definition;
}
